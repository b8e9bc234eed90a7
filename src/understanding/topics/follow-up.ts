/**
 * "Et pour un enfant de 10 ans ?" after the price of a passport: which detail of the topic last
 * answered a short question is about, by the ages it names and the words it shares with the ways
 * the detail is asked for and with its answer. Words that few details have weigh more.
 */
import type { FollowUp } from '../../domain/language/heard';
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import type { Detail, Topic } from '../../domain/topic/topic';
import { lazily } from '../text/lazily';
import { createExpander } from '../text/spelling';
import { stemmerOf } from '../text/stems';
import { wordsOf } from '../text/words';

export type FollowUps = (words: string[], topic: string, language: string) => FollowUp | null;

/** A new question says more than this; a follow-up leans on what was said before. */
const LONGEST = 18;
const LEAST = 0.34;
const AGE_CONFIDENCE = 0.9;
/** Where more is said than an age ('my baby has died'), or nothing calls the number one ('and 12?'): less than a topic that the words are sure of. */
const BESIDE_AGE_CONFIDENCE = 0.7;
/** 'And without a car?' is a follow-up by its first words; a longer message stands by itself. */
const LONGEST_OPENED = 9;
const OPENED = 0.5;
const LONGEST_AGE = 6;
/** '9 rue Pasteur' is a door and '3 bins' a count: a number that nothing calls an age is one only where next to nothing follows. */
const BEHIND_BARE_AGE = 1;
/** Asked so much more like the whole topic, with a word that no way of asking for the detail has, it is the topic. */
const MUCH_LESS = 0.75;
/** So like a way the detail is asked for, a single word is enough. */
const SURE_OF_WORD = 0.75;
const LEANING: FollowUp = { detail: null, confidence: OPENED, isNarrower: false, isOpened: true };
/** What a word that stands in any question weighs, and a number, whichever it is; a stem of so few letters is easily another word. */
const OF_STOP = 0.3;
const OF_NUMBER = 0.5;
const ANY_NUMBER = '#';
const SHORT_ROOT = 3;
/** So much more of what was said stands in the answer of a detail than in the whole, it is the detail. */
const FULLER = 0.3;
const MOSTLY = 0.6;
/** Words of a detail's answer say less than the ways it is asked for. */
const ANSWER_WEIGHT = 0.65;
/** 'Passport' tells none of the details about passports apart. */
const OF_TITLE = 0.3;

/** Words by how much they weigh, and how much they do together. */
interface Bag {
  weights: ReadonlyMap<string, number>;
  /** The same one after the other: going through a map makes an object for each, and every phrase of a topic is gone through. */
  entries: ReadonlyArray<readonly [word: string, weight: number]>;
  /** The sum of the squares of their weights, and its root. */
  squares: number;
  length: number;
}

interface Known {
  detail: Detail;
  phrases: Bag[];
  answer: ReadonlySet<string>;
  /** The stems of its phrases and its answer. */
  all: ReadonlySet<string>;
}

interface Details {
  known: Known[];
  /** The ways the topic as a whole is asked for. */
  own: Bag[];
  /** The stems of the topic's own answer. */
  main: ReadonlySet<string>;
  /** Those of its title: they name the topic, and none of its details. */
  title: ReadonlySet<string>;
  /** How much a stem tells these details apart, 0 to 1. */
  rarity(stem: string): number;
}

