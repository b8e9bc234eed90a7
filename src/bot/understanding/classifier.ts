/**
 * Phrases taught, messages sorted: the part of the ear that tells what a message is about, for
 * one town in all its languages. Also what `npm run evaluate` measures on other people's data.
 */
import type { HeardIntent } from '../../domain/heard';
import type { LanguagePack } from '../../domain/language';
import { type Phrase, readingOf } from './examples';
import { type Features, featuresOf } from './features';
import { type ModelData, OUTSIDE, openModel, type Scored } from './model';
import { createSpeller, vocabularyOf } from './speller';
import { stemmerOf } from './stems';

export type ClassifierPack = Pick<LanguagePack, 'stemmer' | 'shorthand'>;

export interface Sorted {
  /** Best first, at most three. */
  intents: HeardIntent[];
  /** Probability that the message is about anything taught. */
  inside: number;
  repaired: Array<[string, string]>;
}

export interface Classifier {
  labels: string[];
  wantsSense: boolean;
  /** @param words as typed and folded (`wordsOf`). */
  sort(words: string[], language: string, sense?: Float32Array): Sorted;
}

export function createClassifier(phrases: Phrase[], packs: Record<string, ClassifierPack>, data: ModelData): Classifier {
  const model = openModel(data, OUTSIDE);
  const tongues = new Map(
    Object.entries(packs).map(([code, pack]) => {
      const texts = phrases.filter(({ language }) => language === code).map(({ text }) => text);
      return [code, { stem: stemmerOf(pack), speller: createSpeller(pack, vocabularyOf(texts, pack)) }];
    }),
  );

  const read = (words: string[], language: string): { features: Features; repaired: Array<[string, string]> } => {
    const tongue = tongues.get(language);
    if (!tongue) throw new Error(`There is no language pack for "${language}".`);
    const { words: meant, repaired } = tongue.speller.repair(tongue.speller.expand(words));
    return { features: featuresOf(readingOf(meant, tongue.stem)), repaired };
  };

  return {
    labels: model.labels,
    wantsSense: model.wantsSense,
    sort(words, language, sense) {
      const { features, repaired } = read(words, language);
      const scored = model.score(features, sense);
      return {
        intents: bestOf(model.labels, scored, model.confidenceOf(scored.signals)),
        inside: model.insideOf(scored.signals),
        repaired,
      };
    },
  };
}

/** Sharpness with which what is left of the confidence is shared among the others. */
const SHARPNESS = 4;
const MOST_OFFERED = 3;

/** The best three labels; the first with its calibrated confidence, the others with their share of the rest. */
function bestOf(labels: string[], { scores, best }: Scored, confidence: number): HeardIntent[] {
  const order = topOf(scores, MOST_OFFERED);
  let rest = 0;
  const shareOf = (label: number) => Math.exp(SHARPNESS * (scores[label]! - scores[best]!));
  for (let label = 0; label < scores.length; label++) if (label !== best) rest += shareOf(label);
  return order.map((label, place) => {
    const share = place === 0 ? confidence : Math.min(confidence, ((1 - confidence) * shareOf(label)) / (rest || 1));
    return { topic: labels[label]!, confidence: Math.round(share * 1000) / 1000 };
  });
}

function topOf(scores: Float32Array, count: number): number[] {
  const top: number[] = [];
  for (let label = 0; label < scores.length; label++) {
    let place = top.length;
    while (place > 0 && scores[label]! > scores[top[place - 1]!]!) place--;
    if (place < count) {
      top.splice(place, 0, label);
      top.length = Math.min(top.length, count);
    }
  }
  return top;
}
