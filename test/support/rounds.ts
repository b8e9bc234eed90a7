/**
 * Proof that nothing more is to come: what the town hall does again and again has been done since. Takes as long as it
 * takes, on a slow machine too, where waiting for a time and then looking would prove nothing.
 */
import { until } from './until';

export interface Rounds {
  /** To be handed to the part as its `onStep`. */
  count(step: string): void;
  /** Resolves once each of the steps was passed by work that began after the call. */
  next(): Promise<void>;
}

export function createRounds(...steps: string[]): Rounds {
  const passed = new Map(steps.map((step) => [step, 0]));
  return {
    count(step) {
      const before = passed.get(step);
      if (before !== undefined) passed.set(step, before + 1);
    },
    async next() {
      // What is under way may have looked already: the one after it is meant.
      const wanted = [...passed].map(([step, count]) => [step, count + 2] as const);
      await until(`${steps.join(', ')}`, () => wanted.every(([step, count]) => passed.get(step)! >= count));
    },
  };
}
