/**
 * The queue: conversations that wait for a person, in the order of their place. A conversation gets its place once, when
 * it enters: the moment it began to wait, less a head start for what is urgent. All wait at the same rate, so the order
 * never changes while they wait: it is a field with an index, nobody starves, and a normal case stands before every
 * urgent one that came a head start later.
 */

type Priority = QueueEntry['priority'];

const MINUTE = 60_000;

/** Head starts in milliseconds. Whose agent was lost needs none: they keep the moment they began to wait. */
const HEAD_START: Record<Priority, number> = { danger: 24 * 60 * MINUTE, high: 10 * MINUTE, normal: 0 };

/** Smaller stands before larger; ties go by the conversation's id. Milliseconds since 1970. */
export function placeOf(queuedAt: number, priority: Priority): number {
  return queuedAt - HEAD_START[priority];
}

export interface Waiting {
  id: string;
  place: number;
}

export function byPlace(one: Waiting, other: Waiting): number {
  return one.place - other.place || (one.id < other.id ? -1 : 1);
}

/** The position of each (1 is next) among those that wait for the same service, by id; worked out when the first is asked for. */
export function positionsIn(waiting: ReadonlyArray<{ id: string; queue?: QueueEntry | null }>): {
  get(id: string): number | undefined;
} {
  let positions: Map<string, number> | undefined;
  function workedOut(): Map<string, number> {
    const last = new Map<string, number>();
    const inOrder = waiting
      .map(({ id, queue }) => ({ id, place: queue?.place ?? 0, service: queue?.service ?? '' }))
      .sort(byPlace);
    return new Map(
      inOrder.map(({ id, service }) => {
        const position = (last.get(service) ?? 0) + 1;
        last.set(service, position);
        return [id, position];
      }),
    );
  }
  return {
    get(id) {
      positions ??= workedOut();
      return positions.get(id);
    },
  };
}

/** How long a wait is said to be. */
export type Wait =
  | { kind: 'unknown' }
  | { kind: 'short' }
  /** Minutes. `isLong`: to be called back is the better offer. */
  | { kind: 'range'; from: number; to: number; isLong: boolean };

/** What may be said to somebody who waits for a person of a service, or asks for one. */
export interface Outlook {
  /** 1 is next. */
  position: number;
  wait: Wait;
  /** Somebody who answers for the service is at the desk. */
  isAnybodyThere: boolean;
  /** Nobody more is let in for a while: what citizens are told, by language. */
  pause?: { words: Record<string, string> };
}

/** What 'a few minutes' promises. */
const SHORT_MINUTES = 5;

/** The longest time that is told, minutes; none where only the position is. */
export function longestOf(wait: Wait): number | undefined {
  if (wait.kind === 'unknown') return undefined;
  return wait.kind === 'short' ? SHORT_MINUTES : wait.to;
}

/** What was told of a wait at a moment (ISO). The first promise is the one that counts. */
export function toldOf({ position, wait }: Pick<Outlook, 'position' | 'wait'>, at: string, before?: Told): Told {
  const to = longestOf(wait);
  const first = before?.first ?? to;
  return { position, at, times: (before?.times ?? 0) + 1, ...(to ? { to } : {}), ...(first ? { first } : {}) };
}

/** Position and range of minutes as a citizen reads them; `t` says a sentence of the product. */
export function outlookInWords(
  { position, wait }: Pick<Outlook, 'position' | 'wait'>,
  t: (id: string, fields?: Record<string, string | number>) => string,
): string {
  const before = position === 1 ? t('queue.first') : t('queue.before', { count: position - 1 });
  if (wait.kind === 'unknown') return before;
  if (wait.kind === 'short') return `${before} ${t('queue.soon')}`;
  const { from, to } = wait;
  return `${before} ${t(wait.isLong ? 'queue.long' : 'queue.range', { from, to })}`;
}

/** Of a wait: position, the longest time in minutes, that of the first time, when it was told (ISO), how often. */
export interface Told {
  position: number;
  to?: number;
  first?: number;
  at?: string;
  times?: number;
}

/** Characters of the last words that are shown in a list. */
const LONGEST_SNIPPET = 120;

/** In one line, for a list. */
export function snippetOf(text: string, most = LONGEST_SNIPPET): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** Put aside no longer, for whatever reason it was. */
export function awake({ parkedAt: _, parkedUntil: __, wokeAt: ___, calmUntil: ____, ...entry }: QueueEntry): QueueEntry {
  return entry;
}

