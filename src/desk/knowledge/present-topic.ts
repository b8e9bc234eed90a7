/** A topic as the desk's page shows it: a row of the list, or all that its file holds, with who changed it and how it is used. */
import { DateTime } from 'luxon';
import { type Agent, holds } from '../../domain/desk/agent';
import type { Localised } from '../../domain/language/localised';
import type { Topic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Publications } from '../../store/rows/publications';
import { dayAfter, localDay } from '../figures/day';
import type { Days } from '../figures/days';
import { topicsIn } from '../figures/summary';
import { presentService } from '../present/agent';
import { hashOf, type Publishing } from './publishing';
import type { TopicDetail, TopicRow } from './wire';

const LOOKED_BACK = 90;
export const SHOWN_OF_HISTORY = 50;

/** Whether the agent answers for what is said about a service; without one, about the town. */
export function mayChange(agent: Agent, town: Town, service: string | undefined): boolean {
  return holds(agent, 'supervisor', service ?? town.frontDesk);
}

/** Another town's, whose file this town only uses. */
export const isBorrowed = (town: Town, { file }: Topic) => !file.includes(`/${town.id}/`);

/** In the language asked for, or in the first of the town's that it has. */
export const local = (text: Localised | undefined, town: Town, language: string) =>
  text?.[language] ?? text?.[town.languages[0]] ?? Object.values(text ?? {})[0] ?? '';

export interface TopicPresenterParts {
  agents: Pick<Agents, 'ofTown'>;
  publications: Publications;
  publishing: Publishing;
  days: Days;
  clock: () => Date;
}

export function createTopicPresenter({ agents, publications, publishing, days, clock }: TopicPresenterParts) {
  /** What all rows of one reading have in common. */
  async function standingOf(town: Town) {
    const today = localDay(town, clock().getTime());
    const [counted, flags, people] = await Promise.all([
      days.between(town, dayAfter(today, -LOOKED_BACK), today),
      publications.flags(town.id),
      agents.ofTown(town.id),
    ]);
    return {
      today,
      used: new Map(topicsIn(counted.flatMap(({ figures }) => figures.groups))),
      flags: new Map(flags.map((flag) => [flag.topic, flag])),
      nameOf: (id: string) => ({ id, name: people.find((agent) => agent.id === id)?.name ?? id }),
    };
  }
  type Standing = Awaited<ReturnType<typeof standingOf>>;

  function rowOf(agent: Agent, town: Town, topic: Topic, { today, used, flags, nameOf }: Standing): TopicRow {
    const { language } = agent.settings;
    const count = used.get(topic.id);
    const flag = flags.get(topic.id);
    const { verified, service } = topic;
    return {
      id: topic.id,
      title: local(topic.title, town, language),
      kind: topic.kind,
      ...(service ? { service: presentService(town, service, language) } : {}),
      isBorrowed: isBorrowed(town, topic),
      mayChange: !isBorrowed(town, topic) && mayChange(agent, town, service),
      ...(verified
        ? {
            verified: { by: verified.by, on: verified.on, until: verified.until, source: verified.source },
            daysLeft: Math.round(DateTime.fromISO(verified.until).diff(DateTime.fromISO(today), 'days').days),
          }
        : {}),
      used: (count?.times ?? 0) + (count?.requests ?? 0),
      useful: count?.useful ?? 0,
      notUseful: count?.notUseful ?? 0,
      ...(flag ? { flag: { by: nameOf(flag.by), at: new Date(flag.at).toISOString(), note: flag.note } } : {}),
    };
  }

  async function detailOf(agent: Agent, town: Town, topic: Topic): Promise<TopicDetail> {
    const standing = await standingOf(town);
    const [{ text, isOnlyHere }, history] = await Promise.all([
      publishing.inForce(town.id, topic.id),
      publications.of(town.id, topic.id, SHOWN_OF_HISTORY),
    ]);
    const { language } = agent.settings;
    const own = <T>(by: Record<string, T> | undefined) =>
      Object.fromEntries(Object.entries(by ?? {}).filter(([code]) => town.languages.includes(code)));
    const hash = hashOf(text);
    return {
      ...rowOf(agent, town, topic, standing),
      base: hash ?? '',
      languages: town.languages,
      titles: own(topic.title),
      phrases: own(topic.phrases),
      answer: own(topic.answer),
      details: (topic.details ?? []).map(({ id, ...detail }) => ({
        id,
        phrases: own(detail.phrases),
        answer: own(detail.answer),
      })),
      form: (topic.form ?? []).map(({ id, kind, label, ask, required }) => ({
        id,
        kind,
        label: local(label, town, language),
        ask: local(ask, town, language),
        isRequired: required,
      })),
      services: town.services.map(({ id }) => presentService(town, id, language)),
      history: history.map(({ seq, at, by, kind, hash: made }) => ({
        seq,
        at: new Date(at).toISOString(),
        by: standing.nameOf(by),
        kind,
        isInForce: made === hash && seq === history[0]?.seq,
      })),
      isOnlyHere,
    };
  }

  return { standingOf, rowOf, detailOf };
}
