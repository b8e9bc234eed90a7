/** When is the town hall open? Weekly hours, lunch, Sundays, holidays, exceptions and the two nights the clock moves. */
import type { DayHours, ExceptionalDay, Service, Town, Weekday } from '../../src/domain/town';
import { createCalendar } from '../../src/towns/calendar/calendar';
import { readSpans } from '../../src/towns/read/fields';

const OFFICE: DayHours = [
  ['08:30', '12:00'],
  ['13:30', '17:30'],
];
const WEEK: Record<Weekday, DayHours> = { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE, sat: [], sun: [] };
const desk: Service = { id: 'desk', name: { fr: 'Accueil', en: 'Front desk' }, hours: WEEK };
const night: Service = { ...desk, id: 'night', hours: { ...WEEK, sat: [['22:00', '24:00']], sun: [['00:00', '06:00']] } };
const library: Service = { ...desk, id: 'library', hours: { ...WEEK, mon: [], sat: [['10:00', '18:00']] } };

function townWith(exceptionalDays: ExceptionalDay[] = [], change: Partial<Town> = {}): Town {
  return {
    id: 'test',
    name: 'Test',
    authority: { fr: 'Mairie', en: 'Town hall' },
    timeZone: 'Europe/Paris',
    country: 'FR',
    languages: ['fr', 'en'],
    services: [desk, night, library],
    unfiled: [],
    frontDesk: 'desk',
    exceptionalDays,
    publicHolidays: {},
    emergency: {
      general: '112',
      fire: '18',
      medical: '15',
      police: '17',
      bySms: '114',
      gas: '0 800 47 33 33',
      suicide: '3114',
      childAbuse: '119',
      domesticViolence: '3919',
      missingChild: '116 000',
    },
    privacy: { contact: 'dpo@test.example', url: 'https://test.example/privacy' },
    allowedOrigins: [],
    senders: {},
    streets: [],
    landmarks: [],
    boundary: [],
    ...change,
  };
}

const calendar = createCalendar();
const town = townWith();
const at = (utc: string, service = desk, where = town) => calendar.at(where, service, new Date(utc));

describe('an ordinary week', () => {
  test.each([
    ['Tuesday 10:12', '2026-11-24T09:12:00Z', true, '12:00'],
    ['the very minute it opens', '2026-11-24T07:30:00Z', true, '12:00'],
    ['a minute before', '2026-11-24T07:29:59Z', false, undefined],
    ['noon is closed', '2026-11-24T11:00:00Z', false, undefined],
    ['after lunch', '2026-11-24T12:30:00Z', true, '17:30'],
    ['17:30 is closed', '2026-11-24T16:30:00Z', false, undefined],
  ])('%s', (_, moment, isOpen, closesAt) => {
    const state = at(moment);
    expect(state.isOpen).toBe(isOpen);
    expect(state.closesAt).toBe(closesAt);
    expect(state.today).toEqual(OFFICE);
    expect(state.reason).toBeUndefined();
    expect(state.opens === undefined).toBe(isOpen);
  });

  test('the lunch break counts as closed and opens again the same day', () => {
    expect(at('2026-11-24T11:30:00Z').opens).toEqual({ date: '2026-11-24', time: '13:30', weekday: 'tue' });
  });

  test('Sunday evening opens on Monday morning', () => {
    const state = at('2026-11-22T18:05:00Z');
    expect(state).toEqual({ isOpen: false, today: [], opens: { date: '2026-11-23', time: '08:30', weekday: 'mon' } });
  });

  test('Friday evening skips the weekend', () => {
    expect(at('2026-11-27T17:00:00Z').opens).toEqual({ date: '2026-11-30', time: '08:30', weekday: 'mon' });
  });

  test('each service has its own week', () => {
    expect(at('2026-11-28T12:00:00Z', library)).toMatchObject({ isOpen: true, closesAt: '18:00' });
    expect(at('2026-11-23T09:00:00Z', library).opens).toEqual({ date: '2026-11-24', time: '08:30', weekday: 'tue' });
  });

  test('the local day is not the UTC day', () => {
    expect(calendar.local(town, new Date('2026-11-22T23:30:00Z'))).toEqual({ date: '2026-11-23', time: '00:30', weekday: 'mon' });
    expect(calendar.local(townWith([], { timeZone: 'America/Martinique' }), new Date('2026-11-23T02:00:00Z')).date).toBe(
      '2026-11-22',
    );
  });
});

