/**
 * Finds the entry that answers a question when no phrase of it was ever taught: words of the
 * question, words of the answer, and letters for what is misspelt, weighed together.
 */
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import type { Embedding } from '../embeddings/embedding-model';
import { featuresOf, isWordBlock } from '../learning/features';
import { fitVectorizer, openVectorizer, type Sparse } from '../learning/vectorizer';
import { createExpander, createSpellingCorrector, vocabularyOf } from '../text/spelling';
import { stemmerOf } from '../text/stems';
import { wordsOf } from '../text/words';
import { createWordReader } from './examples';

export interface Entry {
  id: string;
  /** Title and paraphrases: each is a question the entry answers. */
  questions: string[];
  answer: string;
}

export interface FoundAnswer {
  id: string;
  /** Not a probability: comparable within one question only. */
  score: number;
}

export type AnswerFinder = (text: string, limit: number, embedding?: Embedding | null) => FoundAnswer[];

/** Entries as a sentence encoder sees them: every question, in order, then every answer with its first question. */
export interface EntryEmbeddings {
  questions: Embedding[];
  answers: Embedding[];
}

type Pack = Pick<LanguagePack, 'stemmer' | 'shorthand' | 'stopWords'>;

/** BM25's usual saturation and length correction. */
const SATURATION = 1.2;
const LENGTH = 0.75;
const ANSWER_WEIGHT = 0.6;
/** How likely an entry would be to use these words at all, questions and answer together. */
const LIKELIHOOD_WEIGHT = 0.3;
/** A word of a question counts as so many of the answer. */
const QUESTION_TIMES = 3;
/** An entry is taken to hold so many words more, as they are common in all. */
const COMMON_WORDS = 50;
/** Letters alike throughout count as much as this many average matching words. */
const LETTERS_WEIGHT = 4;
/** And one standard deviation nearer in meaning than the others, as much as this many. */
const SENSE_WEIGHT = 2;

export function createAnswerFinder(entries: Entry[], pack: Pack, embeddings?: EntryEmbeddings): AnswerFinder {
  const stem = stemmerOf(pack);
  const stops = new Set(pack.stopWords.map(fold));
  const expand = createExpander(pack);
  const typed = (text: string) => expand(wordsOf(text).map((word) => word.text));
  const spelling = createSpellingCorrector(
    pack,
    vocabularyOf(entries.flatMap(({ questions, answer }) => [...questions, answer].flatMap(typed))),
  );
  const stemsIn = (words: string[]) => words.filter((word) => !stops.has(word)).map(stem);

  const questions = entries.flatMap((entry, owner) => entry.questions.map((text) => ({ owner, words: typed(text) })));
  const byQuestion = createBm25(questions.map(({ words }) => stemsIn(words)));
  const byAnswer = createBm25(entries.map(({ answer }) => stemsIn(typed(answer))));
  const byAll = createLikelihood(
    entries.map((entry, at) => {
      const asked = questions.flatMap(({ owner, words }) => (owner === at ? stemsIn(words) : []));
      return [...new Array<string[]>(QUESTION_TIMES).fill(asked).flat(), ...stemsIn(typed(entry.answer))];
    }),
  );
  const readWord = createWordReader(pack);
  const readings = questions.map(({ words }) => words.map(readWord));
  const vectorizer = openVectorizer(fitVectorizer(readings, 1).vectorizer);
  const vectors = readings.map((reading) => lettersOf(vectorizer.vector(featuresOf(reading)), vectorizer.blocks));

  /** How much nearer in meaning each entry is than entries usually are, in standard deviations. */
  const nearness = (asked: Embedding): Float64Array => {
    const { questions: ofQuestions, answers: ofAnswers } = embeddings!;
    const near = Float64Array.from(ofAnswers, (answer) => product(asked, answer));
    const best = new Float64Array(entries.length).fill(-1);
    questions.forEach(({ owner }, at) => {
      best[owner] = Math.max(best[owner]!, product(asked, ofQuestions[at]!));
    });
    const nearAnswers = standard(near);
    return standard(best).map((value, at) => (value + nearAnswers[at]!) / 2);
  };

  return (text, limit, embedding) => {
    const words = spelling.repair(typed(text)).words;
    const stems = stemsIn(words);
    if (stems.length === 0) return [];
    const scores = new Float64Array(entries.length);
    const best = new Float64Array(entries.length);
    const questionScores = byQuestion(stems);
    const asked = lettersOf(vectorizer.vector(featuresOf(words.map(readWord))), vectorizer.blocks);
    const worth = byQuestion.worth(stems);
    questions.forEach(({ owner }, at) => {
      best[owner] = Math.max(best[owner]!, questionScores[at]! + LETTERS_WEIGHT * worth * cosine(asked, vectors[at]!));
    });
    const answerScores = byAnswer(stems);
    const likelihoods = byAll(stems);
    const meant = embedding && embeddings ? nearness(embedding) : null;
    for (let at = 0; at < entries.length; at++) {
      const found = best[at]! + ANSWER_WEIGHT * answerScores[at]!;
      const about = meant ? SENSE_WEIGHT * worth * meant[at]! : 0;
      scores[at] = found + about > 0 ? found + about + LIKELIHOOD_WEIGHT * likelihoods[at]! : Number.NEGATIVE_INFINITY;
    }
    return [...scores.keys()]
      .filter((at) => Number.isFinite(scores[at]!))
      .sort((one, other) => scores[other]! - scores[one]!)
      .slice(0, limit)
      .map((at) => ({ id: entries[at]!.id, score: scores[at]! }));
  };
}