export function createFollowUps(topics: Topic[], packs: Record<string, LanguagePack>): FollowUps {
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  // Made for the first follow-up: a start, and each town that is learnt, would hold the others up with it.
  const tongueOf = lazily((code: string) => createTongue(packs[code]!));
  const anywhereIn = lazily((code: string) => rarityIn(topics.flatMap((topic) => detailsSaid(topic, code, tongueOf(code)))));
  const detailsOf = lazily((topic: string) =>
    lazily((code: string) => readDetails(byId.get(topic)!, code, tongueOf(code), anywhereIn(code))),
  );

  return (said, topic, language) => {
    if (!packs[language]) return null;
    const own = tongueOf(language);
    const words = own.withoutAssent(said);
    if (words.length === 0 || words.length > LONGEST) return null;
    const leaning = words.length <= LONGEST_OPENED && own.isOpened(words) ? LEANING : null;
    if (!byId.get(topic)?.details?.length) return leaning;
    const details = detailsOf(topic)(language);
    const { age, isCalled } = own.ageIn(words) ?? { age: null, isCalled: false };
    const aged =
      age === null ? [] : details.known.filter(({ detail }) => detail.ages && detail.ages[0] <= age && age <= detail.ages[1]);
    const stems = own.stems(words);
    // An age is no count: '4 months' is not asked as '2 months' is.
    const asking = own.bag(age === null ? stems : stems.map(asAge), details.rarity);
    const telling = stems.filter(({ stem }) => stem !== ANY_NUMBER && !details.title.has(stem));
    const whole = own.bag(telling, details.rarity);
    const content = bagOf(new Map(telling.filter(({ weight }) => weight === 1).map(({ stem }) => [stem, 1])));
    const [only] = content.weights.size === 1 ? content.weights.keys() : [];
    const isTelling =
      only === undefined ? content.weights.size > 0 : details.known.filter(({ answer }) => answer.has(only)).length < 2;
    const isOpened = own.isOpened(words);
    const beside = [...content.weights.keys()].filter((stem) => !own.tellsAge(stem));
    const sureOfAge = (all?: ReadonlySet<string>) =>
      isCalled && (isOpened || beside.every((stem) => all?.has(stem))) ? AGE_CONFIDENCE : BESIDE_AGE_CONFIDENCE;
    const askedAsWhole = closest(asking, details.own);
    // A detail for other ages is not the one, however it is worded.
    const ranked = details.known
      .filter(({ detail: { ages } }) => age === null || !ages || (ages[0] <= age && age <= ages[1]))
      .map(({ detail, phrases, answer, all }) => {
        const closeTo = closest(asking, phrases);
        // 'And my wife': one word, of a question about what else she may do, says nothing of it.
        const asked = only !== undefined && closeTo < SURE_OF_WORD && !answer.has(only) ? 0 : closeTo;
        // 'Where is it done?' has no word of its own to be found by; one word that several answers have tells none of them.
        const told = isTelling ? ANSWER_WEIGHT * covered(whole, answer) : 0;
        const share = covered(content, all);
        // With no word of its own it names the topic and nothing else: the detail must be asked for in nearly these words.
        // A single word that asks for the whole as well as for a detail asks for the whole.
        const isAsWhole =
          words.length === 1
            ? asked <= askedAsWhole
            : share < 1 && asked < MUCH_LESS * (content.weights.size > 0 ? askedAsWhole : 1);
        // 'Does the tip take paint?' may be a way the topic is asked for: the detail tells of paint, and the whole answer does not.
        const isTold = closeTo >= OPENED && share > MOSTLY && told > ANSWER_WEIGHT * covered(whole, details.main) + FULLER;
        const isNarrower = isTold || (asked >= OPENED && !isAsWhole && share >= covered(content, details.main));
        return { detail, all, closeness: Math.max(asked, told < OPENED ? 0 : told, isTold ? OPENED : 0), isNarrower };
      })
      .sort((one, other) => other.closeness - one.closeness);
    if (aged.length > 0) {
      const best = ranked.find(({ detail }) => aged.some((each) => each.detail === detail))!;
      return { detail: best.detail.id, confidence: sureOfAge(best.all), isNarrower: true, isOpened };
    }
    const [best] = ranked;
    // 'She is 6', and no detail is about that age: of the same topic all the same.
    const isAge = age !== null && words.length <= LONGEST_AGE;
    if (best && best.closeness >= (isAge ? OPENED : LEAST))
      return {
        detail: best.detail.id,
        confidence: Math.round(best.closeness * 100) / 100,
        isNarrower: best.isNarrower,
        isOpened,
      };
    if (isAge) return { detail: null, confidence: sureOfAge(), isNarrower: false, isOpened };
    return leaning;
  };
}