describe('public holidays', () => {
  test.each([
    ['1 May', '2026-05-01T09:00:00Z', /travail/i, '2026-05-04'],
    ['14 July', '2026-07-14T09:00:00Z', /nationale/i, '2026-07-15'],
    ['Easter Monday', '2027-03-29T09:00:00Z', /pâques/i, '2027-03-30'],
    ['Ascension', '2027-05-06T09:00:00Z', /ascension/i, '2027-05-07'],
    ['11 November', '2026-11-11T10:00:00Z', /armistice/i, '2026-11-12'],
  ])('%s is closed, says why and skips to the next working day', (_, moment, name, next) => {
    const state = at(moment);
    expect(state).toMatchObject({ isOpen: false, today: [], opens: { date: next, time: '08:30' } });
    expect(state.reason?.fr).toMatch(name);
    expect(state.reason?.en).toBeTruthy();
    expect(state.reason?.en).not.toBe(state.reason?.fr);
  });

  test('a holiday on a day closed anyway is not the reason', () => {
    expect(at('2026-11-01T10:00:00Z').reason).toBeUndefined();
  });

  test('the evening before a holiday and a weekend skips both', () => {
    expect(at('2026-04-30T18:00:00Z').opens).toEqual({ date: '2026-05-04', time: '08:30', weekday: 'mon' });
  });

  test('Whit Sunday is only observed, so it closes nothing', () => {
    expect(at('2026-05-24T01:00:00Z', night)).toMatchObject({ isOpen: true, closesAt: '06:00' });
  });

  test('a region may have holidays of its own', () => {
    const saintStephen = '2025-12-26T09:00:00Z';
    expect(at(saintStephen).isOpen).toBe(true);
    expect(at(saintStephen, desk, townWith([], { country: 'FR-57' })).isOpen).toBe(false);
  });
});

describe('exceptional days', () => {
  const reason = { fr: 'Journée du personnel', en: 'Staff day' };

  test('a closure names its reason and is skipped', () => {
    const closed = townWith([{ from: '2026-11-24', to: '2026-11-25', reason }]);
    expect(at('2026-11-24T09:00:00Z', desk, closed)).toEqual({
      isOpen: false,
      today: [],
      reason,
      opens: { date: '2026-11-26', time: '08:30', weekday: 'thu' },
    });
  });

  test('a closure of one service leaves the others open', () => {
    const closed = townWith([{ from: '2026-11-24', to: '2026-11-24', reason, services: ['library'] }]);
    expect(at('2026-11-24T09:00:00Z', desk, closed).isOpen).toBe(true);
    expect(at('2026-11-24T09:00:00Z', library, closed).isOpen).toBe(false);
  });

  test('shorter hours hold for the day only', () => {
    const eve = townWith([{ from: '2026-12-24', to: '2026-12-24', reason, hours: [['08:30', '12:00']] }]);
    expect(at('2026-12-24T09:00:00Z', desk, eve)).toMatchObject({ isOpen: true, closesAt: '12:00', reason });
    expect(at('2026-12-24T13:00:00Z', desk, eve).opens).toEqual({ date: '2026-12-28', time: '08:30', weekday: 'mon' });
  });

  test('an opening on a Saturday or a holiday wins over both', () => {
    const open = townWith([{ from: '2026-11-28', to: '2026-11-28', reason, hours: [['09:00', '12:00']] }]);
    expect(at('2026-11-27T17:00:00Z', desk, open).opens).toEqual({ date: '2026-11-28', time: '09:00', weekday: 'sat' });
    const may = townWith([{ from: '2026-05-01', to: '2026-05-01', reason, hours: [['10:00', '11:00']] }]);
    expect(at('2026-05-01T08:30:00Z', desk, may)).toMatchObject({ isOpen: true, closesAt: '11:00', reason });
  });

  test('what is said of the service wins over what is said of all', () => {
    const mixed = townWith([
      { from: '2026-11-24', to: '2026-11-24', reason },
      { from: '2026-11-24', to: '2026-11-24', reason, services: ['library'], hours: [['10:00', '12:00']] },
    ]);
    expect(at('2026-11-24T09:30:00Z', desk, mixed).isOpen).toBe(false);
    expect(at('2026-11-24T09:30:00Z', library, mixed).isOpen).toBe(true);
  });

  test('nothing is promised when a whole year is closed', () => {
    const shut = townWith([{ from: '2026-01-01', to: '2028-12-31', reason }]);
    expect(at('2026-11-24T09:00:00Z', desk, shut)).toEqual({ isOpen: false, today: [], reason });
  });
});

