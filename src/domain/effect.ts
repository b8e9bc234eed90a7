/**
 * What a decision asks for, as plain data: the mailroom carries each out, once, under an id derived from the message
 * that caused it. And why it was decided so.
 */
import type { AlertNews } from './alert';
import type { AbuseFacts } from './desk/abuse';
import type { Activity } from './message/activity';
import type { MissReason } from './miss';
import type { TicketChange } from './ticket/citizen-change';
import type { Helper } from './ticket/helper';
import type { TicketDraft, TicketPlace } from './ticket/ticket';

/** Who speaks where it is not the bot: a person of the town hall, or the town hall itself ('you are second in line'). */
export type Speaker = { kind: 'agent'; id: string; name: string } | { kind: 'system' };

export type Effect =
  /** To the citizen. Absent `by`: the bot speaks. */
  | { kind: 'say'; activity: Activity; by?: Speaker }
  /** A line of the transcript for colleagues: no citizen, channel or export ever sees it. */
  | { kind: 'note'; text: string; by: Speaker }
  /** Somebody of the town hall was insulted or threatened: kept for their employer, with the citizen's words. */
  | { kind: 'recordAbuse'; report: AbuseFacts }
  /** A line for one colleague alone, by whoever looks after the service: no citizen and no other colleague ever sees it. */
  | { kind: 'whisper'; text: string; to: string; by: Speaker }
  | { kind: 'openTicket'; reference: string; draft: TicketDraft }
  | { kind: 'updateTicket'; reference: string; change: TicketChange }
  /** The message that a conversation was about is answered, in these last words: said there, so no news of it goes out. */
  | { kind: 'answerTicket'; reference: string; text: string; by: { id: string; name: string } }
  /** Opt-out or opt-in: what, and in which words (protocols.md 1.10). */
  | { kind: 'recordConsent'; given: boolean; words: string }
  /** Whoever writes wants messages of the town hall about a theme, everywhere or in one sector; in which words. */
  | { kind: 'subscribe'; theme: string; sector?: string; words: string }
  | { kind: 'unsubscribe'; theme: string; words: string }
  /** The answer to a question of the town hall, in place of one given before: the place of the choice taken, or words. */
  | { kind: 'answerPoll'; poll: string; choice?: number; words?: string }
  /** Somebody may be in danger, or more is said of it: people of the town hall hear of it at once. */
  | { kind: 'alert'; news: AlertNews; danger: string; place?: TicketPlace }
  /** Whoever writes wants to hear what becomes of a request that somebody else made; their words stand with it. */
  | { kind: 'followTicket'; reference: string; words: string }
  /** Whoever writes acts for the citizen of a request, who has agreed: `contact` is that citizen's. */
  | ({ kind: 'actFor'; reference: string } & Pick<Helper, 'name' | 'contact' | 'isTold'>)
  /** Nobody acts for its citizen any more: said by that citizen, or by whoever did. */
  | { kind: 'endHelp'; reference: string; byHelper: boolean }
  /** An e-mail to whoever writes, where the operator has a mail server: what the law wants sent. */
  | { kind: 'writeMail'; to: string; mail: { subject: string; replyTo?: string }; text: string }
  /** A text message to a phone that the town knows, in a conversation of its own: a code. */
  | { kind: 'writeText'; to: string; text: string }
  /** What is theirs is to be erased, or a copy can be fetched by the link of this key; theirs is also what has the contact they proved. */
  | ({ kind: 'exerciseRight'; contact?: string } & ({ right: 'erase' } | { right: 'export'; key: string }))
  /** What a service called done was opened again: counted, by service. */
  | { kind: 'recordReopening'; service: string }
  /** An answer was found useful, or not. */
  | { kind: 'recordFeedback'; topic: string; isUseful: boolean }
  /** The reference of a request is told again, where it was made from and to the phone noted with it: nowhere else. */
  | { kind: 'recallReference'; reference: string }
  /** A topic was answered or begun: counted. */
  | { kind: 'recordTopic'; topic: string; service?: string }
  /** Not understood, or answered badly: kept without numbers, for those who write the answers. */
  | { kind: 'recordMiss'; reason: MissReason; words: string; topic?: string; service?: string }
  /** Somebody was told that this is another office's: counted, so that the town sees what it is asked. */
  | { kind: 'recordReferral'; topic: string }
  /** The last words to somebody who gets no more answers for a while: they are said once. */
  | { kind: 'hush'; reason: HushReason }
  /** A place in the queue became free (taken by an agent, left by the citizen), or an agent is done: what others are told of the wait is made of it. */
  | { kind: 'recordQueue'; what: 'taken' | 'left' | 'handled'; service: string; ms: number; toldMinutes?: number }
  /** The time to be called back that was held for this message is taken. */
  | { kind: 'takeCallback'; service: string; at: string }
  /** For another hub of people, which has the conversation or is asked for it. */
  | { kind: 'toHub'; url: string; activity: Activity }
  /** Wrong proof for a ticket: counted against the reference and the address, so that attempts are limited. */
  | { kind: 'countAttempt'; reference: string };

/** Why answers stop where each costs money: a machine writes, or too much was asked in an hour, in a day. */
export type HushReason = 'automatic' | 'hour' | 'day';

/** What the turn heard and why it decided as it did: kept with the message, for the desk and for learning. */
export interface Why {
  /** Which rule of the order of listening took the message: 'danger', 'command', 'form', 'topic'… */
  rule: string;
  /** Up to three topics with the confidence (0 to 1) they were heard with. */
  heard: Array<{ topic: string; confidence: number }>;
  /** Words repaired before understanding: `[typed, read as]`. */
  repaired?: Array<[string, string]>;
}

/** Whether an effect is a line of the transcript, and so takes a number. */
export function isLine({ kind }: Effect): boolean {
  return kind === 'say' || kind === 'note' || kind === 'whisper';
}
