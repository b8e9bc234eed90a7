/**
 * Where each answer costs money, or machines answer it: whom nobody answers, and when to fall silent. A machine at the other end (an
 * out-of-office reply, another bot) is told once that it gets no more answers, and then gets none; a number that writes
 * and writes is told when to come back. Everything is kept and can be read; danger and opting out are heard always.
 */

import type { Conversation } from '../domain/conversation';
import type { Decision } from '../domain/decision';
import type { HushReason } from '../domain/effect';
import { phraseKey } from '../domain/language/words';
import { isCitizenLine } from '../domain/message/activity';
import { type Courier, laneOf } from '../domain/message/courier';
import type { InboxRow } from '../store/rows/mail';
import { type MailroomParts, SECOND } from './parts';

const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
/** Messages looked back at. */
const LOOKED_AT = 12;
/** So often the same words are answered; somebody in danger may say them much more often. */
const SAME_WORDS = 3;
const SAME_URGENT_WORDS = 10;
/** 'oui', '2', 'place Carnot' answer many a question. */
const SHORTEST_REPEATED = 16;
/** So many messages in a row that nobody could have typed since the one before. */
const MACHINE_PACE = 4;
const SHORTEST_TYPED = 20;
/** Answers beyond the hour's limit to somebody in danger. */
const URGENT_BEYOND = 20;

/** How long the last words of each kind hold. */
const HOLDS: Record<HushReason, number> = { automatic: DAY, hour: HOUR, day: DAY };

/** What a conversation had done lately, newest first, and how many answers its number got in an hour and in a day. */
interface Past {
  before: InboxRow[];
  hour: number;
  day: number;
}

export interface Restraint {
  /** The decision, or silence in its place; with last words the first time. */
  judge(rows: InboxRow[], conversation: Conversation, decide: () => Promise<Decision>, now: Date): Promise<Decision>;
}

export function createRestraint({ mail, ledger, bot, couriers, limits, log }: MailroomParts): Restraint {
  const limited = new Map<string, Courier>(
    couriers
      .filter(({ isPaid, isAnsweredByMachines }) => isPaid || isAnsweredByMachines)
      .map((courier) => [courier.lane, courier]),
  );

  async function lookBack({ id, town, address }: Conversation, now: Date): Promise<Past> {
    const [before, hour, day] = await Promise.all([
      mail.inbox.lately(id, LOOKED_AT),
      ledger.count('answer', town, address, now.getTime() - HOUR),
      ledger.count('answer', town, address, now.getTime() - DAY),
    ]);
    return { before: before.filter((row) => now.getTime() - arrivedAt(row) < DAY), hour, day };
  }

  function reasonFor(rows: InboxRow[], { before, hour, day }: Past, isUrgent: boolean) {
    if (!limits) return null;
    if (isSameAgain(rows, before, isUrgent)) return 'automatic';
    // What was written in fragments was written by a person.
    if (!isUrgent && rows.length === 1 && isMachinePace([...rows, ...before], limits.charactersPerSecond)) return 'automatic';
    const beyond = isUrgent ? URGENT_BEYOND : 0;
    if (hour >= limits.answersPerHour + beyond) return 'hour';
    return day >= limits.answersPerDay + beyond ? 'day' : null;
  }

  return {
    async judge(rows, conversation, decide, now) {
      const { town, channel, address, id } = conversation;
      const courier = limited.get(laneOf(channel) ?? '');
      const isHeard = rows.some(({ activity }) => isCitizenLine(activity));
      const { memory, holder } = conversation;
      const silence = (rule: string): Decision => ({ memory, holder, effects: [], why: { rule, heard: [] } });
      if (rows.every(isAutomatic)) {
        log('info', 'email.automatic', { conversation: id });
        return silence('automatic');
      }
      if (!courier || !isHeard) return decide();
      const refusal = courier.unanswerable?.(town, address) ?? null;
      if (refusal === 'no-number') {
        log('info', 'phone.unanswered', { conversation: id, reason: refusal });
        return silence('unanswered');
      }
      // Asked for while it is decided, so that the citizen waits for one of both.
      const [decision, past] = await Promise.all([decide(), lookBack(conversation, now)]);
      const isUrgent = decision.effects.some(
        (effect) =>
          effect.kind === 'alert' ||
          effect.kind === 'recordConsent' ||
          (effect.kind === 'say' && effect.activity.importance === 'high'),
      );
      if (!decision.effects.some(({ kind }) => kind === 'say')) return decision;
      const reason = refusal && !isUrgent ? refusal : reasonFor(rows, past, isUrgent);
      if (reason === null) return decision;
      const isTold = reason === 'country' || (await wasTold(town, address, reason, now));
      log(isTold ? 'info' : 'warn', isTold ? 'phone.unanswered' : 'phone.hushed', { conversation: id, reason });
      // Whatever the bot would have remembered of it goes as well: its question was not asked.
      return isTold ? silence('unanswered') : bot.hush(conversation, reason as HushReason);
    },
  };

  async function wasTold(town: string, address: string, reason: HushReason, now: Date): Promise<boolean> {
    const told = await ledger.since('hush', town, address, now.getTime() - HOLDS[reason], LOOKED_AT);
    return told.some((one) => one.reason === reason);
  }
}

/** A machine says of itself that it wrote this e-mail: it is kept and nothing follows from it, whoever holds the conversation. */
export function isAutomatic({ channel, activity }: InboxRow): boolean {
  return channel === 'mail' && activity.channelData?.automatic !== undefined;
}

function arrivedAt({ order }: InboxRow): number {
  return Number(order.slice(0, 14));
}

function wordsOf(rows: InboxRow[]): string {
  return rows
    .map(({ activity }) => activity.text ?? '')
    .join(' ')
    .trim();
}

/** The words without their numbers: a machine counts and dates what it writes. */
function keyOf(text: string): string {
  return phraseKey(text.replace(/\d+/g, ' '));
}

function isSameAgain(rows: InboxRow[], before: InboxRow[], isUrgent: boolean): boolean {
  const key = keyOf(wordsOf(rows));
  if (key.length < SHORTEST_REPEATED) return false;
  const times = before.filter((row) => keyOf(row.activity.text ?? '') === key).length;
  return times >= (isUrgent ? SAME_URGENT_WORDS : SAME_WORDS);
}

/** Newest first: each of the last ones too long for the time since the one before it. Photos, taps and fragments are people's. */
function isMachinePace(rows: InboxRow[], charactersPerSecond: number): boolean {
  if (!Number.isFinite(charactersPerSecond)) return false;
  for (let at = 0; at < MACHINE_PACE; at += 1) {
    const [row, earlier] = [rows[at], rows[at + 1]];
    const text = row?.activity.text ?? '';
    if (!row || !earlier || row.activity.value !== undefined || text.length < SHORTEST_TYPED) return false;
    const seconds = Math.max(0, arrivedAt(row) - arrivedAt(earlier)) / SECOND;
    if (text.length <= seconds * charactersPerSecond) return false;
  }
  return true;
}
