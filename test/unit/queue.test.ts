/** The queue as arithmetic: who stands before whom, and what is told of the wait. */

import { estimateWait, isNews } from '../../src/desk/waiting/wait';
import { byPlace, placeOf, positionsIn, type QueueEntry } from '../../src/domain/desk/queue';

type Priority = QueueEntry['priority'];

const at = (time: string) => Date.parse(`2026-11-26T${time}Z`);
const MINUTE = 60_000;

function inOrder(entries: Array<[id: string, time: string, priority: Priority]>): string[] {
  return entries
    .map(([id, time, priority]) => ({ id, place: placeOf(at(time), priority) }))
    .sort(byPlace)
    .map(({ id }) => id);
}

const inLine = (id: string, place: number, service = 'roads') => ({ id, queue: { service, place } as QueueEntry });

describe('the order', () => {
  test('an urgent one stands before a normal one that came less than ten minutes earlier, and behind one that came more', () => {
    expect(
      inOrder([
        ['normal', '10:00:00', 'normal'],
        ['high', '10:09:59', 'high'],
      ]),
    ).toEqual(['high', 'normal']);
    expect(
      inOrder([
        ['normal', '10:00:00', 'normal'],
        ['high', '10:10:01', 'high'],
      ]),
    ).toEqual(['normal', 'high']);
  });

  test('a hundred cases of danger keep their own order', () => {
    const cases = Array.from({ length: 100 }, (_, n) => ({ id: `c${n}`, place: placeOf(at('10:00:00') + n * 1000, 'danger') }));
    expect([...cases].reverse().sort(byPlace)).toEqual(cases);
  });

  test('one whose agent was lost keeps its place', () => {
    expect(
      inOrder([
        ['later', '10:05:00', 'normal'],
        ['lost', '10:00:00', 'normal'],
      ]),
    ).toEqual(['lost', 'later']);
  });

  test('of two that came in the same millisecond the order is the same for everybody', () => {
    const [one, other] = [
      { id: 'a', place: 5 },
      { id: 'b', place: 5 },
    ];
    expect([other, one].sort(byPlace)).toEqual([one, other]);
    const positions = positionsIn([inLine('b', 5), inLine('a', 5)]);
    expect(['a', 'b', 'nobody'].map((id) => positions.get(id))).toEqual([1, 2, undefined]);
  });

  test('everybody has a position of their own in their service', () => {
    const waiting = Array.from({ length: 30 }, (_, n) => inLine(`c${n}`, (n * 7) % 11, n % 3 ? 'roads' : 'taxes'));
    const positions = positionsIn(waiting);
    for (const service of ['roads', 'taxes']) {
      const own = waiting.filter(({ queue }) => queue.service === service);
      const inOrder = [...own].sort((a, b) => a.queue.place - b.queue.place || (a.id < b.id ? -1 : 1));
      expect(inOrder.map(({ id }) => positions.get(id))).toEqual(own.map((_, n) => n + 1));
    }
  });
});

describe('the wait that is told', () => {
  const figures = { position: 1, slots: 4, handlings: [], departures: 0 };

  test('with nobody there nothing but the position is said', () => {
    expect(estimateWait({ ...figures, slots: 0 })).toEqual({ kind: 'unknown' });
  });

  test('a short wait is a few minutes', () => {
    expect(estimateWait({ ...figures, slots: 8 })).toEqual({ kind: 'short' });
  });

  test('a range in steps of five minutes that grows with the position', () => {
    expect(estimateWait({ ...figures, position: 4 })).toEqual({ kind: 'range', from: 15, to: 20, isLong: false });
    const tops = [2, 4, 6, 8, 12]
      .map((position) => estimateWait({ ...figures, position }))
      .map((wait) => (wait.kind === 'range' ? wait.to : 0));
    expect([...tops].sort((a, b) => a - b)).toEqual(tops);
  });

  test('over three quarters of an hour it says so', () => {
    expect(estimateWait({ ...figures, position: 40 })).toMatchObject({ kind: 'range', isLong: true });
  });

  test('what was measured takes the place of what is usual, and a queue that stands still is not believed for ever', () => {
    const slow = estimateWait({ ...figures, position: 8, handlings: Array(10).fill(30 * MINUTE) });
    expect(slow).toMatchObject({ kind: 'range', from: 60 });
    const stuck = estimateWait({ ...figures, position: 8, handlings: Array(10).fill(8 * MINUTE), departures: 5 });
    expect(stuck).toMatchObject({ kind: 'range', from: 25 });
  });

  // 12 slots at 90 % load, as on an ordinary day; log-normal handling with a median of 10 minutes. Seeded: the same each time.
  test('the top of the range is kept nine times out of ten', () => {
    let seed = 42;
    const random = () => {
      seed = (seed * 1664525 + 1013904223) % 4294967296;
      return seed / 4294967296;
    };
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const handling = () => 10 * MINUTE * Math.exp(0.8 * normal());
    const slots = 12;
    const gap = (10 * MINUTE * Math.exp(0.32)) / slots / 0.9;
    let kept = 0;
    let told = 0;
    for (let day = 0; day < 20; day += 1) {
      const free = Array<number>(slots).fill(0);
      const handlings: number[] = [];
      const starts: number[] = [];
      let moment = 0;
      for (let n = 0; n < 400; n += 1) {
        moment += -Math.log(1 - random()) * gap;
        const position = starts.filter((start) => start > moment).length + 1;
        const departures = starts.filter((start) => start <= moment && start > moment - 30 * MINUTE).length;
        const wait = estimateWait({ position, slots, handlings: handlings.slice(0, -slots), departures });
        const next = free.indexOf(Math.min(...free));
        const start = Math.max(moment, free[next]!);
        const took = handling();
        free[next] = start + took;
        starts.push(start);
        handlings.push(took);
        if (start === moment) continue;
        told += 1;
        const top = wait.kind === 'range' ? wait.to * MINUTE : 5 * MINUTE;
        if (start - moment <= top) kept += 1;
      }
    }
    expect(told).toBeGreaterThan(1000);
    expect(kept / told).toBeGreaterThan(0.9);
  });

  test('it is told again when they are next or the range moved, and not at every step', () => {
    const range = { kind: 'range' as const, from: 10, to: 20, isLong: false };
    expect(isNews(undefined, 4, range)).toBe(true);
    expect(isNews({ position: 4, to: 20 }, 3, range)).toBe(false);
    expect(isNews({ position: 4, to: 30 }, 3, range)).toBe(true);
    expect(isNews({ position: 2, to: 20 }, 1, { kind: 'short' })).toBe(true);
  });
});