describe('the nights the clock moves', () => {
  test.each([
    ['the Friday before summer time', '2026-03-27T17:00:00Z', '2026-03-30', '2026-03-30T06:29:00Z', '2026-03-30T06:30:00Z'],
    ['the Friday before winter time', '2026-10-23T16:00:00Z', '2026-10-26', '2026-10-26T07:29:00Z', '2026-10-26T07:30:00Z'],
  ])('%s: Monday still opens at 08:30 on the wall', (_, friday, date, before, after) => {
    expect(at(friday).opens).toEqual({ date, time: '08:30', weekday: 'mon' });
    expect(at(before).isOpen).toBe(false);
    expect(at(after).isOpen).toBe(true);
  });

  test('hours across the missing and the doubled hour follow the wall', () => {
    expect(at('2026-03-29T00:59:00Z', night)).toMatchObject({ isOpen: true, closesAt: '06:00' });
    expect(at('2026-03-29T04:00:00Z', night).isOpen).toBe(false);
    expect(at('2026-10-25T00:30:00Z', night).isOpen).toBe(true);
    expect(at('2026-10-25T01:30:00Z', night).isOpen).toBe(true);
    expect(at('2026-10-25T05:00:00Z', night).isOpen).toBe(false);
    expect(calendar.local(town, new Date('2026-10-25T01:30:00Z')).time).toBe('02:30');
  });

  test('a span may last until midnight', () => {
    expect(at('2026-11-28T22:59:00Z', night)).toMatchObject({ isOpen: true, closesAt: '24:00' });
  });
});

describe('until after midnight', () => {
  const bar: Service = { ...desk, id: 'bar', hours: { ...WEEK, fri: [['18:00', '02:00']], sat: [['18:00', '02:00']], mon: [] } };

  test.each([
    ['Friday 23:00', '2026-11-27T22:00:00Z', true, '02:00'],
    ['Saturday 01:59', '2026-11-28T00:59:00Z', true, '02:00'],
    ['Saturday 02:00', '2026-11-28T01:00:00Z', false, undefined],
    ['Sunday 01:00, which has no hours of its own', '2026-11-29T00:00:00Z', true, '02:00'],
    ['the night the clock goes back', '2026-10-24T23:59:00Z', true, '02:00'],
    ['that night, when it is two for the first time', '2026-10-25T00:00:00Z', false, undefined],
    ['the night the clock is put forward', '2027-03-28T00:59:00Z', true, '02:00'],
    ['that night, at three on the wall', '2027-03-28T01:00:00Z', false, undefined],
  ])('%s', (_, moment, isOpen, closesAt) => {
    expect(at(moment, bar)).toMatchObject({ isOpen, ...(closesAt && { closesAt }) });
  });

  test('closed on Saturday for once, the night of Friday ends as it always does', () => {
    const closed = townWith([{ from: '2026-11-28', to: '2026-11-28', reason: { fr: 'Travaux', en: 'Works' } }]);
    expect(at('2026-11-28T00:30:00Z', bar, closed).isOpen).toBe(true);
    expect(at('2026-11-28T18:00:00Z', bar, closed).isOpen).toBe(false);
  });
});

