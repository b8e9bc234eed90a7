/**
 * Cross-validation: fits the calibration on phrases that the learners have not seen. All is learnt again without
 * some of the phrases (held out), and without a fifth of the topics, whose phrases then stand for the unknown.
 */

import { createHash } from 'node:crypto';
import type { EmbeddingLearner } from '../embeddings/embedding-model';
import { type Calibration, fitLogistic, type Signals, signalsOf } from './calibration';
import { BLOCK_WEIGHTS } from './features';
import { fitNaiveBayes } from './naive-bayes';
import type { Nearest } from './nearest-neighbour';
import type { Learner } from './svm';
import type { Rows, Sparse, Stems, Vectorizer } from './vectorizer';

/** Of the phrases are heard as if for the first time, but no more than are needed to tell. */
const HELD_OUT_SHARE = 1 / 3;
const MOST_HELD_OUT = 1_200;
/** Of the phrases of a stranger for one of a known topic. */
const STRANGE_PHRASES = 1.5;
const STRANGE_SHARE = 0.2;
/** What strangers weigh together, of all that is known: however many phrases the topics have that happen to be strangers. */
const STRANGE_WEIGHT = 0.375;
const FEWEST_TOPICS = 5;
const MOST_WEIGHT = 30;
/** Rounds over the others: fewer than when it counts, since only how sure to be is learnt from it. */
const ROUNDS = 4;

export interface CrossValidationParts {
  /** Of each example. */
  stems: Stems;
  rows: Rows;
  owner: Uint16Array;
  labels: string[];
  /** The number of the label of what is nobody's, or -1. */
  outside: number;
  vectorizer: Vectorizer;
  nearest: Nearest;
  learner: Learner;
  /** What a sentence encoder adds; null without one. */
  embedding: Pick<EmbeddingLearner, 'rows' | 'learner' | 'worth'> | null;
}

type Kind = 'inside' | 'stranger' | 'outside';

/** How sure to be, without and with a sentence encoder. The learners then know no more than they did for it. */
export function crossValidate(parts: CrossValidationParts): { plain: Calibration; withEmbedding: Calibration | null } {
  const { stems, rows, owner, labels, outside, vectorizer, nearest, learner, embedding } = parts;
  const labelCount = labels.length;
  const share = Math.min(HELD_OUT_SHARE, MOST_HELD_OUT / owner.length);
  const isHeldOut = someOfEach(owner, labelCount, share);
  const isStrange = someOfEach(owner, labelCount, Math.min(1, STRANGE_PHRASES * share));
  const inside = labels.map((_, label) => label).filter((label) => label !== outside);
  const strangers = new Set(inside.filter((label) => inside.length >= FEWEST_TOPICS && chanceOf(labels[label]!) < STRANGE_SHARE));
  const isLeftOut = Uint8Array.from(owner, (label, index) => (isHeldOut[index] || strangers.has(label) ? 1 : 0));
  const isKnown = columnsKnown(rows, isLeftOut, vectorizer.size);
  learner.relearn(isLeftOut, ROUNDS);
  learner.add(fitNaiveBayes(rows, owner, labelCount, vectorizer.size, isLeftOut));
  embedding?.learner.relearn(isLeftOut, ROUNDS);

  const kinds: Kind[] = [];
  const rights: number[] = [];
  const plain: Signals[] = [];
  const withEmbedding: Signals[] = [];
  const rightsWithEmbedding: number[] = [];
  owner.forEach((label, index) => {
    const isStranger = strangers.has(label);
    if (isStranger ? !isStrange[index] : !isHeldOut[index]) return;
    const kind = isStranger ? 'stranger' : label === outside ? 'outside' : 'inside';
    const vector = knownPart(rows, index, isKnown, vectorizer.blocks);
    const cosines = nearest(vector, isLeftOut);
    const said = stems.hashes.subarray(stems.starts[index]!, stems.starts[index + 1]!);
    const coverage = vectorizer.coverage({ stems: said }, isKnown);
    const note = (scores: Float32Array, signals: Signals[], right: number[]) => {
      const heard = signalsOf(scores, cosines, coverage, said.length, outside);
      signals.push(heard.signals);
      right.push(kind === 'inside' && heard.best === label ? 1 : 0);
    };
    kinds.push(kind);
    const scores = learner.margins(vector);
    note(scores, plain, rights);
    if (!embedding) return;
    const margins = embedding.learner.margins(partOf(embedding.rows, index));
    for (let at = 0; at < labelCount; at++) scores[at]! += embedding.worth * margins[at]!;
    note(scores, withEmbedding, rightsWithEmbedding);
  });

  const insides = kinds.map((kind) => (kind === 'inside' ? 1 : 0));
  const strange = strangeWeight(kinds);
  const weights = kinds.map((kind) => (kind === 'stranger' ? strange : 1));
  const evenedWeights = evened(kinds, strange);
  const sureOf = (signals: Signals[], right: number[]): Calibration => ({
    right: fitLogistic(signals, right, weights),
    inside: fitLogistic(signals, insides, evenedWeights),
  });
  return { plain: sureOf(plain, rights), withEmbedding: embedding && sureOf(withEmbedding, rightsWithEmbedding) };
}

