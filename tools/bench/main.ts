/**
 * `npm run bench`: what durability costs, measured in one run on this machine. Ours on the embedded
 * store, ours on a MongoDB-protocol server, and the shortest echo bot without durability, all driven
 * by the same client. Compare columns of one run only.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/store';
import { startMongo } from '../mongo-server';
import { createEchoSpeaker, createVisitor, type Measured, pace, type Speaker, saturate } from './driver';
import { fill } from './fill';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    seconds: { type: 'string', default: '8' },
    citizens: { type: 'string', default: '64' },
    growth: { type: 'string', default: '0,100000,1000000' },
  },
});
const FOR_MS = Number(values.seconds) * 1000;
const CITIZENS = Number(values.citizens);
const STEADY = 100;
const SETTLE_MS = 15_000;

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

interface Column {
  name: string;
  startSeconds: number;
  saturated: Measured;
  steady: Measured;
  megabytes: number;
}

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
  const columns: Column[] = [];
  const growth: Array<{ messages: number; p50: number; p95: number }> = [];
  try {
    columns.push(await column('echo bot, nothing kept (yardstick)', ['dist/tools/bench/yardstick.js'], {}, createEchoSpeaker));
    columns.push(await ours('Guichet, embedded store', { DATA_DIR: join(scratch, 'embedded') }));
    const mongo = await startMongo();
    if (mongo) {
      columns.push(
        await ours('Guichet, MongoDB-protocol server', {
          DATA_DIR: join(scratch, 'with-mongo'),
          STORE: 'mongo',
          MONGODB_URI: mongo.uri,
        }),
      );
      await mongo.stop();
    } else
      process.stdout.write('No MongoDB-protocol server here (MONGODB_URI, mongod or secantusd-rs): that column is left out.\n');
    const sizes = (values.growth ?? '').split(',').filter(Boolean).map(Number);
    let filled = 0;
    const grown = join(scratch, 'grown');
    for (const size of sizes) {
      await warm({ DATA_DIR: grown });
      const database = await openDatabase({ kind: 'sqlite', file: join(grown, 'guichet.db') });
      await fill(database, filled, size);
      await database.close();
      filled = size;
      const steady = await atRest({ DATA_DIR: grown });
      growth.push({ messages: size, p50: steady.p50, p95: steady.p95 });
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  report(columns, growth);
}

const ours = (name: string, env: Record<string, string>) => column(name, ['dist/src/main.js'], env, createVisitor);

async function column(
  name: string,
  args: string[],
  env: Record<string, string>,
  speaker: (url: string, n: number) => Promise<Speaker>,
): Promise<Column> {
  const server = await start(args, env);
  const speakers: Speaker[] = [];
  try {
    await settled();
    for (let n = 0; n < CITIZENS; n += 1) speakers.push(await speaker(server.url, n));
    await saturate(speakers, TEXTS, 2000);
    const saturated = await saturate(speakers, TEXTS, FOR_MS);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const steady = await pace(speakers, TEXTS, STEADY, FOR_MS);
    return { name, startSeconds: server.startSeconds, saturated, steady, megabytes: server.megabytes() };
  } finally {
    for (const each of speakers) each.close();
    await server.stop();
  }
}

async function atRest(env: Record<string, string>): Promise<Measured> {
  const server = await start(['dist/src/main.js'], env);
  const speakers: Speaker[] = [];
  try {
    await settled();
    for (let n = 0; n < CITIZENS; n += 1) speakers.push(await createVisitor(server.url));
    await pace(speakers, TEXTS, STEADY, 2000);
    return await pace(speakers, TEXTS, STEADY, FOR_MS);
  } finally {
    for (const each of speakers) each.close();
    await server.stop();
  }
}

/** After its start the server learns phrases and compiles its date readers aside; what is measured is daily life. */
const settled = () => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

/** Opens and closes once, so that the database file stands with its schema. */
async function warm(env: Record<string, string>): Promise<void> {
  const server = await start(['dist/src/main.js'], env);
  await server.stop();
}

interface Running {
  url: string;
  startSeconds: number;
  megabytes(): number;
  stop(): Promise<void>;
}

async function start(args: string[], env: Record<string, string>): Promise<Running> {
  const startedAt = Date.now();
  const child: ChildProcess = spawn(process.execPath, args, {
    env: {
      ...process.env,
      PORT: '0',
      LOG_LEVEL: 'error',
      MESSAGES_PER_MINUTE: '100000',
      CONVERSATIONS_PER_HOUR: '1000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  });
  return {
    url,
    startSeconds: (Date.now() - startedAt) / 1000,
    megabytes: () => residentMegabytes(child.pid ?? 0),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** Resident memory from /proc, where there is one. */
function residentMegabytes(pid: number): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? Number.NaN) / 1024;
}

function report(columns: Column[], growth: Array<{ messages: number; p50: number; p95: number }>): void {
  const yardstick = columns[0];
  const lines = [
    `${cpus().length} cores, Node ${process.versions.node}, ${CITIZENS} citizens, ${values.seconds} s a measurement; reply = post to reply`,
    '',
    '| | messages/s | of yardstick | p50, p95 saturated (ms) | p50, p95 at 100/s (ms) | failed | memory (MB) | start (s) |',
    '|---|---|---|---|---|---|---|---|',
    ...columns.map(
      ({ name, saturated, steady, megabytes, startSeconds }) =>
        `| ${name} | ${saturated.rate.toFixed(0)} | ${(saturated.rate / (yardstick?.saturated.rate ?? 1)).toFixed(2)} | ${saturated.p50.toFixed(1)}, ${saturated.p95.toFixed(1)} | ${steady.p50.toFixed(1)}, ${steady.p95.toFixed(1)} | ${saturated.failed + steady.failed} | ${megabytes.toFixed(0)} | ${startSeconds.toFixed(1)} |`,
    ),
    '',
    '| stored messages (embedded store) | p50 at 100/s (ms) | p95 at 100/s (ms) | p95 of empty |',
    '|---|---|---|---|',
    ...growth.map(
      ({ messages, p50, p95 }) =>
        `| ${messages.toLocaleString('en')} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${(p95 / (growth[0]?.p95 ?? p95)).toFixed(2)} |`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  if (values.json)
    writeFileSync(
      values.json,
      `${JSON.stringify({ node: process.versions.node, cores: cpus().length, columns, growth }, null, 2)}\n`,
    );
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
