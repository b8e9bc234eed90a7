/**
 * A year of contacts with a town, worked out from numbers alone, so that the same seed gives the same year: when citizens come
 * (seasons, days of the week, hours, one storm), by which way, with what. Nothing here knows the product.
 */
import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';

export type Way = 'web' | 'sms' | 'whatsapp' | 'visit' | 'call';

export interface Contact {
  /** `<hour>-<n>`: the same in every run. */
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  way: Way;
  wish: 'report' | 'question' | 'status' | 'person' | 'thanks';
  words: string;
  /** Of a report: where. */
  place?: string;
  /** Which of the town's inhabitants. */
  citizen: number;
}

export const TIME_ZONE = 'Europe/Paris';
/** Monday to Friday, 8.30 to 12 and 13.30 to 17.30. */
const OUT_OF_HOURS = 0.62;
const WORST_HOUR = 9;
/** A stormy evening in November. */
const STORM = { month: 11, day: 12, hour: 19 };

const SEASON = [1.1, 1, 1.05, 1, 0.95, 1, 0.8, 0.65, 1.3, 1.1, 1.05, 0.95];
const WEEK = [1.25, 1.1, 1.05, 1, 0.95, 0.6, 0.5];
const HOURS = [3, 2, 1, 1, 1, 2, 6, 20, 60, 90, 90, 70, 50, 60, 80, 85, 85, 80, 75, 60, 50, 40, 22, 8];

const WAYS: Array<[Way, number]> = [
  ['web', 38],
  ['sms', 30],
  ['whatsapp', 22],
  ['call', 6],
  ['visit', 4],
];
const WISHES: Array<[Contact['wish'], number]> = [
  ['question', 44],
  ['report', 36],
  ['status', 9],
  ['person', 6],
  ['thanks', 5],
];
const REPORTS: Array<[string, number]> = [
  ['lampadaire cassé', 22],
  ['dépôt sauvage', 20],
  ['nid-de-poule', 18],
  ['poubelle jaune pas ramassée', 12],
  ["fuite d'eau dans la rue", 7],
  ['tag sur un mur', 7],
  ['branche cassée sur un arbre', 8],
  ['rats', 6],
];
const STORMY: Array<[string, number]> = [
  ['branche cassée sur un arbre', 50],
  ['lampadaire cassé', 35],
  ["fuite d'eau dans la rue", 15],
];
const QUESTIONS: Array<[string, number]> = [
  ['combien coûte un passeport ?', 16],
  ["quels papiers faut-il pour une carte d'identité ?", 18],
  ['quel jour passent les poubelles jaunes ?', 16],
  ['à quelle heure ouvre la mairie demain ?', 18],
  ['comment inscrire mon enfant à la cantine ?', 10],
  ['comment inscrire ma fille en crèche ?', 7],
  ['où est la bibliothèque ?', 6],
  ['comment demander un permis de construire ?', 9],
];
const STREETS = ['rue Pasteur', 'rue des Lilas', 'rue Thiers', 'rue Ampère', 'rue Victor Hugo', 'allée des Bouleaux'];
const DOORS = 12;
const INHABITANTS = 75_000;

/** A number from 0 up to 1 that hangs on nothing but its seed. */
export function chance(seed: string): number {
  return createHash('sha256').update(seed).digest().readUInt32BE() / 2 ** 32;
}

export function pick<T>(weighted: ReadonlyArray<readonly [T, number]>, seed: string): T {
  let left = chance(seed) * weighted.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [what, weight] of weighted) {
    left -= weight;
    if (left < 0) return what;
  }
  return (weighted[0] as readonly [T, number])[0];
}

export interface Hour {
  from: number;
  count: number;
  /** Half-hours that are within the usual opening hours. */
  open: boolean[];
  /** How much likelier an open half-hour is than one that is not. */
  openWeight: number;
  isStorm: boolean;
}

export interface YearPlan {
  hours: Hour[];
  /** The hour in which most come. */
  worst: number;
}

