/** Learning away from the thread that serves citizens: what is taught goes in, models come out. */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../../built-file';

/** What the thread is started with. */
export interface Task {
  /** Who teaches: a name in `TEACHERS` of the thread. */
  teacher: string;
  lesson: unknown;
}

/** Rejects when learning failed; whatever was known before is still good. */
export function learnInThread<Learnt>(teacher: string, lesson: unknown): Promise<Learnt> {
  const workerData: Task = { teacher, lesson };
  return new Promise((resolve, reject) => {
    const worker = new Worker(builtFile('trainer.worker.js'), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`Training stopped before it was done (exit code ${code}).`)));
  });
}
