/** The web columns: what durability costs, from a posted message to its reply; and how a database that grows slows us down. */
import { join } from 'node:path';
import { openDatabase } from '../../src/store';
import { startMongo } from '../mongo-server';
import {
  createEchoSpeaker,
  createVisitor,
  FLOOR,
  type Measured,
  type Plan,
  pace,
  type Speaker,
  saturate,
  WARM_UP_MS,
  warmUp,
} from './driver';
import { fill } from './fill';
import { settled, start } from './server';

const STEADY = 100;

type MakeSpeaker = (url: string, n: number) => Promise<Speaker>;

const visitor: MakeSpeaker = (url) => createVisitor(url);

export interface WebColumn {
  name: string;
  starts: Starts;
  saturated: Measured;
  /** Processor time of the server a message, when saturated; a database's own is not in it. */
  cpuMs: number;
  steady: Measured;
  megabytes: number;
}

/** Seconds until the door is open and until the first reply: the very first time, and once phrases have been learnt. */
interface Starts {
  first: { open: number; reply: number };
  again: { open: number; reply: number };
}

export interface Growth {
  messages: number;
  p50: number;
  p95: number;
}

/** @param folder where each column keeps its data. */
export async function webColumns(plan: Plan, folder: (name: string) => string): Promise<WebColumn[]> {
  const ours = (name: string, env: Record<string, string>) => column(name, ['dist/src/main.js'], env, visitor, plan);
  const columns = [
    await column('echo bot, nothing kept (yardstick)', ['dist/tools/bench/processes/yardstick.js'], {}, createEchoSpeaker, plan),
    await column(FLOOR, ['dist/tools/bench/processes/floor.js'], { DATA_DIR: folder('floor') }, visitor, plan),
    await ours('Guichet, embedded store', { DATA_DIR: folder('embedded') }),
  ];
  const mongo = await startMongo();
  if (!mongo) {
    process.stdout.write('No MongoDB-protocol server here (MONGODB_URI, mongod or secantusd-rs): that column is left out.\n');
    return columns;
  }
  const env = { DATA_DIR: folder('with-mongo'), STORE: 'mongo', MONGODB_URI: mongo.uri };
  columns.push(await ours('Guichet, MongoDB-protocol server', env));
  await mongo.stop();
  return columns;
}

/** @param sizes messages in the store, fewest first. */
export async function growthOf(plan: Plan, sizes: number[], grown: string): Promise<Growth[]> {
  const growth: Growth[] = [];
  let filled = 0;
  for (const size of sizes) {
    await warm({ DATA_DIR: grown });
    const database = await openDatabase({ kind: 'sqlite', file: join(grown, 'guichet.db') });
    await fill(database, filled, size);
    await database.close();
    filled = size;
    const steady = await atRest({ DATA_DIR: grown }, plan);
    growth.push({ messages: size, p50: steady.p50, p95: steady.p95 });
  }
  return growth;
}

async function column(
  name: string,
  args: string[],
  env: Record<string, string>,
  speaker: MakeSpeaker,
  { citizens, texts, forMs }: Plan,
): Promise<WebColumn> {
  const first = await firstWords(args, env, speaker);
  await first.server.stop();
  const { server, ...again } = await firstWords(args, env, speaker);
  const starts = { first: { open: first.open, reply: first.reply }, again };
  const speakers: Speaker[] = [];
  try {
    await settled(server.url);
    for (let n = 0; n < citizens; n += 1) speakers.push(await speaker(server.url, n));
    await warmUp(speakers, texts);
    const cpuBefore = server.cpuSeconds();
    const saturated = await saturate(speakers, texts, forMs);
    const cpuMs = ((server.cpuSeconds() - cpuBefore) * 1000) / saturated.count;
    await new Promise((resolve) => setTimeout(resolve, 500));
    const steady = await pace(speakers, texts, STEADY, forMs);
    return { name, starts, saturated, cpuMs, steady, megabytes: server.megabytes() };
  } finally {
    for (const each of speakers) each.close();
    await server.stop();
  }
}

/** Starts a server and says one word to it at once. */
async function firstWords(args: string[], env: Record<string, string>, speaker: MakeSpeaker) {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  const server = await start(args, env);
  const open = seconds();
  const citizen = await speaker(server.url, 0);
  await citizen.say('bonjour');
  const reply = seconds();
  citizen.close();
  return { server, open, reply };
}

async function atRest(env: Record<string, string>, { citizens, texts, forMs }: Plan): Promise<Measured> {
  const server = await start(['dist/src/main.js'], env);
  const speakers: Speaker[] = [];
  try {
    await settled(server.url);
    for (let n = 0; n < citizens; n += 1) speakers.push(await createVisitor(server.url));
    await pace(speakers, texts, STEADY, WARM_UP_MS);
    return await pace(speakers, texts, STEADY, forMs);
  } finally {
    for (const each of speakers) each.close();
    await server.stop();
  }
}

/** Opens and closes once, so that the database file stands with its schema. */
async function warm(env: Record<string, string>): Promise<void> {
  const server = await start(['dist/src/main.js'], env);
  await server.stop();
}

export function webTable(columns: WebColumn[]): string[] {
  const rateOf = (wanted: string | undefined) => columns.find(({ name }) => name === wanted)?.saturated.rate ?? 1;
  const [yardstick, floor] = [rateOf(columns[0]?.name), rateOf(FLOOR)];
  return [
    'Web: post to reply.',
    '',
    '| | messages/s | of yardstick | of the floor | CPU a message (ms) | p50, p95 saturated (ms) | p50, p95 at 100/s (ms) | failed | memory (MB) | open, first reply (s) | the same, started again (s) |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...columns.map(
      ({ name, saturated, cpuMs, steady, megabytes, starts: { first, again } }) =>
        `| ${name} | ${saturated.rate.toFixed(0)} | ${(saturated.rate / yardstick).toFixed(2)} | ${(saturated.rate / floor).toFixed(2)} | ${cpuMs.toFixed(1)} | ${saturated.p50.toFixed(1)}, ${saturated.p95.toFixed(1)} | ${steady.p50.toFixed(1)}, ${steady.p95.toFixed(1)} | ${saturated.failed + steady.failed} | ${megabytes.toFixed(0)} | ${first.open.toFixed(1)}, ${first.reply.toFixed(1)} | ${again.open.toFixed(1)}, ${again.reply.toFixed(1)} |`,
    ),
  ];
}

export function growthTable(growth: Growth[]): string[] {
  return [
    '| stored messages (embedded store) | p50 at 100/s (ms) | p95 at 100/s (ms) | p95 of empty |',
    '|---|---|---|---|',
    ...growth.map(
      ({ messages, p50, p95 }) =>
        `| ${messages.toLocaleString('en')} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${(p95 / (growth[0]?.p95 ?? p95)).toFixed(2)} |`,
    ),
  ];
}
