/** `n` things by name. French: zero is singular. */
export const count = (n: number, one: string, many: string) => `${n} ${n < 2 ? one : many}`;
