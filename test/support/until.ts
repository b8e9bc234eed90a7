/** Waits for what is meant instead of for a time: nothing in a test depends on how fast a machine is. */

/** A machine that is four times slower than usual still makes it. */
export const LATEST_MS = 60_000;

type Look<T> = () => T | Promise<T>;

/**
 * `until('the answer', async () => (await heard()).length > 0)`, or the question alone where it says enough.
 * Resolves with what is seen; rejects, naming what was waited for, when it is not so within the limit (milliseconds).
 */
export function until<T>(look: Look<T>, limitMs?: number): Promise<NonNullable<T>>;
export function until<T>(what: string, look: Look<T>, limitMs?: number): Promise<NonNullable<T>>;
export function until<T>(first: string | Look<T>, second?: Look<T> | number, third?: number): Promise<NonNullable<T>> {
  return typeof first === 'string'
    ? wait(first, second as Look<T>, third)
    : wait(String(first), first, second as number | undefined);
}

async function wait<T>(what: string, look: Look<T>, limitMs = LATEST_MS): Promise<NonNullable<T>> {
  for (const begun = Date.now(); ; ) {
    const seen = await look();
    if (seen) return seen as NonNullable<T>;
    const passed = Date.now() - begun;
    if (passed > limitMs) throw new Error(`Waited ${limitMs} ms in vain for: ${what}`);
    // What takes long is looked at less often: looking costs the machine what it waits for.
    await new Promise((resolve) => setTimeout(resolve, Math.min(20 + passed / 10, 100)));
  }
}
