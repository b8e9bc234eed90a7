/**
 * Lives through days of a year hour by hour: the citizens of an hour write at the same time, as in a town, services work, and the
 * clock goes on when all is at rest. An hour in which the town hall opens or closes is lived through in halves, up to four in
 * which next to nobody writes in one go.
 * What stands between two days is kept beside the data, so that a run that was stopped goes on with the next day.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { createCalendar } from '../../../src/towns/calendar/calendar';
import { converse, noted, type Outcome, type VoiceOf } from './citizens';
import { createDeskCaller } from './desk-caller';
import { openYearHall } from './hall';
import { type Contact, contactsOf, type Hour, TIME_ZONE, type YearPlan } from './plan';
import { createServices, inParts, noServices, type ServicesState } from './services';

export interface Lived {
  /** Hours of the plan that are over. */
  hours: number;
  /** Milliseconds it took, of a real clock. */
  tookMs: number;
  contacts: number;
  outOfHours: number;
  worstHour: number;
  byWay: Record<string, number>;
  byOutcome: Record<Outcome['kind'], number>;
  /** What the town's figures are to count: who wrote on a day, however often, is one contact. */
  expected: number;
  today: { day: string; wrote: string[] };
  /** Contacts with nothing: what was said last. */
  lost: string[];
  requests: number;
  services: ServicesState;
  /** Requests of late, whose citizens ask where they stand. */
  recent: Array<{ reference: string; way: string; citizen: number }>;
}

/** Who asks where a request stands is who made it. */
interface Asking extends Contact {
  /** The reference of the request that is asked about. */
  about?: string;
}

const HALF = 30 * 60_000;
/** Citizens who write at the same time. */
const CITIZENS_AT_ONCE = 64;
const NIGHT_HOUR = 3;
/** So few who write are not worth a stop of the clock. */
const FEW = 12;
const MOST_TOGETHER = 4;
const MOST_NAMED = 20;
const RECENT = 500;

function nothingYet(): Lived {
  const byOutcome = { answer: 0, request: 0, follows: 0, person: 0, none: 0 };
  return {
    ...{ hours: 0, tookMs: 0, contacts: 0, outOfHours: 0, worstHour: 0, requests: 0 },
    ...{ byWay: {}, byOutcome, expected: 0, today: { day: '', wrote: [] }, lost: [], services: noServices(), recent: [] },
  };
}

const hourOf = ({ from }: Hour) => DateTime.fromMillis(from, { zone: TIME_ZONE }).hour;

/** The hours that are lived through in one step: the first, and those after it while next to nobody writes and nothing opens or closes. */
function quietHours([first, ...later]: Hour[]): Hour[] {
  const together = [first as Hour];
  let count = together[0]?.count ?? 0;
  for (const hour of later) {
    count += hour.count;
    const isAlike = [...(first as Hour).open, ...hour.open].every((isOpen) => isOpen === hour.open[0]);
    const isNight = [hour, ...together].some((one) => hourOf(one) === NIGHT_HOUR);
    if (!isAlike || isNight || count > FEW || together.length === MOST_TOGETHER) return together;
    together.push(hour);
  }
  return together;
}

/**
 * @param folder where data stands; what was lived through there is gone on with.
 * @param says is told after each day; true when it is to end there.
 */
export async function live(
  year: YearPlan,
  { from, days }: { from: number; days: number },
  folder: string,
  says: (day: number, lived: Lived) => boolean,
  modelsDir?: string,
) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'year.json');
  const lived: Lived = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : nothingYet();
  const hours = year.hours.slice(from, from + days * 24);
  const begin = hours[lived.hours]?.from ?? (hours.at(-1)?.from ?? 0) + 2 * HALF;
  const wrote = new Set(lived.today.wrote);
  const hall = await openYearHall(folder, begin, counts, modelsDir);
  const desk = createDeskCaller(hall.url, hall.password);
  const town = hall.towns.get('bellerive');
  if (!town) throw new Error('The demo has no Bellerive');
  const services = createServices(hall, desk, town, createCalendar(), lived.services, days);

  function counts(address: string): void {
    const day = DateTime.fromMillis(hall.now(), { zone: TIME_ZONE }).toISODate() ?? '';
    if (day !== lived.today.day) wrote.clear();
    lived.today.day = day;
    if (!wrote.has(address)) lived.expected += 1;
    wrote.add(address);
  }

  function asking(contact: Contact): Asking {
    const made = contact.wish === 'status' ? lived.recent.findLast(({ way }) => way === contact.way) : undefined;
    return made ? { ...contact, citizen: made.citizen, about: made.reference } : contact;
  }

  async function comes(contact: Asking): Promise<void> {
    const isNoted = contact.way === 'visit' || contact.way === 'call';
    const outcome = isNoted ? await noted(hall, desk, contact) : await converse(hall, contact, contact.about);
    lived.byOutcome[outcome.kind] += 1;
    if (outcome.kind === 'none' && lived.lost.length < MOST_NAMED)
      lived.lost.push(`${contact.id} ${contact.way} '${contact.words}': ${outcome.told?.replaceAll('\n', ' / ')}`);
    if (!outcome.reference) return;
    lived.requests += 1;
    if (contact.wish !== 'report') return;
    lived.recent.push({ reference: outcome.reference, way: contact.way, citizen: contact.citizen });
    if (lived.recent.length > RECENT) lived.recent.shift();
    services.hears(outcome.reference, outcome.voice as VoiceOf | undefined, contact.words);
  }

  async function step(at: number, contacts: Contact[]): Promise<void> {
    hall.moveTo(at);
    // One citizen does one thing at a time.
    const byCitizen = new Map<number, Asking[]>();
    for (const one of contacts.map(asking)) byCitizen.set(one.citizen, [...(byCitizen.get(one.citizen) ?? []), one]);
    await inParts([...byCitizen.values()], CITIZENS_AT_ONCE, async (own) => {
      for (const contact of own) await comes(contact);
    });
    const worked = await services.works();
    // What a town hall does by night without being asked gets its time.
    const isNight = DateTime.fromMillis(at, { zone: TIME_ZONE }).hour === NIGHT_HOUR;
    await hall.rest(contacts.length + worked === 0 && !isNight);
  }

  for (let isOver = false; lived.hours < hours.length && !isOver; ) {
    const startedAt = performance.now();
    const last = Math.min(lived.hours + 24, hours.length);
    while (lived.hours < last) {
      const together = quietHours(hours.slice(lived.hours, last));
      const contacts = together.flatMap(contactsOf);
      for (const contact of contacts) {
        const hour = together.findLast(({ from }) => from <= contact.at) as Hour;
        lived.contacts += 1;
        lived.byWay[contact.way] = (lived.byWay[contact.way] ?? 0) + 1;
        if (!hour.open[contact.at - hour.from < HALF ? 0 : 1]) lived.outOfHours += 1;
      }
      const [{ from: begins, open, count }] = together as [Hour];
      lived.worstHour = Math.max(lived.worstHour, count);
      const whole = together.length * 2 * HALF;
      const span = open[0] === open[1] ? whole : HALF;
      for (let at = begins; at < begins + whole; at += span)
        await step(
          at,
          contacts.filter((one) => one.at >= at && one.at < at + span),
        );
      lived.hours += together.length;
    }
    lived.tookMs += performance.now() - startedAt;
    lived.today.wrote = [...wrote];
    // Whole or not at all.
    writeFileSync(`${file}.new`, JSON.stringify(lived));
    renameSync(`${file}.new`, file);
    isOver = says(lived.hours / 24, lived);
  }
  return { lived, hall, desk, town };
}