type Tongue = ReturnType<typeof createTongue>;

function stemsIn(text: string | undefined, own: Tongue): Said[] {
  return own.stems(wordsOf(text ?? '').map((word) => word.text));
}

/** The ways each detail is asked for. */
function detailsSaid({ details = [] }: Topic, code: string, own: Tongue): Said[][][] {
  return details.map(({ phrases }) => (phrases[code] ?? []).map((text) => stemsIn(text, own)));
}

/** @param anywhere how much a stem tells the details of all topics apart. */
function readDetails(topic: Topic, code: string, own: Tongue, anywhere: (stem: string) => number): Details {
  const setOf = (text: string | undefined) => new Set(stemsIn(text, own).map(({ stem }) => stem));
  const phrases = detailsSaid(topic, code, own);
  const here = rarityIn(phrases);
  const title = setOf(topic.title[code]);
  const rarity = (stem: string) => (title.has(stem) ? OF_TITLE : 1) * anywhere(stem) * here(stem);
  const known = (topic.details ?? []).map((detail, at) => {
    const answer = setOf(detail.answer[code]);
    const all = new Set([...answer, ...phrases[at]!.flat().map(({ stem }) => stem)]);
    return { detail, phrases: phrases[at]!.map((stems) => own.bag(stems, rarity)), answer, all };
  });
  const asked = (topic.phrases[code] ?? []).map((text) => own.bag(stemsIn(text, own), rarity));
  return { known, own: asked, main: setOf(topic.answer?.[code]), title, rarity };
}

function createTongue(pack: LanguagePack) {
  const stem = stemmerOf(pack);
  const expand = createExpander(pack);
  const stops = new Set(pack.stopWords.map(fold));
  const numbers = new Map(Object.entries(pack.numbers).map(([word, value]) => [fold(word), value]));
  const ages = new Map(Object.entries(pack.ages).map(([word, value]) => [fold(word), value]));
  const openings = pack.followUps.map((opening) => wordsOf(opening).map((word) => word.text));
  const opens = (words: string[]) => openings.some((opening) => opening.every((word, at) => words[at] === word));
  const assent = new Set(pack.yes.map(fold));
  const units = new Map(Object.entries(pack.time.units).map(([word, unit]) => [fold(word), unit]));
  const { past, since, future, lengths: lasting, pastAfter } = pack.time;
  const behind = new Set(pastAfter.map(fold));
  const lengths = [...past, ...since, ...future, ...lasting].map((length) => wordsOf(length).map((word) => word.text));
  const years = [...units].flatMap(([word, unit]) => (unit === 'year' || unit === 'month' ? [word] : []));
  const numbered = (word: string) => /^\d+$/.test(word) || (numbers.get(word) ?? 0) > 1;
  /** 'For 100 people' is asked as 'for 80 people' is; and 'payer' cut down to 'pai' is no PAI. */
  const rootOf = (word: string): string => {
    if (numbered(word)) return ANY_NUMBER;
    const root = stem(word);
    return root.length <= SHORT_ROOT && word.length > root.length + 1 ? `${root}-` : root;
  };
  const ofAge = new Set([...ages.keys(), ...numbers.keys(), ...years].map(stem));
  return {
    /** A number in words, a year or a month, or somebody of an age. */
    tellsAge: (one: string) => ofAge.has(one),
    /** 'OK, and do I have to bring him?' is asked without the OK. */
    withoutAssent(words: string[]): string[] {
      const from = words.findIndex((word) => !assent.has(word));
      // A fine is no assent: behind one a question is opened.
      return from > 0 && (opens(words.slice(from)) || pack.joiners.includes(words[from]!)) ? words.slice(from) : words;
    },
    /** 'And for…', 'but…', 'what if…': it leans on what was said before. */
    isOpened: opens,
    stems: (words: string[]): Said[] =>
      expand(words).map((word) => ({ stem: rootOf(word), weight: stops.has(word) ? OF_STOP : numbered(word) ? OF_NUMBER : 1 })),
    bag: (said: Said[], rarity: (stem: string) => number): Bag =>
      bagOf(new Map(said.map(({ stem: each, weight }) => [each, weight * rarity(each)]))),
    /** "10 ans", "dix ans", "10 year old", "my baby"; and a number between 0 and 120 at the end of few words: "she is 6". */
    ageIn(words: string[]): Age | null {
      for (let at = 0; at < words.length; at++) {
        const value = /^\d{1,3}$/.test(words[at]!) ? Number(words[at]) : numberEndingAt(words, at, numbers);
        if (value === null || value > 120) continue;
        // 'Expired for 2 years', '2 years ago' is how long, and nobody's age.
        if (
          behind.has(words[at + 2] ?? '') ||
          lengths.some((length) => length.every((word, place) => words[at - length.length + place] === word))
        )
          continue;
        const unit = units.get(words[at + 1] ?? '');
        // 'Until 17 h' is a time of day.
        if (unit === 'hour' || /^(?:h|am|pm)$/.test(words[at + 1] ?? '')) continue;
        if (unit === 'year' || unit === 'month')
          return { age: unit === 'month' ? Math.floor(value / 12) : value, isCalled: true };
        const isAlone = words.length <= LONGEST_AGE && at + BEHIND_BARE_AGE >= words.length - 1;
        if (isAlone && /^\d/.test(words[at]!)) return { age: value, isCalled: false };
      }
      const age = words.flatMap((word) => ages.get(word) ?? [])[0];
      return age === undefined ? null : { age, isCalled: true };
    },
  };
}

