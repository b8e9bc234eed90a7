/**
 * What more of everything costs: a message in a town with many times the topics, and beside many other towns, in processor time
 * of the server; what it takes to learn them; and what pages that are only open cost in memory and processor time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createVisitor, type Measured, type Plan, pace, type Speaker, saturate, warmUp } from './driver';
import { manyTopics, manyTowns } from './larger-towns';
import { type Running, settled, start, untilReady } from './server';

export interface ScalingColumn {
  name: string;
  /** Seconds of processor time until everything is learnt, at the very first start. */
  learntCpu: number;
  /** Milliseconds of processor time of a message, as many as can be said. */
  cpuMs: number;
  /** At a hundred messages a second. */
  steady: Measured;
  megabytes: number;
  failed: number;
}

export interface StreamsColumn {
  streams: number;
  /** Before they opened, and with all of them open. */
  megabytes: [before: number, open: number];
  /** Milliseconds of processor time in a second in which nobody writes, before and with all of them open. */
  idleMs: [before: number, open: number];
}

export interface Scaling {
  columns: ScalingColumn[];
  streams: StreamsColumn;
}

/** How many times the topics, how many towns, how many open pages. */
export interface ScaledTo {
  topics: number;
  towns: number;
  streams: number;
}

const STEADY = 100;
const IDLE_MS = 10_000;
/** Pages that open at once, from an address of their own: one network may have 200 open. */
const AT_ONCE = 25;
const OURS = ['dist/src/main.js'];

export async function scalingColumns(
  plan: Plan,
  { topics, towns, streams }: ScaledTo,
  folder: (name: string) => string,
): Promise<Scaling> {
  const at = (name: string) => ({ DATA_DIR: folder(`scaling-${name}`) });
  const inTowns = (name: string, TOWNS_DIR: string) => ({ ...at(name), TOWNS_DIR });
  const columns = [
    await column('one town', inTowns('one', manyTowns(folder('scaling-one-town'), 1)), plan),
    await column(`${topics} times the topics`, inTowns('topics', manyTopics(folder('scaling-more-topics'), topics)), plan),
    await column(`beside ${towns - 1} other towns`, inTowns('towns', manyTowns(folder('scaling-more-towns'), towns)), plan),
  ];
  return { columns, streams: await openStreams(streams, at('streams')) };
}

async function column(name: string, env: Record<string, string>, { citizens, texts, forMs }: Plan): Promise<ScalingColumn> {
  const first = await start(OURS, env);
  await untilReady(first.url);
  const learntCpu = first.cpuSeconds();
  await first.stop();
  const server = await start(OURS, env);
  const speakers: Speaker[] = [];
  try {
    await settled(server.url);
    for (let n = 0; n < citizens; n += 1) speakers.push(await createVisitor(server.url));
    await warmUp(speakers, texts);
    const before = server.cpuSeconds();
    const saturated = await saturate(speakers, texts, forMs);
    const cpuMs = ((server.cpuSeconds() - before) * 1000) / saturated.count;
    const steady = await pace(speakers, texts, STEADY, forMs);
    return { name, learntCpu, cpuMs, steady, megabytes: server.megabytes(), failed: saturated.failed + steady.failed };
  } finally {
    for (const each of speakers) each.close();
    await server.stop();
  }
}

async function openStreams(streams: number, env: Record<string, string>): Promise<StreamsColumn> {
  const server = await start(OURS, env);
  const open: Speaker[] = [];
  try {
    await settled(server.url);
    const before = await idle(server);
    while (open.length < streams) {
      const from = `127.0.1.${1 + ((open.length / AT_ONCE) % 250)}`;
      const some = Array.from({ length: Math.min(AT_ONCE, streams - open.length) }, () => createVisitor(server.url, from));
      open.push(...(await Promise.all(some)));
    }
    // What greeting them all has left behind is not what they cost.
    await pause(IDLE_MS);
    const after = await idle(server);
    return { streams, megabytes: [before.megabytes, after.megabytes], idleMs: [before.ms, after.ms] };
  } finally {
    for (const each of open) each.close();
    await server.stop();
  }
}

async function idle(server: Running): Promise<{ ms: number; megabytes: number }> {
  const before = server.cpuSeconds();
  await pause(IDLE_MS);
  return { ms: ((server.cpuSeconds() - before) * 1000) / (IDLE_MS / 1000), megabytes: server.megabytes() };
}

export function scalingTable({ columns, streams }: Scaling): string[] {
  const [one] = columns;
  const [before, open] = streams.megabytes;
  const [quiet, busy] = streams.idleMs;
  return [
    'More topics, more towns: embedded store, what is said to the same town.',
    '',
    '| | learnt (s of processor time; of one town’s) | processor time a message (ms; of one town’s) | p50, p95 at 100/s (ms) | memory (MB) | failed |',
    '|---|---|---|---|---|---|',
    ...columns.map(
      ({ name, learntCpu, cpuMs, steady, megabytes, failed }) =>
        `| ${name} | ${learntCpu.toFixed(1)} (${(learntCpu / (one?.learntCpu || 1)).toFixed(2)}) | ${cpuMs.toFixed(2)} (${(cpuMs / (one?.cpuMs || 1)).toFixed(2)}) | ${steady.p50.toFixed(1)}, ${steady.p95.toFixed(1)} | ${megabytes.toFixed(0)} | ${failed} |`,
    ),
    '',
    '| pages open | memory (MB) | processor time while nobody writes (ms a second) |',
    '|---|---|---|',
    `| 0 | ${before.toFixed(0)} | ${quiet.toFixed(1)} |`,
    `| ${streams.streams} | ${open.toFixed(0)} | ${busy.toFixed(1)} |`,
  ];
}