/** How well documents, given as stems, answer the stems asked. */
export interface Bm25 {
  (stems: string[]): Float64Array;
  /** Average idf of the words asked, unknown ones aside. */
  worth(stems: string[]): number;
}

export function createBm25(documents: string[][]): Bm25 {
  const average = documents.reduce((sum, document) => sum + document.length, 0) / Math.max(1, documents.length) || 1;
  const postings = new Map<string, Map<number, number>>();
  documents.forEach((document, at) => {
    for (const word of document) {
      const places = postings.get(word) ?? new Map<number, number>();
      postings.set(word, places.set(at, (places.get(at) ?? 0) + 1));
    }
  });
  const idf = (found: number) => Math.log(1 + (documents.length - found + 0.5) / (found + 0.5));
  const score = (stems: string[]) => {
    const scores = new Float64Array(documents.length);
    for (const word of new Set(stems)) {
      const places = postings.get(word);
      if (!places) continue;
      const weight = idf(places.size);
      for (const [at, count] of places) {
        const length = SATURATION * (1 - LENGTH + (LENGTH * documents[at]!.length) / average);
        scores[at]! += (weight * count * (SATURATION + 1)) / (count + length);
      }
    }
    return scores;
  };
  const worth = (stems: string[]) => {
    const known = stems.flatMap((word) => (postings.has(word) ? [idf(postings.get(word)!.size)] : []));
    return known.length > 0 ? known.reduce((sum, weight) => sum + weight, 0) / known.length : 1;
  };
  return Object.assign(score, { worth });
}

/**
 * How likely each document, given as stems, is to have said the stems asked; logarithms, comparable within one
 * question (Zhai and Lafferty's language model with Dirichlet smoothing). It asks of a long document that it hold more.
 */
function createLikelihood(documents: string[][]): (stems: string[]) => Float64Array {
  const all = new Map<string, number>();
  const counts = documents.map((document) => {
    const count = new Map<string, number>();
    for (const word of document) {
      count.set(word, (count.get(word) ?? 0) + 1);
      all.set(word, (all.get(word) ?? 0) + 1);
    }
    return count;
  });
  const total = documents.reduce((sum, { length }) => sum + length, 0);
  return (stems) => {
    const known = [...new Set(stems)].filter((word) => all.has(word));
    return Float64Array.from(documents, ({ length }, at) =>
      known.reduce(
        (sum, word) => sum + Math.log(1 + ((counts[at]!.get(word) ?? 0) * total) / (COMMON_WORDS * all.get(word)!)),
        known.length * Math.log(COMMON_WORDS / (length + COMMON_WORDS)),
      ),
    );
  };
}

/** The letter groups of a vector, at unit length. */
function lettersOf({ ids, values }: Sparse, blocks: Uint8Array): Map<number, number> {
  const letters = new Map<number, number>();
  let square = 0;
  ids.forEach((id, at) => {
    if (isWordBlock(blocks[id]!)) return;
    letters.set(id, values[at]!);
    square += values[at]! ** 2;
  });
  const length = Math.sqrt(square) || 1;
  for (const [id, value] of letters) letters.set(id, value / length);
  return letters;
}

function cosine(one: Map<number, number>, other: Map<number, number>): number {
  let sum = 0;
  for (const [id, value] of one.size < other.size ? one : other)
    sum += value * ((one.size < other.size ? other : one).get(id) ?? 0);
  return sum;
}

function product(one: Embedding, other: Embedding): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
  return sum;
}

function standard(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
  return values.map((value) => (value - mean) / spread);
}
