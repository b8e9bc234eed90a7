/**
 * `npm run bench`: what durability costs, measured in one run on this machine. Ours on the embedded
 * store, ours on a MongoDB-protocol server, and the shortest echo bot without durability, all driven
 * by the same client; then the phone, and how a database that grows slows us down. Compare columns of
 * one run only. `--only start`, `web`, `phone`, `growth`, `desk`, `retention` or `lookup` runs a part; `--only peers`
 * measures beside other people's work, which it installs; `--only year` lives through a town's year, or `--days` of it at a `--scale`,
 * and goes on in its `--folder` where it was stopped.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/store';
import { startMongo } from '../mongo-server';
import { type DeskMeasured, deskColumn, deskTable } from './desk';
import { createEchoSpeaker, createVisitor, type Measured, pace, type Speaker, saturate, WARM_UP_MS } from './driver';
import { fill } from './fill';
import { type LookupColumn, lookupColumns, lookupTable } from './lookup';
import { type PeerColumn, peerColumns, peerTable } from './peers';
import { type PhoneColumn, phoneColumns, phoneTable } from './phone';
import { type RetentionColumn, retentionColumns, retentionTable } from './retention';
import { settled, start } from './server';
import { type StartColumn, startColumns, startTable } from './start';
import { type YearColumn, yearColumn, yearTable } from './year';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    seconds: { type: 'string', default: '8' },
    citizens: { type: 'string', default: '64' },
    turns: { type: 'string', default: '100000' },
    tickets: { type: 'string', default: '50000' },
    growth: { type: 'string', default: '0,100000,1000000' },
    days: { type: 'string', default: '366' },
    scale: { type: 'string', default: '1' },
    folder: { type: 'string' },
    only: { type: 'string', default: 'start,web,phone,growth,desk,retention,lookup' },
  },
});
const FOR_MS = Number(values.seconds) * 1000;
const CITIZENS = Number(values.citizens);
const STEADY = 100;
/** In a year, of a town of 75,000. */
const CONTACTS = 475_000;

/** What citizens write: greetings, questions, the beginning of reports, things not understood. */
const TEXTS = [
  'bonjour',
  'combien coûte un passeport ?',
  'la mairie ouvre à quelle heure demain ?',
  'le lampadaire devant le 14 rue Pasteur est cassé',
  'annuler',
  'quel jour passent les poubelles jaunes ?',
  'il y a un trou énorme rue Victor Hugo',
  'annuler',
  'merci beaucoup',
  'how do I renew my identity card?',
];

type MakeSpeaker = (url: string, n: number) => Promise<Speaker>;

interface Column {
  name: string;
  starts: Starts;
  saturated: Measured;
  steady: Measured;
  megabytes: number;
}

/** Seconds until the door is open and until the first reply: the very first time, and once phrases have been learnt. */
interface Starts {
  first: { open: number; reply: number };
  again: { open: number; reply: number };
}

interface Growth {
  messages: number;
  p50: number;
  p95: number;
}

const PARTS = ['start', 'web', 'phone', 'growth', 'desk', 'retention', 'lookup', 'peers', 'year'];

