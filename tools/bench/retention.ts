/**
 * A night of retention over a store full of quiet conversations, in the server that answers citizens meanwhile: how many
 * rows go a second, and what citizens feel of it beside an evening on the same store.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, openDatabase } from '../../src/store';
import { createEliminations } from '../../src/store/rows/eliminations';
import { startMongo } from '../mongo-server';
import { createVisitor, type Measured, pace, type Speaker, WARM_UP_MS } from './driver';
import { fill, PER_CONVERSATION } from './fill';
import { settled, start } from './server';

export interface RetentionColumn {
  name: string;
  /** What citizens and the bot said, and the rows that hold it. */
  messages: number;
  rows: number;
  tookMs: number;
  evening: Measured;
  night: Measured;
}

/** Over a year after what `fill` writes, which is how long the demo's first town keeps a conversation. */
const EVENING = '2027-06-02T00:15:00+02:00';
const NIGHT = '2027-06-02T02:00:00+02:00';
const TOWN = 'bellerive';
const CITIZENS = 16;
/** Seventy times the worst hour of a year of a town of 75,000. */
const A_SECOND = 10;
/** Filling a server takes longer than emptying it; a part of the rows tells as much. */
const MONGO_SHARE = 0.1;
const MOVES_WITHIN_MS = 500;
const LONGEST_MS = 20 * 60_000;
const HALL = ['dist/tools/bench/processes/moved-hall.js', EVENING, NIGHT];

/** @param turns citizens' messages in the store, each with its answer. */
export async function retentionColumns(
  texts: string[],
  turns: number,
  forMs: number,
  folder: (name: string) => string,
): Promise<RetentionColumn[]> {
  const data = folder('retention');
  const embedded = await column('embedded store', { DATA_DIR: data }, turns, () =>
    openDatabase({ kind: 'sqlite', file: join(data, 'guichet.db') }),
  );
  const mongo = await startMongo();
  if (!mongo) return [embedded];
  const of = { DATA_DIR: folder('retention-mongo'), STORE: 'mongo', MONGODB_URI: mongo.uri };
  try {
    return [
      embedded,
      await column('MongoDB-protocol server', of, turns * MONGO_SHARE, () => openDatabase({ kind: 'mongo', uri: mongo.uri })),
    ];
  } finally {
    await mongo.stop();
  }

  async function column(
    name: string,
    env: Record<string, string>,
    count: number,
    open: () => Promise<Database>,
  ): Promise<RetentionColumn> {
    // The schema stands once somebody has opened the door.
    await (await start(HALL, env)).stop();
    const database = await open();
    const server = await start(HALL, env);
    const speakers: Speaker[] = [];
    const arrive = async () => {
      for (let n = 0; n < CITIZENS; n += 1) speakers.push(await createVisitor(server.url));
      return speakers.slice(-CITIZENS);
    };
    try {
      await fill(database, 0, count);
      await settled(server.url);
      const citizens = await arrive();
      await pace(citizens, texts, A_SECOND, WARM_UP_MS);
      const evening = await pace(citizens, texts, A_SECOND, forMs);
      server.signal('SIGUSR2');
      await pause(MOVES_WITHIN_MS);
      // Their letters of admission have run out by then.
      const later = await arrive();
      const [tookMs, night] = await Promise.all([
        emptied(database, count / PER_CONVERSATION),
        pace(later, texts, A_SECOND, forMs),
      ]);
      const rows = count * 3 + count / PER_CONVERSATION;
      return { name, messages: count * 2, rows, tookMs, evening, night };
    } finally {
      for (const each of speakers) each.close();
      await server.stop();
      await database.close();
    }
  }
}

/** Milliseconds until so many conversations are gone, from the first that goes. */
async function emptied(database: Database, conversations: number): Promise<number> {
  const eliminations = createEliminations(database);
  const startedAt = performance.now();
  let firstAt: number | undefined;
  while (performance.now() - startedAt < LONGEST_MS) {
    const [row] = await eliminations.list(TOWN, '0000-00-00', '9999-12-31', 1);
    if (row) firstAt ??= performance.now();
    if ((row?.count ?? 0) >= conversations) return performance.now() - (firstAt ?? startedAt);
    await pause(50);
  }
  throw new Error(`After ${LONGEST_MS / 60_000} minutes not all of ${conversations} conversations are gone`);
}

export function retentionTable(columns: RetentionColumn[]): string[] {
  return [
    `Retention: a night beside ${A_SECOND} citizens' messages a second. Messages are what citizens and the bot said.`,
    '',
    '| | messages, rows | took (s) | rows/s | 10 million messages (min) | citizens p50, p95 in the evening (ms) | by night | p95 night to evening |',
    '|---|---|---|---|---|---|---|---|',
    ...columns.map(({ name, messages, rows, tookMs, evening, night }) => {
      const minutes = ((tookMs / messages) * 10_000_000) / 60_000;
      return `| ${name} | ${messages.toLocaleString('en')}, ${rows.toLocaleString('en')} | ${(tookMs / 1000).toFixed(1)} | ${((rows / tookMs) * 1000).toFixed(0)} | ${minutes.toFixed(1)} | ${evening.p50.toFixed(1)}, ${evening.p95.toFixed(1)} | ${night.p50.toFixed(1)}, ${night.p95.toFixed(1)} | ${(night.p95 / evening.p95).toFixed(2)} |`;
    }),
  ];
}
