/**
 * What can be read from a message beside its meaning: dates, places, numbers, phone and e-mail,
 * references, plates, yes and no. What is fast is read here; recognizers-text is asked in a
 * thread of its own, and only when the words may hold something the others missed.
 */
import { DateTime } from 'luxon';
import type { Entities, FoundPlace } from '../../domain/language/heard';
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import { findReferences } from '../../domain/ticket/ticket';
import type { Town } from '../../domain/town';
import type { PlaceFinder } from '../places/place-finder';
import { excerptOf } from '../text/excerpt';
import { lazily } from '../text/lazily';
import { type Word, within, wordsOf } from '../text/words';
import { createDateReader } from './dates/dates';
import { createUnresolvedTimeReader } from './dates/unresolved-time';
import { dictatedEmails, emailsIn } from './emails';
import { createNumberReader } from './numbers';
import { phonesIn, writtenPhones } from './phones';
import { createPlateReader } from './plates';
import { createRecognizer } from './recognizer';
import { createYesNo } from './yes-no';

export interface ReadingOf {
  town: Town;
  language: string;
  now: Date;
  places: PlaceFinder;
  /** Whether dates to come or dates gone by are asked for; without it the words decide. */
  looks?: 'ahead' | 'back';
  /** The local date last spoken of. */
  spokenOf?: string;
}

export interface Readers {
  read(text: string, of: ReadingOf): Promise<Entities>;
  close(): Promise<void>;
}

/** More number words in a row than any amount a citizen writes: recognizers-text would not come back from them. */
const MOST_NUMBER_WORDS = 6;

/**
 * Read when the first citizens have been answered: the first date that is looked for has hundreds of expressions compiled, a fifth of a
 * second. Of the second text our own rules make nothing, so that it goes all the way.
 */
const FIRST_DATES = ['12/05/2026, 14:30', '7 7 7'];
const WARM_AFTER_MS = 5000;

interface Stretch {
  start: number;
  end: number;
}

export function openReaders(packs: Record<string, LanguagePack>): Readers {
  const inLanguage = lazily((code: string) => {
    const pack = packs[code]!;
    return {
      pack,
      dates: createDateReader(pack),
      numbers: createNumberReader(pack),
      unreadTime: createUnresolvedTimeReader(pack),
      plates: createPlateReader(pack.plates),
      clues: new Set(pack.time.clues.map(fold)),
      numberWords: new Set(Object.keys(pack.numbers).map(fold)),
      units: new Set(Object.keys(pack.time.units).map(fold)),
      yesNo: createYesNo([pack, ...Object.values(packs).filter((other) => other !== pack)]),
    };
  });
  // Behind the first answers; twice: the second reading has them compiled for good.
  const toWarm = [...Object.keys(packs), ...Object.keys(packs)];
  let warming: NodeJS.Timeout | undefined;
  const warmLater = () => {
    warming = setTimeout(() => {
      const code = toWarm.shift();
      if (!code) return;
      for (const text of FIRST_DATES)
        inLanguage(code).dates(text, wordsOf(text), { now: new Date(0), timeZone: 'UTC', holidays: {} });
      warmLater();
    }, WARM_AFTER_MS);
    warming.unref();
  };
  warmLater();
  const recognizer = createRecognizer(warmUpsOf(Object.values(packs)));

  return {
    async read(typed, { town, language, now, places, looks, spokenOf }) {
      const whole = within(typed);
      const { text, placeOf } = excerptOf(whole);
      const own = inLanguage(packs[language] ? language : town.languages[0]);
      const words = wordsOf(text);
      const phones = phonesIn(text, words, town.country, own.numbers, own.pack.counting);
      // What nobody can take for anything else is read wherever it stands.
      const farther = text === whole ? [] : writtenPhones(whole, town.country);
      const place = places.find(text) ?? places.find(withoutGlued(text));
      const named = place ? null : places.named(text);
      const references = findReferences(whole);
      const plates = own.plates(text, words, phones);
      const said = own
        .dates(text, words, {
          now,
          timeZone: town.timeZone,
          holidays: town.publicHolidays,
          looks,
          spokenOf,
          isStreetType: places.isStreetType,
        })
        .filter((date) => !overlaps(date, [...phones, ...plates]))
        // 'Rue Pasteur, devant le 14' is a door and no day.
        .filter((date) => !isDoor(date, place));
      const address = place?.precision === 'number' ? [place] : [];
      const counted = own.numbers.all(text, words).filter((one) => !overlaps(one, [...phones, ...plates, ...said, ...address]));
      const doors = places
        .doors(text)
        .filter((door) => !place || door.end <= place.start || door.start >= place.end)
        .filter((door) => !overlaps(door, [...phones, ...plates, ...said.filter((date) => door.mayBeTime || !isBareDay(date))]))
        // 'Two and a half metres' is not a door.
        .filter((door) => !counted.some((one) => overlaps(one, [door]) && !Number.isInteger(one.value)));
      const notAt = places.denied(text);
      const unreadTime = said.length === 0 ? own.unreadTime(text, words) : null;
      const entities: Entities = {
        place: place && { ...place, start: placeOf(place.start), end: placeOf(place.end) },
        ...(named && { named: { ...named, start: placeOf(named.start), end: placeOf(named.end) } }),
        ...(doors.length > 0 && {
          doors: {
            said: doors.flatMap(({ number, isDenied }) => (isDenied ? [] : [number])),
            denied: doors.flatMap(({ number, isDenied }) => (isDenied ? [number] : [])),
            isAll: doors.every(({ isAll }) => isAll),
          },
        }),
        ...(notAt.length > 0 && { notAt }),
        ...(places.saysWhere(text) && { saysWhere: true as const }),
        phones: [...new Set([...phones, ...farther].map(({ number }) => number))],
        ...(places.isAlone(text, place) && { isPlaceAlone: true as const }),
        emails: [...new Set([...emailsIn(whole), ...dictatedEmails(text, own.pack.counting.addressed)])],
        dates: said.map(({ text: words, value, until, part }) => ({
          text: words,
          value,
          ...(until && { until }),
          ...(part && { part }),
        })),
        ...(unreadTime !== null && { unreadTime }),
        numbers: counted.map(({ text: digits, value }) => ({ text: digits, value })),
        yesNo: own.yesNo(text, words),
        references,
        plates: plates.map(({ plate }) => plate).filter((plate) => !references.includes(plate)),
      };
      if (!own.pack.culture || said.length > 0 || !mayHoldMore(words, own)) return entities;
      const wall = DateTime.fromJSDate(now).setZone(town.timeZone);
      const more = await recognizer.ask(text, own.pack.culture, wall.toMillis() + wall.offset * 60_000);
      if (more) entities.dates = more.dates.map(({ text: words, values }) => ({ text: words, value: nearest(values, wall) }));
      return entities;
    },
    close() {
      clearTimeout(warming);
      return recognizer.close();
    },
  };
}

