/**
 * Checks towns as they might be, in a thread of its own: the parser that knows lines, and the screening that is learnt from
 * the language packs, never come into the memory of the thread that serves citizens.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { LanguagePack } from '../domain/language/language-pack';
import { readChanged } from '../towns';
import { createScreening, readPack } from '../understanding';
import type { DraftAsked, DraftRead } from './knowledge';

const { localesDir, modelsDir } = workerData as { localesDir: string; modelsDir: string };

/** Reading what danger sounds like takes a while: the same languages are read once. */
const screenings = new Map<string, ReturnType<typeof createScreening>>();

function openScreening(packs: ReadonlyMap<string, unknown>) {
  const key = [...packs.keys()].sort().join(' ');
  const known =
    screenings.get(key) ??
    createScreening(
      [...packs].map(([code, text]): LanguagePack => readPack(text, `locales/${code}/pack.yml`)),
      modelsDir,
    );
  screenings.set(key, known);
  return known;
}

parentPort?.on('message', ({ id, folder, changed, now, isChecked }: DraftAsked) => {
  readChanged(folder, localesDir, changed, now, isChecked ? openScreening : undefined).then(
    (read) => parentPort?.postMessage({ id, read } satisfies DraftRead),
    (error: Error) => parentPort?.postMessage({ id, failed: error.message } satisfies DraftRead),
  );
});
