/**
 * The loops in which learning and hearing spend their time, as WebAssembly: an example's scores for
 * sixteen topics at once, what should change in its part of the solution, and the correction of
 * their weights. The same loops in JavaScript make learning take about five times as long (docs/measured.md): a clerk who
 * saves a topic waits for it, and so does the first citizen after a start. This file is its source, assembled when it is
 * first used: nothing is compiled or downloaded.
 */

/** So many classes are worked on side by side, four to a register. */
export const GROUP = 16;

/**
 * Positions are in bytes. `rows` holds, for each entry, the position of its row of weights in the first group; `shift`
 * is from there to the group at work.
 */
export interface Kernel {
  memory: { buffer: ArrayBuffer };
  /** Writes, at `out`, the sums over entries of value times weight. */
  score(rows: number, values: number, end: number, shift: number, out: number): void;
  /** The same for weights of one byte each, signed. */
  scoreBytes(rows: number, values: number, end: number, shift: number, out: number): void;
  /**
   * A step of coordinate descent for each example listed, by the position of its record: rows, values, end, the
   * positions of its dual variables and of its signs, all 32 bits, and the scale of its steps as a float. Signs are 1
   * for the example's own class, -1 for others, 0 for none.
   */
  learn(list: number, listEnd: number, shift: number, ridge: number): void;
}

export const RECORD_WIDTH = 6;

/** As much of the platform's WebAssembly as is used; the server's types do not name it. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => { buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;
const LOOP = [0x03, 0x40];
const END = 0x0b;
const REPEAT = [0x0d, 0x00];
const IF = [0x04, 0x40];
const I32_ADD = 0x6a;
const I32_LESS = 0x49;
const vector = (operation: number) => [0xfd, ...count(operation)];
const ADD = vector(0xe4);
const SUBTRACT = vector(0xe5);
const MULTIPLY = vector(0xe6);
const MOST = vector(0xe9);
const SIZE = vector(0xe0);
const OR = vector(0x50);
const IS_ANY = vector(0x53);
const SPREAD = vector(0x13);
/** Sixteen bytes as two times eight numbers, these as two times four; low half, high half. */
const BYTES_APART = [vector(0x87), vector(0x88)];
const NUMBERS_APART = [vector(0xa7), vector(0xa8)];
const TO_FLOAT = vector(0xfa);
const ZERO = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
const ONE = [0x43, 0x00, 0x00, 0x80, 0x3f];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const loadNumber = (offset: number) => [0x28, 2, offset];
const loadFloat = (offset: number) => [0x2a, 2, offset];
const spread = [0xfd, 0x09, 2, 0];
const load = (offset: number) => [0xfd, 0x00, 2, offset];
const store = (offset: number) => [0xfd, 0x0b, 2, offset];
const plus = (bytes: number) => [0x41, bytes, I32_ADD];

function count(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...count(value >>> 7)];
}
const list = (items: number[][]) => [...count(items.length), ...items.flat()];
const sized = (bytes: number[]) => [...count(bytes.length), ...bytes];
const name = (text: string) => sized([...Buffer.from(text)]);
const section = (id: number, items: number[][]) => [id, ...sized(list(items))];

const LANES = [0, 1, 2, 3];

/** Places of what both kinds of function have: parameters or locals. */
interface Places {
  rows: number;
  values: number;
  stop: number;
  shift: number;
  at: number;
  valueAt: number;
  row: number;
  value: number;
  /** Four sums or steps. */
  lane(lane: number): number;
}

/** One entry after the other: its row and value are made ready, then `work` is done. */
function eachEntry({ rows, values, stop, shift, at, valueAt, row, value }: Places, work: number[]): number[] {
  const begin = [...get(rows), ...set(at), ...get(values), ...set(valueAt)];
  const ready = [...get(at), ...loadNumber(0), ...get(shift), I32_ADD, ...set(row), ...get(valueAt), ...spread, ...set(value)];
  const next = [...get(valueAt), ...plus(4), ...set(valueAt), ...get(at), ...plus(4), ...tee(at)];
  return [...begin, ...LOOP, ...ready, ...work, ...next, ...get(stop), I32_LESS, ...REPEAT, END];
}

const sumUp = (places: Places) =>
  eachEntry(
    places,
    LANES.flatMap((lane) => [
      ...get(places.lane(lane)),
      ...[...get(places.row), ...load(16 * lane), ...get(places.value), ...MULTIPLY, ...ADD],
      ...set(places.lane(lane)),
    ]),
  );

/** @param bytes the local that holds a row of them. */
const sumUpBytes = (places: Places, bytes: number) =>
  eachEntry(places, [
    ...[...get(places.row), ...load(0), ...set(bytes)],
    ...LANES.flatMap((lane) => [
      ...get(places.lane(lane)),
      ...[...get(bytes), ...BYTES_APART[lane >> 1]!, ...NUMBERS_APART[lane & 1]!, ...TO_FLOAT],
      ...[...get(places.value), ...MULTIPLY, ...ADD],
      ...set(places.lane(lane)),
    ]),
  ]);

