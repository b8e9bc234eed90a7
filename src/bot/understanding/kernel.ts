/**
 * The loops in which learning and hearing spend their time, as WebAssembly: a message's scores for
 * sixteen topics at once, and a correction of their weights. JavaScript takes ten times as long; a
 * clerk who saves a topic waits for it, and so does every citizen. Assembled here: nothing is compiled or downloaded.
 */

/** So many classes are worked on side by side, four to a register. */
export const GROUP = 16;

/** All parameters are byte positions in the memory; rows of weights are named by the entries at `rows`. */
export interface Kernel {
  memory: { buffer: ArrayBuffer };
  /** Writes, at `out`, the sums over entries of value times weight, for the group that begins `shift` bytes into each row. */
  score(rows: number, values: number, end: number, shift: number, out: number): void;
  /** The same for weights of one byte each, signed. */
  scoreBytes(rows: number, values: number, end: number, shift: number, out: number): void;
  /** Adds value times step to the weights of the group, for each entry. */
  correct(rows: number, values: number, end: number, shift: number, steps: number): void;
}

/** As much of the platform's WebAssembly as is used; the server's types do not name it. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => { buffer: ArrayBuffer };
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

const I32 = 0x7f;
const V128 = 0x7b;
const LOOP = [0x03, 0x40];
const END = 0x0b;
const REPEAT = [0x0d, 0x00];
const I32_ADD = 0x6a;
const I32_LESS = 0x49;
const ADD = [0xfd, 0xe4, 0x01];
const MULTIPLY = [0xfd, 0xe6, 0x01];
/** Sixteen bytes as two times eight numbers, these as two times four; low half, high half. */
const BYTES_APART = [
  [0xfd, 0x87, 0x01],
  [0xfd, 0x88, 0x01],
];
const NUMBERS_APART = [
  [0xfd, 0xa7, 0x01],
  [0xfd, 0xa8, 0x01],
];
const TO_FLOAT = [0xfd, 0xfa, 0x01];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const loadRow = [0x28, 2, 0];
const spread = [0xfd, 0x09, 2, 0];
const load = (offset: number) => [0xfd, 0x00, 4, offset];
const store = (offset: number) => [0xfd, 0x0b, 4, offset];
const plus = (bytes: number) => [0x41, bytes, I32_ADD];

function count(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...count(value >>> 7)];
}
const list = (items: number[][]) => [...count(items.length), ...items.flat()];
const sized = (bytes: number[]) => [...count(bytes.length), ...bytes];
const name = (text: string) => sized([...Buffer.from(text)]);
const section = (id: number, items: number[][]) => [id, ...sized(list(items))];

const ROWS = 0;
const VALUES = 1;
const STOP = 2;
const SHIFT = 3;
const PLACE = 4;
const LANES = [0, 1, 2, 3];
/** Locals after the parameters: four sums or steps, the value in all lanes, the position of the row, a row of bytes. */
const LANE = (lane: number) => 5 + lane;
const VALUE = 9;
const ROW = 10;
const BYTES = 11;

/** One entry after the other: its row and value are made ready, then `work` is done. */
function eachEntry(work: number[]): number[] {
  const ready = [...get(ROWS), ...loadRow, ...get(SHIFT), I32_ADD, ...set(ROW), ...get(VALUES), ...spread, ...set(VALUE)];
  const next = [
    ...get(VALUES),
    ...plus(4),
    ...set(VALUES),
    ...get(ROWS),
    ...plus(4),
    ...tee(ROWS),
    ...get(STOP),
    I32_LESS,
    ...REPEAT,
  ];
  return [...LOOP, ...ready, ...work, ...next, END];
}

const body = (code: number[]) =>
  sized([
    ...list([
      [5, V128],
      [1, I32],
      [1, V128],
    ]),
    ...code,
    END,
  ]);

const writeSums = LANES.flatMap((lane) => [...get(PLACE), ...get(LANE(lane)), ...store(16 * lane)]);

const score = body([
  ...eachEntry(
    LANES.flatMap((lane) => [
      ...get(LANE(lane)),
      ...get(ROW),
      ...load(16 * lane),
      ...get(VALUE),
      ...MULTIPLY,
      ...ADD,
      ...set(LANE(lane)),
    ]),
  ),
  ...writeSums,
]);

const scoreBytes = body([
  ...eachEntry([
    ...[...get(ROW), ...load(0), ...set(BYTES)],
    ...LANES.flatMap((lane) => [
      ...get(LANE(lane)),
      ...[...get(BYTES), ...BYTES_APART[lane >> 1]!, ...NUMBERS_APART[lane & 1]!, ...TO_FLOAT],
      ...get(VALUE),
      ...MULTIPLY,
      ...ADD,
      ...set(LANE(lane)),
    ]),
  ]),
  ...writeSums,
]);

const correct = body([
  ...LANES.flatMap((lane) => [...get(PLACE), ...load(16 * lane), ...set(LANE(lane))]),
  ...eachEntry(
    LANES.flatMap((lane) => [
      ...get(ROW),
      ...[...get(ROW), ...load(16 * lane), ...get(VALUE), ...get(LANE(lane)), ...MULTIPLY, ...ADD],
      ...store(16 * lane),
    ]),
  ),
]);

const FUNCTIONS = { score, scoreBytes, correct };

const MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...section(1, [[0x60, 5, I32, I32, I32, I32, I32, 0]]),
  ...section(2, [[...name('m'), ...name('memory'), 0x02, 0x00, 0x01]]),
  ...section(
    3,
    Object.keys(FUNCTIONS).map(() => [0]),
  ),
  ...section(
    7,
    Object.keys(FUNCTIONS).map((called, at) => [...name(called), 0x00, at]),
  ),
  ...section(10, Object.values(FUNCTIONS)),
]);

let compiled: object | undefined;

export function createKernel(bytes: number): Kernel {
  compiled ??= new WebAssembly.Module(MODULE);
  const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / 65_536)) });
  const { exports } = new WebAssembly.Instance(compiled, { m: { memory } });
  return { memory, ...(exports as Pick<Kernel, keyof typeof FUNCTIONS>) };
}