async function main(): Promise<void> {
  const wanted = (values.only ?? '').split(',');
  const unknown = wanted.filter((part) => !PARTS.includes(part));
  if (unknown.length > 0) throw new Error(`--only ${unknown.join(',')}: there are ${PARTS.join(', ')}`);
  const scratch = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
  try {
    const plan = { citizens: CITIZENS, texts: TEXTS, forMs: FOR_MS };
    const starts = wanted.includes('start') ? await startColumns((name) => join(scratch, name)) : [];
    const columns = wanted.includes('web') ? await webColumns(scratch) : [];
    const phone = wanted.includes('phone') ? await phoneColumns(plan, (name) => join(scratch, name)) : [];
    const growth = wanted.includes('growth') ? await growthOf(join(scratch, 'grown')) : [];
    const peers = wanted.includes('peers') ? await peerColumns(plan, (name) => join(scratch, name)) : [];
    const desk = wanted.includes('desk') ? await deskColumn(TEXTS, FOR_MS, join(scratch, 'desk')) : null;
    const turns = Number(values.turns);
    const nights = wanted.includes('retention')
      ? await retentionColumns(TEXTS, turns, FOR_MS, (name) => join(scratch, name))
      : [];
    const requests = Number(values.tickets);
    const lookups = wanted.includes('lookup') ? await lookupColumns(requests, FOR_MS, join(scratch, 'lookup')) : [];
    const year = wanted.includes('year') ? await yearOf(values.folder ?? join(scratch, 'year')) : null;
    report(starts, columns, phone, growth, peers, desk, nights, lookups, year);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Ctrl+C ends it after the day that is under way; null then. */
async function yearOf(folder: string): Promise<YearColumn | null> {
  let isStopped = false;
  process.once('SIGINT', () => {
    isStopped = true;
  });
  return yearColumn({
    ...{ contacts: CONTACTS, scale: Number(values.scale), days: Number(values.days), folder },
    says(day, { contacts, tookMs }) {
      process.stderr.write(`day ${day}: ${contacts} contacts, ${(tookMs / 60_000).toFixed(1)} min\n`);
      return isStopped;
    },
  });
}

async function webColumns(scratch: string): Promise<Column[]> {
  const columns = [
    await column('echo bot, nothing kept (yardstick)', ['dist/tools/bench/yardstick.js'], {}, createEchoSpeaker),
    await ours('Guichet, embedded store', { DATA_DIR: join(scratch, 'embedded') }),
  ];
  const mongo = await startMongo();
  if (!mongo) {
    process.stdout.write('No MongoDB-protocol server here (MONGODB_URI, mongod or secantusd-rs): that column is left out.\n');
    return columns;
  }
  const env = { DATA_DIR: join(scratch, 'with-mongo'), STORE: 'mongo', MONGODB_URI: mongo.uri };
  columns.push(await ours('Guichet, MongoDB-protocol server', env));
  await mongo.stop();
  return columns;
}

async function growthOf(grown: string): Promise<Growth[]> {
  const growth: Growth[] = [];
  const sizes = (values.growth ?? '').split(',').filter(Boolean).map(Number);
  let filled = 0;
  for (const size of sizes) {
    await warm({ DATA_DIR: grown });
    const database = await openDatabase({ kind: 'sqlite', file: join(grown, 'guichet.db') });
    await fill(database, filled, size);
    await database.close();
    filled = size;
    const steady = await atRest({ DATA_DIR: grown });
    growth.push({ messages: size, p50: steady.p50, p95: steady.p95 });
  }
  return growth;
}

const ours = (name: string, env: Record<string, string>) => column(name, ['dist/src/main.js'], env, createVisitor);

async function column(name: string, args: string[], env: Record<string, string>, speaker: MakeSpeaker): Promise<Column> {
  const first = await firstWords(args, env, speaker);
  await first.server.stop();
  const { server, ...again } = await firstWords(args, env, speaker);
  const starts = { first: { open: first.open, reply: first.reply }, again };
  const speakers: Speaker[] = [];
  try {
    await settled(server.url);
    for (let n = 0; n < CITIZENS; n += 1) speakers.push(await speaker(server.url, n));
    await saturate(speakers, TEXTS, WARM_UP_MS);
    const saturated = await saturate(speakers, TEXTS, FOR_MS);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const steady = await pace(speakers, TEXTS, STEADY, FOR_MS);
    return { name, starts, saturated, steady, megabytes: server.megabytes() };
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

async function atRest(env: Record<string, string>): Promise<Measured> {
  const server = await start(['dist/src/main.js'], env);
  const speakers: Speaker[] = [];
  try {
    await settled(server.url);
    for (let n = 0; n < CITIZENS; n += 1) speakers.push(await createVisitor(server.url));
    await pace(speakers, TEXTS, STEADY, WARM_UP_MS);
    return await pace(speakers, TEXTS, STEADY, FOR_MS);
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

function report(
  starts: StartColumn[],
  columns: Column[],
  phone: PhoneColumn[],
  growth: Growth[],
  peers: PeerColumn[],
  desk: DeskMeasured | null,
  nights: RetentionColumn[],
  lookups: LookupColumn[],
  year: YearColumn | null,
): void {
  const head = `${cpus().length} cores, Node ${process.versions.node}, ${CITIZENS} citizens, ${values.seconds} s a measurement`;
  const tables = [
    ...(starts.length > 0 ? [startTable(starts)] : []),
    ...(columns.length > 0 ? [webTable(columns)] : []),
    ...(phone.length > 0 ? [phoneTable(phone)] : []),
    ...(growth.length > 0 ? [growthTable(growth)] : []),
    ...(peers.length > 0 ? [peerTable(peers)] : []),
    ...(desk ? [deskTable(desk)] : []),
    ...(lookups.length > 0 ? [lookupTable(lookups)] : []),
    ...(nights.length > 0 ? [retentionTable(nights)] : []),
    ...(year ? [yearTable(year)] : []),
  ];
  process.stdout.write(`${[[head], ...tables].map((lines) => lines.join('\n')).join('\n\n')}\n`);
  if (!values.json) return;
  const measured = {
    node: process.versions.node,
    cores: cpus().length,
    starts,
    columns,
    phone,
    growth,
    peers,
    desk,
    nights,
    lookups,
    year,
  };
  writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
}

function webTable(columns: Column[]): string[] {
  const yardstick = columns[0];
  return [
    'Web: post to reply.',
    '',
    '| | messages/s | of yardstick | p50, p95 saturated (ms) | p50, p95 at 100/s (ms) | failed | memory (MB) | open, first reply (s) | the same, started again (s) |',
    '|---|---|---|---|---|---|---|---|---|',
    ...columns.map(
      ({ name, saturated, steady, megabytes, starts: { first, again } }) =>
        `| ${name} | ${saturated.rate.toFixed(0)} | ${(saturated.rate / (yardstick?.saturated.rate ?? 1)).toFixed(2)} | ${saturated.p50.toFixed(1)}, ${saturated.p95.toFixed(1)} | ${steady.p50.toFixed(1)}, ${steady.p95.toFixed(1)} | ${saturated.failed + steady.failed} | ${megabytes.toFixed(0)} | ${first.open.toFixed(1)}, ${first.reply.toFixed(1)} | ${again.open.toFixed(1)}, ${again.reply.toFixed(1)} |`,
    ),
  ];
}

function growthTable(growth: Growth[]): string[] {
  return [
    '| stored messages (embedded store) | p50 at 100/s (ms) | p95 at 100/s (ms) | p95 of empty |',
    '|---|---|---|---|',
    ...growth.map(
      ({ messages, p50, p95 }) =>
        `| ${messages.toLocaleString('en')} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${(p95 / (growth[0]?.p95 ?? p95)).toFixed(2)} |`,
    ),
  ];
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
