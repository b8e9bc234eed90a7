import { GROWTH, tendHeap } from '../../src/heap';
import { until } from '../support/until';

const LIMIT = 30_000;

test(
  'the heap may grow further while there is work, and is kept small again when there is none',
  async () => {
    const told: number[] = [];
    const heap = tendHeap((percent) => told.push(percent));
    expect(told).toEqual([GROWTH.quiet]);

    const endsAt = performance.now() + LIMIT;
    while (told.length < 2 && performance.now() < endsAt) {
      const breath = performance.now() + 50;
      while (performance.now() < breath);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(told).toEqual([GROWTH.quiet, GROWTH.busy]);

    await until('quiet to be noticed', () => told.length === 3, LIMIT);
    expect(told).toEqual([GROWTH.quiet, GROWTH.busy, GROWTH.quiet]);
    await heap.stop();
  },
  3 * LIMIT,
);
