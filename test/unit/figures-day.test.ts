/** A day in figures is arithmetic: the same tallies give the same day, on days of 23, 24 and 25 hours, in working time. */
import { figuresOf, localDay, spanOf } from '../../src/desk/figures/day';
import { durationOf, summaryOf } from '../../src/desk/figures/summary';
import { suppress } from '../../src/desk/figures/suppress';
import type { Town } from '../../src/domain/town';
import type { Tally } from '../../src/store/rows/tallies';
import { createCalendar } from '../../src/towns/calendar/calendar';

const hours = {
  mon: [
    ['08:30', '12:00'],
    ['13:30', '17:30'],
  ],
} as Record<string, Array<[string, string]>>;
const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, hours.mon]));
const town = {
  id: 't',
  timeZone: 'Europe/Paris',
  country: 'FR',
  languages: ['fr'],
  frontDesk: 'accueil',
  exceptionalDays: [],
  publicHolidays: {},
  services: [
    { id: 'accueil', name: { fr: 'Accueil' }, hours: { ...week, sat: [], sun: [] } },
    { id: 'voirie', name: { fr: 'Voirie' }, hours: { ...week, sat: [], sun: [] } },
  ],
} as unknown as Town;
const calendar = createCalendar();
const at = (moment: string) => Date.parse(moment);
const tally = (moment: string, of: string, what: Tally['what'], more: Partial<Tally> = {}): Tally => ({
  town: 't',
  at: at(moment),
  of,
  what,
  channel: 'web',
  ...more,
});

test('a day is the town’s own: 25 hours in October, 23 in March, and nothing falls between two', () => {
  const hoursOf = (day: string) => (spanOf(town, day)[1] - spanOf(town, day)[0]) / 3_600_000;
  expect(['2026-10-24', '2026-10-25', '2026-10-26', '2027-03-28'].map(hoursOf)).toEqual([24, 25, 24, 23]);
  expect(spanOf(town, '2026-10-25')[1]).toBe(spanOf(town, '2026-10-26')[0]);
  expect(localDay(town, at('2026-11-26T22:59:59Z'))).toBe('2026-11-26');
  expect(localDay(town, at('2026-11-26T23:00:00Z'))).toBe('2026-11-27');
});

test('a conversation counts once a day, by what came of it and when it began', () => {
  const groups = figuresOf(
    town,
    [
      // Asked, answered, thanked; wrote again an hour later.
      tally('2026-11-26T09:00:00Z', 'a', 'contact'),
      tally('2026-11-26T09:00:00Z', 'a', 'topic', { topic: 'faq', service: 'accueil' }),
      tally('2026-11-26T09:01:00Z', 'a', 'feedback', { topic: 'faq', isUseful: true }),
      tally('2026-11-26T10:20:00Z', 'a', 'contact'),
      // A report in the evening: confirmed by the request.
      tally('2026-11-26T20:00:00Z', 'b', 'contact', { channel: 'sms' }),
      tally('2026-11-26T20:01:00Z', 'b', 'topic', { channel: 'sms', topic: 'pothole', service: 'voirie' }),
      tally('2026-11-26T20:02:00Z', 'b', 'request', { channel: 'sms', topic: 'pothole', service: 'voirie' }),
      // Handed over: a request for a person is no answer of the bot's.
      tally('2026-11-26T09:30:00Z', 'c', 'contact'),
      tally('2026-11-26T09:31:00Z', 'c', 'request', { topic: 'talk_to_human', service: 'accueil' }),
      // Answered, and nobody knows whether it helped.
      tally('2026-11-26T09:40:00Z', 'd', 'contact'),
      tally('2026-11-26T09:40:00Z', 'd', 'topic', { topic: 'faq', service: 'accueil' }),
    ],
    calendar,
  );
  const web = groups.find(({ channel }) => channel === 'web');
  expect(web).toMatchObject({ contacts: 3, confirmed: 1, handedOver: 1, afterHours: 0, hours: { 10: 3 } });
  expect(web?.topics.faq).toEqual({ times: 2, useful: 1, notUseful: 0, requests: 0 });
  expect(groups.find(({ channel }) => channel === 'sms')).toMatchObject({
    service: 'voirie',
    contacts: 1,
    confirmed: 1,
    afterHours: 1,
    hours: { 21: 1 },
  });
});

