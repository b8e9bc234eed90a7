/**
 * One town's ear: a message in, what it means out. The order: danger and opt-out in every
 * language of the town, then which language, then which topics, then how sure.
 */
import type { Heard } from '../../domain/heard';
import type { LanguagePack } from '../../domain/language';
import type { Topic } from '../../domain/topic';
import type { Town } from '../../domain/town';
import { createClassifier } from './classifier';
import type { Embedder } from './embedder';
import { type Phrases, phrasesOf } from './examples';
import { createFollowUps, type FollowUp } from './follow-up';
import { createLanguageEar } from './language';
import { openModel } from './model';
import { splitParts } from './parts';
import { createRules } from './rules';
import { obtain } from './training';
import type { HearOptions } from './understanding';
import { within, wordsOf } from './words';
import { isOptOut, zoneOf } from './zones';

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
  const own = Object.fromEntries(town.languages.map((code) => [code, packs[code]!]));
  const examples = phrasesOf(topics, phrases, town.languages);
  const isTaught = new Set(examples.map(({ label }) => label)).size > 1;
  const trained = isTaught ? await obtain({ phrases: examples, packs: slim(own) }, cacheDir) : null;
  const classifier = trained && createClassifier(examples, own, trained.topics);
  const tongue = createLanguageEar(town.languages, trained?.languages ? openModel(trained.languages, null) : null);
  const rules = Object.values(own).map(createRules);
  const followUps = createFollowUps(topics, own);

  return {
    async hear(typed, { prior }) {
      const text = within(typed);
      const spoken = wordsOf(text);
      const words = spoken.map((word) => word.text);
      const language = tongue.hear(text, words, prior);
      const danger = firstOf(rules, (rule) => rule.danger(spoken));
      const optOut = firstOf(rules, (rule) => rule.optOut(spoken));
      if (!classifier || words.length === 0)
        return { language, danger, optOut, intents: [], zone: 'none', parts: [], repaired: [] };
      const { intents, repaired } = classifier.sort(words, language.code);
      const zone = zoneOf(intents);
      const parts = splitParts(text, spoken, own[language.code]!, (some) => classifier.sort(some, language.code).intents);
      return { language, danger, optOut: optOut ?? (isOptOut(intents) ? 'stop' : null), intents, zone, parts, repaired };
    },
    languageOf(typed, prior) {
      const text = within(typed);
      return tongue.hear(text, plainWords(text), prior).code;
    },
    followUp(typed, topic, { prior }) {
      const text = within(typed);
      const words = plainWords(text);
      return followUps(words, topic, tongue.hear(text, words, prior).code);
    },
  };
}

/** What training needs of a pack; the rest must not make the cache miss. */
function slim(packs: Record<string, LanguagePack>) {
  return Object.fromEntries(Object.entries(packs).map(([code, { stemmer, shorthand }]) => [code, { stemmer, shorthand }]));
}

function plainWords(text: string): string[] {
  return wordsOf(text).map((word) => word.text);
}

function firstOf<T, R>(parts: T[], ask: (part: T) => R | null): R | null {
  for (const part of parts) {
    const answer = ask(part);
    if (answer !== null) return answer;
  }
  return null;
}
