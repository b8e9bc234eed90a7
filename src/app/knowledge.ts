/** What publishing needs of the rest of the house: a thread that checks drafts, the files, and what citizens are heard with. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { builtFile } from '../built-file';
import type { Drafting } from '../desk';
import type { TownRead } from '../towns';
import { isBlocking } from '../towns/fault';
import { createTopicFiles } from '../towns/publish/topic-files';
import type { Understanding } from '../understanding';
import type { House } from './house';

export interface DraftAsked {
  id: number;
  folder: string;
  changed: ReadonlyMap<string, string | null>;
  now: Date;
  isChecked: boolean;
}

export type DraftRead = { id: number } & ({ read: TownRead } | { failed: string });

/** The thread ends when nobody has asked for so long: it holds a parser and what danger sounds like. */
const IDLE_MS = 5 * 60_000;

/** @param understanding once it has learnt. */
export function openKnowledge(
  { config, towns, clock }: House,
  understanding: Promise<Understanding>,
): Drafting & { close(): Promise<void> } {
  const { townsDir, localesDir, modelsDir } = config;
  const waiting = new Map<number, { resolve: (read: TownRead) => void; reject: (error: Error) => void }>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let count = 0;

  function thread(): Worker {
    if (worker) return worker;
    const made = new Worker(builtFile('drafts.worker.js'), { workerData: { localesDir, modelsDir } });
    made.unref();
    made.on('message', (told: DraftRead) => {
      const asked = waiting.get(told.id);
      waiting.delete(told.id);
      if ('read' in told) asked?.resolve(told.read);
      else asked?.reject(new Error(told.failed));
    });
    const ended = (error?: Error) => {
      if (worker === made) worker = undefined;
      for (const [id, { reject }] of waiting) {
        waiting.delete(id);
        reject(error ?? new Error('The thread that checks drafts ended'));
      }
    };
    made.on('error', ended);
    made.on('exit', () => ended());
    worker = made;
    return made;
  }

  return {
    // It brings a parser of YAML along, which a start does not wait for.
    edit: (text, changed) =>
      (require('../towns/publish/edit-topic') as typeof import('../towns/publish/edit-topic')).editTopic(text, changed),
    isBlocking,
    files: createTopicFiles(townsDir),
    read(town, changed, isChecked) {
      clearTimeout(idle);
      idle = setTimeout(() => void worker?.terminate(), IDLE_MS);
      idle.unref();
      return new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve, reject });
        thread().postMessage({ id, folder: join(townsDir, town), changed, now: clock(), isChecked } satisfies DraftAsked);
      });
    },
    async hearWith(town, topics) {
      await (await understanding).retrain(town, topics);
    },
    replace: (town, topics) => towns.publish(town, topics),
    async hear(text, options) {
      return (await understanding).tryOut(text, options);
    },
    async group(town, texts) {
      return (await understanding).group(town, texts);
    },
    async close() {
      clearTimeout(idle);
      await worker?.terminate();
    },
  };
}
