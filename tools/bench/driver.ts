/**
 * The one client of every column: posts a message, waits for the reply, and notes how long that
 * took. Connections are kept open; each citizen has one message under way at a time.
 */
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import WebSocket from 'ws';

/** Says one message and resolves when its reply is there. */
export interface Speaker {
  say(text: string): Promise<void>;
  close(): void;
}

/** Long enough, and so many messages, that the JavaScript engine has compiled what every message runs through. */
export const WARM_UP_MS = 8000;
const WARM_UP_MESSAGES = 6000;
/** A server that is slower than that is measured as warm as it has become. */
const LONGEST_WARM_UP_MS = 45_000;
/** What stands beside ours where durability is measured. */
export const FLOOR = 'durable floor: two commits, no bot';
const OPENING_MS = 30_000;

/** How many write, what, and for how long. */
export interface Plan {
  citizens: number;
  texts: string[];
  forMs: number;
}

export interface Measured {
  /** Messages answered per second. */
  rate: number;
  p50: number;
  p95: number;
  count: number;
  failed: number;
  /** Why, each once. */
  reasons: string[];
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export async function post(
  url: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const answer = await postText(url, path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  return answer === '' ? {} : JSON.parse(answer);
}

export function postText(url: string, path: string, text: string, headers: Record<string, string>): Promise<string> {
  return send('POST', url, path, { 'content-length': String(Buffer.byteLength(text)), ...headers }, text);
}

export function getText(url: string, path: string, headers: Record<string, string>): Promise<string> {
  return send('GET', url, path, headers);
}

function send(method: string, url: string, path: string, headers: Record<string, string>, text?: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const whole = Buffer.concat(chunks).toString('utf8');
        if ((response.statusCode ?? 500) >= 300) reject(new Error(`${path}: ${response.statusCode} ${whole.slice(0, 200)}`));
        else resolve(whole);
      });
    });
    // The server may close a connection that nobody used for a while at the moment at which it is used again.
    sent.on('error', (error: NodeJS.ErrnoException) =>
      sent.reusedSocket && error.code === 'ECONNRESET'
        ? send(method, url, path, headers, text).then(resolve, reject)
        : reject(error),
    );
    sent.end(text);
  });
}

/** A server that has just started may say that it cannot keep anything yet: any client asks again. */
async function onceOpen<T>(ask: () => Promise<T>): Promise<T> {
  for (const untilMs = performance.now() + OPENING_MS; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > untilMs || !/: 503 /.test((error as Error).message)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/**
 * A visitor of the web page: token, conversation, stream; the reply is the bot's next frame.
 * @param from where their page connects from, if not from where everything else does.
 */
export async function createVisitor(url: string, from?: string): Promise<Speaker> {
  const { conversationId, token } = await post(url, '/widget/bellerive/token', {}, { origin: url });
  const headers = { authorization: `Bearer ${token}` };
  const opened = await onceOpen(() => post(url, '/v3/directline/conversations', { locale: 'fr' }, headers));
  const socket = new WebSocket(String(opened.streamUrl), { origin: url, localAddress: from });
  const waiting = new Map<string, () => void>();
  const early = new Set<string>();
  let greeted: () => void = () => {};
  const greeting = new Promise<void>((resolve) => {
    greeted = resolve;
  });
  socket.on('message', (data) => {
    const frame = String(data);
    if (frame === '') return;
    for (const activity of (JSON.parse(frame) as { activities: Array<{ from: { role?: string }; replyToId?: string }> })
      .activities) {
      if (activity.from.role !== 'bot') continue;
      greeted();
      const answered = waiting.get(activity.replyToId ?? '');
      if (answered) answered();
      else if (activity.replyToId) early.add(activity.replyToId);
    }
  });
  await greeting;
  return {
    async say(text) {
      const { id } = await post(
        url,
        `/v3/directline/conversations/${conversationId}/activities`,
        { type: 'message', text, locale: 'fr' },
        headers,
      );
      const key = String(id);
      if (early.delete(key)) return;
      await new Promise<void>((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error('no reply within 20 s')), 20_000);
        waiting.set(key, () => {
          clearTimeout(limit);
          waiting.delete(key);
          resolve();
        });
      });
    },
    close: () => socket.terminate(),
  };
}

/** The same for the yardstick, whose reply comes with the answer to the post. */
export async function createEchoSpeaker(url: string, n: number): Promise<Speaker> {
  return {
    async say(text) {
      await post(url, '/api/messages', {
        type: 'message',
        text,
        from: { id: `u${n}` },
        conversation: { id: `c${n}` },
        channelId: 'bench',
      });
    },
    close() {},
  };
}

/** By count, not by time: otherwise a fast server would be measured warm and a slow one cold. */
export function warmUp(speakers: Speaker[], texts: string[]): Promise<Measured> {
  return asFastAs(speakers, texts, 0, (count, ms) => count < WARM_UP_MESSAGES && ms < LONGEST_WARM_UP_MS);
}

/** As fast as the speakers can, for a while; with texts that the warm-up has not said, as far as there are. */
export function saturate(speakers: Speaker[], texts: string[], forMs: number): Promise<Measured> {
  return asFastAs(speakers, texts, Math.floor(texts.length / 2), (_, ms) => ms < forMs);
}

async function asFastAs(
  speakers: Speaker[],
  texts: string[],
  from: number,
  goesOn: (count: number, ms: number) => boolean,
): Promise<Measured> {
  const times: number[] = [];
  const failures: string[] = [];
  const startedAt = performance.now();
  await Promise.all(
    speakers.map(async (speaker, n) => {
      for (let turn = from + n; goesOn(times.length + failures.length, performance.now() - startedAt); turn += 1) {
        const at = performance.now();
        try {
          await speaker.say(texts[turn % texts.length] ?? '');
          times.push(performance.now() - at);
        } catch (error) {
          failures.push((error as Error).message);
        }
      }
    }),
  );
  return measured(times, failures, performance.now() - startedAt);
}

/** At a steady rate, whether or not the answers keep up: a late answer does not slow the next question down. */
export async function pace(speakers: Speaker[], texts: string[], perSecond: number, forMs: number): Promise<Measured> {
  const times: number[] = [];
  const failures: string[] = [];
  const startedAt = performance.now();
  const total = Math.round((perSecond * forMs) / 1000);
  const under: Array<Promise<void>> = [];
  for (let n = 0; n < total; n += 1) {
    const dueAt = startedAt + (n * 1000) / perSecond;
    const early = dueAt - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    const speaker = speakers[n % speakers.length];
    // Measured from when it was due, so that a stall is seen by every message it held up.
    under.push(
      (speaker as Speaker).say(texts[n % texts.length] ?? '').then(
        () => {
          times.push(performance.now() - dueAt);
        },
        (error: Error) => {
          failures.push(error.message);
        },
      ),
    );
  }
  await Promise.all(under);
  return measured(times, failures, performance.now() - startedAt);
}

function measured(times: number[], failures: string[], tookMs: number): Measured {
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return {
    rate: (sorted.length / tookMs) * 1000,
    p50: at(0.5),
    p95: at(0.95),
    count: sorted.length,
    failed: failures.length,
    reasons: [...new Set(failures)],
  };
}
