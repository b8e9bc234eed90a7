/** `n` things by name. Spanish: only one is singular. */
export const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
