/**
 * What an answer says of the days that are asked for, where it is written day by day: 'Saturday: 10 am - 6 pm' after 'and on
 * Saturday?'. A public holiday is no ordinary Monday, and a day that the answer leaves out is said to be left out.
 */
import type { Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import { fold, keyWords } from '../../domain/language/words';
import { sentencesOf, tellsHour } from '../../domain/topic/answer-sentences';
import type { Topic } from '../../domain/topic/topic';
import { keysOf } from './again';
import { type AskedDays, datesAsked, daysAsked, WEEK } from './hours';

/** An answer that names fewer days is about something else that happens on one. */
const FEWEST_DAYS = 2;
/** A timetable has lines for so many. */
const TIMETABLE = 3;

/** A part of an answer, and of which days it tells. */
interface Stretch {
  text: string;
  /** 0 is Monday. */
  days: ReadonlySet<number>;
  isOfHolidays: boolean;
  isOfVacations: boolean;
}

/** Null where the answer does not tell by day. */
export function toldOfDays(talk: Talk, answer: string, { days, unread }: AskedDays): string | null {
  const stretches = sentencesOf(answer).flatMap((sentence) => stretchesOf(talk, sentence));
  const inVacations = stretches.filter((stretch) => stretch.isOfVacations && !stretch.isOfHolidays);
  if (days.length === 0) return unread === null ? null : toldOfSeason(inVacations, unread);
  const told = stretches.filter((stretch) => stretch.days.size > 0 && !stretch.isOfVacations);
  if (daysTold(told).size < FEWEST_DAYS) return null;
  const ofDays = days.flatMap((day) => {
    const own = told.filter((stretch) => stretch.days.has(weekdayOf(day))).map(({ text }) => text);
    return onHoliday(talk, day, stretches, own) ?? (own.length > 0 ? own : [leftOut(talk, day, told)]);
  });
  // No calendar of ours knows when school is out; 'the Christmas holidays' are more than Christmas.
  const isOrdinary = days.some((day) => !talk.calendar.holiday(talk.town, day));
  const season = toldOfSeason(inVacations, talk.text);
  if (season) return joined([season, ...(isOrdinary ? [] : ofDays)]);
  return joined([...ofDays, ...(isOrdinary ? inVacations.map(({ text }) => text) : [])]);
}

/** 'In the school holidays': the lines that speak of them. */
function toldOfSeason(stretches: Stretch[], said: string): string | null {
  const asked = keysOf(said);
  const told = stretches.filter(({ text }) => [...keysOf(text)].some((word) => asked.has(word)));
  return told.length > 0 ? joined(told.map(({ text }) => text)) : null;
}

/** An answer that is a timetable, with the lines of these days alone; null where it is none. */
export function timetableOf(talk: Talk, answer: string, asked: AskedDays): string | null {
  const sentences = sentencesOf(answer).map((sentence) => ({ sentence, days: daysTold(stretchesOf(talk, sentence)) }));
  const timed = sentences.filter(({ sentence, days }) => tellsHour(sentence) && days.size > 0);
  const named = new Set(timed.flatMap(({ days }) => [...days]));
  const told = named.size >= TIMETABLE ? toldOfDays(talk, answer, asked) : null;
  if (!told) return null;
  const first = sentences.findIndex(({ days }) => days.size > 0);
  const lines = sentences.flatMap(({ sentence, days }, at) =>
    at === first ? [told] : days.size > 0 || told.includes(sentence) ? [] : [sentence],
  );
  return lines.join('\n');
}

/** 'Is there a market on Sunday?' of a topic that tells much else: the detail whose timetable shares words with it. */
export async function timetableAsked(talk: Talk, topic: Topic): Promise<string | null> {
  const { dates } = await datesAsked(talk);
  const today = talk.calendar.local(talk.town, talk.lookups.now).date;
  // 'A fine for noise at night' is about no day.
  if (!dates.some(({ value, part }) => !part || value.slice(0, 10) !== today)) return null;
  return timetableAbout(
    talk,
    topic,
    dates.reduce((text, date) => text.replace(date.text, ' '), talk.text),
  );
}

/** Of the details of a topic the one whose words are nearest, where it is a timetable. */
export async function timetableAbout(talk: Talk, topic: Topic, words: string, besides?: string): Promise<string | null> {
  const asked = await daysAsked(talk);
  const about = keysOf(words);
  const shared = (text: string) => [...keysOf(text)].filter((word) => about.has(word)).length;
  const named = (topic.details ?? []).map(({ id, answer, phrases }) => {
    const ways = phrases[talk.memory.language] ?? [];
    return { id, answer, much: id === besides ? 0 : shared([talk.local(answer), ...ways].join(' ')) };
  });
  const most = Math.max(1, ...named.map(({ much }) => much));
  const told = named.find(({ much, answer }) => much === most && timetableOf(talk, talk.local(answer), asked) !== null);
  return told?.id ?? null;
}

function daysTold(stretches: Stretch[]): Set<number> {
  return new Set(stretches.flatMap(({ days }) => [...days]));
}

function onHoliday(talk: Talk, day: string, stretches: Stretch[], own: string[]): string[] | null {
  const holiday = talk.calendar.holiday(talk.town, day);
  if (!holiday) return null;
  const fields = { day: capital(talk.wording.weekday(day)), holiday: talk.local(holiday) };
  const told = stretches.filter(({ isOfHolidays }) => isOfHolidays).map(({ text }) => text);
  if (told.length > 0) return [talk.t('hours.holiday', fields), ...told];
  return [talk.t('hours.holiday-untold', fields), ...own];
}

function leftOut(talk: Talk, day: string, told: Stretch[]): string {
  return talk.t('hours.left-out', { day: talk.wording.weekday(day), answer: told.map(({ text }) => text).join(' ; ') });
}

/** Cut before each day that begins another line of a timetable: 'Saturday 9 am - 12 noon, Sunday 10 am - 12 noon'. */
function stretchesOf(talk: Talk, sentence: string): Stretch[] {
  const names = WEEK.map(([, date]) => fold(talk.wording.dayName(date)));
  const cut = new RegExp(`(?<=\\d[^,;]*),\\s+(?=(?:\\p{L}{1,3}\\s)?(?:${names.join('|')}))|\\s*;\\s+`, 'iu');
  const ofHolidays = (text: string) => talk.counts('tells-holidays', text) > 0;
  return sentence
    .split(cut)
    .flatMap((stretch) => withoutHolidays(stretch, (text) => ofHolidays(text) && daysIn(talk, text, names).size === 0))
    .map((text) => ({
      text: text.trim(),
      days: daysIn(talk, text, names),
      isOfHolidays: ofHolidays(text),
      isOfVacations: talk.counts('tells-vacations', text) > 0,
    }));
}

function daysIn(talk: Talk, text: string, names: string[]): Set<number> {
  const words = keyWords(text);
  const at = words.map((word) => names.findIndex((name) => word === name || word === `${name}s`));
  const days = new Set(at.filter((day) => day >= 0));
  at.forEach((from, place) => {
    const to = at[place + 2] ?? -1;
    if (from < 0 || to < from || talk.counts('until-day', words[place + 1]!) === 0) return;
    for (let day = from; day <= to; day++) days.add(day);
  });
  // 'New slots every day at 8 am' opens nothing: from when to when is said of a door.
  const isEveryDay =
    days.size === 0 && talk.counts('every-day', text) > 0 && (text.match(/\d[\d.:]*\s?(?:h|am|pm)(?!\p{L})/giu) ?? []).length > 1;
  return isEveryDay ? new Set(names.keys()) : days;
}

function weekdayOf(date: string): number {
  return (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;
}

/** 'Sunday 9 am - 12 noon, closed on public holidays': what is said of those at its end stands apart. */
function withoutHolidays(text: string, isOfThem: (text: string) => boolean): string[] {
  const at = text.lastIndexOf(', ');
  return at > 0 && isOfThem(text.slice(at)) && /\d/.test(text.slice(0, at)) ? [text.slice(0, at), text.slice(at + 2)] : [text];
}

function joined(texts: string[]): string {
  return [...new Set(texts)].map(ended).join(' ');
}

/** As a sentence of its own. */
export function ended(text: string): string {
  const whole = capital(text);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
