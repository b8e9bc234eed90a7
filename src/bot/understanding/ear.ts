/**
 * One town's ear: a message in, what it means out. The order: danger and opt-out in every
 * language of the town, then which language, then which topics, then how sure.
 */
import type { Heard, HeardIntent } from '../../domain/heard';
import type { LanguagePack } from '../../domain/language';
import type { Topic } from '../../domain/topic';
import type { Town } from '../../domain/town';
import type { Embedder } from './embedder';
import { type Phrases, phrasesOf, readingOf } from './examples';
import { featuresOf, type Reading } from './features';
import { createFollowUps, type FollowUp } from './follow-up';
import { createLanguageEar } from './language';
import { type Model, OUTSIDE, openModel, type Scored } from './model';
import { splitParts } from './parts';
import { createRules } from './rules';
import { createSpeller, vocabularyOf } from './speller';
import { stemmerOf } from './stems';
import { obtain } from './training';
import type { HearOptions } from './understanding';
import { within, wordsOf } from './words';
import { zoneOf } from './zones';

export interface EarParts {
  town: Town;
  topics: Topic[];
  packs: Record<string, LanguagePack>;
  phrases: Phrases;
  embedder?: Embedder;
  cacheDir?: string;
}

export interface Ear {
  hear(text: string, options: HearOptions): Promise<Heard>;
  languageOf(text: string, prior: string | null): string;
  followUp(text: string, topic: string, options: HearOptions): FollowUp | null;
}

export async function createEar({ town, topics, packs, phrases, cacheDir }: EarParts): Promise<Ear> {
  const languages = town.languages;
  const own = Object.fromEntries(languages.map((code) => [code, packs[code]!]));
  const examples = phrasesOf(topics, phrases, languages);
  const taught = new Set(examples.map(({ label }) => label)).size > 1;
  const slim = Object.fromEntries(Object.entries(own).map(([code, { stemmer, shorthand }]) => [code, { stemmer, shorthand }]));
  const trained = taught ? await obtain({ phrases: examples, packs: slim }, cacheDir) : null;
  const model = trained && openModel(trained.topics, OUTSIDE);
  const tongue = createLanguageEar(languages, trained?.languages ? openModel(trained.languages, null) : null);
  const rules = languages.map((code) => createRules(own[code]!));
  const tongues = new Map(
    languages.map((code) => {
      const texts = examples.filter(({ language }) => language === code).map(({ text }) => text);
      return [
        code,
        { pack: own[code]!, stem: stemmerOf(own[code]!), speller: createSpeller(own[code]!, vocabularyOf(texts, own[code]!)) },
      ];
    }),
  );
  const followUps = createFollowUps(topics, own);

  const readAs = (code: string, words: string[]): { reading: Reading; repaired: Array<[string, string]> } => {
    const { speller, stem } = tongues.get(code)!;
    const { words: read, repaired } = speller.repair(speller.expand(words));
    return { reading: readingOf(read, stem), repaired };
  };

  return {
    async hear(typed, { prior }) {
      const text = within(typed);
      const spoken = wordsOf(text);
      const words = spoken.map((word) => word.text);
      const language = tongue.hear(text, words, prior);
      const { reading, repaired } = readAs(language.code, words);
      const optOut = firstOf(rules, (rule) => rule.optOut(spoken));
      const danger = firstOf(rules, (rule) => rule.danger(spoken));
      if (!model || words.length === 0) return { language, danger, optOut, intents: [], zone: 'none', parts: [], repaired };
      const scored = model.score(featuresOf(reading));
      const intents = intentsOf(model, scored);
      return {
        language,
        danger,
        optOut,
        intents,
        zone: zoneOf(intents),
        parts: splitParts(text, spoken, own[language.code]!, (some) => {
          const { reading: part } = readAs(language.code, some);
          return intentsOf(model, model.score(featuresOf(part)));
        }),
        repaired,
      };
    },
    languageOf: (text, prior) => {
      const cut = within(text);
      return tongue.hear(
        cut,
        wordsOf(cut).map((word) => word.text),
        prior,
      ).code;
    },
    followUp(typed, topic, { prior }) {
      const text = within(typed);
      const words = wordsOf(text).map((word) => word.text);
      const { code } = tongue.hear(text, words, prior);
      return followUps(words, topic, code);
    },
  };
}

function firstOf<T, R>(parts: T[], ask: (part: T) => R | null): R | null {
  for (const part of parts) {
    const answer = ask(part);
    if (answer !== null) return answer;
  }
  return null;
}

/** Sharpness with which what is left of the confidence is shared among the others. */
const SHARPNESS = 4;
const MOST_OFFERED = 3;

/** The best three labels; the first with its calibrated confidence, the others with their share of the rest. */
export function intentsOf(model: Model, { scores, signals, best }: Scored): HeardIntent[] {
  const confidence = model.confidenceOf(signals);
  const order = [...scores.keys()].sort((one, other) => scores[other]! - scores[one]!);
  const shares = order.map((label) => Math.exp(SHARPNESS * (scores[label]! - scores[best]!)));
  const rest = shares.slice(1).reduce((sum, share) => sum + share, 0);
  return order.slice(0, MOST_OFFERED).map((label, place) => {
    const shared = place === 0 ? confidence : Math.min(confidence, ((1 - confidence) * shares[place]!) / (rest || 1));
    return { topic: model.labels[label]!, confidence: Math.round(shared * 1000) / 1000 };
  });
}
