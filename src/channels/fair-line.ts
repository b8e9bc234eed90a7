/**
 * A line before something there is only one of. Whose turn is next is whoever has had least of it lately, so that
 * twenty large photos of one visitor keep nobody else waiting for more than the one in hand.
 */
import { createRecent } from '../recent';

/** What a caller has had counts half as much after this long. */
const HALF_LIFE_MS = 60_000;
/** Callers whose use of it is remembered. */
const MOST_REMEMBERED = 1000;

export function createFairLine(nowMs = () => performance.now()) {
  /** By caller; nobody stands here who does not wait. */
  const waiting = new Map<string, Array<() => Promise<void>>>();
  const had = createRecent<{ ms: number; asOfMs: number }>(MOST_REMEMBERED);
  let isBusy = false;

  const hadLately = (name: string): number => {
    const { ms, asOfMs } = had.get(name) ?? { ms: 0, asOfMs: 0 };
    return ms * 0.5 ** ((nowMs() - asOfMs) / HALF_LIFE_MS);
  };

  async function serve(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    for (let name = leastServed(); name !== undefined; name = leastServed()) {
      const line = waiting.get(name)!;
      const work = line.shift()!;
      if (line.length === 0) waiting.delete(name);
      const startedMs = nowMs();
      await work();
      had.set(name, { ms: hadLately(name) + nowMs() - startedMs, asOfMs: nowMs() });
    }
    isBusy = false;
  }

  function leastServed(): string | undefined {
    return [...waiting.keys()]
      .map((name) => ({ name, had: hadLately(name) }))
      .reduce<{ name: string; had: number } | undefined>((least, one) => (!least || one.had < least.had ? one : least), undefined)
      ?.name;
  }

  /** Does the work when it is this caller's turn. */
  return <T>(name: string, work: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const line = waiting.get(name) ?? [];
      waiting.set(name, line);
      line.push(() => work().then(resolve, reject));
      void serve();
    });
}