/** @param contacts of the whole year; `from` is the first of its days (YYYY-MM-DD). */
export function planYear(contacts: number, from: string): YearPlan {
  const first = DateTime.fromISO(from, { zone: TIME_ZONE }).startOf('day');
  const count = Math.round(first.plus({ years: 1 }).diff(first, 'hours').hours);
  const local = Array.from({ length: count }, (_, n) =>
    DateTime.fromMillis(first.toMillis() + n * 3600_000, { zone: TIME_ZONE }),
  );
  const isStorm = local.map(({ month, day, hour }) => month === STORM.month && day === STORM.day && hour === STORM.hour);
  const base = local.map(({ month, weekday, hour }, n) =>
    isStorm[n] ? 0 : (SEASON[month - 1] ?? 1) * (WEEK[weekday - 1] ?? 1) * (HOURS[hour] ?? 1),
  );
  const open = local.map(({ weekday, hour }) => (weekday > 5 ? [false, false] : halves(hour)));
  const shareOpen = (n: number) => (open[n] ?? []).filter(Boolean).length / 2;
  const opened = base.reduce((sum, weight, n) => sum + weight * shareOpen(n), 0);
  const closed = base.reduce((sum, weight, n) => sum + weight * (1 - shareOpen(n)), 0);
  const storm = (WORST_HOUR * contacts) / count;
  // The storm is out of hours too.
  const perOpen = ((1 - OUT_OF_HOURS) * contacts) / opened;
  const perClosed = (OUT_OF_HOURS * contacts - storm) / closed;
  let exact = 0;
  let whole = 0;
  const hours = local.map((moment, n): Hour => {
    const weight = base[n] ?? 0;
    exact += isStorm[n] ? storm : weight * (shareOpen(n) * perOpen + (1 - shareOpen(n)) * perClosed);
    const come = Math.round(exact) - whole;
    whole += come;
    return {
      from: moment.toMillis(),
      count: come,
      open: open[n] ?? [],
      openWeight: perOpen / perClosed,
      isStorm: Boolean(isStorm[n]),
    };
  });
  return { hours, worst: isStorm.indexOf(true) };
}

function halves(hour: number): boolean[] {
  if (hour === 8 || hour === 13) return [false, true];
  if (hour === 17) return [true, false];
  const isOpen = (hour > 8 && hour < 12) || (hour > 13 && hour < 17);
  return [isOpen, isOpen];
}

export function contactsOf(hour: Hour): Contact[] {
  return Array.from({ length: hour.count }, (_, n) => contactOf(hour, `${hour.from / 3600_000}-${n}`)).sort(
    (a, b) => a.at - b.at,
  );
}

function contactOf(hour: Hour, id: string): Contact {
  const half = pick(
    hour.open.map((isOpen, n) => [n, isOpen ? hour.openWeight : 1] as const),
    `half ${id}`,
  );
  const at = hour.from + Math.floor((half + chance(`moment ${id}`)) * 1800_000);
  const wish = hour.isStorm ? 'report' : pick(WISHES, `wish ${id}`);
  const isOpen = hour.open[half] ?? false;
  // Nobody is at the counter, nor answers the phone, when it is closed.
  const way = pick(isOpen ? WAYS : WAYS.filter(([one]) => one !== 'call' && one !== 'visit'), `way ${id}`);
  const citizen = Math.floor(chance(`citizen ${id}`) * INHABITANTS);
  const contact = { id, at, way, wish, citizen };
  if (wish === 'question') return { ...contact, words: pick(QUESTIONS, `words ${id}`) };
  if (wish === 'person') return { ...contact, words: 'ma carte d’identité est perdue, je voudrais en parler avec quelqu’un' };
  if (wish === 'thanks') return { ...contact, words: 'bonjour' };
  if (wish === 'status') return { ...contact, words: '' };
  const door = 1 + Math.floor(chance(`door ${id}`) * DOORS);
  const street = STREETS[Math.floor(chance(`street ${id}`) * STREETS.length)];
  return { ...contact, words: pick(hour.isStorm ? STORMY : REPORTS, `words ${id}`), place: `${door} ${street}` };
}
