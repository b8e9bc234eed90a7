/**
 * The contract of a dialog: code that asks and listens over several turns. A dialog sees the
 * talk it is in, never a store or a clock; what it must remember it returns as plain data.
 */

import type { Conversation, Memory } from '../domain/conversation';
import type { Lookups } from '../domain/decision';
import type { QueueEntry } from '../domain/desk/queue';
import type { Effect } from '../domain/effect';
import type { Entities, FollowUp, FoundPlace, Heard } from '../domain/language/heard';
import type { Wording } from '../domain/language/wording';
import type { Activity, CardAction } from '../domain/message/activity';
import type { Topic } from '../domain/topic/topic';
import type { Calendar, GeoPoint, Service, Town } from '../domain/town';
import type { ChoosingWords } from './choices';

/** One turn as a dialog sees it. `memory` is the turn's own copy and may be changed. */
export interface Talk {
  town: Town;
  topics: Topic[];
  topic(id: string): Topic | undefined;
  service(id: string | undefined): Service;
  conversation: Conversation;
  memory: Memory;
  activity: Activity;
  /** The citizen's words, trimmed; '' for a photo or a pin alone. */
  text: string;
  heard: Heard;
  /**
   * Dates, places, numbers… in the citizen's words, or in other words given; read once. A question that looks ahead,
   * or a report that looks back, says so: it decides which Monday is meant; the date last spoken of, which 25th.
   */
  entities(text?: string, looks?: 'ahead' | 'back', spokenOf?: string): Promise<Entities>;
  followUp(topic: string): Promise<FollowUp | null>;
  nearest(point: GeoPoint): FoundPlace | null;
  lookups: Lookups;
  calendar: Calendar;
  /** A date (YYYY-MM-DD) or a moment (ISO) as people write it in the conversation's language, in the town's time. */
  day(date: string): string;
  /** The language in which the citizen is spoken to: their own, as far as it is known, or the conversation's. */
  readonly spokenLanguage: string;
  /** Days and times of day in the conversation's language, short where each letter is paid for. */
  wording: Wording;
  /** A service inside a sentence, with its article: "l'accueil de la mairie". */
  named(service: Service, language?: string): string;
  /** The product's own sentence in the conversation's language, with its `{fields}` filled. */
  t(sentence: string, fields?: Record<string, string | number>): string;
  /** The same in every language the town speaks. */
  inEach(sentence: string, fields?: (language: string) => Record<string, string>): Record<string, string>;
  /** Text of the town's own in the conversation's language, or in the town's first language. */
  local(text: Record<string, string> | undefined): string;
  /** The same turn, listening to a part of the words, or to words kept from before. */
  about(words: string): Promise<Talk>;
  /**
   * Whether the citizen's words mean one of the locale's word lists: 'send', 'skip', 'edit', 'back'…
   * @param words a part of them, or others: nothing more is heard in these, unlike by `about`.
   */
  means(list: string, words?: string): boolean;
  /** How many entries of a word list other words hold, in the language that is spoken. */
  counts(list: string, words: string): number;
  /** The language of the town that is asked for by its name: 'in English, please'. */
  languageMeant(): string | undefined;
  /** The town's languages by their names, as one says them in a sentence: 'French and English'. */
  languages(): string;
  /** A sentence in each of the town's languages but the one that is spoken. */
  inOthers(id: string): string[];
  /** How a choice that was offered is pointed at. */
  choosing: ChoosingWords;
  say(text: string, options?: SayOptions): void;
  act(effect: Exclude<Effect, { kind: 'say' }>): void;
  /** After this turn the conversation waits for a person, or is the bot's again. */
  passTo(holder: 'bot' | 'queue', queue: QueueEntry | null): void;
}

export interface SayOptions {
  /** Offered as buttons where there are buttons, numbered elsewhere. */
  choices?: Array<{ title: string; value?: string; url?: string }>;
  /** Numbers to call in danger: the message is of high importance, and offers them as buttons where there are any. */
  calls?: string[];
  channelData?: Record<string, unknown>;
}

export type Step =
  /** Goes on at the next message, with this to remember. */
  | { next: 'wait'; data: object }
  /** Quietly: what was held before is not asked again in the same breath. */
  | { next: 'done'; isQuiet?: true }
  /** The citizen has chosen this topic: it begins now, with the words that were waiting. */
  | { next: 'become'; topic: string; text: string; kept?: object }
  /** Another dialog is held first; this one goes on after it. */
  | { next: 'digress'; data: object; dialog: string; input: object }
  /** What was gathered, or the words as they are, go to a person. */
  | { next: 'person'; text: string; carried?: object; isMessage?: true }
  /** These words are not an answer to what was asked: let the other listeners have them, then ask again. */
  | { next: 'not-mine' };

export interface Dialog {
  name: string;
  begin(talk: Talk, input: object): Promise<Step>;
  hear(talk: Talk, data: object): Promise<Step>;
  /** Asks the pending question again: after a digression, in another language. */
  askAgain(talk: Talk, data: object): void;
}

/** Text messages and WhatsApp: the number is the contact, and one message carries all that is said. */
export function isPhone(talk: Talk): boolean {
  return talk.conversation.channel === 'sms' || talk.conversation.channel === 'whatsapp';
}

/** Where each message leaves as one of its own, and is answered with one: nothing can be pressed, and STOP is the way out. */
export function isPosted(talk: Talk): boolean {
  return isPhone(talk) || talk.conversation.channel === 'mail';
}

/** A button that says what it means. */
export function button(title: string, value = title): CardAction {
  return { type: 'imBack', title, value };
}

/** A question by its sign, or by words that ask. */
export function isQuestion(talk: Talk): boolean {
  return /\?\s*$/.test(talk.text) || talk.means('question');
}
