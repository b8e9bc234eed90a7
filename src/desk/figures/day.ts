/**
 * One day of a town in figures, worked out from what was counted: the same tallies give the same day, whoever works it out
 * and however often. Days and hours are the town's own, on days that have 23 hours or 25 of them too.
 */
import { DateTime } from 'luxon';
import { isAtCounter } from '../../domain/desk/counter';
import { FOR_A_PERSON } from '../../domain/topic/topic';
import type { Calendar, Town } from '../../domain/town';
import type { Tally } from '../../store/rows/tallies';

/** Feedback on an agent, not on a topic: 'desk:voirie'. */
const OF_THE_DESK = 'desk:';
const MINUTE = 60_000;

/** How many took so many minutes: minutes -> count. */
export type Spread = Record<string, number>;

export interface TopicCount {
  times: number;
  useful: number;
  notUseful: number;
  requests: number;
}

/** What is counted of one channel and one service. */
export interface Group {
  channel: string;
  service: string;
  /** Conversations in which the citizen wrote on this day. */
  contacts: number;
  /** Of these: passed on to people, or come to them; else served by the bot, and that is known (a request was opened, or they said so). */
  handedOver: number;
  confirmed: number;
  /** Began while the service was closed. */
  afterHours: number;
  requests: number;
  reopened: number;
  left: number;
  /** Waits that were told, and those that were no longer than told. */
  told: number;
  kept: number;
  /** What citizens answered when an agent had closed. */
  satisfied: number;
  unsatisfied: number;
  /** Local hour of the first word -> contacts. */
  hours: Record<string, number>;
  /** Working time from asking for a person to the first agent, and from there to the closing. */
  firstResponse: Spread;
  handling: Spread;
  topics: Record<string, TopicCount>;
}

export interface DayFigures {
  groups: Group[];
  /** Pieces of text messages that were sent (of the day in UTC: that is how they are counted). */
  pieces: number;
}

/** The first and the last moment (not included) of a local day, milliseconds since 1970. */
export function spanOf({ timeZone }: Pick<Town, 'timeZone'>, day: string): [number, number] {
  const start = DateTime.fromISO(day, { zone: timeZone }).startOf('day');
  return [start.toMillis(), start.plus({ days: 1 }).startOf('day').toMillis()];
}

export function localDay({ timeZone }: Pick<Town, 'timeZone'>, at: number): string {
  return DateTime.fromMillis(at, { zone: timeZone }).toISODate() ?? '';
}

export function dayAfter(day: string, days = 1): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate() ?? day;
}

/** @param tallies of this day alone. */
export function figuresOf(town: Town, tallies: readonly Tally[], calendar: Calendar): Group[] {
  const groups = new Map<string, Group>();
  const serviceOf = (id: string | undefined) =>
    town.services.find((service) => service.id === id) ?? town.services.find((service) => service.id === town.frontDesk);
  const groupOf = (channel: string, service: string | undefined): Group => {
    const id = serviceOf(service)?.id ?? town.frontDesk;
    const key = `${channel} ${id}`;
    const known = groups.get(key) ?? emptyGroup(channel, id);
    groups.set(key, known);
    return known;
  };
  const worked = (service: string | undefined, at: number, ms: number): string => {
    const open = serviceOf(service);
    const time = open ? calendar.worked(town, open, new Date(at - ms), new Date(at)) : ms;
    return String(Math.round(time / MINUTE));
  };

  for (const all of byMark(tallies).values()) {
    const first = all.find(({ what }) => what === 'contact');
    if (!first) continue;
    const group = groupOf(first.channel, all.find(({ service }) => service)?.service);
    group.contacts += 1;
    add(group.hours, String(DateTime.fromMillis(first.at, { zone: town.timeZone }).hour));
    const service = serviceOf(group.service);
    if (service && !calendar.at(town, service, new Date(first.at)).isOpen) group.afterHours += 1;
    if (isAtCounter(first.channel) || all.some(isForPeople)) group.handedOver += 1;
    else if (all.some(isConfirmation)) group.confirmed += 1;
  }
  for (const tally of tallies) {
    const { what, channel, service, topic = '', ms = 0, at, toldMinutes } = tally;
    const group = groupOf(channel, service);
    switch (what) {
      case 'topic':
        topicOf(group, topic).times += 1;
        break;
      case 'request':
        group.requests += 1;
        topicOf(group, topic).requests += 1;
        break;
      case 'feedback':
        countFeedback(tally);
        break;
      case 'taken':
        add(group.firstResponse, worked(service, at, ms));
        if (toldMinutes === undefined) break;
        group.told += 1;
        if (ms <= toldMinutes * MINUTE) group.kept += 1;
        break;
      case 'left':
        group.left += 1;
        break;
      case 'handled':
        add(group.handling, worked(service, at, ms));
        break;
      case 'reopened':
      case 'unsolved':
        group.reopened += 1;
        break;
      case 'contact':
      case 'handover':
        break;
      default:
        what satisfies never;
    }
  }
  return [...groups.values()].filter(
    (group) => JSON.stringify(group) !== JSON.stringify(emptyGroup(group.channel, group.service)),
  );

  function countFeedback({ channel, topic = '', service, isUseful }: Tally): void {
    if (topic.startsWith(OF_THE_DESK))
      groupOf(channel, topic.slice(OF_THE_DESK.length))[isUseful ? 'satisfied' : 'unsatisfied'] += 1;
    else topicOf(groupOf(channel, service), topic)[isUseful ? 'useful' : 'notUseful'] += 1;
  }
}

/** A message for a person, too. */
function isForPeople({ what, topic }: Tally): boolean {
  return what === 'handover' || what === 'taken' || (what === 'request' && topic === FOR_A_PERSON);
}

function isConfirmation({ what, topic, isUseful }: Tally): boolean {
  return what === 'request' || (what === 'feedback' && isUseful === true && !topic?.startsWith(OF_THE_DESK));
}

function byMark(tallies: readonly Tally[]): Map<string, Tally[]> {
  const all = new Map<string, Tally[]>();
  for (const tally of tallies) {
    const known = all.get(tally.of);
    if (known) known.push(tally);
    else all.set(tally.of, [tally]);
  }
  return all;
}

function emptyGroup(channel: string, service: string): Group {
  const counts = { contacts: 0, handedOver: 0, confirmed: 0, afterHours: 0, requests: 0, reopened: 0, left: 0 };
  const said = { told: 0, kept: 0, satisfied: 0, unsatisfied: 0 };
  return { channel, service, ...counts, ...said, hours: {}, firstResponse: {}, handling: {}, topics: {} };
}

function topicOf({ topics }: Group, id: string): TopicCount {
  topics[id] ??= { times: 0, useful: 0, notUseful: 0, requests: 0 };
  return topics[id];
}

function add(spread: Record<string, number>, key: string): void {
  spread[key] = (spread[key] ?? 0) + 1;
}
