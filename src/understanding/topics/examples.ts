/**
 * A town's phrases as the classifier learns them: every phrase and title of a topic, in every
 * language of the town, read the way messages are read.
 */
import type { Clues, LanguagePack } from '../../domain/language/language-pack';
import type { Topic, UnfiledTopic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';
import { remembering } from '../../recent';
import { hashOfSound, hashOfStem, type Reading, type ReadWord } from '../learning/features';
import { OUTSIDE } from '../learning/model';
import { createNotions } from '../text/notions';
import { createSound } from '../text/sounds';
import { createExpander, createVocabulary, type Vocabulary } from '../text/spelling';
import { stemmerOf } from '../text/stems';
import { shaped, wordsOf } from '../text/words';

/** A phrase before it is read; plain data, sent to the training thread. */
export interface Phrase {
  text: string;
  label: string;
  language: string;
}

export type Phrases = Record<string, Record<string, string[]>>;

/** What every town is asked though it is another office's: teaches what is nobody's here, office or not. */
export const ELSEWHERE = 'elsewhere';
/** Of what is no office's at all, so much is enough to tell offices from it. */
const EVERY_NOBODYS = 2;
const EVERY_TOWNS_OWN = 6;
/** Of what the town has no file about. */
const EVERY_UNFILED = 3;

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

/**
 * Whose is what none of the town's files is about: the phrases of each office and of what town halls are asked besides, among
 * some of what is nobody's. None without offices.
 */
export function officePhrasesOf(
  topics: Topic[],
  controls: Phrases,
  { languages, unfiled }: Pick<Town, 'languages' | 'unfiled'>,
): Phrase[] {
  const offices = topics.filter(({ kind }) => kind === 'elsewhere');
  if (offices.length === 0) return [];
  const phrases: Phrase[] = [];
  for (const language of languages) {
    const add = (label: string, texts: string[], step = 1) => {
      for (const text of new Set(texts.filter((_, at) => at % step === 0))) phrases.push({ text, label, language });
    };
    for (const office of offices) add(office.id, saidOf(office, language));
    for (const topic of unfiled) add(topic.id, saidOf(topic, language), EVERY_UNFILED);
    add(OUTSIDE, controls[language]?.[OUTSIDE] ?? [], EVERY_NOBODYS);
    add(
      OUTSIDE,
      topics.filter(({ kind }) => kind !== 'elsewhere').flatMap((topic) => saidOf(topic, language)),
      EVERY_TOWNS_OWN,
    );
  }
  return phrases;
}

function saidOf({ phrases, title }: UnfiledTopic, language: string): string[] {
  return [...(phrases[language] ?? []), ...(title[language] ? [title[language]] : [])];
}

/** What of a language it takes to read its words; with clues, more is seen in them. */
export type ReaderPack = Pick<LanguagePack, 'stemmer' | 'shorthand'> & { clues?: Clues };

/** Citizens use the same words: of those in which more is seen so many are remembered. */
const REMEMBERED = 5000;

/** Reads a word, once it is spelt as meant. @param next numbers the words; readers that share it give no number twice. */
export function createWordReader(
  pack: Pick<ReaderPack, 'stemmer' | 'clues'>,
  next = createNumbering(),
): (word: string) => ReadWord {
  const stem = stemmerOf(pack);
  const plain = (word: string): ReadWord => {
    const text = shaped(word);
    return { text, number: next(), stem: hashOfStem(stem(text)), sound: null, notions: null };
  };
  if (!pack.clues) return plain;
  const sound = createSound(pack.clues.sounds);
  const notions = createNotions(pack.clues.notions);
  return remembering(REMEMBERED, (word) => {
    const read = plain(word);
    return { ...read, sound: hashOfSound(sound(read.text)), notions: notions(read.text) };
  });
}

function createNumbering(): () => number {
  let count = 0;
  return () => count++;
}

export interface Reader {
  read(phrase: Phrase): Reading;
  /** The words read so far, by language. */
  vocabularies(): Record<string, Vocabulary>;
}

/** Reads many phrases, each of their words once; what it knows of words goes with it. */
export function createReader(packs: Record<string, ReaderPack>): Reader {
  const next = createNumbering();
  const readers = new Map(Object.entries(packs).map(([code, pack]) => [code, createCounter(pack, next)]));
  return {
    read({ text, language }) {
      const reader = readers.get(language);
      if (!reader) throw new Error(`There is no language pack for "${language}".`);
      return reader.read(wordsOf(text).map((word) => word.text));
    },
    vocabularies: () => Object.fromEntries([...readers].map(([code, { vocabulary }]) => [code, vocabulary()])),
  };
}

/** What was read of a phrase is gone once it is counted: memory would be swept all the time otherwise. */
export function* eachRead(phrases: Phrase[], { read }: Reader): Generator<Reading> {
  for (const phrase of phrases) yield read(phrase);
}

/** Reads the words of one language, and counts them as they are read. */
function createCounter(pack: ReaderPack, next: () => number) {
  const expand = createExpander(pack);
  const readWord = createWordReader(pack, next);
  /** By words as they were read, and as they were typed: all years are one word. */
  const counts = new Map<string, { word: ReadWord; count: number }>();
  const known = new Map<string, { word: ReadWord; count: number }>();
  const readFirst = (typed: string) => {
    const word = readWord(typed);
    const counted = counts.get(word.text) ?? { word, count: 0 };
    counts.set(word.text, counted);
    known.set(typed, counted);
    return counted;
  };
  const see = (typed: string): ReadWord => {
    const counted = known.get(typed) ?? readFirst(typed);
    counted.count += 1;
    return counted.word;
  };
  return {
    read: (words: string[]): Reading => expand(words).map(see),
    vocabulary: () =>
      createVocabulary(
        counts.keys(),
        Array.from(counts.values(), ({ count }) => count),
      ),
  };
}
