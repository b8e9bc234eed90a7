/**
 * Which topic a message is about: trained from phrases, kept as plain arrays (they travel
 * from the training thread and to the cache as they are), opened for hearing.
 */
import { fitConfidence, SIGNALS, type Signals, sureness } from './confidence';
import {
  type Features,
  featuresOf,
  learnSpace,
  openSpace,
  type Reading,
  type Space,
  type SpaceData,
  type Sparse,
} from './features';
import { indexPhrases, type NeighbourData, openNeighbours } from './neighbours';
import { seeded, trainSvm, type Weights } from './svm';

export interface Example {
  reading: Reading;
  label: string;
  /** The phrase as a sentence encoder sees it, at unit length; all examples of a model have one, or none. */
  sense?: Float32Array;
}

export interface ModelData {
  labels: string[];
  space: SpaceData;
  /** `feature * labels + label`, in steps of the feature's scale; the last row is the bias. */
  weights: Int8Array;
  scales: Float32Array;
  /** What all phrases' senses have in common, taken from each before it is weighed; null without an encoder. */
  mean: Float32Array | null;
  neighbours: NeighbourData;
  /** Weights of two logistics over the signals, bias last: that the best label is right, and that the message is anybody's. */
  confidence: Float64Array;
  inside: Float64Array;
}

export interface Scored {
  /** Margins, by label. */
  scores: Float32Array;
  /** Nearest phrase's cosine, by label. */
  cosines: Float32Array;
  signals: Signals;
  best: number;
}

export interface TrainingOptions {
  /** The label of what is nobody's: phrases of it teach when not to answer. */
  outside: string | null;
  /** Phrases are dealt into so many folds, and confidence is learnt on the first `heldOut` of them. */
  folds: number;
  heldOut: number;
  least: number;
}

/** The control intent of what is nobody's at the town hall. */
export const OUTSIDE = 'out_of_scope';

const MOST_WEIGHT = 30;

export const TRAINING_DEFAULTS: TrainingOptions = { outside: OUTSIDE, folds: 3, heldOut: 1, least: 1 };

/** Phrases in, model out; deterministic. */
export function trainModel(examples: Example[], options: TrainingOptions = TRAINING_DEFAULTS): ModelData {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const known = examples.map(({ reading, label, sense }) => ({ features: featuresOf(reading), label, sense }));
  return { ...trainPlain(known, labels, options), ...learnConfidence(known, labels, options) };
}

interface Known {
  features: Features;
  label: string;
  sense?: Float32Array;
}

function trainPlain(examples: Known[], labels: string[], options: TrainingOptions): ModelData {
  const spaceData = learnSpace(
    examples.map(({ features }) => features),
    options.least,
  );
  const space = openSpace(spaceData);
  const vectors = examples.map(({ features }) => space.vector(features));
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const owner = Uint16Array.from(examples, ({ label }) => numbers.get(label)!);
  const senses = examples.flatMap(({ sense }) => (sense ? [sense] : []));
  const mean = senses.length === examples.length ? meanOf(senses) : null;
  const whole = mean ? vectors.map((vector, at) => withSense(vector, space.size, senses[at]!, mean)) : vectors;
  const trained = trainSvm(whole, owner, labels.length, space.size + (mean?.length ?? 0));
  return {
    labels,
    space: spaceData,
    ...shrink(trained, labels.length),
    mean,
    neighbours: indexPhrases(vectors, owner, space.blocks),
    confidence: new Float64Array(SIGNALS.length + 1),
    inside: new Float64Array(SIGNALS.length + 1),
  };
}

/** How much the sense of a sentence weighs beside its words and letters. */
const SENSE_WEIGHT = 3;

function meanOf(senses: Float32Array[]): Float32Array {
  const mean = new Float32Array(senses[0]!.length);
  for (const sense of senses) for (let at = 0; at < mean.length; at++) mean[at]! += sense[at]! / senses.length;
  return mean;
}

/** The numbers of the sense stand after the features of the words. */
function withSense({ ids, values }: Sparse, size: number, sense: Float32Array, mean: Float32Array): Sparse {
  const wide = { ids: new Int32Array(ids.length + mean.length), values: new Float32Array(ids.length + mean.length) };
  wide.ids.set(ids);
  wide.values.set(values);
  let square = 0;
  for (let at = 0; at < mean.length; at++) square += (sense[at]! - mean[at]!) ** 2;
  const scale = SENSE_WEIGHT / (Math.sqrt(square) || 1);
  for (let at = 0; at < mean.length; at++) {
    wide.ids[ids.length + at] = size + at;
    wide.values[ids.length + at] = (sense[at]! - mean[at]!) * scale;
  }
  return wide;
}

/** Eight bits a weight: a quarter of the memory for a tenth of a point at most. */
function shrink({ values, width }: Weights, labelCount: number): Pick<ModelData, 'weights' | 'scales'> {
  const rows = values.length / width;
  const weights = new Int8Array(rows * labelCount);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let largest = 0;
    for (let label = 0; label < labelCount; label++) largest = Math.max(largest, Math.abs(values[row * width + label]!));
    if (largest === 0) continue;
    scales[row] = largest / 127;
    for (let label = 0; label < labelCount; label++) {
      weights[row * labelCount + label] = Math.round((values[row * width + label]! / largest) * 127);
    }
  }
  return { weights, scales };
}

