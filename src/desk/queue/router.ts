/**
 * Where a service offers what waits: each agent who is there and has room is asked for one conversation at a time, and the
 * next is asked when nothing comes of it. One process does it for a town, by a lease that another takes over when it dies.
 * An offer begins in the agent's own row, where its place is taken; it is then asked of the conversation, in whose line it
 * becomes true. What a crash leaves between the two is found at the next look.
 */
import { randomUUID } from 'node:crypto';
import type { Conversation } from '../../domain/conversation';
import type { Agent } from '../../domain/desk/agent';
import type { Calendar, Town, Towns } from '../../domain/town';
import { StoreUnavailable } from '../../store/collection';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import type { Presences } from '../../store/rows/desk/presence';
import type { Jobs } from '../../store/rows/jobs';
import type { Mail } from '../../store/rows/mail';
import type { Capacity } from './capacity';
import { chooseFor, isFree } from './fit';
import { type Post, rowIdOf } from './post';

const LEASE_MS = 5000;
/** Without a change it is looked so often. */
const LOOK_EVERY = 1000;
/** Changes of one moment are looked at together. */
const GATHER_MS = 20;
/** So many of those that wait for a service are looked at: the first of them are offered. */
const LOOKED_AT = 50;
/** Offers in a row that an agent may leave unanswered. */
const MOST_MISSED = 2;

export interface RouterParts {
  agents: Agents;
  conversations: Conversations;
  presences: Presences;
  mail: Pick<Mail, 'inbox'>;
  jobs: Jobs;
  capacity: Capacity;
  post: Post;
  towns: Towns;
  calendar: Calendar;
  /** Calls back whenever something changes at the desk of a town. */
  follow(town: string, heard: () => void): Promise<() => void>;
  clock: () => Date;
  log: (level: 'info' | 'warn', event: string, fields?: Record<string, unknown>) => void;
  fault: (error: unknown) => void;
}

export interface Router {
  start(): void;
  /** Something changed here: looks soon. */
  wake(): void;
  stop(): Promise<void>;
}

export function createRouter(parts: RouterParts): Router {
  const { agents, conversations, presences, mail, jobs, capacity, post, towns, calendar, follow, clock, log, fault } = parts;
  const owner = randomUUID();
  const following = new Map<string, Promise<() => void>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let isWoken = false;
  let isStopped = false;

  const offeringIn = (town: Town) => town.services.filter(({ routing }) => routing === 'offer' || routing === 'both');

  async function look(): Promise<void> {
    for (const town of towns.list()) {
      if (offeringIn(town).length === 0) continue;
      if (!(await jobs.hold(`router:${town.id}`, owner, LEASE_MS, clock().getTime()))) continue;
      if (!following.has(town.id)) following.set(town.id, follow(town.id, wake));
      await route(town);
    }
  }

  async function route(town: Town): Promise<void> {
    const now = clock().getTime();
    const there = new Set((await presences.since(town.id, now)).map(({ agent }) => agent));
    const people: Agent[] = [];
    for (const agent of await agents.ofTown(town.id)) people.push((await follows(agent, there.has(agent.id), now)) ?? agent);
    const present = people.filter(({ id }) => there.has(id));
    const offers = people.filter(({ offering }) => offering).length;
    for (const waiting of await firstOf(town, present, LOOKED_AT + offers)) {
      const { queue } = waiting;
      if (!queue || queue.offer || queue.hub || !isRouted(town, waiting, now)) continue;
      const choice = chooseFor(queue, present, now);
      if (choice) await offer(waiting, choice.agent, choice.forMs, present);
    }
  }

  /** The first of those that wait for a service of which somebody is free, by their place. */
  async function firstOf(town: Town, present: Agent[], limit: number): Promise<Conversation[]> {
    if (!present.some(isFree)) return [];
    const found = await Promise.all(offeringIn(town).map(({ id }) => conversations.queue(town.id, [id], { limit })));
    return found.flat().sort((one, other) => (one.queue?.place ?? 0) - (other.queue?.place ?? 0));
  }

  /** Danger is offered at any hour, the rest while the service is open. */
  function isRouted(town: Town, { queue }: Conversation, now: number): boolean {
    if (queue?.callAt && Date.parse(queue.callAt) > now) return false;
    const service = town.services.find(({ id }) => id === queue?.service);
    return queue?.priority === 'danger' || (service !== undefined && calendar.at(town, service, new Date(now)).isOpen);
  }

  async function offer(conversation: Conversation, agent: Agent, forMs: number, present: Agent[]): Promise<void> {
    const id = randomUUID();
    const asked = await capacity.offer(agent.id, conversation.id, id);
    const at = present.findIndex((one) => one.id === agent.id);
    // Somebody was faster, or they are full by now: as they really stand, and not again in this look.
    present.splice(at, 1, ...(asked ? [asked] : []));
    if (asked) await post.ask(conversation, { kind: 'offer', offer: id, agent: agent.id, forMs }, id);
  }

  /** What became of the offer that an agent has; the agent as they then stand, null when nothing changed. */
  async function follows(agent: Agent, isThere: boolean, now: number): Promise<Agent | null> {
    const { offering } = agent;
    if (!offering) return null;
    const { id, conversation: of } = offering;
    const conversation = (await conversations.find(of))?.conversation;
    const { holder, queue } = conversation ?? {};
    if (conversation && holder === 'queue' && queue?.offer?.id === id) {
      const isHere = isThere && agent.status === 'available';
      const isOver = now >= Date.parse(queue.offer.until);
      if (isOver) await post.ask(conversation, { kind: 'offer-end', offer: id, how: 'missed' }, id);
      else if (!isHere) await post.ask(conversation, { kind: 'offer-end', offer: id, how: 'withdrawn' }, `${id}|away`);
      return null;
    }
    const row = await mail.inbox.get(rowIdOf(of, 'offer', id));
    if (row?.state === 'new') return null;
    const how = queue?.asked?.find((one) => one.offer === id)?.how;
    const isTaken = holder === 'agent' && queue?.agent === agent.id;
    const missed = how === 'missed' ? agent.missed + 1 : how === 'refused' || isTaken ? 0 : agent.missed;
    const isAway = missed >= MOST_MISSED && how === 'missed';
    if (isAway) log('warn', 'desk.offers-missed', { town: agent.town, agent: agent.id });
    return agents.change(agent.id, (stands) =>
      stands.offering?.id !== id
        ? null
        : {
            offering: undefined,
            missed,
            ...(isTaken ? {} : { slots: stands.slots.filter((slot) => slot.conversation !== of) }),
            ...(isAway && stands.status === 'available'
              ? { status: 'away' as const, statusReason: 'missed-offers', statusAt: clock().toISOString() }
              : {}),
          },
    );
  }

  function wake(): void {
    isWoken = true;
    if (!looking && !isStopped) plan(GATHER_MS);
  }

  function plan(inMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isWoken = false;
      looking = look()
        // The mailroom says it when the store is away.
        .catch((error: unknown) => (error instanceof StoreUnavailable ? undefined : fault(error)))
        .then(() => {
          looking = undefined;
          if (!isStopped) plan(isWoken ? GATHER_MS : LOOK_EVERY);
        });
    }, inMs);
  }

  return {
    start: () => plan(0),
    wake,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await looking;
      for (const ended of following.values()) (await ended.catch(() => () => {}))();
      await Promise.all(towns.list().map(({ id }) => jobs.letGo(`router:${id}`, owner).catch(() => {})));
    },
  };
}
