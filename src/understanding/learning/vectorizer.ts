/**
 * Messages as vectors: which features there are in a town's phrases, how rare each is, and what a
 * message then looks like beside them.
 */
import { countFeatures, type FeatureCounts } from './feature-counts';
import { BLOCK_WEIGHTS, type Features, openIndex, type Reading } from './features';

/** Rarity matters less than tf-idf has it: the learner finds out itself which words tell topics apart. */
const RARITY = 0.35;
const BLOCKS = BLOCK_WEIGHTS.length;

export interface Sparse {
  ids: Int32Array;
  values: Float32Array;
}

/** Vectors laid end to end: example `n` has the entries from `starts[n]` to `starts[n + 1]`. */
export interface Rows {
  starts: Int32Array;
  ids: Int32Array;
  values: Float32Array;
}

/** Hashes of the stems of examples, laid end to end as rows are. */
export interface Stems {
  starts: Int32Array;
  hashes: Int32Array;
}

/**
 * Plain arrays only: it goes through worker messages and into the cache as it is. Features that
 * always stand together (the letter groups of one rare word) are one column of the vectors: the
 * learner would weigh them alike anyway, and so has half the work and a third of the weights.
 */
export interface VectorizerData {
  /** Hashes of features in rising order, and the column of each. */
  hashes: Int32Array;
  columns: Uint16Array | Int32Array;
  /** By column: rarity, and which block its features belong to. */
  idf: Float32Array;
  blocks: Uint8Array;
}

/**
 * Learns which features there are and how rare each is, and gives the vectors of the examples
 * learnt from. Features seen less often than `least` are left out.
 */
export function fitVectorizer(
  readings: Iterable<Reading>,
  least: number,
): { vectorizer: VectorizerData; rows: Rows; stems: Stems } {
  const counts = countFeatures(readings, least);
  const count = counts.starts.length - 1;
  const { columnOf, columnCount } = counts;
  const byHash = inRisingOrder(counts);
  const hashes = new Int32Array(byHash.length);
  const columns = new Int32Array(byHash.length);
  const idf = new Float32Array(columnCount);
  const blocks = new Uint8Array(columnCount);
  for (let place = 0; place < byHash.length; place++) {
    const feature = byHash[place]!;
    const column = columnOf[feature]!;
    hashes[place] = counts.hashOf(feature);
    columns[place] = column;
    idf[column] = Math.log((1 + count) / (1 + counts.countOf(feature))) + 1;
    blocks[column] = counts.blockOf(feature);
  }
  const vectorizer = { hashes, columns: narrow(columns, columnCount), idf, blocks };
  return { vectorizer, rows: rowsOf(counts, vectorizer), stems: { starts: counts.stemStarts, hashes: counts.stems } };
}

const MOST_FEATURES = 2 ** 21;

/** Features by their hashes. Hash and number are one number, so that they are sorted without a function called for each. */
function inRisingOrder({ columnOf, hashOf }: FeatureCounts): Int32Array {
  const pairs = new Float64Array(columnOf.length);
  let size = 0;
  for (let feature = 0; feature < columnOf.length; feature++)
    if (columnOf[feature]! >= 0) pairs[size++] = (hashOf(feature) + 2 ** 31) * MOST_FEATURES + feature;
  const sorted = pairs.subarray(0, size).sort();
  const features = new Int32Array(size);
  for (let place = 0; place < size; place++) features[place] = sorted[place]! % MOST_FEATURES;
  return features;
}

function rowsOf({ occurrences, starts: from, columnOf }: FeatureCounts, vectorizer: VectorizerData): Rows {
  const weigh = openWeigher(vectorizer, columnOf);
  const starts = new Int32Array(from.length);
  const ids = new Int32Array(occurrences.length);
  const values = new Float32Array(occurrences.length);
  for (let example = 0; example + 1 < from.length; example++) {
    for (let at = from[example]!; at < from[example + 1]!; at++) weigh.see(occurrences[at]!);
    starts[example + 1] = weigh.write(ids, values, starts[example]!);
  }
  const size = starts[starts.length - 1]!;
  return { starts, ids: ids.subarray(0, size), values: values.subarray(0, size) };
}