/**
 * Confidence is learnt on phrases the model had not seen: each fold is scored by a model trained
 * without it, and without a fifth of the topics, whose phrases then play the part of strangers.
 */
function learnConfidence(
  examples: Known[],
  labels: string[],
  options: TrainingOptions,
): Pick<ModelData, 'confidence' | 'inside'> {
  const random = seeded(11);
  const foldOf = Uint8Array.from(examples, () => Math.floor(random() * options.folds));
  const inside = labels.filter((label) => label !== options.outside);
  const rows: Signals[] = [];
  const rights: number[] = [];
  const insides: number[] = [];
  const kinds: Array<'inside' | 'stranger' | 'outside'> = [];
  for (let fold = 0; fold < options.heldOut; fold++) {
    const strangers = new Set(inside.filter(() => inside.length > 4 && random() < 0.2));
    const known = labels.filter((label) => !strangers.has(label));
    const taught = examples.filter(({ label }, index) => foldOf[index] !== fold && !strangers.has(label));
    if (taught.length === 0 || known.length === 0) continue;
    const model = openModel(trainPlain(taught, known, options), options.outside);
    examples.forEach(({ features, label, sense }, index) => {
      const isStranger = strangers.has(label);
      if (isStranger ? random() > 0.5 : foldOf[index] !== fold) return;
      const { signals, best } = model.score(features, sense);
      rows.push(signals);
      const isInside = label !== options.outside && !isStranger;
      insides.push(isInside ? 1 : 0);
      kinds.push(isStranger ? 'stranger' : isInside ? 'inside' : 'outside');
      rights.push(isInside && model.labels[best] === label ? 1 : 0);
    });
  }
  return { confidence: fitConfidence(rows, rights), inside: fitConfidence(rows, insides, evened(kinds)) };
}

/** What is really nobody's is rarer in training than topics left out, and says more: both weigh the same. */
function evened(kinds: Array<'inside' | 'stranger' | 'outside'>): number[] {
  const count = (kind: string) => kinds.filter((other) => other === kind).length;
  const ratio = Math.min(MOST_WEIGHT, count('stranger') / Math.max(1, count('outside')));
  return kinds.map((kind) => (kind === 'outside' ? Math.max(1, ratio) : 1));
}

export interface Model {
  labels: string[];
  space: Space;
  /** Whether it wants the sense of a message; without one it must not be asked. */
  wantsSense: boolean;
  score(features: Features, sense?: Float32Array): Scored;
  /** Margins alone, by label. */
  margins(features: Features): Float32Array;
  /** Probability that the best label is right. */
  confidenceOf(signals: Signals): number;
  /** Probability that the message is about anything taught. */
  insideOf(signals: Signals): number;
}

export function openModel(data: ModelData, outside: string | null): Model {
  const { labels, weights, scales } = data;
  const space = openSpace(data.space);
  const nearest = openNeighbours(data.neighbours, data.space.blocks, labels.length);
  const stranger = outside === null ? -1 : labels.indexOf(outside);

  const { mean } = data;
  const width = labels.length;
  const bias = space.size + (mean?.length ?? 0);
  /** Four features at a time, so that each margin is read and written a quarter as often. */
  const marginsOf = ({ ids, values }: Sparse): Float32Array => {
    const margins = new Float32Array(width);
    const from = new Int32Array(4);
    const by = new Float64Array(4);
    for (let at = 0; at <= ids.length; at += 4) {
      for (let lane = 0; lane < 4; lane++) {
        // One past the last feature stands the bias; past it, nothing.
        const row = at + lane < ids.length ? ids[at + lane]! : bias;
        const value = at + lane < ids.length ? values[at + lane]! : at + lane === ids.length ? 1 : 0;
        from[lane] = row * width;
        by[lane] = value * scales[row]!;
      }
      const [f0, f1, f2, f3] = [from[0]!, from[1]!, from[2]!, from[3]!];
      const [b0, b1, b2, b3] = [by[0]!, by[1]!, by[2]!, by[3]!];
      for (let label = 0; label < width; label++) {
        margins[label] =
          margins[label]! +
          b0 * weights[f0 + label]! +
          b1 * weights[f1 + label]! +
          b2 * weights[f2 + label]! +
          b3 * weights[f3 + label]!;
      }
    }
    return margins;
  };

  return {
    labels,
    space,
    wantsSense: mean !== null,
    score(features, sense) {
      const vector = space.vector(features);
      const scores = marginsOf(mean && sense ? withSense(vector, space.size, sense, mean) : vector);
      const cosines = nearest(vector);
      return { scores, cosines, ...sureness(scores, cosines, space.coverage(features), features.stems.length, stranger) };
    },
    margins: (features) => marginsOf(space.vector(features)),
    confidenceOf: (signals) => chance(data.confidence, signals),
    insideOf: (signals) => chance(data.inside, signals),
  };
}

function chance(weights: Float64Array, signals: Signals): number {
  let sum = weights[signals.length]!;
  for (let at = 0; at < signals.length; at++) sum += signals[at]! * weights[at]!;
  return 1 / (1 + Math.exp(-sum));
}
