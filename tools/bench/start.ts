/**
 * What a start costs until the first citizen is answered, in seconds of processor time of all threads and in seconds:
 * the very first time, when the town's phrases must be learnt, once they have been, and with thirty towns. The echo bot's
 * start stands beside it, as a measure of the machine.
 */

import { createEchoSpeaker, createVisitor, type Speaker } from './driver';
import { manyTowns } from './larger-towns';
import { start, untilReady } from './server';

export interface StartColumn {
  name: string;
  /** Seconds of processor time and of a clock, until the door is open and until the first reply. */
  cpu: { open: number; reply: number };
  took: { open: number; reply: number };
  megabytes: number;
}

type MakeSpeaker = (url: string, n: number) => Promise<Speaker>;

const visitor: MakeSpeaker = (url) => createVisitor(url);

const TOWNS = 30;

export async function startColumns(dataDir: (name: string) => string): Promise<StartColumn[]> {
  const ours = ['dist/src/main.js'];
  const many = { DATA_DIR: dataDir('start-many'), TOWNS_DIR: manyTowns(dataDir('towns'), TOWNS) };
  const one = { DATA_DIR: dataDir('start') };
  return [
    await firstReply('echo bot', ['dist/tools/bench/processes/yardstick.js'], {}, createEchoSpeaker),
    await firstReply('Guichet, first start', ours, one, visitor, true),
    await firstReply('Guichet, next start', ours, one, visitor),
    await firstReply(`Guichet, ${TOWNS} towns, first start`, ours, many, visitor),
  ];
}

/** @param isLearning it is left running until all it learns is kept for the next start. */
async function firstReply(
  name: string,
  args: string[],
  env: Record<string, string>,
  speaker: MakeSpeaker,
  isLearning = false,
): Promise<StartColumn> {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  const server = await start(args, env);
  const open = { cpu: server.cpuSeconds(), took: seconds() };
  const citizen = await speaker(server.url, 0);
  await citizen.say('quel jour passent les poubelles jaunes ?');
  const reply = { cpu: server.cpuSeconds(), took: seconds() };
  citizen.close();
  const megabytes = server.megabytes();
  if (isLearning) await untilReady(server.url);
  await server.stop();
  return { name, cpu: { open: open.cpu, reply: reply.cpu }, took: { open: open.took, reply: reply.took }, megabytes };
}

export function startTable(columns: StartColumn[]): string[] {
  const cell = (of: { open: number; reply: number }) => `${of.open.toFixed(1)}, ${of.reply.toFixed(1)}`;
  return [
    'Start: until the door is open, until the first reply.',
    '',
    '| | processor time (s) | of the echo bot’s | time (s) | memory (MB) |',
    '|---|---|---|---|---|',
    ...columns.map(
      ({ name, cpu, took, megabytes }) =>
        `| ${name} | ${cell(cpu)} | ${(cpu.reply / (columns[0]?.cpu.reply || 1)).toFixed(1)} | ${cell(took)} | ${megabytes.toFixed(0)} |`,
    ),
  ];
}
