/**
 * `npm run bench -- --only peers`: the same signed phone webhook against living peers, installed from the registry into a
 * folder of their own: what they answer a second, how soon, and at what cost. Then the kill test: the process is killed with
 * -9 while texts arrive and started again, and the carrier sends again what got no 200. What was acknowledged must be
 * answered, and nothing twice.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { openCarrierLink } from './carrier-link';
import type { Plan } from './driver';
import { createSubscriber, newText, type PhoneColumn, phoneColumn, UNHURRIED } from './phone';
import { openPostgres } from './postgres';
import { type Running, start, untilReady } from './server';

export interface PeerColumn extends PhoneColumn {
  killed: Killed;
}

interface Killed {
  texts: number;
  /** Got a 200 and never a reply. */
  unanswered: number;
  /** Got more than one reply. */
  twice: number;
}

interface Contender {
  name: string;
  script: string;
  env: Record<string, string>;
  /** Processor time of what runs beside it. */
  beside?: () => number;
}

const SOURCES = 'tools/bench/peers';
const FOLDER = 'node_modules/.cache/guichet-peers';
const TEXTS = 150;
/** So many are acknowledged when the process is killed. */
const KILLED_AT = 50;
const EVERY_MS = 5;
/** Whoever was stopped in the middle of sending waits for a lease before it asks the carrier. */
const PATIENCE_MS = 240_000;
const QUIET_MS = 10_000;

export async function peerColumns(plan: Plan, dataDir: (name: string) => string): Promise<PeerColumn[]> {
  cpSync(SOURCES, FOLDER, { recursive: true });
  if (!existsSync(join(FOLDER, 'node_modules'))) {
    process.stdout.write(`Installing the peers into ${FOLDER}\n`);
    const options = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];
    execFileSync('npm', ['install', ...options], { cwd: FOLDER, stdio: 'inherit' });
  }
  const peer = (name: string, script: string): Contender => ({ name, script: join(FOLDER, script), env: {} });
  const contenders = [
    { name: 'Guichet, embedded store', script: 'dist/src/main.js', env: { DATA_DIR: dataDir('peer-guichet'), ...UNHURRIED } },
    peer('Botkit 4.15 (keeps nothing)', 'botkit.cjs'),
    peer('Chat SDK 4.31 (keeps nothing)', 'chat-sdk.cjs'),
  ];
  const columns: PeerColumn[] = [];
  for (const contender of contenders) columns.push(await columnOf(contender, plan));
  const postgres = await openPostgres();
  if (!postgres) {
    process.stdout.write('No PostgreSQL here (initdb, postgres): the durable peer is left out.\n');
    return columns;
  }
  try {
    const durable = peer('graphile-worker 0.18 echo on PostgreSQL', 'graphile-worker.cjs');
    columns.push(await columnOf({ ...durable, env: { DATABASE_URL: postgres.url }, beside: postgres.cpuSeconds }, plan));
  } finally {
    await postgres.stop();
  }
  return columns;
}

async function columnOf(contender: Contender, plan: Plan): Promise<PeerColumn> {
  const { name, script, env, beside } = contender;
  return { ...(await phoneColumn(name, script, env, false, plan, beside)), killed: await killTest(contender) };
}

async function killTest({ script, env }: Contender): Promise<Killed> {
  const carrier = await openCarrierLink();
  const phones = Array.from({ length: TEXTS }, (_, n) => `+33639${970_000 + n}`);
  let server: Running = await start([script], { ...env, ...carrier.env });
  try {
    await carrier.connect({ service: server.url, receipts: false, phones });
    await untilReady(server.url);
    // The first message of all waits for whatever is loaded late; it is none of those that are counted.
    await createSubscriber(server.url, '+33639960000', carrier).knock(newText('bonjour'));
    const acknowledged = new Set<string>();
    const texts = phones.map((phone) => ({ phone, text: newText('quel jour passent les poubelles jaunes ?') }));
    let killed: Promise<void> | undefined;
    const { url } = server;
    const send = async ({ phone, text }: (typeof texts)[number]) => {
      await createSubscriber(url, phone, carrier).knock(text);
      acknowledged.add(phone);
      if (acknowledged.size === KILLED_AT) killed ??= server.kill();
    };
    const sent = texts.map(async (one, n) => {
      await pause(n * EVERY_MS);
      await send(one).catch(() => {});
    });
    await Promise.all(sent);
    await killed;
    server = await start([script], { ...env, ...carrier.env, PORT: new URL(url).port });
    for (const one of texts) if (!acknowledged.has(one.phone)) await send(one);
    await untilQuiet(() => phones.map((phone) => carrier.accepted(phone)));
    return {
      texts: TEXTS,
      unanswered: phones.filter((phone) => acknowledged.has(phone) && carrier.accepted(phone) === 0).length,
      twice: phones.filter((phone) => carrier.accepted(phone) > 1).length,
    };
  } finally {
    await server.stop();
    carrier.close();
  }
}

/** All are answered and nothing has come for a while, or patience is at an end. */
async function untilQuiet(counts: () => number[]): Promise<void> {
  const limit = performance.now() + PATIENCE_MS;
  let before = '';
  let since = performance.now();
  while (performance.now() < limit) {
    const now = counts();
    if (String(now) !== before) since = performance.now();
    before = String(now);
    if (now.every((count) => count > 0) && performance.now() - since > QUIET_MS) return;
    await pause(250);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function peerTable(columns: PeerColumn[]): string[] {
  return [
    'Beside living peers: signed webhook to reply accepted by the carrier. They echo what was said; we hear it, decide and keep it.',
    `Killed with -9 when ${KILLED_AT} of ${TEXTS} texts from as many phones had their 200, started again, and what had no 200 was sent again.`,
    '',
    '| | messages/s | p50, p95 saturated (ms) | p95 at 100/s (ms) | CPU a message (ms), with its database | failed | acknowledged and never answered | answered twice |',
    '|---|---|---|---|---|---|---|---|',
    ...columns.map(
      ({ name, saturated, steady, cpuMs, killed }) =>
        `| ${name} | ${saturated.rate.toFixed(0)} | ${saturated.p50.toFixed(1)}, ${saturated.p95.toFixed(1)} | ${steady.p95.toFixed(1)} | ${cpuMs.toFixed(1)} | ${saturated.failed + steady.failed} | ${killed.unanswered} of ${killed.texts} | ${killed.twice} |`,
    ),
  ];
}
