/**
 * What conversations are shown with, gathered for one reader: names, alerts, who looks at what, positions. And which
 * conversations a reader may see at all: those of a service that they serve, of their town.
 */

import type { Alert } from '../../domain/alert';
import type { Conversation } from '../../domain/conversation';
import { type Agent, holds } from '../../domain/desk/agent';
import { byPlace } from '../../domain/desk/queue';
import { covered, createAbuseFinder, type Stretch } from '../../domain/language/abuse';
import { sentenceOf, type Town, type Towns } from '../../domain/town';
import type { Alerts } from '../../store/rows/alerts';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import type { Presence, Presences } from '../../store/rows/desk/presence';
import { waitingOf } from '../waiting/outlook';
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

/** All that stands at the desk of a town now, for any reader. */
export interface Standing {
  town: Town;
  waiting: Conversation[];
  held: Conversation[];
  names: ReadonlyMap<string, string>;
  alerts: ReadonlyMap<string, Alert>;
  looking: ReadonlyMap<string, Presence[]>;
  positions: ReadonlyMap<string, number>;
}

const MOST_ALERTS = 500;

export function mayRead(agent: Agent, { town, queue }: Conversation): boolean {
  return agent.town === town && !!queue && holds(agent, 'agent', queue.service);
}

export function createScenes({ agents, alerts, conversations, presences, towns, clock }: SceneParts) {
  async function standingOf(town: Town): Promise<Standing> {
    const now = clock().getTime();
    const [people, open, acknowledged, waiting, held, there] = await Promise.all([
      agents.ofTown(town.id),
      alerts.list(town.id, 'open', MOST_ALERTS),
      alerts.list(town.id, 'acknowledged', MOST_ALERTS),
      conversations.atDesk(town.id, 'queue'),
      conversations.atDesk(town.id, 'agent'),
      presences.since(town.id, now),
    ]);
    const looking = new Map<string, Presence[]>();
    for (const tab of there) if (tab.viewing) looking.set(tab.viewing, [...(looking.get(tab.viewing) ?? []), tab]);
    return {
      town,
      waiting,
      held,
      names: new Map(people.map(({ id, name }) => [id, name])),
      // An open one stands before one that was acknowledged.
      alerts: new Map([...acknowledged, ...open].map((alert) => [alert.conversation, alert])),
      looking,
      positions: positionsIn(waiting),
    };
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
    standingOf,
    coverFor,
    /** What of a citizen's words a reader wants covered. */
    coveredFor: (town: Town, { settings }: Agent) => (settings.coversAbuse ? abuseIn(town) : () => []),
    sceneFor({ town, names, alerts: open, looking, positions }: Standing, reader: Agent): Scene {
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
    countsFor({ waiting, held, alerts: open }: Standing, reader: Agent): Counts {
      const mine = held.filter(({ queue }) => queue?.agent === reader.id);
      const visible = waiting.filter((one) => mayRead(reader, one));
      return {
        queue: visible.length,
        mine: mine.filter(({ queue }) => !queue?.parkedAt).length,
        parked: mine.filter(({ queue }) => queue?.parkedAt).length,
        urgent: visible.filter(({ id, queue }) => queue?.priority !== 'normal' || open.get(id)?.state === 'open').length,
      };
    },
  };
}

export type Scenes = ReturnType<typeof createScenes>;

/** Positions by service, in the order of places. */
function positionsIn(waiting: readonly Conversation[]): Map<string, number> {
  const positions = new Map<string, number>();
  const before = new Map<string, number>();
  for (const one of [...waiting].sort((a, b) => byPlace(waitingOf(a), waitingOf(b)))) {
    const position = (before.get(one.queue?.service ?? '') ?? 0) + 1;
    before.set(one.queue?.service ?? '', position);
    positions.set(one.id, position);
  }
  return positions;
}
