/**
 * The town's phrases as the encoder sees them: asked for once, kept on disk by what was asked.
 * Asking for all takes minutes on a small machine, so it is done beside the serving of citizens,
 * in small helpings between which a waiting message gets its turn.
 */
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { recall, store } from '../../cache-file';
import type { Embedder, Purpose } from './embedder';
import type { Embedding } from './embedding-model';

const HELPING = 4;
const HELPING_LIMIT_MS = 20_000;
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const SAVED_EVERY = 1_000;
/** The same model on another machine rounds a little differently; another model is nowhere near. */
const SAME_MODEL = 0.98;
/** Longer texts take the encoder longer than a citizen is made to wait. */
const LONGEST = 400;

/** Any sentence does: its vector tells whether the server still runs the model it ran. */
const PROBE = 'Le lampadaire devant le 6 rue Ampère est en panne.';

/** As written by this product itself; whether it is whole is looked at when it is read. */
interface CacheFile {
  mark: string;
  width: number;
  /** Hashes of texts, in the order of their vectors. */
  keys: string;
  values: Float32Array;
}

export interface EmbeddingCache {
  /** Names this set of vectors; a new one when the server has changed its model. */
  mark(): string;
  /** Null only when closed: what cannot be had now is asked for again later. */
  of(texts: string[], purpose?: Purpose): Promise<Embedding[] | null>;
  /** Asks the server, once, whether it still runs the same model; what is kept is forgotten and `mark` changes if not. */
  check(): Promise<void>;
  close(): void;
}

/** What is sent of a text: its beginning, with numbers and addresses of e-mail made unreadable. */
export function sendable(text: string): string {
  return text
    .slice(0, LONGEST)
    .replace(/\S+@\S+/gu, 'e-mail')
    .replace(/\p{N}/gu, '0')
    .trim();
}

export async function openEmbeddingCache(embedder: Embedder, cacheDir?: string): Promise<EmbeddingCache> {
  const file = cacheDir && join(cacheDir, `${hashOf(embedder.id).slice(0, 32)}.embeddings`);
  const kept = file ? await recall(file, readKept) : null;
  const closing = new AbortController();
  let mark = kept?.mark ?? randomUUID();
  let embeddings = kept?.embeddings ?? new Map<string, Embedding>();
  let unsaved = 0;

  const save = async () => {
    unsaved = 0;
    if (file) await store(file, writeKept(mark, embeddings));
  };
  const ask = (texts: string[], purpose: Purpose) => embedder.embed(texts, purpose, HELPING_LIMIT_MS, closing.signal);

  const learn = async (texts: string[], purpose: Purpose): Promise<void> => {
    let pauseMs = SHORTEST_PAUSE_MS;
    for (let at = 0; at < texts.length && !closing.signal.aborted; ) {
      const helping = texts.slice(at, at + HELPING);
      const found = await ask(helping, purpose);
      if (!found || found[0]!.length !== (widthOf(embeddings) ?? found[0]!.length)) {
        await pause(pauseMs, closing.signal);
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
        continue;
      }
      pauseMs = SHORTEST_PAUSE_MS;
      for (const [place, text] of helping.entries()) embeddings.set(keyOf(text, purpose), found[place]!);
      unsaved += helping.length;
      at += helping.length;
      if (unsaved >= SAVED_EVERY) await save();
    }
  };

  const check = async () => {
    const before = embeddings.get(keyOf(sendable(PROBE), 'query'));
    const now = before && (await ask([sendable(PROBE)], 'query'));
    if (!now || closeness(before, now[0]!) >= SAME_MODEL) return;
    mark = randomUUID();
    embeddings = new Map();
  };
  let checked: Promise<void> | undefined;

  return {
    mark: () => mark,
    async of(texts, purpose = 'query') {
      const asked = [PROBE, ...texts].map(sendable);
      const lacking = [...new Set(asked)].filter((text) => text !== '' && !embeddings.has(keyOf(text, purpose)));
      await learn(lacking, purpose);
      // So few are sooner asked for again than all are written again.
      if (unsaved > HELPING) await save();
      if (closing.signal.aborted) return null;
      const nothing = new Float32Array(widthOf(embeddings)!);
      return asked.slice(1).map((text) => embeddings.get(keyOf(text, purpose)) ?? nothing);
    },
    check() {
      checked ??= check();
      return checked;
    },
    close: () => closing.abort(),
  };
}

function widthOf(embeddings: Map<string, Embedding>): number | undefined {
  return embeddings.values().next().value?.length;
}

function closeness(one: Embedding, other: Embedding): number {
  if (one.length !== other.length) return 0;
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0);
}

function keyOf(text: string, purpose: Purpose): string {
  return hashOf(`${purpose} ${text}`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    timer.unref();
    signal.addEventListener('abort', done);
  });
}

function readKept(bytes: Buffer): { mark: string; embeddings: Map<string, Embedding> } {
  const { mark, width, keys, values } = deserialize(bytes) as CacheFile;
  const embeddings = new Map(keys.split(' ').map((key, at) => [key, values.slice(at * width, (at + 1) * width)]));
  if (values.length !== embeddings.size * width) throw new Error('The kept vectors are not whole.');
  return { mark, embeddings };
}

function writeKept(mark: string, embeddings: Map<string, Embedding>): Buffer {
  const width = widthOf(embeddings) ?? 1;
  const values = new Float32Array(embeddings.size * width);
  let at = 0;
  for (const embedding of embeddings.values()) values.set(embedding, width * at++);
  const kept: CacheFile = { mark, width, keys: [...embeddings.keys()].join(' '), values };
  return serialize(kept);
}
