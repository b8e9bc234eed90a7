/**
 * A sentence encoder beside the classifier, when the operator names one (`EMBEDDINGS_URL`). Only
 * then does text leave the process, and only to that address; when it is slow, wrong or gone,
 * citizens are served as without it.
 */
import { z } from 'zod';

export interface Embedder {
  /** One unit vector for each text, in order, or null when there are none to be had in time. */
  embed(texts: string[], purpose: 'query' | 'passage', limitMs: number): Promise<Float32Array[] | null>;
  /** Names the model, so that kept vectors of another are not mixed in. */
  id: string;
}

const reply = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).min(1) })).min(1),
});

/** After this many failures in a row nothing is asked for a while. */
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
    async embed(texts, purpose, limitMs) {
      if (clock() < restUntil) return null;
      try {
        const response = await ask(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ model: `${model}-${purpose}`, input: texts }),
          signal: AbortSignal.timeout(limitMs),
          redirect: 'error',
        });
        if (!response.ok) throw new Error(`The embeddings server answered ${response.status}.`);
        const { data } = reply.parse(await response.json());
        const vectors = inOrder(data, texts.length);
        failures = 0;
        return vectors;
      } catch {
        failures++;
        if (failures >= MOST_FAILURES) restUntil = clock() + REST_MS;
        return null;
      }
    },
  };
}

function inOrder(data: Array<{ index: number; embedding: number[] }>, count: number): Float32Array[] {
  const vectors: Array<Float32Array | undefined> = new Array(count);
  const width = data[0]!.embedding.length;
  for (const { index, embedding } of data) {
    if (index >= count || embedding.length !== width || embedding.some((value) => !Number.isFinite(value)))
      throw new Error('The embeddings do not fit the question.');
    vectors[index] = unit(Float32Array.from(embedding));
  }
  if (vectors.includes(undefined)) throw new Error('Some embeddings are missing.');
  return vectors as Float32Array[];
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return vector.map((value) => value / length);
}
