/** How long to wait before something that failed is tried again: twice as long each time, and never in step with others. */

/** Between half and all of `firstMs * 2^attempt`, never above `mostMs`. @param attempt how often it failed before: 0 for the first time. */
export function backOff(attempt: number, firstMs: number, mostMs: number): number {
  const whole = Math.min(mostMs, firstMs * 2 ** attempt);
  return whole / 2 + Math.random() * (whole / 2);
}