/** Numbers below `limit` in as few bytes as will do. */
export function narrow(numbers: Int32Array, limit: number): Uint16Array | Int32Array {
  return limit <= 65_536 ? Uint16Array.from(numbers) : numbers;
}

/**
 * Brings what was seen of features together into a vector: sublinear tf-idf, each block brought
 * to its share. Features are named by their numbers in `columnOf`; those below 0 there are none.
 */
function openWeigher({ idf, blocks, columns }: VectorizerData, columnOf: ArrayLike<number>) {
  const rarity = idf.map((value) => value ** RARITY);
  const counts = new Float32Array(columnOf.length);
  const seen = new Int32Array(columnOf.length + 1);
  const sums = new Float64Array(BLOCKS);
  const amounts = new Float64Array(idf.length);
  // A column of n features that all stand there is as long as they were apart.
  const shares = new Float32Array(idf.length);
  for (const column of columns) shares[column]! += 1;
  for (let column = 0; column < shares.length; column++) shares[column] = 1 / Math.sqrt(shares[column]!);
  const blockWeights: readonly number[] = BLOCK_WEIGHTS;
  let length = 0;
  return {
    see(feature: number): void {
      if (counts[feature] === 0) seen[length++] = feature;
      counts[feature]! += 1;
    },
    /** Writes what was seen from `start` on; returns where it ends. */
    write(ids: Int32Array, values: Float32Array, start: number): number {
      sums.fill(0);
      let end = start;
      for (let place = 0; place < length; place++) {
        const feature = seen[place]!;
        const count = counts[feature]!;
        const column = columnOf[feature]!;
        counts[feature] = 0;
        if (column < 0) continue;
        const value = (count === 1 ? 1 : 1 + Math.log(count)) * rarity[column]!;
        sums[blocks[column]!]! += value * value;
        if (amounts[column] === 0) ids[end++] = column;
        amounts[column]! += value;
      }
      length = 0;
      for (let at = start; at < end; at++) {
        const column = ids[at]!;
        const block = blocks[column]!;
        values[at] = (amounts[column]! * shares[column]! * blockWeights[block]!) / Math.sqrt(sums[block]!);
        amounts[column] = 0;
      }
      return end;
    },
  };
}

export interface Vectorizer {
  /** How many columns there are. */
  size: number;
  blocks: Uint8Array;
  vector(features: Features): Sparse;
  /**
   * How much of what was said is known at all: idf of known stems over idf of all, 0 to 1.
   * @param isKnown which columns are; left out, all.
   */
  coverage(features: Pick<Features, 'stems'>, isKnown?: Uint8Array): number;
}

export function openVectorizer(data: VectorizerData): Vectorizer {
  const { hashes, columns, idf, blocks } = data;
  const weigh = openWeigher(data, columns);
  const unknown = idf.reduce((most, value) => Math.max(most, value), 1);
  const find = openIndex(hashes);
  const ids = new Int32Array(idf.length);
  const values = new Float32Array(idf.length);

  return {
    size: idf.length,
    blocks,
    vector({ hashes: said }) {
      for (let at = 0; at < said.length; at++) {
        const feature = find(said[at]!);
        if (feature >= 0) weigh.see(feature);
      }
      const size = weigh.write(ids, values, 0);
      return { ids: ids.slice(0, size), values: values.slice(0, size) };
    },
    coverage({ stems }, isKnown) {
      let known = 0;
      let all = 0;
      for (const hash of stems) {
        const feature = find(hash);
        const column = feature < 0 ? -1 : columns[feature]!;
        if (column < 0 || isKnown?.[column] === 0) {
          all += unknown;
        } else {
          known += idf[column]!;
          all += idf[column]!;
        }
      }
      return all > 0 ? known / all : 0;
    },
  };
}
