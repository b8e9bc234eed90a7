/** What other programs see of the town hall, and what they are told. This is its face. */
export { createHooks } from './hooks';
export { createHookLetters, type HookLetters } from './hooks/letters';
