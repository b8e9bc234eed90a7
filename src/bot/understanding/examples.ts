/**
 * A town's phrases as the classifier learns them: every phrase and title of a topic, in every
 * language of the town, read the way messages are read.
 */
import type { LanguagePack } from '../../domain/language';
import type { Topic } from '../../domain/topic';
import type { Reading } from './features';
import { createExpander } from './speller';
import { type Stem, stemmerOf } from './stems';
import { shaped, wordsOf } from './words';

/** A phrase before it is read; plain data, sent to the training thread. */
export interface Phrase {
  text: string;
  label: string;
  language: string;
}

export type Phrases = Record<string, Record<string, string[]>>;

export function phrasesOf(topics: Topic[], controls: Phrases, languages: string[]): Phrase[] {
  const phrases: Phrase[] = [];
  for (const language of languages) {
    const add = (label: string, texts: string[] | undefined) => {
      for (const text of new Set(texts ?? [])) phrases.push({ text, label, language });
    };
    for (const topic of topics)
      add(topic.id, [...(topic.phrases[language] ?? []), ...(topic.title[language] ? [topic.title[language]] : [])]);
    for (const [intent, texts] of Object.entries(controls[language] ?? {})) add(intent, texts);
  }
  return phrases;
}

export function readingOf(words: string[], stem: Stem): Reading {
  const read = words.map(shaped);
  return { words: read, stems: read.map(stem) };
}

export function createReader(packs: Record<string, Pick<LanguagePack, 'stemmer' | 'shorthand'>>): (phrase: Phrase) => Reading {
  const readers = new Map(
    Object.entries(packs).map(([code, pack]) => [code, { expand: createExpander(pack), stem: stemmerOf(pack) }]),
  );
  return ({ text, language }) => {
    const reader = readers.get(language);
    if (!reader) throw new Error(`There is no language pack for "${language}".`);
    const words = wordsOf(text).map((word) => word.text);
    return readingOf(reader.expand(words), reader.stem);
  };
}
