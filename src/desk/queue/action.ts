/**
 * What is asked of a conversation at the desk, by an agent or by the house (closing time, an agent who is gone), and how
 * it travels: as an event in the inbox of that conversation, worked off in its own line like a citizen's message. So
 * nothing comes between a decision and its effects, and asking twice under the same id is asking once.
 */

import type { AbuseKind } from '../../domain/desk/abuse';
import type { Wait } from '../../domain/desk/queue';
import type { Activity, Attachment } from '../../domain/message/activity';

export const OUTCOMES = ['answered', 'request', 'redirected', 'unanswered', 'left', 'unwanted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What agents ask. */
export type AgentAction =
  | { kind: 'claim' }
  /** An offer: somebody else is asked. */
  | { kind: 'refuse' }
  /** `seenLine`: the last line that its writer has seen. `thenClose`: and close it with this outcome. */
  | { kind: 'say'; text: string; seenLine: number; thenClose?: Outcome; files?: Attachment[] }
  /** By WhatsApp: words that it has approved, with their fields filled in. */
  | { kind: 'template'; template: string; values: string[]; seenLine: number }
  | { kind: 'note'; text: string }
  /** That they were named in a note was seen by whoever asks. */
  | { kind: 'readMention' }
  /** For the employer; with minutes the citizen is warned, and nothing they write calls the agent for so long. */
  | { kind: 'reportAbuse'; abuse: AbuseKind; note: string; pauseMinutes?: number }
  /** For whoever holds it alone, by whoever looks after the service. */
  | { kind: 'whisper'; text: string }
  /** Whoever looks after the service takes it from whom it is with. */
  | { kind: 'takeOver' }
  /** The hub that was asked cannot take it, or does not go on. */
  | { kind: 'hubFailed' }
  | { kind: 'transfer'; agent?: string; service?: string; note: string }
  | { kind: 'giveBack' }
  /** With `seenLine` not over what was written since. */
  | { kind: 'close'; outcome: Outcome; seenLine?: number }
  | { kind: 'reopen' }
  /** Put aside until its citizen writes, or until a moment (ISO), whichever comes first. */
  | { kind: 'park'; until?: string }
  | { kind: 'unpark' };

/** What the house asks. */
export type HouseAction =
  /** An exercise begins: it waits for a person of this service, in this language. */
  | { kind: 'begin'; service: string; language: string }
  /** The agent who holds it has not been seen for some time. */
  | { kind: 'lost'; agent: string }
  /** It is offered to this agent, for so long. */
  | { kind: 'offer'; offer: string; agent: string; forMs: number }
  /** Nobody answered the offer in time, or its agent went away before. */
  | { kind: 'offer-end'; offer: string; how: 'missed' | 'withdrawn' }
  /** The time has come at which its citizen is to be called back. */
  | { kind: 'due' }
  /** Nothing was said for some time, and nobody waits for its agent. */
  | { kind: 'idle' }
  /** The moment has come until which it was put aside. */
  | { kind: 'wake' }
  /** The wait that its citizen was told of (at a moment, ISO) is another by now. */
  | { kind: 'tell'; since: string; position: number; wait: Wait }
  /** Nobody of its service is at the desk any more. */
  | { kind: 'nobody' }
  /** Another hub is to take it. */
  | { kind: 'hand-over' }
  /** Its citizen has gone from the page, and wrote nothing. */
  | { kind: 'left' }
  /** Its service closed while it waited. */
  | { kind: 'closing' }
  /** It was paused after a warning until then (ISO). */
  | { kind: 'calm'; until: string }
  /** It was closed, and nobody took that back. */
  | { kind: 'settled'; closedAt: string };

export type DeskAction = AgentAction | HouseAction;

/** Who asked, where nobody did. */
export const HOUSE = 'desk';

const NAME = 'desk.action';

/** What became of it, for whoever asked. */
export type ActionAnswer =
  | { outcome: 'done' }
  /** Somebody else holds it. */
  | { outcome: 'taken'; by: string }
  /** It does not wait any more: `ticket` where it became a numbered request. */
  | { outcome: 'not-waiting' }
  /** It goes to whom it is offered to. */
  | { outcome: 'not-offered' }
  /** This is no template of the conversation's language. */
  | { outcome: 'no-template' }
  /** The citizen or a colleague wrote since the line that was seen. */
  | { outcome: 'seen-line' }
  /** To whom it was to go: nobody of this name, or not there. */
  | { outcome: 'nobody-there' }
  /** It was to be taken back too late. */
  | { outcome: 'too-late' };

export function actionActivity(action: DeskAction, by: { id: string; name?: string }, at: string): Activity {
  return { type: 'event', name: NAME, value: action, timestamp: at, from: { ...by, role: 'agent' } };
}

/** The action that an activity of the inbox carries: it was parsed before it was written there. */
export function readAction({ name, value }: Activity): DeskAction | null {
  return name === NAME ? (value as DeskAction) : null;
}