/** Which columns stand in any example that is not left out. */
function columnsKnown({ starts, ids }: Rows, isLeftOut: Uint8Array, size: number): Uint8Array {
  const isKnown = new Uint8Array(size);
  isLeftOut.forEach((leftOut, index) => {
    if (leftOut) return;
    for (let at = starts[index]!; at < starts[index + 1]!; at++) isKnown[ids[at]!] = 1;
  });
  return isKnown;
}

function partOf({ starts, ids, values }: Rows, index: number): Sparse {
  const [from, to] = [starts[index]!, starts[index + 1]!];
  return { ids: ids.subarray(from, to), values: values.subarray(from, to) };
}

/** The vector an example would have had with what is known without those left out: each block is brought to its share again. */
function knownPart(rows: Rows, index: number, isKnown: Uint8Array, blocks: Uint8Array): Sparse {
  const ids = new Int32Array(rows.starts[index + 1]! - rows.starts[index]!);
  const values = new Float32Array(ids.length);
  const sums = new Float64Array(BLOCK_WEIGHTS.length);
  let size = 0;
  for (let at = rows.starts[index]!; at < rows.starts[index + 1]!; at++) {
    const id = rows.ids[at]!;
    const value = rows.values[at]!;
    if (isKnown[id] === 0) continue;
    ids[size] = id;
    values[size++] = value;
    sums[blocks[id]!]! += value * value;
  }
  for (let block = 0; block < sums.length; block++) sums[block] = BLOCK_WEIGHTS[block]! / Math.sqrt(sums[block]!);
  for (let at = 0; at < size; at++) values[at]! *= sums[blocks[ids[at]!]!]!;
  return { ids: ids.subarray(0, size), values: values.subarray(0, size) };
}

/**
 * So much of each label's phrases, one after every so many of its own: which they are is moved by no other topic, so that a
 * phrase that is added to one does not change how sure all others are.
 */
function someOfEach(owner: Uint16Array, labelCount: number, share: number): boolean[] {
  const seen = new Uint32Array(labelCount);
  return Array.from(owner, (label) => {
    const count = seen[label]!++;
    return Math.floor((count + 1) * share) > Math.floor(count * share);
  });
}

/** A number from 0 to 1 that is the same for a name always. */
function chanceOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;
}

function strangeWeight(kinds: Kind[]): number {
  const count = (kind: Kind) => kinds.filter((other) => other === kind).length;
  return (STRANGE_WEIGHT * count('inside')) / Math.max(1, count('stranger'));
}

/** What is really nobody's is rarer in training than topics left out, and says more: both weigh the same. */
function evened(kinds: Kind[], strange: number): number[] {
  const count = (kind: Kind) => kinds.filter((other) => other === kind).length;
  const ratio = Math.min(MOST_WEIGHT, (strange * count('stranger')) / Math.max(1, count('outside')));
  return kinds.map((kind) => (kind === 'outside' ? Math.max(1, ratio) : kind === 'stranger' ? strange : 1));
}
