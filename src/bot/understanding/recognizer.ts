/**
 * Asks recognizers-text with patience of half a second. A text that takes longer costs it its
 * thread and the citizen nothing: the message is read without it, and a new thread is warmed.
 */
import { Worker } from 'node:worker_threads';
import { builtFile } from './built-file';
import type { Answer, Question } from './recognizer.worker';

const PATIENCE_MS = 500;
/** Loading and compiling its expressions takes seconds; nobody waits for that. */
const WARM_AFTER_MS = 3_000;
/** After a thread had to be ended, so that nobody can keep a core busy by sending such texts. */
const REST_MS = 30_000;
/** Its time grows steeply with length; a date or a number stands in fewer words. */
const LONGEST_QUESTION = 80;

export interface Recognizer {
  /** Null when it is not ready, not allowed or not in time. */
  ask(text: string, culture: string, wall: number): Promise<Omit<Answer, 'id'> | null>;
  close(): Promise<void>;
}

/** @param warmUps by culture, short texts with a number or a date in words: what they touch is compiled before anyone asks. */
export function createRecognizer(
  warmUps: Record<string, string[]>,
  { patienceMs = PATIENCE_MS, warmAfterMs = WARM_AFTER_MS } = {},
): Recognizer {
  let worker: Worker | null = null;
  let isWarm = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let nextId = 1;
  const waiting = new Map<number, (answer: Answer | null) => void>();

  const settle = (answer: Answer | null, id: number) => {
    const resolve = waiting.get(id);
    waiting.delete(id);
    resolve?.(answer);
  };

  const stop = async () => {
    const ended = worker;
    worker = null;
    isWarm = false;
    for (const id of [...waiting.keys()]) settle(null, id);
    await ended?.terminate();
  };

  const rest = (forMs: number) => {
    clearTimeout(timer);
    if (isClosed || Object.keys(warmUps).length === 0) return;
    timer = setTimeout(start, forMs);
    timer.unref();
  };

  const post = (text: string, culture: string, wall: number): Promise<Answer | null> =>
    new Promise((resolve) => {
      const id = nextId++;
      waiting.set(id, resolve);
      worker!.postMessage({ id, text, culture, wall } satisfies Question);
    });

  const start = () => {
    if (isClosed || worker) return;
    worker = new Worker(builtFile('recognizer.worker.js'));
    worker.unref();
    worker.on('message', (answer: Answer) => settle(answer, answer.id));
    worker.on('error', () => {
      void stop();
      rest(REST_MS);
    });
    const started = worker;
    Promise.all(Object.entries(warmUps).flatMap(([culture, texts]) => texts.map((text) => post(text, culture, Date.now())))).then(
      () => {
        isWarm = worker === started;
      },
    );
  };

  rest(warmAfterMs);

  return {
    async ask(text, culture, wall) {
      if (!isWarm || text.length > LONGEST_QUESTION || !(culture in warmUps)) return null;
      let patience: NodeJS.Timeout | undefined;
      const answer = await Promise.race([
        post(text, culture, wall),
        new Promise<'late'>((resolve) => {
          patience = setTimeout(() => resolve('late'), patienceMs);
        }),
      ]);
      clearTimeout(patience);
      if (answer !== 'late') return answer;
      await stop();
      rest(REST_MS);
      return null;
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await stop();
    },
  };
}
