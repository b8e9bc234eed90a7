/**
 * What happens at the desk though nobody asks for it: a service closes or is deserted while people wait, a citizen leaves
 * the page, an agent is gone, a closing is not taken back. Each becomes a row in the inbox of its conversation, under an id derived from what happened, so that any
 * number of processes may look and it is done once; whether it is still so is looked at again in the conversation's line.
 */
import type { Conversation } from '../../domain/conversation';
import { isHubAgent } from '../../domain/desk/hub';
import { isAwake, isIdle, isSilent, type Outlook, positionsIn } from '../../domain/desk/queue';
import type { Calendar, Town, Towns } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import type { Presences } from '../../store/rows/desk/presence';
import type { Typing } from '../stream/typing';
import type { Attendance } from '../waiting/attendance';
import { outlookIn, type Standing, type Standings } from '../waiting/outlook';
import { isNews } from '../waiting/wait';
import type { Capacity } from './capacity';
import { GONE_MS, isGone } from './gone';
import type { Post } from './post';

/** Closings, lost agents and idle places are looked for so often. */
const LOOK_EVERY = 5000;
/** That somebody is still there is written down so often. */
const SEEN_EVERY = 30_000;
/** A wait is not told again sooner. */
const TOLD_EVERY = 60_000;
/** A text message costs, and rings: the wait is told once more in it. */
const MOST_TOLD_BY_PHONE = 2;
const DAY = 24 * 60 * 60_000;

export interface WatchParts {
  agents: Agents;
  conversations: Conversations;
  presences: Presences;
  capacity: Capacity;
  towns: Towns;
  calendar: Calendar;
  post: Post;
  standingOf: Standings;
  attendance: Attendance;
  typing: Pick<Typing, 'attend'>;
  /** Whether a citizen's page reads this conversation, in this process. */
  isRead(conversation: string): boolean;
  clock: () => Date;
  log: (level: 'info' | 'warn', event: string, fields?: Record<string, unknown>) => void;
}

