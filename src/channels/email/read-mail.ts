/**
 * An e-mail's bytes as a `Mail`, within bounds: one at a time and in turn over all who write, in a thread with a limit of
 * memory that is ended when it takes too long. Null for what cannot be read, which no second try would change.
 */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../../built-file';
import { createFairLine } from '../fair-line';
import { Mail, MOST_BYTES } from './mail';

/** What a full message of 25 MB takes is under a second. */
const LIMIT_MS = 10_000;
const MEMORY_MB = 256;

const inTurn = createFairLine();

export async function readMail(raw: Uint8Array): Promise<Mail | null> {
  if (raw.length === 0 || raw.length > MOST_BYTES) return null;
  const found = await inTurn('mail', () => readInThread(raw));
  const mail = Mail.safeParse(found);
  return mail.success ? mail.data : null;
}

function readInThread(raw: Uint8Array): Promise<unknown> {
  return new Promise((resolve) => {
    const worker = new Worker(builtFile('mail.worker.js'), {
      workerData: raw,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const end = (mail: unknown) => {
      clearTimeout(limit);
      void worker.terminate();
      resolve(mail);
    };
    const limit = setTimeout(() => end(null), LIMIT_MS);
    worker.once('message', end);
    worker.once('error', () => end(null));
    worker.once('exit', () => end(null));
  });
}
