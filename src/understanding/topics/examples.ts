/**
 * A town's phrases as the classifier learns them: every phrase and title of a topic, in every
 * language of the town, read the way messages are read.
 */
import type { Clues, LanguagePack } from '../../domain/language/language-pack';
import type { Topic } from '../../domain/topic/topic';
import type { Reading } from '../learning/features';
import { OUTSIDE } from '../learning/model';
import { createNotions } from '../text/notions';
import { createSound } from '../text/sounds';
import { createExpander } from '../text/spelling';
import { type Stem, stemmerOf } from '../text/stems';
import { shaped, wordsOf } from '../text/words';

/** A phrase before it is read; plain data, sent to the training thread. */
export interface Phrase {
  text: string;
  label: string;
  language: string;
}

export type Phrases = Record<string, Record<string, string[]>>;

/** What every town is asked though it is another office's: teaches what is nobody's here, office or not. */
const ELSEWHERE = 'elsewhere';
/** Of what is no office's at all, so much is enough to tell offices from it. */
const EVERY_NOBODYS = 2;
const EVERY_TOWNS_OWN = 6;

/** All that is told apart first; what is another office's is nobody's here. */
export function phrasesOf(topics: Topic[], controls: Phrases, languages: string[]): Phrase[] {
  const phrases: Phrase[] = [];
  for (const language of languages) {
    const add = (label: string, texts: string[] | undefined) => {
      for (const text of new Set(texts ?? [])) phrases.push({ text, label, language });
    };
    for (const topic of topics) add(topic.kind === 'elsewhere' ? OUTSIDE : topic.id, saidOf(topic, language));
    for (const [intent, texts] of Object.entries(controls[language] ?? {})) add(intent === ELSEWHERE ? OUTSIDE : intent, texts);
  }
  return phrases;
}

/** Whose is what is not the town's: the phrases of each office, among some of what is no office's. None without offices. */
export function officePhrasesOf(topics: Topic[], controls: Phrases, languages: string[]): Phrase[] {
  const offices = topics.filter(({ kind }) => kind === 'elsewhere');
  if (offices.length === 0) return [];
  const phrases: Phrase[] = [];
  for (const language of languages) {
    const add = (label: string, texts: string[], step = 1) => {
      for (const text of new Set(texts.filter((_, at) => at % step === 0))) phrases.push({ text, label, language });
    };
    for (const office of offices) add(office.id, saidOf(office, language));
    add(OUTSIDE, controls[language]?.[OUTSIDE] ?? [], EVERY_NOBODYS);
    add(
      OUTSIDE,
      topics.filter(({ kind }) => kind !== 'elsewhere').flatMap((topic) => saidOf(topic, language)),
      EVERY_TOWNS_OWN,
    );
  }
  return phrases;
}

function saidOf({ phrases, title }: Topic, language: string): string[] {
  return [...(phrases[language] ?? []), ...(title[language] ? [title[language]] : [])];
}

export function readingOf(words: string[], stem: Stem): Reading {
  const read = words.map(shaped);
  return { words: read, stems: read.map(stem) };
}

/** What of a language it takes to read its words; with clues, more is seen in them. */
export type ReaderPack = Pick<LanguagePack, 'stemmer' | 'shorthand'> & { clues?: Clues };

/** Reads words, once they are spelt as meant. */
export function createWordReader(pack: ReaderPack): (words: string[]) => Reading {
  const stem = stemmerOf(pack);
  if (!pack.clues) return (words) => readingOf(words, stem);
  const sound = createSound(pack.clues.sounds);
  const notions = createNotions(pack.clues.notions);
  return (words) => {
    const reading = readingOf(words, stem);
    return { ...reading, sounds: reading.words.map(sound), notions: reading.words.map(notions) };
  };
}

/** Reads many phrases, each of their words once; what it knows of words goes with it. */
export function createReader(packs: Record<string, ReaderPack>): (phrase: Phrase) => Reading {
  const readers = new Map(
    Object.entries(packs).map(([code, pack]) => [code, { expand: createExpander(pack), read: readEachOnce(pack) }]),
  );
  return ({ text, language }) => {
    const reader = readers.get(language);
    if (!reader) throw new Error(`There is no language pack for "${language}".`);
    const words = wordsOf(text).map((word) => word.text);
    return reader.read(reader.expand(words));
  };
}

/** As `createWordReader`: a word is read the same wherever it stands. */
function readEachOnce(pack: ReaderPack): (words: string[]) => Reading {
  const read = createWordReader(pack);
  const known = new Map<string, Reading>();
  const readOne = (word: string): Reading => {
    let one = known.get(word);
    if (!one) {
      one = read([word]);
      known.set(word, one);
    }
    return one;
  };
  return (words) => {
    const all = words.map(readOne);
    const reading = { words: all.map((one) => one.words[0]!), stems: all.map((one) => one.stems[0]!) };
    if (!pack.clues) return reading;
    return { ...reading, sounds: all.map((one) => one.sounds![0]!), notions: all.map((one) => one.notions![0]!) };
  };
}
