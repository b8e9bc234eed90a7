/**
 * What an operator's machines ask: is the process alive, can it take messages, how is it doing.
 * Counts only; nothing here names a citizen.
 */
import client from 'prom-client';
import type { Route } from '../domain/route';

export interface HealthParts {
  /** Resolves when the store answers. */
  ping: () => Promise<void>;
  /** Rows of the mailroom by pile and state, counted when asked. */
  mail: () => Promise<Array<{ pile: string; state: string; count: number }>>;
  inHand: () => number;
}

export interface Health {
  routes: Route[];
  onAnswer: (route: string, status: number, seconds: number) => void;
  /** Counts an event by name: 'turn', 'danger.reported', 'turn.failed'… */
  onEvent: (event: string) => void;
}

const PING_LIMIT_MS = 2000;

export function createHealth({ ping, mail, inHand }: HealthParts): Health {
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

  const text = (path: string, status: () => Promise<{ status: number; body: string; type?: string }>): Route => ({
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
        try {
          await Promise.race([
            ping(),
            new Promise((_resolve, reject) => setTimeout(() => reject(new Error('slow')), PING_LIMIT_MS).unref()),
          ]);
          return { status: 200, body: '{"status":"ready"}' };
        } catch {
          return { status: 503, body: '{"status":"waiting","reason":"the store does not answer"}' };
        }
      }),
      text('/metrics', async () => ({ status: 200, body: await registry.metrics(), type: registry.contentType })),
    ],
    onAnswer: (route, status, seconds) => answers.observe({ route, status: String(status) }, seconds),
    onEvent: (event) => events.inc({ event }),
  };
}
