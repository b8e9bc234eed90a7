/**
 * Web hooks that a town subscribes to in its `town.yml`: which program is told of what. What is posted names a request or
 * a conversation and what became of it, never who the citizen is: whoever may know more asks the API for it.
 */

export const HOOK_EVENTS = [
  'ticket.opened',
  'ticket.state',
  'ticket.comment',
  'ticket.attached',
  'conversation.waiting',
  'conversation.taken',
  'conversation.ended',
] as const;
export type HookEvent = (typeof HOOK_EVENTS)[number];

export interface Hook {
  /** Within its town; a part of what its key is made of. */
  id: string;
  url: string;
  /** All when absent. */
  events?: readonly HookEvent[];
}

/** How the outbox names a subscription: its address is looked up when the letter leaves, so that a corrected one holds for what waits. */
export const hookAddress = (id: string) => `hook:${id}`;

/** The subscription of an address; null for one that is an address of the web itself. */
export function hookOfAddress(address: string): string | null {
  return address.startsWith('hook:') ? address.slice('hook:'.length) : null;
}

/** What begins the thread of each letter of a subscription: letters of one request leave in their order, and wait for no other's. */
export const hookThreads = (town: string, id: string) => `hook:${town}:${id}:`;
