/**
 * What the nights to come take away, for whoever has to answer for it: of each topic when the first request passes to few eyes
 * and out of the house, and how many do soon; what is held against it, and by whom. Looking changes nothing.
 */
import { DateTime } from 'luxon';
import { type ComingEnd, type RetentionPlan, retentionOf } from '../domain/retention';
import type { Town, Towns } from '../domain/town';
import type { Eliminations } from '../store/rows/eliminations';
import type { Tickets } from '../store/rows/tickets';
import type { Traces } from '../store/rows/traces';

export interface PlanParts {
  towns: Pick<Towns, 'topics'>;
  tickets: Pick<Tickets, 'comingEnd' | 'held'>;
  traces: Pick<Traces, 'countQuiet'>;
  eliminations: Pick<Eliminations, 'waiting'>;
  clock: () => Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const AHEAD = 30;
const MOST = 1000;

export function createPlan({ towns, tickets, traces, eliminations, clock }: PlanParts) {
  return async (town: Town, titleOf: (topic: string) => string): Promise<RetentionPlan> => {
    const rules = town.retention;
    const held = (await tickets.held(town.id, MOST)).map(({ reference, title, hold }) => ({
      ...{ reference, title, at: hold?.at ?? '', by: hold?.by.name ?? '', reason: hold?.reason ?? '' },
    }));
    if (!rules) return { ahead: AHEAD, topics: [], conversations: 0, toTransfer: 0, held };
    const now = clock().getTime();
    const later = now + AHEAD * DAY_MS;
    /** The night that it happens in: today where it is due already. */
    const dayOf = (since: number, days: number) =>
      DateTime.fromMillis(Math.max(now, since + days * DAY_MS), { zone: town.timeZone }).toISODate() ?? '';
    const topics = await Promise.all(
      towns.topics(town.id).map(async ({ id, retention }): Promise<ComingEnd | null> => {
        const rule = retentionOf(rules, retention);
        const [over, few] = await Promise.all([
          tickets.comingEnd(town.id, id, 'endedAt', later - rule.inUse * DAY_MS),
          tickets.comingEnd(town.id, id, 'restrictedAt', later - rule.restricted * DAY_MS),
        ]);
        if (!over && !few) return null;
        return {
          ...{ topic: id, title: titleOf(id), ...rule },
          ...(over ? { restricts: { on: dayOf(over.since, rule.inUse), count: over.due } } : {}),
          ...(few ? { ends: { on: dayOf(few.since, rule.restricted), count: few.due } } : {}),
        };
      }),
    );
    const before = new Date(later - rules.conversations * DAY_MS).toISOString();
    const [conversations, waiting] = await Promise.all([traces.countQuiet(town.id, before), eliminations.waiting(town.id, MOST)]);
    const known = topics.flatMap((one) => one ?? []);
    known.sort((one, other) => firstOf(one).localeCompare(firstOf(other)));
    return { rules, ahead: AHEAD, topics: known, conversations, toTransfer: waiting.length, held };
  };
}

const firstOf = ({ restricts, ends }: ComingEnd) => [restricts?.on, ends?.on].flatMap((on) => on ?? []).sort()[0] ?? '';
