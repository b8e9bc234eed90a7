/** What a form remembers between two messages: plain JSON, kept with the conversation. */
import type { FoundPlace } from '../../domain/language/heard';
import type { TicketAnswer, TicketPlace } from '../../domain/ticket/ticket';
import type { Topic } from '../../domain/topic/topic';

export interface Answer {
  /** As a person reads it in the summary. */
  text: string;
  /** As a program reads it: place, file ids, ISO date, E.164, choice id, number, boolean. */
  value: unknown;
  former?: Array<{ text: string; at: string }>;
}

export interface FormData {
  topic: string;
  /** The whole topic when it is not one of the town's files: a message for a person. */
  made?: Topic;
  /** The citizen's first words. */
  words: string;
  /** What of them says something: shown in the summary beside what was said since. */
  opening?: string;
  /** What they said since, in order, as typed: beside the answers, not instead of them. */
  said: string[];
  /** What a form held that was left for a person. */
  carried?: Carried;
  answers: Record<string, Answer>;
  skipped: string[];
  /** Where the form stands: a field, the summary, or choosing what to change. */
  at: string;
  /** A street still without number or landmark. */
  partial?: FoundPlace;
  /** The place for which it was asked whether it is known. */
  askedFor?: string;
  /** A request that is near, and another thing. */
  neighbour?: string;
  /** What was said of where it is and found on no map: noted as it is for whoever wishes so. */
  tried?: string[];
  /** A question that nobody here can answer: whether it goes with the request was asked. */
  question?: string;
  /** Words that sounded as if the form were to end: whether it is was asked. */
  asksEnd?: string;
  /** Times the present question was asked in vain. */
  misses: number;
  /** A person was offered: 'yes' means that one. */
  offersPerson?: boolean;
}

/** A request half told, on its way to a person: its title, and everything that was answered. */
export interface Carried {
  title: string;
  /** The same in the language of the conversation. */
  shown?: string;
  /** The form itself, to go back to. */
  form?: FormData;
  service: string;
  words: string;
  said: string[];
  answers: TicketAnswer[];
  files: string[];
  place?: TicketPlace;
  contact?: string;
}

/** What a message was to the question that was asked. */
export type FieldReading =
  | { kind: 'answer'; answer: Answer; note?: string }
  /** A street without a number or landmark. */
  | { kind: 'partial'; place: FoundPlace }
  | { kind: 'skip' }
  /** Understood, but something more is needed first. */
  | { kind: 'more'; say: string; choices?: Array<{ title: string }>; tried?: string }
  | { kind: 'unread' };
