/** What an agent was called or threatened with: kept for the employer, with a pause if one is wanted. */
import type { Conversation } from '../../domain/conversation';
import { isAtCounter } from '../../domain/desk/counter';
import { awake, type QueueEntry } from '../../domain/desk/queue';
import type { Effect } from '../../domain/effect';
import type { AgentAction } from './action';
import { type Actor, type DeskLookups, type Outlook, tell } from './decided';

/** Citizens' lines that stand with a report. */
const MOST_WORDS = 5;

/** Kept for the employer; with a pause the citizen is warned in calm words, and told what is still heard. */
export async function reportAbuse(
  { abuse: kind, note: text, pauseMinutes }: Extract<AgentAction, { kind: 'reportAbuse' }>,
  { id, name }: Actor,
  { holder, channel }: Conversation,
  queue: QueueEntry,
  { now, t, transcript }: DeskLookups,
): Promise<Outlook> {
  const said = (await transcript()).flatMap(({ from, text: words }) => (from?.role === 'user' && words ? [words] : []));
  const minutes = isAtCounter(channel) ? 0 : (pauseMinutes ?? 0);
  const report = { agent: { id, name }, service: queue.service, kind, note: text, words: said.slice(-MOST_WORDS) };
  const effects: Effect[] = [{ kind: 'recordAbuse', report: { ...report, pausedMinutes: minutes } }];
  if (minutes === 0) return { holder, queue, effects };
  const calmUntil = new Date(now.getTime() + minutes * 60_000).toISOString();
  return {
    holder,
    queue: { ...awake(queue), parkedAt: now.toISOString(), calmUntil, awaitsReply: false },
    effects: [...effects, tell(t('calm.begins', { minutes }))],
  };
}
