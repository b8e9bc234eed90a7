/**
 * One citizen's thread on one channel. It has exactly one holder; who may pass it to
 * whom is decided here and nowhere else. Handoff is this token passed by compare-and-set.
 */

import type { Way } from './desk/counter';
import type { QueueEntry } from './desk/queue';
import type { Effect, Why } from './effect';
import type { DangerKind } from './language/danger';
import type { TicketState } from './ticket/states';
import type { TicketPlace } from './ticket/ticket';

/** `mail` is an e-mail that came by itself; one that a person notes for somebody is a way of the counter (`email`). */
export type Wire = 'web' | 'sms' | 'whatsapp' | 'botframework' | 'mail';
/** What comes by a wire, and what a person of the town hall notes at the counter. */
export type ChannelName = Wire | Way;
export type Holder = 'bot' | 'queue' | 'agent';

const PASSES: Record<Holder, readonly Holder[]> = {
  // An agent takes back that it was closed.
  bot: ['queue', 'agent'],
  queue: ['agent', 'bot'],
  agent: ['queue', 'bot'],
};

/** A conversation was to go where it may not: the code that decided it is wrong, not the world. */
export class IllegalPass extends Error {
  readonly code = 'illegal-pass';
}

/**
 * The one way from holder to holder; staying where it is always may. Throws IllegalPass when the holder may not pass it
 * there, or when a conversation would wait without a place, or be an agent's without an agent.
 */
export function passTo(
  { holder: from }: Pick<Conversation, 'holder'>,
  to: Holder,
  queue: QueueEntry | null,
): { holder: Holder; queue: QueueEntry | null } {
  if (from !== to && !PASSES[from].includes(to)) throw new IllegalPass(`A conversation cannot go from ${from} to ${to}`);
  switch (to) {
    case 'bot':
      break;
    case 'queue':
      if (!queue || queue.agent !== undefined) throw new IllegalPass('What waits has a place in the queue, and no agent yet');
      break;
    case 'agent':
      if (!queue?.agent) throw new IllegalPass('What an agent holds says which agent');
      if (from === 'bot' && !queue.reopenedAt)
        throw new IllegalPass("What the bot holds is an agent's only when its closing is taken back");
      break;
    default:
      to satisfies never;
  }
  return { holder: to, queue };
}

/** What a dialog remembers between two messages; plain JSON. */
export interface DialogState {
  dialog: string;
  data: Record<string, unknown>;
}

/** A danger that was told as over, or in good hands: how often its advice was given, for how many further messages it is kept in mind, and since when (ISO). */
export interface PastDanger {
  danger: DangerKind;
  advised: number;
  left: number;
  at: string;
  /** Help was called: whoever is said to have come is help. */
  isCalled?: true;
  /** Whom to call was only told in case: nothing more is pressed on whoever meant something else. */
  isDoubted?: true;
}