const addUp = (places: Places) =>
  eachEntry(
    places,
    LANES.flatMap((lane) => [
      ...get(places.row),
      ...[...get(places.row), ...load(16 * lane), ...get(places.value), ...get(places.lane(lane)), ...MULTIPLY, ...ADD],
      ...store(16 * lane),
    ]),
  );

/** Of `score` and `scoreBytes`: five parameters, the last one where the sums go, then vectors, positions, a row of bytes. */
const OUT = 4;
const SINGLE: Places = {
  ...{ rows: 0, values: 1, stop: 2, shift: 3 },
  ...{ lane: (lane) => 5 + lane, value: 9 },
  ...{ row: 10, at: 11, valueAt: 12 },
};
const BYTES = 13;
const SINGLE_LOCALS = list([
  [5, V128],
  [3, I32],
  [1, V128],
]);

const written = (sums: number[]) =>
  sized([
    ...SINGLE_LOCALS,
    ...sums,
    ...LANES.flatMap((lane) => [...get(OUT), ...get(SINGLE.lane(lane)), ...store(16 * lane)]),
    END,
  ]);

function learn(): number[] {
  const [LIST, LIST_END, SHIFT, RIDGE] = [0, 1, 2, 3] as const;
  const [ALPHA, NEXT] = [9, 10] as const;
  const [ALPHAS, SIGNS, RECORD] = [17, 18, 19] as const;
  const places: Places = {
    shift: SHIFT,
    ...{ lane: (lane) => 4 + lane, value: 8 },
    ...{ rows: 11, values: 12, stop: 13, at: 14, valueAt: 15, row: 16 },
  };
  const scale = [...get(RECORD), ...loadFloat(20), ...SPREAD];
  const read = [
    ...[...get(LIST), ...loadNumber(0), ...set(RECORD)],
    ...[places.rows, places.values, places.stop, ALPHAS, SIGNS].flatMap((place, field) => [
      ...get(RECORD),
      ...loadNumber(4 * field),
      ...set(place),
    ]),
    ...LANES.flatMap((lane) => [...ZERO, ...set(places.lane(lane))]),
  ];
  const stepOf = (lane: number) => {
    const sum = get(places.lane(lane));
    const sign = [...get(SIGNS), ...load(16 * lane)];
    const gradient = [
      ...[...sum, ...sign, ...MULTIPLY, ...ONE, ...SPREAD, ...SUBTRACT],
      ...[...get(ALPHA), ...get(RIDGE), ...SPREAD, ...MULTIPLY, ...ADD],
    ];
    return [
      ...[...get(ALPHAS), ...load(16 * lane), ...set(ALPHA)],
      ...[...get(ALPHA), ...gradient, ...scale, ...MULTIPLY, ...SUBTRACT, ...ZERO, ...MOST, ...set(NEXT)],
      ...[...get(ALPHAS), ...get(NEXT), ...store(16 * lane)],
      ...[...get(NEXT), ...get(ALPHA), ...SUBTRACT, ...sign, ...MULTIPLY, ...set(places.lane(lane))],
    ];
  };
  // A step of minus zero is none.
  const isMoving = [...LANES.flatMap((lane) => [...get(places.lane(lane)), ...SIZE, ...(lane > 0 ? OR : [])]), ...IS_ANY];
  const next = [...get(LIST), ...plus(4), ...tee(LIST), ...get(LIST_END), I32_LESS, ...REPEAT];
  return sized([
    ...list([
      [7, V128],
      [9, I32],
    ]),
    ...[...LOOP, ...read, ...sumUp(places), ...LANES.flatMap(stepOf), ...isMoving, ...IF, ...addUp(places), END, ...next, END],
    END,
  ]);
}

/** Each with the kind of its parameters. */
const FUNCTIONS = {
  score: { kind: 0, code: written(sumUp(SINGLE)) },
  scoreBytes: { kind: 0, code: written(sumUpBytes(SINGLE, BYTES)) },
  learn: { kind: 1, code: learn() },
};

const MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...section(1, [
    [0x60, 5, I32, I32, I32, I32, I32, 0],
    [0x60, 4, I32, I32, I32, F32, 0],
  ]),
  ...section(2, [[...name('m'), ...name('memory'), 0x02, 0x00, 0x01]]),
  ...section(
    3,
    Object.values(FUNCTIONS).map(({ kind }) => [kind]),
  ),
  ...section(
    7,
    Object.keys(FUNCTIONS).map((called, at) => [...name(called), 0x00, at]),
  ),
  ...section(
    10,
    Object.values(FUNCTIONS).map(({ code }) => code),
  ),
]);

let compiled: object | undefined;

export function createKernel(bytes: number): Kernel {
  compiled ??= new WebAssembly.Module(MODULE);
  const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / 65_536)) });
  const { exports } = new WebAssembly.Instance(compiled, { m: { memory } });
  return { ...(exports as Pick<Kernel, keyof typeof FUNCTIONS>), memory };
}
