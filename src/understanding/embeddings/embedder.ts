/**
 * A sentence encoder beside the classifier, when the operator names one (`EMBEDDINGS_URL`). Only
 * then does text leave the process, and only to that address; when it is slow, wrong or gone,
 * citizens are served as without it.
 */
import { z } from 'zod';

/** What a text is to the encoder: something asked, or something that answers. */
export type Purpose = 'query' | 'passage';

export interface Embedder {
  /** One unit vector for each text, in order and all of one width, or null when there are none to be had in time. */
  embed(texts: string[], purpose: 'query' | 'passage', limitMs: number, signal?: AbortSignal): Promise<Float32Array[] | null>;
  /** Names the model, so that kept vectors of another are not mixed in. */
  id: string;
}

const reply = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).min(1) })).min(1),
});

/** After this many failures in a row nothing is asked for a while, then one question is let through. */
const MOST_FAILURES = 3;
const REST_MS = 30_000;

export interface HttpEmbedderParts {
  /** `http://127.0.0.1:8123/v1/embeddings`, or the address before `/v1/embeddings`. */
  url: string;
  model: string;
  fetch?: typeof fetch;
  clock?: () => number;
}

/** Speaks OpenAI's `POST /v1/embeddings`, as Ollama, text-embeddings-inference, vLLM, llama.cpp and others do. */
export function createHttpEmbedder({ url, model, fetch: ask = fetch, clock = Date.now }: HttpEmbedderParts): Embedder {
  const address = new URL(url.endsWith('/v1/embeddings') ? url : `${url.replace(/\/+$/, '')}/v1/embeddings`);
  let failures = 0;
  let restUntil = 0;
  return {
    id: `${address.origin}${address.pathname} ${model}`,
    async embed(texts, purpose, limitMs, signal) {
      const now = clock();
      if (now < restUntil) return null;
      if (failures >= MOST_FAILURES) restUntil = now + limitMs;
      const timeLimit = AbortSignal.timeout(limitMs);
      try {
        const response = await ask(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ model: `${model}-${purpose}`, input: texts }),
          signal: signal ? AbortSignal.any([timeLimit, signal]) : timeLimit,
          redirect: 'error',
        });
        if (!response.ok) {
          await response.body?.cancel();
          throw new Error(`The embeddings server answered ${response.status}.`);
        }
        const { data } = reply.parse(JSON.parse(await textWithin(response, texts.length * MOST_BYTES)));
        const vectors = inOrder(data, texts.length);
        failures = 0;
        restUntil = 0;
        return vectors;
      } catch {
        if (signal?.aborted) return null;
        failures++;
        if (failures >= MOST_FAILURES) restUntil = clock() + REST_MS;
        return null;
      }
    },
  };
}

/** Ten thousand numbers a text, written out; whoever sends more is not an encoder. */
const MOST_BYTES = 250_000;

async function textWithin(response: Response, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) throw new Error('The embeddings server sends too much.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function inOrder(data: Array<{ index: number; embedding: number[] }>, count: number): Float32Array[] {
  const vectors: Array<Float32Array | undefined> = new Array(count);
  const width = data[0]!.embedding.length;
  for (const { index, embedding } of data) {
    if (index >= count || embedding.length !== width || embedding.some((value) => !Number.isFinite(value)))
      throw new Error('The embeddings do not fit the question.');
    vectors[index] = unit(Float32Array.from(embedding));
  }
  return vectors.map((vector) => {
    if (!vector) throw new Error('Some embeddings are missing.');
    return vector;
  });
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0) || !Number.isFinite(length)) throw new Error('An embedding says nothing.');
  return vector.map((value) => value / length);
}