/** The citizen wrote: somebody's turn to answer, and what was put aside is at hand again. */
export function heardFromCitizen(entry: QueueEntry, text: string, at: string, isDanger = false): QueueEntry {
  // After a warning nothing calls the agent for a while, but for somebody in danger.
  if (entry.calmUntil && entry.calmUntil > at && !isDanger) return { ...entry, lastCitizenAt: at };
  const rest = awake(entry);
  const words = snippetOf(text);
  return { ...rest, lastCitizenAt: at, awaitsReply: true, snippet: words || entry.snippet, subject: entry.subject || words };
}

/** Who has gone from the page and said nothing for so long does not wait any more. */
const LEFT_MS = 3 * MINUTE;

/** Whether nobody is left on the other side of a page: not seen there, and nothing happened in the conversation, for a while. */
export function isSilent({ seenAt = 0, updatedAt }: { seenAt?: number; updatedAt: string }, now: Date): boolean {
  return now.getTime() - Math.max(seenAt, Date.parse(updatedAt)) > LEFT_MS;
}

/** After so long without a word what nobody waits for is put aside. */
const IDLE_MS = 10 * MINUTE;

/** Whether a conversation that somebody holds takes none of their time: nobody waits for them, and nothing was said lately. */
export function isIdle({ awaitsReply, parkedAt, takenAt, saidAt, wokeAt, lastCitizenAt }: QueueEntry, now: Date): boolean {
  if (awaitsReply || parkedAt) return false;
  const said = [takenAt, saidAt, wokeAt, lastCitizenAt].map((at) => (at ? Date.parse(at) : 0));
  return now.getTime() - Math.max(...said) > IDLE_MS;
}

/** Whether it is put aside until a moment that has come. */
export function isAwake({ parkedAt, parkedUntil }: QueueEntry, now: Date): boolean {
  return parkedAt !== undefined && parkedUntil !== undefined && parkedUntil <= now.toISOString();
}

/** Where a conversation stands at the desk: what it waits for, or who has it. */
export interface QueueEntry {
  service: string;
  /** In a few words, for the list. */
  subject: string;
  /** What the bot learnt before it was passed on, a line each. */
  summary?: string[];
  language?: string;
  /** The request that it is about, by its reference. */
  ticket?: string;
  /** Since when it waits (ISO). */
  queuedAt: string;
  /** Its order among those that wait: milliseconds since 1970, less what its priority is worth; the lowest is next. */
  place: number;
  priority: 'normal' | 'high' | 'danger';
  /** Whom it was given to, by id; absent while it waits. */
  agent?: string;
  /** Whom it is being offered to, until when (ISO). By its id a late answer to an earlier offer is void. */
  offer?: { id: string; agent: string; until: string };
  /** Who was offered it in vain, oldest first: others are asked before they are asked again. */
  asked?: Array<{ offer: string; agent: string; how: 'missed' | 'refused' }>;
  /** Who answered this citizen until shortly before, and when that ended (ISO): asked first. */
  last?: { agent: string; at: string };
  /** Since when its agent has put it aside (ISO). */
  parkedAt?: string;
  /** Until when (ISO), unless its citizen writes before; without it, until they do. */
  parkedUntil?: string;
  /** When that time came (ISO), and nobody has written since. */
  wokeAt?: string;
  /** Until when (ISO) it rests after a warning. */
  calmUntil?: string;
  /** The last words, cut to a line. */
  snippet?: string;
  /** When the citizen last wrote (ISO), and whether nobody has answered that yet. */
  lastCitizenAt?: string;
  awaitsReply?: boolean;
  /** The bot goes on answering while it waits: a message was left, or danger was spoken of. */
  botAnswers?: true;
  /** When the citizen is to be called back (ISO): it waits from then on. */
  callAt?: string;
  /** The hub that was asked to take it, by name. */
  hub?: string;
  /** A hub did not take it, or not to its end: it is not asked again. */
  hubRefused?: true;
  /** That time has come. */
  isDue?: true;
  /** What the citizen was told last of their wait. */
  told?: Told;
  /** Since when its agent holds it, and when they last wrote (ISO). */
  takenAt?: string;
  saidAt?: string;
  /** When it was closed (ISO), with which outcome; the bot holds it again. */
  closedAt?: string;
  outcome?: string;
  /** When its agent took that back (ISO). */
  reopenedAt?: string;
  /** When a closing can no longer be taken back, and the citizen hears of it (milliseconds since 1970). */
  settleAt?: number;
  /** Colleagues who are named in its notes and have not read that yet, by whom (ids), and when (ISO); and the last such moment. */
  mentions?: Array<{ agent: string; by: string; at: string }>;
  mentionedAt?: string;
}
