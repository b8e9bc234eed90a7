/** What an agent does to a conversation, or to several at once. */
import type { AbuseKind } from '../../domain/desk/abuse';
import type { AgentName } from './names';

/**
 * `POST /desk/api/conversations/:id/actions`: `actionId` (a UUID made by the page) makes a repetition harmless. 200 with
 * `{conversation}`; 202 when it is not worked off within two seconds (the stream tells); 403; 409 `taken` with the winner,
 * `not-offered` where a service offers what waits, to one after the other; or `seen-line` with the lines that the writer
 * has not seen.
 */
export type Action = { actionId: string } & (
  | { kind: 'claim'; beyondCapacity?: boolean }
  | { kind: 'refuse' }
  /** Refused with 409 `window-over` where WhatsApp lets no free words through any more. */
  /** `uploads`: the ids under which files were sent before, five in all, with which the text may be empty. */
  /** With `leavesInSeconds` (up to 10) it leaves that much later, is answered 202, and stands in `leaving` until then. */
  | { kind: 'say'; text: string; seenLine: number; thenClose?: string; uploads?: string[]; leavesInSeconds?: number }
  /** What was sent under this `actionId` does not leave; 409 `too-late` when it has. */
  | { kind: 'takeBack'; sent: string }
  /** By WhatsApp, of `TemplateList`; 409 `template-not-approved` where it may not be sent. */
  | { kind: 'template'; template: string; values: string[]; seenLine: number }
  /** A colleague whose whole name stands behind an `@` is told. */
  | { kind: 'note'; text: string }
  /** This agent has seen that a note names them. */
  | { kind: 'readMention' }
  | { kind: 'transfer'; agent?: string; service?: string; note: string }
  /** For the employer; with `pauseMinutes` the citizen is warned, and it rests for so long. */
  | { kind: 'reportAbuse'; abuse: AbuseKind; note: string; pauseMinutes?: number }
  /** For supervisors: what only whoever holds it reads; and to hold it from now on. */
  | { kind: 'whisper'; text: string }
  | { kind: 'takeOver' }
  | { kind: 'giveBack' }
  | { kind: 'close'; outcome: string; seenLine?: number }
  | { kind: 'reopen' }
  /** `until`: a moment at which it comes back, if its citizen has not written before. */
  | { kind: 'park'; until?: string }
  | { kind: 'unpark' }
  | { kind: 'acknowledge'; alert: string }
);

export type ActionKind = Action['kind'];

/**
 * What became of each of several, in their order: `POST /desk/api/actions {actionId, ids, action}` (an action without `say`,
 * up to 50 conversations) and `POST /desk/api/changes {rows: [{reference, revision}], change}` (`change`: as for one request,
 * or `{service, reason}`). A refusal of one stops none; its code is that of the call for one.
 */
export interface ManyResults {
  results: Array<{ id: string; isDone: boolean; code?: string; by?: AgentName }>;
}