/** What the bot may read and change. Plain JSON, saved as one piece. */
export interface Memory {
  /** Language of the conversation: one of the town's. */
  language: string;
  /** How it is known: not at all, from the page or phone, from the citizen's words, because they asked. */
  languageFrom: 'default' | 'locale' | 'words' | 'asked';
  /** True once the citizen has been told that an automatic assistant answers (AI Act art. 50(1)). */
  introduced: boolean;
  /** The dialog being held, and those waiting under it (last is on top). */
  dialogs: DialogState[];
  /** Requests heard in the same message that wait for their turn; `near`: a place that was said with another of them. */
  waiting: Array<{ topic: string; text: string; near?: string }>;
  /** What was cancelled last, and when (ISO), for 'actually yes'. */
  putAway?: DialogState & { at: string };
  /** When no more messages were asked for last (ISO), for 'I changed my mind'. */
  left?: string;
  /** Photos and a position sent before it was said what they are about. */
  held: { files: string[]; place?: TicketPlace };
  /** Messages in a row that were not understood. */
  misses: number;
  /** Choices offered last, so that '2' or 'the second' can be read. */
  offered: Array<{ title: string; value: string }>;
  /** The language the citizen writes in, where the town does not speak it: 'es', 'ar'. */
  foreign?: string;
  /** How often it was said which languages the town speaks. */
  foreignTimes?: number;
  /** A child writes: danger is spoken of in a child's words. */
  isMinor?: boolean;
  /** How often it was said whom to call in case somebody is in danger. */
  unsureTimes?: number;
  /** The danger last spoken of. */
  pastDanger?: PastDanger;
  /** The topic last answered, for follow-ups ('and for a child?'). */
  lastTopic?: string;
  /** The answer last given, how often in a row, and when (ISO): the third time it is not given. */
  given?: { answer: string; times: number; at: string };
  /** What was said lately (its beginning and length), how often, and when last (ISO): nothing is said three times. */
  answers?: Array<{ key: string; times: number; at: string }>;
  /** Whose opening hours were told last, and of which days (local dates; none: of today), for 'and on Sunday?'. */
  hours?: { service: string; days: string[] };
  /** The day (local date) that the last question was about, for 'and the day after?'; none: today. */
  lastDay?: string;
  /** What the last answer was given to: the words that were not answered well, if it did not help. */
  asked?: { topic: string; text: string };
  /** When it was last told what becomes of their data. */
  toldOfData?: string;
  /** A question that the town's answers left open, for the person it is offered to. */
  unanswered?: { topic: string; text: string };
  /** What was offered beside what was chosen, for 'no, the other one'; with the words that were waiting. */
  passed?: { topics: string[]; references: string[]; text: string };
  /** The news of a request last told, and when (ISO): a bare 'no' or an answer is to that. */
  told?: { reference: string; state: TicketState; at: string };
  /** The question of the town hall last asked here, and when (ISO). */
  poll?: { id: string; at: string };
  /** When the citizen last wrote (ISO), so that a draft can expire. */
  touchedAt?: string;
  /** When to come back to what is unfinished (milliseconds since 1970); 0 or missing: never. */
  remindAt?: number;
  /** What is unfinished was recalled already. */
  isReminded?: boolean;
}

export function createMemory(language: string): Memory {
  return {
    language,
    languageFrom: 'default',
    introduced: false,
    dialogs: [],
    waiting: [],
    held: { files: [] },
    misses: 0,
    offered: [],
  };
}

/** Effects of a saved decision, kept on the conversation until they are known to be carried out. */
export interface Pending {
  /** Inbox ids of the messages heard together; effects take their ids from the last. */
  causes: string[];
  /** Line of the transcript the first of them takes; what is said takes those after the last. */
  line: number;
  at: string;
  effects: Effect[];
  why: Why;
  /** Kept with the inbox rows it answers. */
  answer?: Record<string, unknown>;
  /** What becomes of the inbox row: `dead` when the bot failed on it and only an apology was said. */
  outcome: 'done' | 'dead';
}

export interface Conversation {
  id: string;
  town: string;
  channel: ChannelName;
  /** Opaque channel address of the citizen: never assumed to be a phone number. */
  address: string;
  version: number;
  holder: Holder;
  /** Absent or null: it stands nowhere at the desk. */
  queue?: QueueEntry | null;
  memory: Memory;
  /** Number of the last line in the transcript; the feed's watermark. */
  lines: number;
  pending: Pending | null;
  /** Up to which line what people wrote has reached its citizen's page. */
  reachedLine?: number;
  /** Up to which line its citizen has read, where their page tells. */
  readLine?: number;
  /** When its citizen was last known to have it open, while it waits (milliseconds since 1970). */
  seenAt?: number;
  /** When it changed in a way that people at the town hall have not been told yet (milliseconds since 1970). */
  untoldAt?: number;
  /** Inbox ids of the last turn saved: they are never turned a second time. */
  lastCauses: string[];
  createdAt: string;
  updatedAt: string;
}
