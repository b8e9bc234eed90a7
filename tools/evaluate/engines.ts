/**
 * Engines under measure behind one small port: ours, and those of others on the same data in
 * the same process. Peers that are not installed are left out, and said so.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { type ClassifierPack, createClassifier, type EmbeddingCache, type Phrase, teach, wordsOf } from '../../src/understanding';

export interface Guess {
  label: string;
  confidence: number;
  /** How surely it is anybody's at all; comparable within one engine only. */
  inside: number;
}

export interface Engine {
  name: string;
  /** Bytes of the model as kept, where that can be told. */
  bytes: number | null;
  guess(text: string, language: string): Guess | Promise<Guess>;
}

export type EngineMaker = (phrases: Phrase[], packs: Record<string, ClassifierPack>) => Engine | Promise<Engine>;

export const ours: EngineMaker = (phrases, packs) => {
  const data = teach(phrases, packs);
  const classifier = createClassifier(packs, data);
  return {
    name: 'Guichet',
    bytes: bytesOf(data),
    guess(text, language) {
      const words = wordsOf(text).map((word) => word.text);
      const { intents, inside } = classifier.sort(words, language);
      return { label: intents[0]!.topic, confidence: intents[0]!.confidence, inside };
    },
  };
};

/** The same with a sentence encoder beside it; time and memory of the encoder are its own. */
export const oursWithEncoder =
  (kept: EmbeddingCache): EngineMaker =>
  async (phrases, packs) => {
    const embeddings = await kept.of(phrases.map(({ text }) => text));
    const classifier = createClassifier(packs, teach(phrases, packs, embeddings ?? undefined));
    return {
      name: 'Guichet with an encoder',
      bytes: null,
      async guess(text, language) {
        const words = wordsOf(text).map((word) => word.text);
        const [embedding] = (await kept.of([text])) ?? [];
        const { intents, inside } = classifier.sort(words, language, embedding);
        return { label: intents[0]!.topic, confidence: intents[0]!.confidence, inside };
      },
    };
  };

/** As kept in the cache. */
function bytesOf(data: object): number {
  return serialize(data).byteLength;
}

interface Bayes {
  addDocument(text: string, label: string): void;
  train(): void;
  getClassifications(text: string): Array<{ label: string; value: number }>;
}

const bayes: EngineMaker = (phrases) => {
  const Classifier = require('natural/lib/natural/classifiers/bayes_classifier') as new (stemmer?: unknown) => Bayes;
  const isFrench = phrases.every(({ language }) => language === 'fr');
  const made = isFrench ? new Classifier(require('natural/lib/natural/stemmers/porter_stemmer_fr')) : new Classifier();
  for (const { text, label } of phrases) made.addDocument(text, label);
  made.train();
  return {
    name: 'natural BayesClassifier',
    bytes: null,
    guess(text) {
      const [best] = made.getClassifications(text);
      return { label: best?.label ?? '', confidence: best?.value ?? 0, inside: best?.value ?? 0 };
    },
  };
};

interface Manager {
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<unknown>;
  process(language: string, text: string): Promise<{ intent: string; score: number }>;
}

const nodeNlp =
  (NlpManager: new (options: object) => Manager): EngineMaker =>
  async (phrases) => {
    const languages = [...new Set(phrases.map(({ language }) => language))];
    const manager = new NlpManager({ languages, autoSave: false, nlu: { log: false } });
    for (const { text, label, language } of phrases) manager.addDocument(language, text, label);
    await manager.train();
    return {
      name: 'node-nlp',
      bytes: null,
      async guess(text, language) {
        const { intent, score } = await manager.process(language, text);
        return { label: intent, confidence: score, inside: score };
      },
    };
  };

const PEERS = join(__dirname, '../../../tools/evaluate/peers/node_modules');

/** A package of the peers' own folder, or null when it was not installed. */
export function peerPackage<T>(name: string): T | null {
  const file = join(PEERS, name, 'package.json');
  return existsSync(file) ? (createRequire(file)(`${name}`) as T) : null;
}

export function peerEngines(): { makers: EngineMaker[]; missing: string[] } {
  const nlp = peerPackage<{ NlpManager: new (options: object) => Manager }>('node-nlp');
  return { makers: nlp ? [bayes, nodeNlp(nlp.NlpManager)] : [bayes], missing: nlp ? [] : ['node-nlp'] };
}
