/** Days added up to what is shown: for one reader, of the services they may see, of the channel and service they chose. */
import { costsOf } from '../../domain/costs';
import { isAtCounter } from '../../domain/desk/counter';
import type { Topic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';
import { presentService } from '../present/agent';
import { dayAfter, type Group, type Spread, type TopicCount } from './day';
import type { CountedDay } from './days';
import type { Cost, Counts, Duration, Figures } from './wire';

export interface Asked {
  from: string;
  to: string;
  channel?: string;
  service?: string;
  /** Services whose figures the reader may see. */
  may: string[] | 'all';
  language: string;
}

export function summaryOf(town: Town, topics: Topic[], counted: CountedDay[], asked: Asked): Figures {
  const { from, to, channel, service, may, language } = asked;
  const isAllowed = (group: Group) => may === 'all' || may.includes(group.service);
  const isAsked = (group: Group) => (!channel || group.channel === channel) && (!service || group.service === service);
  const allowed = counted.map(({ day, figures }) => ({ day, groups: figures.groups.filter(isAllowed) }));
  const every = allowed.flatMap(({ groups }) => groups);
  const days = new Map(allowed.map(({ day, groups }) => [day, groups.filter(isAsked)]));
  const groups = [...days.values()].flat();
  const total = (name: keyof Group) => sumOf(groups, (group) => Number(group[name]));
  const [contacts, confirmed, handedOver] = [total('contacts'), total('confirmed'), total('handedOver')];
  const channels = [...new Set(every.map((group) => group.channel))].sort();
  const services = [...new Set(every.map((group) => group.service))].sort();
  const name = (id: string) => presentService(town, id, language);
  // Text messages are counted for the whole town: they stand where the whole town is looked at.
  const isWhole = may === 'all' && !channel && !service;
  const pieces = isWhole ? sumOf(counted, ({ figures }) => figures.pieces) : 0;
  return {
    from,
    to,
    channels,
    services: services.map(name),
    totals: {
      contacts,
      confirmed,
      handedOver,
      unknown: contacts - confirmed - handedOver,
      afterHours: total('afterHours'),
      requests: total('requests'),
      reopened: total('reopened'),
      left: total('left'),
    },
    firstResponse: durationOf(groups.map((group) => group.firstResponse)),
    handling: durationOf(groups.map((group) => group.handling)),
    promises: { told: total('told'), kept: total('kept') },
    satisfaction: { n: total('satisfied') + total('unsatisfied'), yes: total('satisfied') },
    cost: costOf(town, groups, pieces),
    byDay: eachDay(from, to).map((day) => {
      const { afterHours: _, ...counts } = countsOf(days.get(day) ?? []);
      return { day, ...counts, unknown: counts.contacts - counts.confirmed - counts.handedOver };
    }),
    byHour: Array.from({ length: 24 }, (_, hour) => ({ hour, contacts: sumOf(groups, (group) => group.hours[hour] ?? 0) })),
    byChannel: channels
      .map((one) => ({ channel: one, ...countsOf(groups.filter((group) => group.channel === one)) }))
      .filter((row) => row.contacts > 0),
    byService: services
      .map((one) => {
        const own = groups.filter((group) => group.service === one);
        const satisfied = sumOf(own, (group) => group.satisfied);
        const answered = satisfied + sumOf(own, (group) => group.unsatisfied);
        const { median } = durationOf(own.map((group) => group.firstResponse));
        return { service: name(one), median, satisfied, answered, ...countsOf(own) };
      })
      .filter((row) => row.contacts > 0 || row.answered > 0 || row.median !== undefined),
    byTopic: topicsIn(groups)
      .map(([id, count]) => ({ topic: id, title: titleOf(topics, id, language), ...count }))
      .sort((one, other) => other.times + other.requests - one.times - one.requests),
  };
}

function sumOf<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}

/** What citizens asked of each topic, and what they said of its answer. */
export function topicsIn(groups: readonly Group[]): Array<[string, TopicCount]> {
  const all = new Map<string, TopicCount>();
  for (const group of groups)
    for (const [id, count] of Object.entries(group.topics)) {
      const sum = all.get(id) ?? { times: 0, useful: 0, notUseful: 0, requests: 0 };
      for (const name of ['times', 'useful', 'notUseful', 'requests'] as const) sum[name] += count[name];
      all.set(id, sum);
    }
  return [...all];
}

function titleOf(topics: Topic[], id: string, language: string): string {
  const title = topics.find((topic) => topic.id === id)?.title ?? {};
  return title[language] ?? Object.values(title)[0] ?? id;
}

function countsOf(groups: readonly Group[]): Counts {
  const of = (name: keyof Counts) => sumOf(groups, (group) => group[name]);
  return { contacts: of('contacts'), confirmed: of('confirmed'), handedOver: of('handedOver'), afterHours: of('afterHours') };
}

export function durationOf(spreads: readonly Spread[]): Duration {
  const counts = new Map<number, number>();
  for (const spread of spreads)
    for (const [minutes, count] of Object.entries(spread))
      counts.set(Number(minutes), (counts.get(Number(minutes)) ?? 0) + count);
  const sorted = [...counts].sort(([one], [other]) => one - other);
  const n = sumOf(sorted, ([, count]) => count);
  const at = (share: number) => {
    let seen = 0;
    return sorted.find(([, count]) => {
      seen += count;
      return seen >= share * n;
    })?.[0];
  };
  return n === 0 ? { n } : { n, median: at(0.5), most: at(0.9) };
}

function costOf(town: Town, groups: readonly Group[], pieces: number): Cost {
  const { desk, online, text, currency } = costsOf(town);
  const isOnline = ({ channel }: Group) => !isAtCounter(channel);
  const contacts = sumOf(groups, (group) => group.contacts);
  const byPeople = sumOf(groups, (group) => (isOnline(group) ? group.handedOver : group.contacts));
  const confirmed = sumOf(groups.filter(isOnline), (group) => group.confirmed);
  const texts = pieces * text;
  const total = byPeople * desk + (contacts - byPeople) * online + texts;
  return {
    currency,
    perContact: { desk, online },
    pieces,
    perPiece: text,
    total,
    ...(contacts > 0 ? { each: total / contacts } : {}),
    atDesk: contacts * desk,
    saved: confirmed * (desk - online) - texts,
  };
}

function eachDay(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day);
  return days;
}
