/**
 * Asks recognizers-text what our own rules made nothing of. Nobody waits for it longer than a tenth of a second: while
 * it loads and compiles its expressions, which takes seconds, messages are read without it. A text that takes it half a
 * second costs it its thread. The thread is made when first needed and ended when nobody has asked for a while: it takes 100 MB.
 */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../../built-file';
import type { Answer, Question } from './recognizer.worker';

/** How long a message waits for an answer. */
const PATIENCE_MS = 80;
/** How long the thread may work on one text, and on getting ready. */
const LIMIT_MS = 500;
const WARM_LIMIT_MS = 60_000;
const IDLE_MS = 10 * 60_000;
/** After a thread had to be ended, so that nobody can keep a core busy by sending such texts. */
const REST_MS = 30_000;
/** Its time grows steeply with length; a date or a number stands in fewer words. */
const LONGEST_QUESTION = 80;

export interface Recognizer {
  /** Null at once when it is not ready or busy with another text, and when it is not in time. */
  ask(text: string, culture: string, wall: number): Promise<Omit<Answer, 'id'> | null>;
  /** Has it ready: true once it is, false when it could not be made. Nobody who answers a citizen waits for this. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

/** @param warmUps by culture, short texts with a number or a date in words: what they touch is compiled before anyone asks. */
export function createRecognizer(
  warmUps: Record<string, string[]>,
  { patienceMs = PATIENCE_MS, limitMs = LIMIT_MS, warmLimitMs = WARM_LIMIT_MS, idleMs = IDLE_MS } = {},
): Recognizer {
  let worker: Worker | null = null;
  let warm: Promise<boolean> = Promise.resolve(false);
  let isWarm = false;
  let restsUntil = 0;
  let isClosed = false;
  let ending: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;
  let nextId = 1;
  const waiting = new Map<number, (answer: Answer | null) => void>();

  const settle = (answer: Answer | null, id: number) => {
    const resolve = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) clearTimeout(limit);
    resolve?.(answer);
  };

  const stop = async () => {
    clearTimeout(idle);
    clearTimeout(limit);
    const ended = worker;
    worker = null;
    isWarm = false;
    for (const id of [...waiting.keys()]) settle(null, id);
    ending = ended?.terminate() ?? ending;
    await ending;
  };

  /** Ends the thread, and has none for a while, when it has not answered everything by then. */
  const giveUpAfter = (ms: number) => {
    clearTimeout(limit);
    limit = setTimeout(() => {
      restsUntil = Date.now() + REST_MS;
      void stop();
    }, ms);
    limit.unref();
  };

  const post = (text: string, culture: string, wall: number): Promise<Answer | null> =>
    new Promise((resolve) => {
      const id = nextId++;
      waiting.set(id, resolve);
      worker!.postMessage({ id, text, culture, wall } satisfies Question);
    });

  const start = () => {
    const made = new Worker(builtFile('recognizer.worker.js'));
    worker = made;
    made.unref();
    made.on('message', (answer: Answer) => settle(answer, answer.id));
    made.on('error', () => {
      restsUntil = Date.now() + REST_MS;
      void stop();
    });
    const asked = Object.entries(warmUps).flatMap(([culture, texts]) => texts.map((text) => post(text, culture, Date.now())));
    // What is counted is the time since the thread was made, not since somebody asked.
    giveUpAfter(warmLimitMs);
    warm = Promise.all(asked).then(() => {
      isWarm = worker === made;
      return isWarm;
    });
  };

  /** Whether there is a thread to ask; made now if there is none. */
  const wake = (): boolean => {
    if (isClosed || Date.now() < restsUntil) return false;
    if (!worker) start();
    clearTimeout(idle);
    idle = setTimeout(() => void stop(), idleMs);
    idle.unref();
    return true;
  };

  return {
    async ask(text, culture, wall) {
      if (text.length > LONGEST_QUESTION || !(culture in warmUps) || !wake()) return null;
      if (!isWarm || waiting.size > 0) return null;
      const answer = post(text, culture, wall);
      giveUpAfter(limitMs);
      return within(answer, patienceMs);
    },
    ready: async () => wake() && (await warm),
    async close() {
      isClosed = true;
      await stop();
    },
  };
}

/** The answer, or null when it takes longer. */
async function within<T>(answer: Promise<T>, ms: number): Promise<T | null> {
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    patience = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(patience);
  }
}
