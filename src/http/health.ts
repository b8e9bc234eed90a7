/**
 * What an operator's machines ask: is the process alive, can it take messages, how is it doing.
 * Counts only; nothing here names a citizen.
 */
import client from 'prom-client';
import type { Route } from '../domain/http/route';
import { addFigures, countTurns, type Figures } from './figures';

/** Why citizens are not answered yet, or not just now. */
type Waiting = 'learning' | 'upgrading' | 'store-refused' | 'store-away' | 'store-full' | 'store-readonly';

export interface HealthParts {
  /** How far the start has come. */
  standing: () => 'ready' | Extract<Waiting, 'learning' | 'upgrading' | 'store-refused'>;
  /** Resolves when the store has kept a small write. */
  ping: () => Promise<void>;
  /** Rows of the mailroom by pile and state, counted when asked. */
  mail: () => Promise<Array<{ pile: string; state: string; count: number }>>;
  inHand: () => number;
  figures: Figures;
}

export interface Health {
  routes: Route[];
  onAnswer: (route: string, status: number, seconds: number) => void;
  /** Counts an event by name: 'turn', 'danger.reported', 'turn.failed'… */
  onEvent: (event: string) => void;
  /** Counts a citizen's message by the rule that took it. */
  onTurn: (town: string, rule: string) => void;
}

const PING_LIMIT_MS = 2000;
/** Asked by several machines, or by a stranger over and over: one write answers them all for so long. */
const PING_HOLDS_MS = 1000;

export function createHealth({ standing, ping, mail, inHand, figures }: HealthParts): Health {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  const answers = new client.Histogram({
    name: 'guichet_http_seconds',
    help: 'Time from request to answer, by route and status',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const events = new client.Counter({
    name: 'guichet_events_total',
    help: 'What happened, by the name of the log event',
    labelNames: ['event'],
    registers: [registry],
  });
  new client.Gauge({
    name: 'guichet_in_hand',
    help: 'Conversations being worked on',
    registers: [registry],
    collect() {
      this.set(inHand());
    },
  });
  new client.Gauge({
    name: 'guichet_mail_rows',
    help: 'Rows of inbox and outbox by state',
    labelNames: ['pile', 'state'],
    registers: [registry],
    async collect() {
      // While the store is away the other figures are still told.
      for (const { pile, state, count } of await mail().catch(() => [])) this.set({ pile, state }, count);
    },
  });

  addFigures(registry, figures);
  const asked = once(ping, PING_HOLDS_MS);

  async function waiting(): Promise<Waiting | null> {
    const step = standing();
    if (step === 'store-refused') return step;
    try {
      await Promise.race([
        asked(),
        new Promise((_resolve, reject) => setTimeout(() => reject(new Error('slow')), PING_LIMIT_MS).unref()),
      ]);
    } catch (error) {
      const why = (error as { why?: unknown } | null)?.why;
      return why === 'full' ? 'store-full' : why === 'read-only' ? 'store-readonly' : 'store-away';
    }
    return step === 'ready' ? null : step;
  }

  const text = (path: string, status: () => Promise<{ status: number; body: string; type?: string }>): Route => ({
    caller: 'anyone',
    method: 'get',
    path,
    body: 'none',
    async handle({ response }) {
      const said = await status();
      response.writeHead(said.status, {
        'Content-Type': said.type ?? 'application/json; charset=utf-8',
        'Cache-Control': 'no-store',
      });
      response.end(said.body);
    },
  });

  return {
    routes: [
      text('/healthz', async () => ({ status: 200, body: '{"status":"alive"}' })),
      text('/readyz', async () => {
        const reason = await waiting();
        return reason
          ? { status: 503, body: JSON.stringify({ status: 'waiting', reason }) }
          : { status: 200, body: '{"status":"ready"}' };
      }),
      text('/metrics', async () => ({ status: 200, body: await registry.metrics(), type: registry.contentType })),
    ],
    onAnswer: (route, status, seconds) => answers.observe({ route, status: String(status) }, seconds),
    onEvent: (event) => events.inc({ event }),
    onTurn: countTurns(registry),
  };
}

/** The answer of a question that was asked a moment ago, or is being asked. */
function once(ask: () => Promise<void>, holdsMs: number): () => Promise<void> {
  let answer: Promise<void> | null = null;
  return () => {
    if (!answer) {
      answer = ask();
      const forget = () => setTimeout(() => (answer = null), holdsMs).unref();
      answer.then(forget, forget);
    }
    return answer;
  };
}
