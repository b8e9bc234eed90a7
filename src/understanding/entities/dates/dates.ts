/**
 * When, as citizens say it: "hier soir vers 22h", "depuis 3 jours", "mardi en huit", "quarter to six this evening".
 * Days, parts of the day and times of day are found one by one and put together where they stand beside each other.
 * What the language's own words do not say is asked of chrono-node. All dates are the town's local dates.
 */

import { DateTime } from 'luxon';
import type { DayPart, LanguagePack } from '../../../domain/language/language-pack';
import { fold } from '../../../domain/language/words';
import type { Word } from '../../text/words';
import { createNumberReader } from '../numbers';
import { createChronoReader } from './chrono-dates';
import { createTimeReader, type SaidTime, settled } from './clock-times';
import { type Looks, type SaidDay, UTC } from './day-grammar';
import { createDayReader } from './days';
import { holidaysByName } from './feasts';
import type { SaidDate } from './said-date';
import { createTenseReader } from './tense';
import { timeLexiconOf } from './time-lexicon';

export interface DatesOf {
  now: Date;
  timeZone: string;
  /** Names of public holidays by year and date. */
  holidays: Record<number, Record<string, Record<string, string>>>;
  /** Whether a word is a type of street in the town's languages: "rue du 8 mai" is no day. */
  isStreetType?(word: string): boolean;
  /** Whether dates to come or dates gone by are asked for; without it the words decide. */
  looks?: 'ahead' | 'back';
  /** The local date last spoken of (`YYYY-MM-DD`), on which "le 25", "le lendemain", "le soir" and "à 18 h" lean. */
  spokenOf?: string;
}

export type DateReader = (text: string, words: Word[], of: DatesOf) => SaidDate[];

/** Nobody names more in one message. */
const MOST_DATES = 30;
/** Words between a day and its time: "mardi matin vers 9h", "on Friday at around noon". */
const MOST_BETWEEN = 4;
const SENTENCE_END = /[!?\n]|[.;](?=\s|$)/;
const DAY_MINUTES = 24 * 60;

/** What belongs to one moment: at most one day, one part of the day and one time. */
interface Moment {
  from: number;
  to: number;
  day?: SaidDay;
  part?: DayPart;
  time?: SaidTime;
}

