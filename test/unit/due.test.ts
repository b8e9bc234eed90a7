/** By when a request is to be done, in working time, and what a wait for the citizen does to it. */
import { dueAfterMove, dueOf, isLate, lookAt, putOff } from '../../src/domain/ticket/due';
import type { DayHours, Service, Weekday } from '../../src/domain/town';
import { createCalendar } from '../../src/towns/calendar/calendar';
import { aTown } from '../support/phone-town';

const calendar = createCalendar();
const DAY: DayHours = [['08:00', '18:00']];
const hours: Record<Weekday, DayHours> = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: [], sun: [] };
const roads: Service = { id: 'roads', name: { fr: 'Voirie' }, hours };
const town = { ...aTown('villeneuve', {}), services: [roads], publicHolidays: { 2026: {}, 2027: {} } };
const due = (from: string, delay: Parameters<typeof dueOf>[4]) => dueOf(calendar, town, roads, new Date(from), delay)!;

test('four hours from Monday 17:00 end on Tuesday 11:00, and no reminder falls into the night', () => {
  const { at, marks } = due('2026-11-23T16:00:00Z', { workingHours: 4 });
  expect(at).toBe('2026-11-24T10:00:00.000Z');
  expect(marks).toEqual([
    { share: 50, at: '2026-11-24T08:00:00.000Z' },
    { share: 80, at: '2026-11-24T09:12:00.000Z' },
    { share: 100, at: '2026-11-24T10:00:00.000Z' },
  ]);
});

test('working days do not count the day it comes in, nor the weekend; one that comes on Sunday is counted from Monday', () => {
  expect(due('2026-11-26T09:00:00Z', { workingDays: 2 }).at).toBe('2026-11-30T17:00:00.000Z');
  expect(due('2026-11-29T09:00:00Z', { workingDays: 1 }).at).toBe('2026-11-30T17:00:00.000Z');
});

test('the wall clock counts in both nights in which it moves', () => {
  expect(due('2026-10-23T15:00:00Z', { workingHours: 2 }).at).toBe('2026-10-26T08:00:00.000Z');
  expect(due('2027-03-26T16:00:00Z', { workingHours: 2 }).at).toBe('2027-03-29T07:00:00.000Z');
});

test('while the citizen is waited for the time stands still, and what is left of it runs on after', () => {
  const begun = due('2026-11-24T08:00:00Z', { workingHours: 4 });
  const paused = dueAfterMove(begun, 'in-progress', 'waiting', '2026-11-24T09:00:00.000Z');
  expect(lookAt({ state: 'waiting', due: paused })).toBe(0);
  expect(isLate({ state: 'waiting', due: paused }, new Date('2026-12-24T09:00:00Z'))).toBe(false);
  const runs = dueAfterMove(paused, 'waiting', 'in-progress', '2026-11-27T16:00:00.000Z');
  const on = putOff(calendar, town, roads, runs);
  // Three hours were left: one on Friday, two on Monday.
  expect(on).toMatchObject({ at: '2026-11-30T09:00:00.000Z' });
  expect(on.pausedAt).toBeUndefined();
  expect(dueAfterMove(runs, 'in-progress', 'waiting', '2026-11-27T16:00:01.000Z')).toMatchObject({
    pausedAt: '2026-11-24T09:00:00.000Z',
    resumedAt: undefined,
  });
});