/** Days that are nothing but the number of the door. */
function isDoor({ start, end, text }: Stretch & { text: string }, place: FoundPlace | null): boolean {
  if (place?.precision !== 'number' || start < place.start || end > place.end) return false;
  return isBareDay({ text });
}

/** 'Le 14' may be a day and a door. */
function isBareDay({ text }: { text: string }): boolean {
  return /^(?:\p{L}+\s)?\d{1,4}\p{L}*$/u.test(text.trim());
}

function overlaps(one: Stretch, others: Stretch[]): boolean {
  return others.some((other) => one.start < other.end && other.start < one.end);
}

/** A word of time and a number that is no mere length ("10 ans"), of which our own rules made nothing. */
function mayHoldMore(words: Word[], own: { clues: Set<string>; numberWords: Set<string>; units: Set<string> }): boolean {
  const isCount = ({ kind, text }: Word) => kind === 'number' || own.numberWords.has(text);
  if (!words.some(({ text }) => own.clues.has(text) && !own.units.has(text))) return false;
  if (!words.some(isCount)) return false;
  let run = 0;
  for (const word of words) {
    run = own.numberWords.has(word.text) ? run + 1 : 0;
    if (run > MOST_NUMBER_WORDS) return false;
  }
  return true;
}

/** Numbers and days in words: enough to have a culture's expressions compiled. */
function warmUpsOf(packs: LanguagePack[]): Record<string, string[]> {
  return Object.fromEntries(
    packs.flatMap(({ culture, numbers, time }) => {
      const count = Object.keys(numbers).filter((word) => numbers[word] === 2 || numbers[word] === 20);
      return culture
        ? [[culture, [count.reverse().join(' '), ...time.clues.slice(0, 1), ...Object.keys(time.days).slice(0, 2)]]]
        : [];
    }),
  );
}

/** Of several readings of a date ("mardi"), the one nearest to now. */
function nearest(values: string[], now: DateTime): string {
  const distance = (value: string) => Math.abs(+DateTime.fromSQL(value, { zone: now.zone }) - +now);
  const best = values.reduce((one, other) => (distance(other) < distance(one) ? other : one));
  return best.length > 10 ? `${best.slice(0, 10)}T${best.slice(11, 16)}` : best;
}

/** 'lécole', 'dla gare': an article that lost its apostrophe; a space in its place, so that offsets stay as they are. */
function withoutGlued(text: string): string {
  return text.replace(/(?<!\p{L})[ld](?=[aeiouhéèêâîô]\p{L}{3})/giu, ' ');
}