const asAge = (said: Said): Said => (said.stem === ANY_NUMBER ? { ...said, stem: `${ANY_NUMBER}age` } : said);

/** 'Soixante-dix-huit', 'quatre-vingt-deux', 'seventy-eight': eight is the end of it. */
function numberEndingAt(words: string[], at: number, numbers: ReadonlyMap<string, number>): number | null {
  let total = numbers.get(words[at]!);
  if (total === undefined) return null;
  for (let before = at - 1; before >= 0; before--) {
    const value = numbers.get(words[before]!);
    if (value === 4 && (total === 20 || numbers.get(words[before + 1]!) === 20)) total += 60;
    else if (value !== undefined && value > total && value < 100) total += value;
    else break;
  }
  return total;
}

interface Age {
  /** Years. */
  age: number;
  /** Its unit or a word for somebody of that age is said. */
  isCalled: boolean;
}

interface Said {
  stem: string;
  /** Less for words that stand in any question. */
  weight: number;
}

/** 1 for a stem that no detail or one has, the less the more details have it. */
function rarityIn(details: Said[][][]): (stem: string) => number {
  const count = new Map<string, number>();
  for (const phrases of details)
    for (const stem of new Set(phrases.flat().map((each) => each.stem))) count.set(stem, (count.get(stem) ?? 0) + 1);
  const rarest = Math.log(1 + details.length);
  return (stem) => (details.length < 2 ? 1 : Math.log(1 + details.length / (count.get(stem) ?? 1)) / rarest);
}

function bagOf(weights: ReadonlyMap<string, number>): Bag {
  let squares = 0;
  for (const weight of weights.values()) squares += weight * weight;
  return { weights, entries: [...weights], squares, length: Math.sqrt(squares) || 1 };
}

/** How much of what was said stands in a text, 0 to 1. */
function covered({ entries, squares }: Bag, text: ReadonlySet<string>): number {
  let found = 0;
  for (const [stem, weight] of entries) if (text.has(stem)) found += weight ** 2;
  return squares === 0 ? 0 : found / squares;
}

/** The cosine of the likest of some phrases. */
function closest(said: Bag, phrases: readonly Bag[]): number {
  let best = 0;
  for (const phrase of phrases) {
    let shared = 0;
    for (const [word, weight] of said.entries) shared += weight * (phrase.weights.get(word) ?? 0);
    best = Math.max(best, shared / (said.length * phrase.length));
  }
  return best;
}