export function createDateReader(pack: LanguagePack): DateReader {
  const lexicon = timeLexiconOf(pack);
  const numbers = createNumberReader(pack);
  const dayAt = createDayReader(lexicon, numbers, new Set(pack.counting.noAmount.map(fold)));
  const timeAt = createTimeReader(lexicon, numbers, pack.time.twelveHours);
  const speaksOfPast = createTenseReader(pack, lexicon);
  const chrono = createChronoReader(pack);

  /** Only words that join a day and its time stand between them. */
  const isJoined = (text: string, words: Word[], from: number, to: number): boolean => {
    if (from > to || to - from > MOST_BETWEEN) return false;
    for (let at = from; at < to; ) {
      const next =
        lexicon.is('at', words, at) ??
        lexicon.is('fillers', words, at) ??
        lexicon.is('article', words, at) ??
        lexicon.is('this', words, at);
      if (next === null) return false;
      at = next;
    }
    return !SENTENCE_END.test(text.slice(words[from - 1]!.end, words[to]!.start).replace(/^\.\s*(?=\p{Ll}|\d)/u, ''));
  };

  const isUntil = (words: Word[], from: number, to: number, start: number): boolean => {
    if (to <= from || to - from > MOST_BETWEEN) return false;
    const hasFrom = lexicon.before('from', words, start) !== null || lexicon.is('from', words, start) !== null;
    for (let at = from; at < to; at++) {
      if (lexicon.is('until', words, at) !== null) return true;
      if (hasFrom && words[at]!.text.length <= 3 && words[at]!.kind === 'letters') return true;
    }
    return false;
  };

  function isTimeOfDay(words: Word[], { from, part }: Moment, time: SaidTime, isEnd: boolean): boolean {
    if (time.isBare) return part !== undefined || isEnd;
    return time.standsAlone || lexicon.before('at', words, from) !== null || part !== undefined || isEnd;
  }

  return (text, typed, { now, timeZone, holidays, looks, spokenOf: last, isStreetType = () => false }) => {
    const words = lexicon.spelledOut(typed);
    if (!lexicon.mayHoldTime(words)) return [];
    const local = DateTime.fromJSDate(now, { zone: timeZone });
    const wall = local.setZone('utc', { keepLocalTime: true });
    const today = wall.startOf('day');
    const spokenOf = last === undefined ? undefined : DateTime.fromISO(last, UTC);
    const named = holidaysByName(holidays);
    const pasts = sentencesOf(text, words).flatMap(([from, to]) =>
      new Array<boolean>(to - from).fill(speaksOfPast(words, from, to)),
    );

    const looksAt = (at: number): Looks => {
      let lead = at;
      while (lead > 0 && at - lead < MOST_BETWEEN && lexicon.before('since', words, lead) === null) {
        if (lexicon.is('fillers', words, lead - 1) === null && lexicon.is('article', words, lead - 1) === null) break;
        lead--;
      }
      if (lexicon.before('since', words, lead) !== null) return 'since';
      if (pasts[at]) return 'back';
      return looks === 'back' ? 'lately' : (looks ?? 'near');
    };

    const moments: Moment[] = [];
    const add = (piece: Moment) => {
      const open = moments.at(-1);
      const isFree = open && !(piece.day && open.day) && !(piece.time && open.time) && !(piece.part && open.part);
      if (isFree && isJoined(text, words, open.to, piece.from)) Object.assign(open, { ...piece, from: open.from });
      else moments.push(piece);
    };
    for (let at = 0; at < words.length && moments.length < MOST_DATES; ) {
      if (!lexicon.mayBegin(words[at]!) && !named(words, at)) {
        at++;
        continue;
      }
      const day = dayAt({ text, words, today, now: wall, looks: looksAt(at), spokenOf, holidays, isStreetType }, at);
      const time = timeAt(text, words, at);
      const part = lexicon.parts(words, at);
      if (day && day.to >= (time?.to ?? 0)) {
        add({ from: at, to: day.to, day, ...(day.part ? { part: day.part } : {}) });
        at = day.to;
      } else if (time) {
        add({ from: at, to: time.to, time });
        at = time.to;
      } else if (part) {
        add({ from: at, to: part.to, part: part.value });
        at = part.to;
      } else at++;
    }

    const said: SaidDate[] = [];
    let before: Moment | undefined;
    // "et le soir ?": of the day last spoken of, where no day is said.
    const leansOn = moments.some(({ day }) => day) ? undefined : spokenOf;
    for (const moment of moments) {
      const isEnd: boolean = before !== undefined && said.length > 0 && isUntil(words, before.to, moment.from, before.from);
      // "demain de 8h à 12h": the second time is of the same day.
      const day: DateTime | undefined = moment.day?.days[0] ?? (isEnd && moment.time ? before!.day?.days[0] : undefined);
      const isTimed = moment.time !== undefined && isTimeOfDay(words, moment, moment.time, isEnd);
      const part: DayPart | null = moment.part ?? null;
      if (!day && !isTimed && !(leansOn && part)) continue;
      const start = words[moment.from]!.start;
      const end = Math.max(...words.slice(moment.from, moment.to).map((word) => word.end));
      const clock = moment.time ? settled(moment.time, part) : moment.day?.minutes;
      // "last night at two" is the night into today.
      const isAfterMidnight = part === 'night' && day !== undefined && +day < +today && clock !== undefined && clock < 6 * 60;
      const dates = (moment.day?.days ?? [day ?? leansOn ?? today]).map((each) =>
        momentOf(isAfterMidnight ? each.plus({ days: 1 }) : each, clock),
      );
      for (const [index, value] of dates.entries()) {
        const until = moment.day?.isSpan && index === 0 && dates[1] ? { until: dates[1] } : {};
        said.push({ text: text.slice(start, end), value, ...until, ...(part && { part }), start, end });
      }
      const first: SaidDate | undefined = said.at(-1 - dates.length);
      if (isEnd && first && !first.until) first.until = dates[0]!;
      before = { ...moment, day: moment.day ?? before?.day };
    }
    if (said.length > 0) return said.slice(0, MOST_DATES);
    return chrono(text, words, local, (at) => looksAt(at) === 'since' || looksAt(at) === 'back');
  };
}

function momentOf(day: DateTime, minutes: number | undefined): string {
  const date = minutes !== undefined && minutes >= DAY_MINUTES ? day.plus({ days: 1 }) : day;
  if (minutes === undefined) return date.toISODate()!;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.toISODate()}T${two(Math.floor((minutes % DAY_MINUTES) / 60))}:${two(minutes % 60)}`;
}

/** Sentences as places in the list of words, the ends exclusive. */
function sentencesOf(text: string, words: Word[]): Array<[from: number, to: number]> {
  const sentences: Array<[number, number]> = [];
  let from = 0;
  for (let at = 1; at <= words.length; at++) {
    const last = words[at - 1]!.end;
    if (at < words.length && !SENTENCE_END.test(text.slice(last, Math.max(last, words[at]!.start)))) continue;
    sentences.push([from, at]);
    from = at;
  }
  return sentences;
}
