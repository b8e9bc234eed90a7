// The drafts of whoever is signed in.
import { createDrafts, type Drafts } from './drafts';

let drafts: Drafts = createDrafts('');

export const draftsOf = (): Drafts => drafts;

/** Those of another agent from now on. */
export function openDrafts(agent: string): Drafts {
  drafts = createDrafts(agent);
  return drafts;
}
