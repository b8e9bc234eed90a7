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
import { type Packed, pack, unpack } from './packed';
import { learnSenses, openSenses, type Sense, type SenseData } from './senses';
import { seeded, trainSvm, type Weights } from './svm';

export interface Example {
  reading: Reading;
  label: string;
  /** All examples of a model have one, or none. */
  sense?: Sense;
}

export interface ModelData {
  labels: string[];
  space: SpaceData;
  /** `feature * labels + label`, in steps of the feature's scale; the last row is the bias. */
  weights: Packed;
  scales: Float32Array;
  neighbours: NeighbourData;
  sureness: Sureness;
  /** What is known with a sentence encoder; null without one. */
  sense: (SenseData & { sureness: Sureness }) | null;
}

/** Weights of two logistics over the signals, bias last. */
export interface Sureness {
  /** That the best label is right. */
  right: Float64Array;
  /** That the message is about anything taught. */
  inside: Float64Array;
}

export interface Scored {
  /** Margins, by label. */
  scores: Float32Array;
  /** Nearest phrase's cosine, by label. */
  cosines: Float32Array;
  signals: Signals;
  best: number;
  /** Heard with the help of a sentence encoder. */
  isSensed: boolean;
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
/** What the encoder's margins count beside those of words and letters. */
const SENSE_WEIGHT = 2;

export const TRAINING_DEFAULTS: TrainingOptions = { outside: OUTSIDE, folds: 3, heldOut: 1, least: 1 };

/** Phrases in, model out; deterministic. */
export function trainModel(examples: Example[], options: TrainingOptions = TRAINING_DEFAULTS): ModelData {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const known = examples.map(({ reading, label, sense }) => ({ features: featuresOf(reading), label, sense }));
  const model = trainPlain(known, labels, options);
  learnSureness(model, known, options);
  return model;
}

interface Known {
  features: Features;
  label: string;
  sense?: Sense;
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
  const hasSense = senses.length > 0 && senses.length === examples.length;
  return {
    labels,
    space: spaceData,
    ...shrink(trainSvm(vectors, owner, labels.length, space.size), labels.length),
    // Without confidence to be learnt only margins are asked for.
    neighbours: options.heldOut > 0 ? indexPhrases(vectors, owner, space.blocks) : indexPhrases([], owner, space.blocks),
    sureness: unsure(),
    sense: hasSense ? { ...learnSenses(senses, owner, labels.length), sureness: unsure() } : null,
  };
}

function unsure(): Sureness {
  return { right: new Float64Array(SIGNALS.length + 1), inside: new Float64Array(SIGNALS.length + 1) };
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
  return { weights: pack(weights), scales };
}

type Kind = 'inside' | 'stranger' | 'outside';

/** Signals of phrases heard for the first time, and whether the best label was right. */
interface Trials {
  signals: Signals[];
  rights: number[];
}

/**
 * Confidence is learnt on phrases the model had not seen: each fold is scored by a model trained
 * without it, and without a fifth of the topics, whose phrases then play the part of strangers.
 */
function learnSureness(model: ModelData, examples: Known[], options: TrainingOptions): void {
  const random = seeded(11);
  const foldOf = Uint8Array.from(examples, () => Math.floor(random() * options.folds));
  const inside = model.labels.filter((label) => label !== options.outside);
  const kinds: Kind[] = [];
  const plain: Trials = { signals: [], rights: [] };
  const sensed: Trials = { signals: [], rights: [] };
  for (let fold = 0; fold < options.heldOut; fold++) {
    const strangers = new Set(inside.filter(() => inside.length > 4 && random() < 0.2));
    const known = model.labels.filter((label) => !strangers.has(label));
    const taught = examples.filter(({ label }, index) => foldOf[index] !== fold && !strangers.has(label));
    if (taught.length === 0 || known.length === 0) continue;
    const other = openModel(trainPlain(taught, known, options), options.outside);
    examples.forEach(({ features, label, sense }, index) => {
      const isStranger = strangers.has(label);
      if (isStranger ? random() > 0.5 : foldOf[index] !== fold) return;
      const kind = isStranger ? 'stranger' : label === options.outside ? 'outside' : 'inside';
      const note = (trials: Trials, { signals, best }: Scored) => {
        trials.signals.push(signals);
        trials.rights.push(kind === 'inside' && known[best] === label ? 1 : 0);
      };
      kinds.push(kind);
      note(plain, other.score(features));
      if (model.sense) note(sensed, other.score(features, sense));
    });
  }
  const insides = kinds.map((kind) => (kind === 'inside' ? 1 : 0));
  const weights = evened(kinds);
  const sureOf = ({ signals, rights }: Trials): Sureness => ({
    right: fitConfidence(signals, rights),
    inside: fitConfidence(signals, insides, weights),
  });
  model.sureness = sureOf(plain);
  if (model.sense) model.sense.sureness = sureOf(sensed);
}

/** What is really nobody's is rarer in training than topics left out, and says more: both weigh the same. */
function evened(kinds: Kind[]): number[] {
  const count = (kind: Kind) => kinds.filter((other) => other === kind).length;
  const ratio = Math.min(MOST_WEIGHT, count('stranger') / Math.max(1, count('outside')));
  return kinds.map((kind) => (kind === 'outside' ? Math.max(1, ratio) : 1));
}

export interface Model {
  labels: string[];
  space: Space;
  /** How many numbers a sense must have, or null when senses were not learnt. */
  senseWidth: number | null;
  score(features: Features, sense?: Sense | null): Scored;
  /** Margins alone, by label. */
  margins(features: Features): Float32Array;
  /** Margins of the sense alone, or null where none like it were learnt. */
  senseMargins(sense: Sense): Float32Array | null;
  /** Probability that the best label is right. */
  confidenceOf(scored: Scored): number;
  /** Probability that the message is about anything taught. */
  insideOf(scored: Scored): number;
}

export function openModel(data: ModelData, outside: string | null): Model {
  const { labels, scales } = data;
  const weights = unpack(data.weights, scales.length * labels.length);
  const space = openSpace(data.space);
  const nearest = openNeighbours(data.neighbours, data.space.blocks, labels.length);
  const marginsOfSense = data.sense && openSenses(data.sense, labels.length);
  const stranger = outside === null ? -1 : labels.indexOf(outside);
  const width = labels.length;
  const bias = space.size;
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

  const surenessOf = ({ isSensed }: Scored): Sureness => (isSensed && data.sense ? data.sense : data).sureness;

  const senseMargins = (sense: Sense) =>
    marginsOfSense && sense.length === data.sense?.mean.length ? marginsOfSense(sense) : null;

  return {
    labels,
    space,
    senseWidth: data.sense?.mean.length ?? null,
    score(features, sense) {
      const vector = space.vector(features);
      const scores = marginsOf(vector);
      const sensed = sense ? senseMargins(sense) : null;
      if (sensed) for (let label = 0; label < width; label++) scores[label]! += SENSE_WEIGHT * sensed[label]!;
      const cosines = nearest(vector);
      return {
        scores,
        cosines,
        isSensed: sensed !== null,
        ...sureness(scores, cosines, space.coverage(features), features.stems.length, stranger),
      };
    },
    senseMargins,
    margins: (features) => marginsOf(space.vector(features)),
    confidenceOf: (scored) => chance(surenessOf(scored).right, scored.signals),
    insideOf: (scored) => chance(surenessOf(scored).inside, scored.signals),
  };
}

function chance(weights: Float64Array, signals: Signals): number {
  let sum = weights[signals.length]!;
  for (let at = 0; at < signals.length; at++) sum += signals[at]! * weights[at]!;
  return 1 / (1 + Math.exp(-sum));
}
