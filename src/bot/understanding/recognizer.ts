/**
 * Asks recognizers-text with patience of half a second. A text that takes longer costs it its
 * thread and the citizen nothing: the message is read without it. The thread is made when first
 * needed and ended when nobody has asked for a while: it takes 100 MB, and most texts never need it.
 */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../../built-file';
import type { Answer, Question } from './recognizer.worker';

const PATIENCE_MS = 500;
/** Loading it and compiling its expressions takes seconds: the first who asks waits so long for it, not longer. */
const COLD_PATIENCE_MS = 5_000;
const IDLE_MS = 10 * 60_000;
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
  { patienceMs = PATIENCE_MS, coldPatienceMs = COLD_PATIENCE_MS, idleMs = IDLE_MS } = {},
): Recognizer {
  let worker: Worker | null = null;
  let warm: Promise<unknown> = Promise.resolve();
  let restsUntil = 0;
  let isClosed = false;
  let idle: NodeJS.Timeout | undefined;
  let nextId = 1;
  const waiting = new Map<number, (answer: Answer | null) => void>();

  const settle = (answer: Answer | null, id: number) => {
    const resolve = waiting.get(id);
    waiting.delete(id);
    resolve?.(answer);
  };

  const stop = async () => {
    clearTimeout(idle);
    const ended = worker;
    worker = null;
    for (const id of [...waiting.keys()]) settle(null, id);
    await ended?.terminate();
  };

  const post = (text: string, culture: string, wall: number): Promise<Answer | null> =>
    new Promise((resolve) => {
      const id = nextId++;
      waiting.set(id, resolve);
      worker!.postMessage({ id, text, culture, wall } satisfies Question);
    });

  const start = () => {
    worker = new Worker(builtFile(__dirname, 'recognizer.worker.js'));
    worker.unref();
    worker.on('message', (answer: Answer) => settle(answer, answer.id));
    worker.on('error', () => {
      restsUntil = Date.now() + REST_MS;
      void stop();
    });
    warm = Promise.all(
      Object.entries(warmUps).flatMap(([culture, texts]) => texts.map((text) => post(text, culture, Date.now()))),
    );
  };

  return {
    async ask(text, culture, wall) {
      if (isClosed || Date.now() < restsUntil || text.length > LONGEST_QUESTION || !(culture in warmUps)) return null;
      if (!worker) start();
      clearTimeout(idle);
      idle = setTimeout(() => void stop(), idleMs);
      idle.unref();
      const asked = worker;
      if ((await within(warm, coldPatienceMs)) === LATE || worker !== asked) return null;
      const answer = await within(post(text, culture, wall), patienceMs);
      if (answer !== LATE) return answer;
      restsUntil = Date.now() + REST_MS;
      if (worker === asked) await stop();
      return null;
    },
    async close() {
      isClosed = true;
      await stop();
    },
  };
}

const LATE = Symbol('late');

async function within<T>(answer: Promise<T>, ms: number): Promise<T | typeof LATE> {
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    patience = setTimeout(() => resolve(LATE), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(patience);
  }
}
