/**
 * The way to the thread that holds the database file, and back. What is asked in one go crosses as one bundle.
 */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../../built-file';
import { DuplicateKey, StoreHarmed, StoreMisuse, StoreUnavailable, type Unavailability } from '../collection';
import type { Work } from './work';

/** An error as it crosses: errors of our own kinds arrive as what they were. */
interface ErrorText {
  kind: string;
  message: string;
  index?: string;
  why?: Unavailability;
}

export interface SqliteThread {
  /** What the work gave; rejects with what it threw. */
  ask<T>(work: Work): Promise<T>;
  close(): Promise<void>;
}

interface Asked {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export function errorText(error: unknown): ErrorText {
  if (error instanceof DuplicateKey) return { kind: 'duplicate', message: error.message, index: error.index };
  if (error instanceof StoreUnavailable) return { kind: 'unavailable', message: error.message, why: error.why };
  if (error instanceof StoreHarmed) return { kind: 'harmed', message: error.message };
  if (error instanceof StoreMisuse) return { kind: 'misuse', message: error.message };
  return { kind: 'other', message: error instanceof Error ? error.message : String(error) };
}

function readError({ kind, message, index = '', why }: ErrorText): Error {
  if (kind === 'duplicate') return new DuplicateKey(index);
  if (kind === 'unavailable') return new StoreUnavailable(message, { why });
  if (kind === 'harmed') return new StoreHarmed(message);
  return kind === 'misuse' ? new StoreMisuse(message) : new Error(message);
}

/** Rows pass through and are gone: a small nursery costs nothing there. */
const YOUNG_MB = 4;

/** Opens or makes the file. Rejects when the folder cannot be written or the file is no database. */
export async function openSqliteThread(path: string): Promise<SqliteThread> {
  const thread = new Worker(builtFile('sqlite.worker.js'), {
    workerData: path,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  await new Promise<void>((resolve, reject) => {
    // An error that crosses from another thread is an error of no kind: it is one of ours again here.
    const refuse = (error: Error) => reject(/^The database file /.test(error.message) ? new StoreHarmed(error.message) : error);
    thread.once('message', () => {
      // From here on an error in it is a fault of ours: the process ends with it, and what was not acknowledged comes again.
      thread.off('error', refuse);
      resolve();
    });
    thread.once('error', refuse);
  });
  const waiting = new Map<number, Asked>();
  let bundle: Array<[number, Work]> = [];
  let asked = 0;
  let closing: Promise<void> | null = null;
  thread.unref();

  thread.on('message', (answers: Array<[id: number, value: unknown, error?: ErrorText]>) => {
    for (const [id, value, error] of answers) {
      const one = waiting.get(id)!;
      waiting.delete(id);
      if (error) one.reject(readError(error));
      else one.resolve(value);
    }
    // An open file alone keeps no program running; an unanswered question does.
    if (waiting.size === 0) thread.unref();
  });

  function send(): void {
    thread.postMessage(bundle);
    bundle = [];
  }

  function post(work: Work): Promise<unknown> {
    return new Promise((resolve, reject) => {
      asked += 1;
      if (waiting.size === 0) thread.ref();
      waiting.set(asked, { resolve, reject });
      if (bundle.length === 0) setImmediate(send);
      bundle.push([asked, work]);
    });
  }

  async function finish(): Promise<void> {
    try {
      await post({ do: 'close' });
    } finally {
      await thread.terminate();
    }
  }

  return {
    ask: <T>(work: Work) => (closing ? Promise.reject(new StoreUnavailable('The store is closed')) : (post(work) as Promise<T>)),
    close() {
      closing ??= finish();
      return closing;
    },
  };
}
