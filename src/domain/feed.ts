/**
 * The feed of a town: what has changed that people at the town hall look at, numbered from 1 without gaps. An entry says
 * which row and which version, not what it holds: whoever may see the row reads it, and ignores a version older than theirs.
 */

export interface Change {
  /** `presence`: who has a conversation open; `typing`: its agent types to the citizen; `citizen-typing`: the citizen types. */
  kind: 'conversation' | 'agent' | 'presence' | 'typing' | 'citizen-typing';
  id: string;
  version: number;
}

export interface FeedEntry {
  town: string;
  seq: number;
  /** ISO. */
  at: string;
  changes: Change[];
}
