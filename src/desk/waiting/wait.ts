/**
 * How long a citizen is told to wait: a range of minutes made from what handling takes and from how fast the queue
 * moved in the last half hour, wide enough to be kept nine times out of ten. Where it would be a guess, nothing but the
 * position is said.
 */
import { longestOf, type Told, type Wait } from '../../domain/desk/queue';

const MINUTE = 60_000;
/** Looked back at, to see how fast the queue moves. */
export const MOVED_IN = 30 * MINUTE;
/** Fewer handlings or departures say nothing. */
const FEWEST = 5;
/** What a conversation takes where nothing is known yet. */
const USUAL = 12 * MINUTE;
/** Handlings looked at. */
export const HANDLINGS = 50;
const SHORT = 3 * MINUTE;
const LONG = 45 * MINUTE;
const ROUNDED_TO = 5;

export interface QueueFigures {
  /** 1 is next. */
  position: number;
  /** Conversations that the agents who are there can hold at once, shared ones by their share. */
  slots: number;
  /** How long each of the last handlings took, milliseconds. */
  handlings: readonly number[];
  /** How many left the queue, taken or gone, in the last half hour. */
  departures: number;
}

export function estimateWait({ position, slots, handlings, departures }: QueueFigures): Wait {
  if (slots <= 0) return { kind: 'unknown' };
  const known = handlings.slice(-HANDLINGS);
  const handling = known.length < FEWEST ? USUAL : known.reduce((sum, each) => sum + each, 0) / known.length;
  const pace = handling / slots;
  const drain = departures < FEWEST ? pace : Math.min(MOVED_IN / departures, 2 * pace);
  const expected = (position * (pace + drain)) / 2;
  if (expected < SHORT) return { kind: 'short' };
  const from = roundUp(expected);
  return { kind: 'range', from, to: Math.max(roundUp(1.5 * expected + MINUTE), from + ROUNDED_TO), isLong: expected > LONG };
}

/** Minutes, up to the next five. */
function roundUp(ms: number): number {
  return Math.ceil(ms / MINUTE / ROUNDED_TO) * ROUNDED_TO;
}

/** Whether what was told before must be told again: the range moved by five minutes, or they are next. */
export function isNews(told: Told | undefined, position: number, wait: Wait): boolean {
  if (!told) return true;
  if (position === 1 && told.position !== 1) return true;
  const to = longestOf(wait);
  return to !== undefined && told.to !== undefined && Math.abs(to - told.to) >= ROUNDED_TO;
}
