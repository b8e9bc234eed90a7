/**
 * What conversations are shown with, gathered for one reader: names, alerts, who looks at what, positions. And which
 * conversations a reader may see at all: those of a service that they serve, of their town.
 */

import type { Alert } from '../../domain/alert';
import type { Conversation } from '../../domain/conversation';
import { type Agent, holds } from '../../domain/desk/agent';
import { positionsIn } from '../../domain/desk/queue';
import { covered, createAbuseFinder, type Stretch } from '../../domain/language/abuse';
import { sentenceOf } from '../../domain/language/sentences';
import type { Town, Towns } from '../../domain/town';
import type { Alerts } from '../../store/rows/alerts';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import type { Presence, Presences } from '../../store/rows/desk/presence';
import type { Counts } from '../wire';
import type { Scene } from './conversation';

export interface SceneParts {
  agents: Agents;
  alerts: Alerts;
  conversations: Conversations;
  presences: Presences;
  towns: Towns;
  clock: () => Date;
}

/** What any conversation is shown with, for any reader. */
export interface Surroundings {
  town: Town;
  names: ReadonlyMap<string, string>;
  alerts: ReadonlyMap<string, Alert>;
  looking: ReadonlyMap<string, Presence[]>;
  positions: Scene['positions'];
}

export interface AtDesk {
  waiting: Conversation[];
  held: Conversation[];
}

/** All that stands at the desk of a town now, for any reader, and its people, the disabled as well. */
export interface Standing extends Surroundings, AtDesk {
  people: readonly Agent[];
}

const MOST_ALERTS = 500;

export function mayRead(agent: Agent, { town, queue }: Conversation): boolean {
  return agent.town === town && !!queue && holds(agent, 'agent', queue.service);
}

export function createScenes({ agents, alerts, conversations, presences, towns, clock }: SceneParts) {
  async function alertsOf(town: Town): Promise<Surroundings['alerts']> {
    const [open, acknowledged] = await Promise.all([
      alerts.list(town.id, 'open', MOST_ALERTS),
      alerts.list(town.id, 'acknowledged', MOST_ALERTS),
    ]);
    // An open one stands before one that was acknowledged.
    return new Map([...acknowledged, ...open].map((alert) => [alert.conversation, alert]));
  }

  const now = () => clock().getTime();

  async function atDesk(town: string): Promise<AtDesk> {
    const [waiting, held] = await Promise.all([conversations.atDesk(town, 'queue'), conversations.atDesk(town, 'agent')]);
    return { waiting, held };
  }

  /** `known`: what stands at the desk, where that is known already. */
  async function standingOf(town: Town, known?: AtDesk): Promise<Standing> {
    const [danger, there, people, all] = await Promise.all([
      alertsOf(town),
      presences.since(town.id, now()),
      agents.ofTown(town.id),
      known ?? atDesk(town.id),
    ]);
    const looking = new Map<string, Presence[]>();
    for (const tab of there) if (tab.viewing) looking.set(tab.viewing, [...(looking.get(tab.viewing) ?? []), tab]);
    const positions = positionsIn(all.waiting);
    return { ...all, town, people, names: namesOf(people), alerts: danger, looking, positions };
  }

  /** For one conversation, without a look at all that wait beside it, nor at people who are not named in it or look at it. */
  async function surroundingsOf(town: Town, { id, holder, queue }: Conversation): Promise<Surroundings> {
    const isWaiting = holder === 'queue' && queue;
    const [danger, looking, ahead] = await Promise.all([
      alertsOf(town),
      presences.viewing(id, now()),
      isWaiting ? conversations.ahead(town.id, queue.service, { id, place: queue.place }) : 0,
    ]);
    const mentioned = queue?.mentions?.map(({ by }) => by) ?? [];
    const named = [queue?.agent ?? [], queue?.offer?.agent ?? [], mentioned, looking.map(({ agent }) => agent)].flat();
    const names = namesOf(await agents.among([...new Set(named)]));
    const positions = new Map(isWaiting ? [[id, ahead + 1]] : []);
    return { town, names, alerts: danger, looking: new Map([[id, looking]]), positions };
  }

  const finders = new Map<string, (text: string) => Stretch[]>();

  /** In the languages of the town, whichever one is spoken: who insults may do so in any. */
  function abuseIn({ id, languages }: Town): (text: string) => Stretch[] {
    const finder = finders.get(id) ?? createAbuseFinder(languages.flatMap((code) => towns.locale(code)?.abuse ?? []));
    finders.set(id, finder);
    return finder;
  }

  /** A citizen's words where nothing can be uncovered: in lists, in short, among what was found. */
  const coverFor =
    (town: Town, { settings }: Agent) =>
    (text: string): string =>
      settings.coversAbuse ? covered(text, abuseIn(town)(text)) : text;

  return {
    atDesk,
    standingOf,
    surroundingsOf,
    coverFor,
    /** What of a citizen's words a reader wants covered. */
    coveredFor: (town: Town, { settings }: Agent) => (settings.coversAbuse ? abuseIn(town) : () => []),
    sceneFor({ town, names, alerts: open, looking, positions }: Surroundings, reader: Agent): Scene {
      const language = towns.locale(reader.settings.language) ? reader.settings.language : town.languages[0];
      return {
        town,
        language,
        names,
        alerts: open,
        looking,
        positions,
        reader: reader.id,
        cover: coverFor(town, reader),
        t: (id, fields) => sentenceOf(towns, town.id, language, id, fields),
      };
    },
    countsFor(standing: Standing, reader: Agent): Counts {
      const { byService, byAgent } = countedIn(standing);
      const visible = [...byService].flatMap(([service, count]) => (holds(reader, 'agent', service) ? [count] : []));
      const { mine = 0, parked = 0 } = byAgent.get(reader.id) ?? {};
      return {
        queue: visible.reduce((sum, { queue }) => sum + queue, 0),
        mine,
        parked,
        urgent: visible.reduce((sum, { urgent }) => sum + urgent, 0),
      };
    },
  };
}

interface Counted {
  byService: ReadonlyMap<string, Pick<Counts, 'queue' | 'urgent'>>;
  byAgent: ReadonlyMap<string, Pick<Counts, 'mine' | 'parked'>>;
}

const counted = new WeakMap<Standing, Counted>();

/** Counted once for all readers. */
function countedIn(standing: Standing): Counted {
  const known = counted.get(standing);
  if (known) return known;
  const byService = new Map<string, Pick<Counts, 'queue' | 'urgent'>>();
  for (const { id, queue } of standing.waiting) {
    if (!queue) continue;
    const known = byService.get(queue.service);
    const count = known ?? { queue: 0, urgent: 0 };
    if (!known) byService.set(queue.service, count);
    count.queue += 1;
    count.urgent += Number(queue.priority !== 'normal' || standing.alerts.get(id)?.state === 'open');
  }
  const byAgent = new Map<string, Pick<Counts, 'mine' | 'parked'>>();
  for (const { queue } of standing.held) {
    if (!queue?.agent) continue;
    const { mine, parked } = byAgent.get(queue.agent) ?? { mine: 0, parked: 0 };
    byAgent.set(queue.agent, queue.parkedAt ? { mine, parked: parked + 1 } : { mine: mine + 1, parked });
  }
  const all = { byService, byAgent };
  counted.set(standing, all);
  return all;
}

export type Scenes = ReturnType<typeof createScenes>;

const namesOf = (people: readonly Agent[]) => new Map(people.map(({ id, name }) => [id, name]));