export function createWatch(parts: WatchParts) {
  const {
    agents,
    conversations,
    presences,
    capacity,
    attendance,
    typing,
    towns,
    calendar,
    post,
    standingOf,
    isRead,
    clock,
    log,
  } = parts;
  let lookAt = 0;

  async function lookAfterWaiting(town: Town, now: Date): Promise<void> {
    const opens = new Map<string, string | null>();
    const attended = new Map<string, number>();
    const standings = new Map<string, Standing | null>();
    const waiting = await conversations.atDesk(town.id, 'queue');
    const positions = positionsIn(waiting);
    for (const conversation of waiting) {
      const { queue } = conversation;
      const service = town.services.find(({ id }) => id === queue?.service);
      if (queue?.callAt && !queue.isDue && queue.callAt <= now.toISOString())
        await post.ask(conversation, { kind: 'due' }, queue.callAt);
      if (!queue || queue.botAnswers || !service) continue;
      const isHubs = town.hub?.services.includes(service.id) === true && !queue.hubRefused;
      if (isHubs && !queue.hub) await post.ask(conversation, { kind: 'hand-over' }, queue.queuedAt);
      if (!opens.has(service.id)) {
        const state = calendar.at(town, service, now);
        opens.set(service.id, state.isOpen ? null : JSON.stringify(state.opens ?? 'never'));
      }
      const next = opens.get(service.id);
      if (next) {
        await post.ask(conversation, { kind: 'closing' }, `${queue.queuedAt}|${next}`);
        continue;
      }
      const until = attended.get(service.id) ?? (await attendance.attendedUntil(town.id, service.id, now.getTime()));
      attended.set(service.id, until);
      if (!isHubs && now.getTime() - until > GONE_MS)
        await post.ask(conversation, { kind: 'nobody' }, `${queue.queuedAt}|${until}`);
      else {
        await lookIfLeft(conversation, now);
        if (mayTellAgain(conversation, now)) {
          const standing = standings.get(service.id) ?? (await standingOf(town.id, service.id, now));
          standings.set(service.id, standing);
          if (standing) await tellAgain(conversation, outlookIn(standing, positions.get(conversation.id) ?? 1));
        }
      }
    }
  }

  async function tellAgain(conversation: Conversation, { position, wait, isAnybodyThere }: Outlook): Promise<void> {
    const { told } = conversation.queue ?? {};
    if (!told?.at || !isAnybodyThere || !isNews(told, position, wait)) return;
    await post.ask(conversation, { kind: 'tell', since: told.at, position, wait }, told.at);
  }

  /** On a page it is known who is there; each process knows its own, and what they know stands in the row. */
  async function lookIfLeft(conversation: Conversation, now: Date): Promise<void> {
    const { id, channel, seenAt = 0, version } = conversation;
    if (channel !== 'web') return;
    if (isRead(id)) {
      if (now.getTime() - seenAt > SEEN_EVERY || seenAt > now.getTime()) await conversations.seen(id, now.getTime());
    } else if (isSilent(conversation, now)) await post.ask(conversation, { kind: 'left' }, `${version}|${seenAt}`);
  }

  /** Whose agent is gone waits again; what takes nobody's time is put aside. */
  async function lookAfterHeld(town: Town, now: Date): Promise<void> {
    const held = await conversations.atDesk(town.id, 'agent');
    await typing.attend(
      town.id,
      held.some(({ id, channel }) => channel === 'web' && isRead(id)),
    );
    const lost = new Set<string>();
    // People of another hub are not seen from here.
    const own = held.filter(({ queue }) => !isHubAgent(queue?.agent));
    for (const agent of new Set(own.map(({ queue }) => queue?.agent ?? ''))) {
      if (await isGone(presences, agent, undefined, now)) lost.add(agent);
    }
    for (const conversation of own) {
      if (conversation.queue && isIdle(conversation.queue, now))
        await post.ask(conversation, { kind: 'idle' }, `${conversation.version}`);
      await goOn(conversation, post, now);
      const { agent = '', takenAt, parkedUntil } = conversation.queue ?? {};
      // Until tomorrow its agent may go home.
      if (parkedUntil) continue;
      if (!lost.has(agent) || !(await isGone(presences, agent, takenAt, now))) continue;
      if ((await post.ask(conversation, { kind: 'lost', agent }, `${agent}|${takenAt}`)) !== 'new') continue;
      log('warn', 'desk.agent-lost', { town: town.id, agent, conversation: conversation.id });
      await capacity.giveBack(agent, conversation.id);
      await agents.change(agent, ({ status }) =>
        status === 'available' ? { status: 'away', statusReason: 'lost', statusAt: now.toISOString() } : null,
      );
    }
  }

  return {
    async sweep(): Promise<void> {
      const now = clock();
      for (const conversation of await conversations.toSettle(now.getTime(), 50)) {
        const closedAt = conversation.queue?.closedAt;
        if (closedAt) await post.ask(conversation, { kind: 'settled', closedAt }, closedAt);
      }
      if (now.getTime() < lookAt && lookAt - now.getTime() <= LOOK_EVERY) return;
      lookAt = now.getTime() + LOOK_EVERY;
      for (const town of towns.list()) {
        if (!town.hub && (await agents.ofTown(town.id)).length === 0) continue;
        await lookAfterWaiting(town, now);
        await lookAfterHeld(town, now);
        await capacity.sweep(town.id);
      }
      await presences.forget(now.getTime() - DAY);
    },
  };
}

/** What was put aside until a moment, or rests after a warning, goes on once the moment has come. */
export async function goOn(conversation: Conversation, post: Post, now: Date): Promise<void> {
  const { queue } = conversation;
  if (queue && isAwake(queue, now)) await post.ask(conversation, { kind: 'wake' }, queue.parkedUntil ?? '');
  const { calmUntil } = queue ?? {};
  if (calmUntil && calmUntil <= now.toISOString()) await post.ask(conversation, { kind: 'calm', until: calmUntil }, calmUntil);
}

/** Not every minute, and on a telephone once. */
function mayTellAgain({ channel, queue }: Conversation, now: Date): boolean {
  const { at, times = 1 } = queue?.told ?? {};
  const isPhone = channel === 'sms' || channel === 'whatsapp';
  return at !== undefined && now.getTime() - Date.parse(at) > TOLD_EVERY && (!isPhone || times < MOST_TOLD_BY_PHONE);
}
