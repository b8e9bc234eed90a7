/**
 * Which topic a message is about: trained from phrases, kept as plain arrays (they travel
 * from the training thread and to the cache as they are), opened for hearing.
 */

import { keepSenses, learnSenses, openSenses, type Sense, type SenseData } from '../embeddings/embedding-model';
import { SIGNALS, type Signals, type Sureness, sureness } from './calibration';
import { rehearse } from './cross-validation';
import { type Features, featuresOf, type Reading } from './features';
import { openMargins } from './margins';
import { gatherEvidence } from './naive-bayes';
import { indexPhrases, type NeighbourData, openNeighbours } from './nearest-neighbour';
import { type Learner, learn } from './svm';
import { learnSpace, openSpace, type Rows, type Space, type SpaceData } from './vectorizer';

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
  weights: Int8Array;
  scales: Float32Array;
  neighbours: NeighbourData;
  sureness: Sureness;
  /** What is known with a sentence encoder; null without one. */
  sense: (SenseData & { sureness: Sureness }) | null;
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
  /** Whether it is to be known how sure the model is; otherwise only margins are asked for. */
  isSure: boolean;
  /** Features in fewer phrases are left out. */
  least: number;
}

/** The control intent of what is nobody's at the town hall. */
export const OUTSIDE = 'out_of_scope';

export const TRAINING_DEFAULTS: TrainingOptions = { outside: OUTSIDE, isSure: true, least: 1 };

/** Phrases in, model out; deterministic. */
export function trainModel(examples: Example[], { outside, isSure, least }: TrainingOptions = TRAINING_DEFAULTS): ModelData {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const owner = Uint16Array.from(examples, ({ label }) => numbers.get(label)!);
  const features = examples.map(({ reading }) => featuresOf(reading));
  const { space, rows } = learnSpace(features, least);
  const learner = learn(rows, owner, labels.length, space.idf.length);
  learner.add(gatherEvidence(rows, owner, labels.length, space.idf.length));
  const senses = examples.flatMap(({ sense }) => (sense ? [sense] : []));
  const hasSense = senses.length > 0 && senses.length === examples.length;
  const sense = hasSense ? learnSenses(senses, owner, labels.length) : null;
  const model: ModelData = {
    labels,
    space,
    ...shrink(learner, labels.length, space.idf.length),
    neighbours: indexPhrases(isSure ? rows : NO_ROWS, isSure ? owner : NO_OWNER, space.blocks),
    sureness: unsure(),
    sense: sense && { ...keepSenses(sense, labels.length), sureness: unsure() },
  };
  if (!isSure) return model;
  const { plain, sensed } = rehearse({
    ...{ features, rows, owner, learner, sense },
    labelCount: labels.length,
    outside: outside === null ? -1 : labels.indexOf(outside),
    space: openSpace(space),
    nearest: openNeighbours(model.neighbours, space.blocks, labels.length),
  });
  model.sureness = plain;
  if (model.sense && sensed) model.sense.sureness = sensed;
  return model;
}

const NO_ROWS: Rows = { starts: new Int32Array(1), ids: new Int32Array(0), values: new Float32Array(0) };
const NO_OWNER = new Uint16Array(0);

function unsure(): Sureness {
  return { right: new Float64Array(SIGNALS.length + 1), inside: new Float64Array(SIGNALS.length + 1) };
}

/** Eight bits a weight: a quarter of the memory for a tenth of a point at most. */
function shrink(learner: Learner, labelCount: number, size: number): Pick<ModelData, 'weights' | 'scales'> {
  const weights = new Int8Array((size + 1) * labelCount);
  const scales = new Float32Array(size + 1);
  for (let row = 0; row <= size; row++) scales[row] = shrinkRow(learner.weightsOf(row), weights, row * labelCount);
  return { weights, scales };
}

function shrinkRow(values: Float32Array, weights: Int8Array, from: number): number {
  let largest = 0;
  for (let label = 0; label < values.length; label++) largest = Math.max(largest, Math.abs(values[label]!));
  if (largest === 0) return 0;
  for (let label = 0; label < values.length; label++) weights[from + label] = Math.round((values[label]! / largest) * 127);
  return largest / 127;
}

/** Of what is left out; margins of the others lie between about -1 and 1. */
const LEAST_SCORE = -4;

export interface Model {
  labels: string[];
  space: Space;
  /** How many numbers a sense must have, or null when senses were not learnt. */
  senseWidth: number | null;
  /** @param without labels that are known not to be meant: how sure it is, is then asked of the others alone. */
  score(features: Features, sense?: Sense | null, without?: ReadonlySet<string>): Scored;
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
  const { labels } = data;
  const space = openSpace(data.space);
  const nearest = openNeighbours(data.neighbours, data.space.blocks, labels.length);
  const marginsOfSense = data.sense && openSenses(data.sense, labels.length);
  const stranger = outside === null ? -1 : labels.indexOf(outside);
  const width = labels.length;
  const marginsOf = openMargins(data, width);
  const surenessOf = ({ isSensed }: Scored): Sureness => (isSensed && data.sense ? data.sense : data).sureness;

  const senseMargins = (sense: Sense) =>
    marginsOfSense && sense.length === data.sense?.mean.length ? marginsOfSense(sense) : null;

  return {
    labels,
    space,
    senseWidth: data.sense?.mean.length ?? null,
    score(features, sense, without) {
      const vector = space.vector(features);
      const scores = marginsOf(vector);
      const sensed = sense ? senseMargins(sense) : null;
      if (sensed) for (let label = 0; label < width; label++) scores[label]! += data.sense!.worth * sensed[label]!;
      const cosines = nearest(vector);
      if (without) {
        labels.forEach((label, at) => {
          if (!without.has(label)) return;
          scores[at] = LEAST_SCORE;
          cosines[at] = 0;
        });
      }
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
