/**
 * What does not come by a wire: somebody stands at the counter, calls, or has sent a letter or an e-mail, and a person of
 * the town hall types what they want. By the same topics and forms as the bot's own it becomes a conversation and, where
 * something is to be done, a numbered request.
 */
import { houseEvent, readHouseEvent } from '../event';
import type { HeardIntent } from '../language/heard';
import type { Activity } from '../message/activity';

export const WAYS = ['visit', 'call', 'letter', 'email'] as const;
export type Way = (typeof WAYS)[number];

/** Nobody reads what is said there: it is told by the person who noted it, or by letter. */
export function isAtCounter(channel: string): channel is Way {
  return (WAYS as readonly string[]).includes(channel);
}

export interface CounterContact {
  way: Way;
  /** The language of the town in which the citizen is spoken and written to. */
  language: string;
  /** What they want, as it was typed for them. */
  words: string;
  /** What it is about; a message for a service where only that is known; both absent while it is not known yet. */
  topic?: string;
  service?: string;
  name?: string;
  /** Phone or e-mail, as typed. */
  reach?: string;
  /** By field of the topic's form, as typed; the id of a choice, `yes` or `no`. */
  answers: Record<string, string>;
}

/** How a contact is read while it is typed. */
export interface CounterReading {
  /** What it may be about, likeliest first. */
  heard: HeardIntent[];
  /** What it is read as: what was chosen, or what was surely heard. */
  topic?: string;
  /** By field: as a person reads it. */
  answers: Record<string, string>;
  /** By field: why what was typed cannot be taken, in the citizen's language. */
  refused: Record<string, string>;
  /** Fields that must be filled and are not. */
  missing: string[];
  /** Fields that this request asks for, as far as its answers say by now. */
  asked: string[];
  /** E.164, or an e-mail in lower case. */
  reach?: { kind: 'phone' | 'email'; value: string /** As people write it. */; text: string };
  /** Why what was typed as one is none. */
  reachRefused?: string;
}

export type ReadAtCounter = (town: string, contact: CounterContact, now: Date) => Promise<CounterReading>;

const NAME = 'counter.contact';

/** On its way to the bot, with who noted it. */
export function counterActivity(town: string, contact: CounterContact, by: { id: string; name: string }, at: string): Activity {
  return { ...houseEvent(town, NAME, { contact, by }, at), text: contact.words };
}

/** Null for any other activity. What it holds was parsed before it was written into the inbox. */
export function readCounter(activity: Activity): { contact: CounterContact; by: { id: string; name: string } } | null {
  const value = readHouseEvent(activity, NAME);
  return value?.contact ? (value as unknown as { contact: CounterContact; by: { id: string; name: string } }) : null;
}
