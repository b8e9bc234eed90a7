/**
 * Models kept between starts, each named by what it was learnt from: the same sources give the same model, and nothing is
 * learnt twice. They are read at every start before anybody is answered, so they lie as they are: packed they took two
 * thirds of their room, and a fifth of a second of each start.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { recall, store } from '../../cache-file';

/** Raised whenever the same sources would now give other models. */
const VERSION = 19;

/** What is being written to the cache; a program that ends waits for it. */
const writing = new Set<Promise<void>>();

/** Resolves when everything learnt so far is in the cache. */
export async function kept(): Promise<void> {
  await Promise.all(writing);
}

/**
 * What was learnt before from the same sources; undefined when it was not.
 * @param sources all that the model depends on, the part's name among it.
 */
export async function recallModel<Model>(sources: readonly unknown[], cacheDir: string | undefined): Promise<Model | undefined> {
  if (!cacheDir) return undefined;
  const found = await recall(fileOf(sources, cacheDir), (bytes) => ({ model: apart(deserialize(bytes)) as Model }));
  return found?.model;
}

/** Each array in memory of its own: as views of the whole file, as they are read, the least of them would keep all of it. */
function apart(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return (value as Uint8Array).slice();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, apart(part)]));
}

/** Nobody waits for it to be written. */
export function keepModel(sources: readonly unknown[], model: unknown, cacheDir: string | undefined): void {
  if (!cacheDir) return;
  const written = store(fileOf(sources, cacheDir), serialize(model));
  writing.add(written);
  void written.finally(() => writing.delete(written));
}

function fileOf(sources: readonly unknown[], cacheDir: string): string {
  return join(cacheDir, `${markOf([VERSION, sources.map(namedBy)])}.model`);
}

/** A town's phrases are a megabyte, and several models are learnt from them: they are hashed once. */
const marks = new WeakMap<object, string>();

function namedBy(source: unknown): unknown {
  if (typeof source !== 'object' || source === null) return source;
  const known = marks.get(source) ?? markOf(source);
  marks.set(source, known);
  return known;
}

function markOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