test('waits are counted in working time, and a promise is kept by the clock', () => {
  const [group] = figuresOf(
    town,
    [
      // Waited over lunch: 11:50 to 13:40 are twenty minutes of work.
      tally('2026-11-26T12:40:00Z', 'a', 'taken', { service: 'voirie', ms: 110 * 60_000, toldMinutes: 30 }),
      tally('2026-11-26T09:10:00Z', 'b', 'taken', { service: 'voirie', ms: 5 * 60_000, toldMinutes: 10 }),
      tally('2026-11-26T09:25:00Z', 'b', 'handled', { service: 'voirie', ms: 15 * 60_000 }),
      tally('2026-11-26T09:26:00Z', 'b', 'feedback', { topic: 'desk:voirie', isUseful: false }),
    ],
    calendar,
  );
  expect(group).toMatchObject({
    firstResponse: { 20: 1, 5: 1 },
    handling: { 15: 1 },
    told: 2,
    kept: 1,
    satisfied: 0,
    unsatisfied: 1,
  });
  expect(durationOf([{ 5: 1 }, { 20: 1, 90: 8 }])).toEqual({ n: 10, median: 90, most: 90 });
});

test('what a reader may not see is in no sum, and only proven contacts save anything', () => {
  const groups = figuresOf(
    town,
    [
      tally('2026-11-26T09:00:00Z', 'a', 'contact'),
      tally('2026-11-26T09:01:00Z', 'a', 'request', { topic: 'pothole', service: 'voirie' }),
      tally('2026-11-26T09:00:00Z', 'b', 'contact'),
      tally('2026-11-26T09:00:00Z', 'c', 'contact', { channel: 'visit' }),
      tally('2026-11-26T09:00:00Z', 'c', 'request', { channel: 'visit', topic: 'pothole', service: 'accueil' }),
    ],
    calendar,
  );
  const asked = { from: '2026-11-26', to: '2026-11-26', language: 'fr' };
  const days = [{ day: '2026-11-26', figures: { groups, pieces: 10 } }];
  const whole = summaryOf(town, [], days, { ...asked, may: 'all' });
  expect(whole.cost).toMatchObject({ total: 12 + 3 + 3 + 0.7, atDesk: 36, saved: 9 - 0.7 });
  // What a person noted at the counter is no work of the bot's.
  expect(whole.totals).toMatchObject({ contacts: 3, confirmed: 1, handedOver: 1 });
  const roads = summaryOf({ ...town, costs: { desk: 20 } }, [], days, { ...asked, may: ['voirie'] });
  expect(roads.totals).toMatchObject({ contacts: 1, confirmed: 1 });
  expect(roads.services).toEqual([{ id: 'voirie', name: 'Voirie' }]);
  expect(roads.cost).toMatchObject({ pieces: 0, saved: 17 });
});

describe('counts that anybody may see', () => {
  /** Every table of so many counts that add up to a number at most. */
  function tables(length: number, most: number): number[][] {
    if (length === 0) return [[]];
    return Array.from({ length: most + 1 }, (_, count) => count).flatMap((count) =>
      tables(length - 1, most - count).map((rest) => [count, ...rest]),
    );
  }

  test.each([
    [2, 3, 12],
    [3, 3, 12],
    [4, 3, 12],
    [3, 4, 15],
    [5, 4, 14],
  ])(
    '%i sectors, told from %i on: what is told leaves each hidden count as wide as if nothing were told',
    (length, smallest, most) => {
      const told = new Map<string, number[][]>();
      for (const table of tables(length, most)) {
        const key = JSON.stringify(suppress(table, smallest));
        told.set(key, [...(told.get(key) ?? []), table]);
      }
      for (const [key, those] of told) {
        const { total, parts } = JSON.parse(key) as ReturnType<typeof suppress>;
        parts.forEach((part, n) => {
          const could = those.map((table) => table[n]!);
          if (part !== null) expect(new Set(could)).toEqual(new Set([part]));
          else {
            expect(Math.min(...could)).toBe(0);
            // Whoever knows the rule, too, cannot tell it from the largest that is hidden.
            expect(Math.max(...could)).toBeGreaterThanOrEqual(smallest - 1);
          }
        });
        if (total !== null) expect(total).toBeGreaterThanOrEqual(smallest);
      }
    },
  );

  test('nothing is hidden of counts that are large enough, and a total without parts is told by itself', () => {
    expect(suppress([5, 7, 12], 5)).toEqual({ total: 24, parts: [5, 7, 12] });
    expect(suppress([9], 5)).toEqual({ total: 9, parts: [9] });
    expect(suppress([4], 5)).toEqual({ total: null, parts: [null] });
    // One small count beside its total would be told by taking away the others.
    expect(suppress([3, 7, 12], 5)).toEqual({ total: 22, parts: [null, null, null] });
    expect(suppress([3, 2, 12], 5)).toEqual({ total: 17, parts: [null, null, null] });
    expect(suppress([3, 1, 12], 5)).toEqual({ total: 16, parts: [null, null, 12] });
  });
});
