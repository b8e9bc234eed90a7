/**
 * The phrase of the town that a message resembles most, by its stems: a message far from
 * every phrase is probably nobody's, however sure the classifier is of the side it falls on.
 */
import { isWordBlock } from './features';
import { narrow, type Rows, type Sparse } from './vectorizer';

/** Phrases by feature, so that only phrases that share a stem are looked at. */
export interface NearestNeighbourData {
  starts: Int32Array;
  phrases: Uint16Array | Int32Array;
  /** In steps of a 255th. */
  values: Uint8Array;
  labels: Uint16Array;
}

/** A stem that stands in more phrases than this share says nothing of which are alike, and costs the most. */
const TOO_COMMON = 0.05;
const NEVER_TOO_COMMON = 50;
const STEPS = 255;

export function indexPhrases(
  { starts: from, ids, values: said }: Rows,
  labels: Uint16Array,
  blocks: Uint8Array,
): NearestNeighbourData {
  const size = blocks.length;
  const starts = new Int32Array(size + 1);
  for (const id of ids) if (isWordBlock(blocks[id]!)) starts[id + 1]! += 1;
  const most = Math.max(NEVER_TOO_COMMON, labels.length * TOO_COMMON);
  const isKept = Uint8Array.from({ length: size }, (_, id) => (starts[id + 1]! > 0 && starts[id + 1]! <= most ? 1 : 0));
  for (let id = 0; id < size; id++) starts[id + 1] = starts[id]! + (isKept[id] ? starts[id + 1]! : 0);
  const next = starts.slice();
  const phrases = new Int32Array(starts[size]!);
  const values = new Uint8Array(starts[size]!);
  const put = (phrase: number) => {
    const length = lengthOf(ids, said, from[phrase]!, from[phrase + 1]!, blocks);
    for (let at = from[phrase]!; at < from[phrase + 1]!; at++) {
      if (!isKept[ids[at]!]) continue;
      const place = next[ids[at]!]!++;
      phrases[place] = phrase;
      values[place] = Math.round(Math.min(1, said[at]! / length) * STEPS);
    }
  };
  for (let phrase = 0; phrase < labels.length; phrase++) put(phrase);
  return { starts, phrases: narrow(phrases, labels.length), values, labels };
}

function lengthOf(ids: Int32Array, values: Float32Array, from: number, to: number, blocks: Uint8Array): number {
  let square = 0;
  for (let at = from; at < to; at++) if (isWordBlock(blocks[ids[at]!]!)) square += values[at]! * values[at]!;
  return Math.sqrt(square) || 1;
}

/**
 * The cosine of the nearest phrase of each label.
 * @param isLeftOut phrases that are not looked at.
 */
export type Nearest = (vector: Sparse, isLeftOut?: Uint8Array) => Float32Array;

export function openNearestNeighbour(data: NearestNeighbourData, blocks: Uint8Array, labelCount: number): Nearest {
  const { starts, labels } = data;
  // Phrase and value side by side: they are always read together, by the hundred in each message.
  const postings = Int32Array.from(data.phrases, (phrase, place) => phrase * 256 + data.values[place]!);
  const sums = new Float32Array(labels.length);
  // A phrase is noted each time it is touched: to ask whether it was noted before takes longer.
  const touched = new Int32Array(postings.length);
  return ({ ids, values }, isLeftOut) => {
    const best = new Float32Array(labelCount);
    let count = 0;
    let square = 0;
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at]!;
      if (!isWordBlock(blocks[id]!)) continue;
      const value = values[at]!;
      square += value * value;
      const end = starts[id + 1]!;
      for (let place = starts[id]!; place < end; place++) {
        const posting = postings[place]!;
        const phrase = posting >> 8;
        touched[count++] = phrase;
        sums[phrase]! += value * (posting & 255);
      }
    }
    for (let at = 0; at < count; at++) {
      const phrase = touched[at]!;
      const label = labels[phrase]!;
      const sum = sums[phrase]!;
      sums[phrase] = 0;
      if (sum > best[label]! && !isLeftOut?.[phrase]) best[label] = sum;
    }
    const length = (Math.sqrt(square) || 1) * STEPS;
    for (let label = 0; label < labelCount; label++) best[label]! /= length;
    return best;
  };
}
