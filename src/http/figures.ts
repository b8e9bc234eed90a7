/**
 * Figures by which an operator sees trouble before citizens do: room on the disk, what waits and for how long, what
 * is asked for and how much of it is not understood. Counts only; nothing here names a citizen.
 */
import { stat, statfs } from 'node:fs/promises';
import client from 'prom-client';

export interface Figures {
  /** Where the embedded database and files are kept. */
  dataDir: string;
  /** The embedded database's file; undefined on a server. */
  databaseFile?: string;
  /** When each pile's oldest row that still waits came in: milliseconds since 1970, or null. */
  oldest: () => Promise<Array<{ pile: string; at: number | null }>>;
  requests: () => Promise<Array<{ town: string; topic: string; state: string; count: number }>>;
  /** Of the last night's report of each town. */
  withoutOutcome: () => Promise<Array<{ town: string; why: string; count: number }>>;
  /** Milliseconds since 1970; undefined until citizens are answered. */
  readySince: () => number | undefined;
  now: () => number;
}

/** Counting requests asks the store a question for each topic and state: not more often than this. */
const COUNTS_HOLD_MS = 15_000;

/** Counts the turns of each rule; those of 'clarify' were not understood. */
export function countTurns(registry: client.Registry): (town: string, rule: string) => void {
  const turns = new client.Counter({
    name: 'guichet_turns_total',
    help: "Citizens' messages by the rule that took them; clarify: not understood",
    labelNames: ['town', 'rule'],
    registers: [registry],
  });
  return (town, rule) => turns.inc({ town, rule });
}

export function addFigures(registry: client.Registry, figures: Figures): void {
  const { dataDir, databaseFile, oldest, requests, withoutOutcome, readySince, now } = figures;
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    collect: (set: (value: number, labels?: Record<string, string>) => void) => unknown,
  ) =>
    new client.Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      // What cannot be had just now is left out; the other figures are still told.
      async collect() {
        this.reset();
        await Promise.resolve(collect((value, labels = {}) => this.set(labels, value))).catch(() => {});
      },
    });

  gauge('guichet_disk_free_bytes', 'Room left where DATA_DIR is', [], async (set) => {
    const { bavail, bsize } = await statfs(dataDir);
    set(bavail * bsize);
  });
  if (databaseFile) {
    gauge('guichet_wal_bytes', 'Size of the write-ahead log of the embedded database', [], async (set) =>
      set((await stat(`${databaseFile}-wal`).catch(() => ({ size: 0 }))).size),
    );
  }
  gauge(
    'guichet_oldest_row_seconds',
    'Age of the oldest row of inbox and outbox that waits for its work',
    ['pile'],
    async (set) => {
      for (const { pile, at } of await oldest()) set(at === null ? 0 : Math.max(0, (now() - at) / 1000), { pile });
    },
  );
  gauge(
    'guichet_without_outcome',
    'Conversations of the last day reported that ended with neither an answer, nor a request, nor a person',
    ['town', 'why'],
    async (set) => {
      for (const { count, ...labels } of await withoutOutcome()) set(count, labels);
    },
  );
  gauge('guichet_ready_seconds', 'Seconds since citizens began to be answered; 0 until then', [], (set) => {
    const since = readySince();
    set(since === undefined ? 0 : (now() - since) / 1000);
  });
  let counted: ReturnType<typeof requests> | undefined;
  let countedAt = Number.NEGATIVE_INFINITY;
  gauge(
    'guichet_requests',
    'Requests opened, by topic and by the state they are in now',
    ['town', 'topic', 'state'],
    async (set) => {
      if (!counted || now() - countedAt > COUNTS_HOLD_MS) {
        counted = requests();
        countedAt = now();
        counted.catch(() => {
          counted = undefined;
        });
      }
      for (const { count, ...labels } of await counted) set(count, labels);
    },
  );
}
