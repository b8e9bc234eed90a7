/**
 * "Et pour un enfant de 10 ans ?" after the price of a passport: which detail of the topic last
 * answered a short question is about, by the ages it names and the words it shares.
 */
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import type { Detail, Topic } from '../../domain/topic/topic';
import { createExpander } from '../text/spelling';
import { stemmerOf } from '../text/stems';
import { wordsOf } from '../text/words';

export interface FollowUp {
  /** Null when the words lean on what was answered ('and without a car?') and no detail of it is about them. */
  detail: string | null;
  confidence: number;
}

export type FollowUps = (words: string[], topic: string, language: string) => FollowUp | null;

/** A new question says more than this; a follow-up leans on what was said before. */
const LONGEST = 14;
const LEAST = 0.34;
const AGE_CONFIDENCE = 0.9;
/** 'And without a car?' is a follow-up by its first words; a longer message stands by itself. */
const LONGEST_OPENED = 9;
const OPENED = 0.5;
const LONGEST_AGE = 4;

interface Known {
  detail: Detail;
  phrases: Array<Map<string, number>>;
}

export function createFollowUps(topics: Topic[], packs: Record<string, LanguagePack>): FollowUps {
  const byLanguage = new Map(Object.entries(packs).map(([code, pack]) => [code, createTongue(pack)]));
  const known = new Map<string, Known[]>();
  for (const topic of topics) {
    for (const [code, own] of byLanguage) {
      const details = topic.details ?? [];
      known.set(
        `${topic.id} ${code}`,
        details.map((detail) => ({
          detail,
          phrases: (detail.phrases[code] ?? []).map((text) => own.bag(wordsOf(text).map((word) => word.text))),
        })),
      );
    }
  }

  return (words, topic, language) => {
    const own = byLanguage.get(language);
    const details = known.get(`${topic} ${language}`);
    if (!own || !details || words.length === 0 || words.length > LONGEST) return null;
    const age = own.ageIn(words);
    const aged =
      age === null ? [] : details.filter(({ detail }) => detail.ages && detail.ages[0] <= age && age <= detail.ages[1]);
    const said = own.bag(words);
    // A detail for other ages is not the one, however it is worded.
    const ranked = details
      .filter(({ detail: { ages } }) => age === null || !ages || (ages[0] <= age && age <= ages[1]))
      .map(({ detail, phrases }) => ({ detail, closeness: Math.max(0, ...phrases.map((phrase) => cosine(said, phrase))) }))
      .sort((one, other) => other.closeness - one.closeness);
    if (aged.length > 0) {
      const best = ranked.find(({ detail }) => aged.some((each) => each.detail === detail))!;
      return { detail: best.detail.id, confidence: AGE_CONFIDENCE };
    }
    const [best] = ranked;
    // 'She is 6', and no detail is about that age: of the same topic all the same.
    const isAge = age !== null && words.length <= LONGEST_AGE;
    if (best && best.closeness >= (isAge ? OPENED : LEAST))
      return { detail: best.detail.id, confidence: Math.round(best.closeness * 100) / 100 };
    if (isAge) return { detail: null, confidence: AGE_CONFIDENCE };
    return words.length <= LONGEST_OPENED && own.isOpened(words) ? { detail: null, confidence: OPENED } : null;
  };
}

function createTongue(pack: LanguagePack) {
  const stem = stemmerOf(pack);
  const expand = createExpander(pack);
  const stops = new Set(pack.stopWords.map(fold));
  const numbers = new Map(Object.entries(pack.numbers).map(([word, value]) => [fold(word), value]));
  const ages = new Map(Object.entries(pack.ages).map(([word, value]) => [fold(word), value]));
  const openings = pack.followUps.map((opening) => wordsOf(opening).map((word) => word.text));
  const units = new Map(Object.entries(pack.time.units).map(([word, unit]) => [fold(word), unit]));
  return {
    /** 'And for…', 'but…', 'what if…': it leans on what was said before. */
    isOpened: (words: string[]) => openings.some((opening) => opening.every((word, at) => words[at] === word)),
    bag(words: string[]): Map<string, number> {
      const bag = new Map<string, number>();
      for (const word of expand(words)) bag.set(stem(word), stops.has(word) ? 0.3 : 1);
      return bag;
    },
    /** "10 ans", "dix ans", "of 10", "10 year old": a number between 0 and 120 that is said as one; or "my baby". */
    ageIn(words: string[]): number | null {
      for (let at = 0; at < words.length; at++) {
        const value = /^\d{1,3}$/.test(words[at]!) ? Number(words[at]) : numberEndingAt(words, at, numbers);
        if (value === null || value > 120) continue;
        const isWord = !/^\d/.test(words[at]!);
        const unit = units.get(words[at + 1] ?? '');
        if (isWord && unit !== 'year' && unit !== 'month') continue;
        return unit === 'month' ? Math.floor(value / 12) : value;
      }
      const called = words.find((word) => ages.has(word));
      return called === undefined ? null : ages.get(called)!;
    },
  };
}

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

function cosine(one: Map<string, number>, other: Map<string, number>): number {
  let shared = 0;
  for (const [word, weight] of one) shared += weight * (other.get(word) ?? 0);
  const length = (bag: Map<string, number>) =>
    Math.sqrt([...bag.values()].reduce((sum, weight) => sum + weight * weight, 0)) || 1;
  return shared / (length(one) * length(other));
}
