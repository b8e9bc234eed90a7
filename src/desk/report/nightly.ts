/**
 * Every night: which conversations of the day ended with neither an answer, nor a numbered request, nor a person. None
 * should; what stands here is for the town hall to look at. It names conversations and reasons, never a citizen's words.
 */
import { DateTime } from 'luxon';
import type { Conversation, DialogState } from '../../domain/conversation';
import type { Town } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import type { Report, ReportItem } from '../../store/rows/desk/reports';
import type { Tickets } from '../../store/rows/tickets';
import type { Line, Transcript } from '../../store/rows/transcript';

/** Conversations read at once. */
const PAGE = 200;
/** The last lines of one that are looked at. */
const LINES = 60;
/** So many are named; the others are counted. */
const MOST_NAMED = 500;
const OWN_TICKETS = 10;

export interface NightlyParts {
  conversations: Pick<Conversations, 'changedSince'>;
  transcript: Pick<Transcript, 'before'>;
  tickets: Pick<Tickets, 'ofAddress'>;
}

/** Of the conversations in which a citizen wrote last on this day (YYYY-MM-DD, in the town's time). */
export async function nightlyReport(parts: NightlyParts, town: Town, date: string): Promise<Omit<Report, 'at'>> {
  const day = DateTime.fromISO(date, { zone: town.timeZone }).startOf('day');
  const [from, to] = [day, day.plus({ days: 1 })].map((moment) => moment.toUTC().toISO()!) as [string, string];
  const items: ReportItem[] = [];
  const counts: Report['counts'] = {};
  let looked = 0;
  for await (const conversation of changedFrom(parts.conversations, from)) {
    const wrote = conversation.memory.touchedAt ?? '';
    if (conversation.town !== town.id || wrote < from || wrote >= to) continue;
    looked += 1;
    const why = await whyLeft(parts, conversation, from);
    if (!why) continue;
    counts[why] = (counts[why] ?? 0) + 1;
    if (items.length < MOST_NAMED) items.push({ conversation: conversation.id, channel: conversation.channel, at: wrote, why });
  }
  return { town: town.id, date, looked, counts, items };
}

/** All that changed since a moment, each once: those of the same moment come again on the next page. */
async function* changedFrom(conversations: NightlyParts['conversations'], from: string): AsyncGenerator<Conversation> {
  let seen = new Set<string>();
  for (let at = from; ; ) {
    const page = await conversations.changedSince(at, PAGE);
    const fresh = page.filter(({ id, version }) => !seen.has(`${id}|${version}`));
    yield* fresh;
    const last = page.at(-1)?.updatedAt;
    if (page.length < PAGE || !last || fresh.length === 0) return;
    seen = new Set(page.filter(({ updatedAt }) => updatedAt === last).map(({ id, version }) => `${id}|${version}`));
    at = last;
  }
}

/** Why a conversation ended with nothing; null when it did not. */
async function whyLeft(
  { transcript, tickets }: NightlyParts,
  { id, town, channel, address, holder, lines, memory, queue }: Conversation,
  from: string,
): Promise<ReportItem['why'] | null> {
  // Somebody has it, or it waits for somebody.
  if (holder !== 'bot') return null;
  const said = (await transcript.before(id, lines + 1, LINES)).filter(({ at }) => at >= from);
  const heard = said.findLast((line) => line.from === 'citizen');
  if (!heard || said.some((line) => line.from === 'agent')) return null;
  const opened = await tickets.ofAddress(town, channel, address, OWN_TICKETS);
  if (opened.some((ticket) => ticket.conversation === id && ticket.updatedAt >= from)) return null;
  if (queue?.closedAt && queue.closedAt >= from) return 'left-queue';
  if (memory.dialogs.some(isStuck)) return 'form-left';
  return ruleOf(heard);
}

/**
 * A form whose questions were asked, and whose answers were taken, is its citizen's to end: it is unfinished, was recalled
 * once, and nothing was left unanswered. Not so where an answer was not understood, or a person was asked for.
 */
function isStuck({ dialog, data }: DialogState): boolean {
  return dialog === 'person' || (dialog === 'form' && Number((data as { misses?: number } | null)?.misses ?? 0) > 0);
}

function ruleOf({ why }: Line): ReportItem['why'] | null {
  switch (why?.rule) {
    case 'apology':
      return 'failed';
    case 'clarify':
    case 'person':
    case 'none':
    case undefined:
      return 'not-understood';
    default:
      return null;
  }
}