describe('working time', () => {
  const HOUR = 3600_000;
  const long: Service = {
    ...desk,
    id: 'long',
    hours: {
      ...WEEK,
      ...Object.fromEntries((['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => [day, [['08:00', '18:00']]])),
    },
  };
  const always: Service = {
    ...desk,
    id: 'always',
    hours: Object.fromEntries(
      (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).map((day) => [day, [['00:00', '24:00']]]),
    ) as Service['hours'],
  };
  const due = (from: string, hours: number, service = long, where = town) =>
    calendar.due(where, service, new Date(from), hours * HOUR)?.toISOString();
  const worked = (from: string, to: string, service = long) =>
    calendar.worked(town, service, new Date(from), new Date(to)) / HOUR;

  test.each([
    ['four hours from Monday 17:00 are over on Tuesday 11:00', '2026-11-23T16:00:00Z', 4, '2026-11-24T10:00:00.000Z'],
    ['a reminder an hour before', '2026-11-23T16:00:00Z', 3, '2026-11-24T09:00:00.000Z'],
    ['from Sunday they count from the opening on Monday', '2026-11-22T10:00:00Z', 4, '2026-11-23T11:00:00.000Z'],
    ['a whole day ends when the service closes', '2026-11-23T07:00:00Z', 10, '2026-11-23T17:00:00.000Z'],
    ['a public holiday is no working day', '2026-11-10T16:00:00Z', 2, '2026-11-12T08:00:00.000Z'],
    ['over the end of summer time', '2026-10-23T15:00:00Z', 2, '2026-10-26T08:00:00.000Z'],
    ['over its beginning', '2027-03-26T16:00:00Z', 2, '2027-03-30T07:00:00.000Z'],
  ])('%s', (_, from, hours, expected) => {
    expect(due(from, hours)).toBe(expected);
  });

  test('the lunch break does not count', () => {
    expect(due('2026-11-24T10:30:00Z', 1, desk)).toBe('2026-11-24T13:00:00.000Z');
    expect(worked('2026-11-24T10:00:00Z', '2026-11-24T13:00:00Z', desk)).toBe(1.5);
  });

  test('round the clock no minute is lost, also on the days that have 23 and 25 hours', () => {
    const year = townWith([], { publicHolidays: { 2026: {}, 2027: {} } });
    expect(calendar.worked(year, always, new Date('2026-10-24T00:00:00Z'), new Date('2026-10-27T00:00:00Z'))).toBe(72 * HOUR);
    expect(calendar.worked(year, always, new Date('2027-03-27T00:00:00Z'), new Date('2027-03-30T00:00:00Z'))).toBe(72 * HOUR);
    expect(calendar.due(year, always, new Date('2026-10-24T12:00:00Z'), 24 * HOUR)?.toISOString()).toBe(
      '2026-10-25T12:00:00.000Z',
    );
  });

  test('what is worked from one moment to another is when it is due', () => {
    for (const hours of [0.5, 3, 9, 25, 80]) {
      const from = '2026-10-22T13:20:00Z';
      expect(worked(from, due(from, hours)!)).toBeCloseTo(hours, 6);
    }
  });

  test('a service that never opens is never due', () => {
    const shut = townWith([{ from: '2026-01-01', to: '2028-12-31', reason: { fr: 'Fermé', en: 'Closed' } }]);
    expect(calendar.due(shut, long, new Date('2026-11-24T09:00:00Z'), HOUR)).toBeNull();
    expect(calendar.worked(shut, long, new Date('2026-11-24T09:00:00Z'), new Date('2026-11-26T09:00:00Z'))).toBe(0);
  });
});

test.each([
  ['08:30-12:00, 13:30-17:30', OFFICE],
  ['18:00-02:00', [['18:00', '02:00']]],
  [
    '10:00-12:00, 18:00-01:30',
    [
      ['10:00', '12:00'],
      ['18:00', '01:30'],
    ],
  ],
  ['18:00-02:00, 20:00-23:00', null],
  ['09:00-09:00', null],
  ['18:00-07:00', null],
  ['closed', []],
  [
    '08:30-12:00,12:00-13:00',
    [
      ['08:30', '12:00'],
      ['12:00', '13:00'],
    ],
  ],
  ['12:00-08:30', null],
  ['08:30-12:00, 11:00-13:00', null],
  ['13:30-17:30, 08:30-12:00', null],
  ['8h30-12h', null],
  ['08:30-25:00', null],
  ['', null],
])('hours written "%s"', (written, spans) => {
  expect(readSpans(written)).toEqual(spans);
});
