/**
 * What many ask for at the same time goes out as one. While one group is on its way the next one gathers, so that a crowd
 * costs few commands, and somebody who is alone waits for nobody.
 */

export type Outcome<Answer> = { value: Answer } | { error: unknown };

/** More than this go out one group after the other. */
const MOST = 200;

interface Waiting<Asked, Answer> {
  asked: Asked;
  resolve(value: Answer): void;
  reject(error: unknown): void;
}

/** @param send gives an outcome for each of a group, in its order; what it rejects with is everybody's. */
export function inGroups<Asked, Answer>(
  send: (group: Asked[]) => Promise<Array<Outcome<Answer>>>,
): (asked: Asked) => Promise<Answer> {
  const waiting: Array<Waiting<Asked, Answer>> = [];
  let isBusy = false;

  async function flush(): Promise<void> {
    const group = waiting.splice(0, MOST);
    try {
      const outcomes = await send(group.map(({ asked }) => asked));
      group.forEach(({ resolve, reject }, at) => {
        const outcome = outcomes[at]!;
        if ('value' in outcome) resolve(outcome.value);
        else reject(outcome.error);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    isBusy = waiting.length > 0;
    if (isBusy) setImmediate(flush);
  }

  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      if (isBusy) return;
      isBusy = true;
      setImmediate(flush);
    });
}
