/**
 * A line before something there is only one of. Whose turn is next is whoever has had least of it lately, so that
 * twenty large photos of one visitor keep nobody else waiting for more than the one in hand.
 */

/** What a caller has had counts half as much after this long. */
const HALF_LIFE_MS = 60_000;
/** Callers remembered while none of theirs waits. */
const MOST_REMEMBERED = 1000;

interface Caller {
  waiting: Array<() => Promise<void>>;
  hadMs: number;
  asOfMs: number;
}

export function createFairLine(nowMs = () => performance.now()) {
  const callers = new Map<string, Caller>();
  let isBusy = false;

  const hadLately = ({ hadMs, asOfMs }: Caller) => hadMs * 0.5 ** ((nowMs() - asOfMs) / HALF_LIFE_MS);

  async function serve(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    for (let next = leastServed(); next; next = leastServed()) {
      const startedMs = nowMs();
      await next.waiting.shift()!();
      next.hadMs = hadLately(next) + nowMs() - startedMs;
      next.asOfMs = nowMs();
    }
    isBusy = false;
    if (callers.size > MOST_REMEMBERED) callers.clear();
  }

  function leastServed(): Caller | undefined {
    return [...callers.values()]
      .filter(({ waiting }) => waiting.length > 0)
      .reduce<Caller | undefined>((least, one) => (!least || hadLately(one) < hadLately(least) ? one : least), undefined);
  }

  /** Does the work when it is this caller's turn. */
  return <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const caller = callers.get(name) ?? { waiting: [], hadMs: 0, asOfMs: nowMs() };
    callers.set(name, caller);
    return new Promise<T>((resolve, reject) => {
      caller.waiting.push(() => work().then(resolve, reject));
      void serve();
    });
  };
}
