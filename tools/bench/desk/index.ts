/**
 * The desk under load: two processes on one store, two hundred agents with the page open, conversations that are taken and
 * passed on. How long until what one agent does is on the others' screens, how many such actions a second, and what
 * citizens feel of it meanwhile.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { createVisitor, type Measured, pace, post, type Speaker, WARM_UP_MS } from '../driver';
import { type Running, settled, start } from '../server';
import { type AgentTab, crowd, hire, inQueue, opened, type Screen, townsAlwaysOpen, waits, watched } from './people';

const AGENTS = 200;
/** Of each process, so many screens are looked at; the others only receive. */
const WATCHED = 5;
const WAITING = 60;
const CITIZENS = 32;
const CITIZENS_A_SECOND = 50;
const ACTIONS_A_SECOND = 10;
const AT_ONCE = 16;
const LISTS = 40;

export interface DeskMeasured {
  agents: number;
  /** Who waited before. */
  crowd: number;
  /** Milliseconds for the first page of the queue, as a page asks for it when it opens. */
  list: [p50: number, p95: number];
  /** Milliseconds from the press to another agent's screen: own process, other process. */
  screen: { own: [p50: number, p95: number]; other: [p50: number, p95: number]; count: number; missed: number; done: number };
  /** Taken and passed on, a second, as fast as they go; how many were refused. */
  rate: number;
  refused: number;
  /** Milliseconds of processor time of both servers for one action: at the usual pace, beyond what citizens cost; and as fast as they go. */
  actionCpuMs: [paced: number, fast: number];
  citizensAlone: Measured;
  citizensBeside: Measured;
}

export async function deskColumn(texts: string[], forMs: number, folder: string, waitingBefore: number): Promise<DeskMeasured> {
  const env = { DATA_DIR: join(folder, 'data'), TOWNS_DIR: townsAlwaysOpen(folder) };
  // The schema stands once somebody has opened the door.
  await (await start(['dist/src/main.js'], env)).stop();
  const cookies = await hire(env.DATA_DIR, AGENTS);
  await crowd(env.DATA_DIR, waitingBefore);
  const servers = [await start(['dist/src/main.js'], env), await start(['dist/src/main.js'], env)];
  const tabs: AgentTab[] = [];
  const speakers: Speaker[] = [];
  try {
    for (const { url } of servers) await settled(url);
    for (let n = 0; n < CITIZENS; n += 1) speakers.push(await createVisitor((servers[n % 2] as Running).url));
    await pace(speakers, texts, CITIZENS_A_SECOND, WARM_UP_MS);
    const cpu = () => servers.reduce((sum, server) => sum + server.cpuSeconds() * 1000, 0);
    const cpuBefore = cpu();
    const citizensAlone = await pace(speakers, texts, CITIZENS_A_SECOND, forMs);
    const cpuAlone = cpu() - cpuBefore;

    const screens: Screen[] = [];
    for (const [n, cookie] of cookies.entries()) {
      const { url } = servers[n % 2] as Running;
      const tab = { cookie, url, socket: await opened(url, cookie) };
      tabs.push(tab);
      if (screens.filter((screen) => screen.url === url).length < WATCHED) screens.push(watched(tab));
    }
    const asked = await Promise.all(Array.from({ length: WAITING }, (_, n) => waits(servers[n % 2] as Running)));
    const conversations = await inQueue(tabs[0] as AgentTab, asked, AT_ONCE);
    const cpuQuiet = cpu();
    const [screen, citizensBeside] = await Promise.all([
      paced(tabs.slice(2 * WATCHED), screens, conversations, forMs),
      pace(speakers, texts, CITIZENS_A_SECOND, forMs),
    ]);
    const cpuPaced = cpu();
    const { rate, refused, done } = await asFastAsItGoes(tabs.slice(2 * WATCHED), conversations, forMs);
    const actionCpuMs: DeskMeasured['actionCpuMs'] = [
      (cpuPaced - cpuQuiet - cpuAlone) / Math.max(1, screen.done),
      (cpu() - cpuPaced) / Math.max(1, done),
    ];
    const list = await listed(tabs[0] as AgentTab);
    const rates = { rate, refused, actionCpuMs };
    return { agents: tabs.length, crowd: waitingBefore, list, screen, ...rates, citizensAlone, citizensBeside };
  } finally {
    for (const { socket } of tabs) socket.terminate();
    for (const speaker of speakers) speaker.close();
    for (const server of servers) await server.stop();
  }
}

/** How long the queue takes to come, one after the other. */
async function listed({ url, cookie }: AgentTab): Promise<[p50: number, p95: number]> {
  const times: number[] = [];
  for (let n = 0; n < LISTS; n += 1) {
    const from = performance.now();
    await (await fetch(`${url}/desk/api/conversations?list=queue`, { headers: { cookie } })).json();
    times.push(performance.now() - from);
  }
  return spread(times);
}

export function deskTable({
  agents,
  crowd: before,
  list,
  screen,
  rate,
  refused,
  actionCpuMs,
  citizensAlone,
  citizensBeside,
}: DeskMeasured): string[] {
  const pair = ([p50, p95]: [number, number]) => `${p50.toFixed(0)}, ${p95.toFixed(0)}`;
  return [
    `Desk: ${agents} agents connected over two processes, ${before + WAITING} waiting, embedded store; ${ACTIONS_A_SECOND} actions and ${CITIZENS_A_SECOND} citizens' messages a second.`,
    '',
    '| the queue, opened p50, p95 (ms) | claim to screen, own process p50, p95 (ms) | other process p50, p95 (ms) | not seen within 10 s | actions/s, as fast as they go | refused | processor time an action, at this pace and as fast as they go (ms) | citizens p95 alone (ms) | citizens p95 beside the desk (ms) | of alone |',
    '|---|---|---|---|---|---|---|---|---|---|',
    `| ${pair(list)} | ${pair(screen.own)} | ${pair(screen.other)} | ${screen.missed} of ${screen.count} | ${rate.toFixed(0)} | ${refused} | ${pair(actionCpuMs)} | ${citizensAlone.p95.toFixed(1)} | ${citizensBeside.p95.toFixed(1)} | ${(citizensBeside.p95 / citizensAlone.p95).toFixed(2)} |`,
  ];
}

const act = ({ url, cookie }: AgentTab, conversation: string, action: object) =>
  post(
    url,
    `/desk/api/conversations/${encodeURIComponent(conversation)}/actions`,
    { actionId: randomUUID(), ...action },
    { origin: url, cookie },
  ) as Promise<{ conversation?: { agent?: { id: string } } }>;

const CLAIM = { kind: 'claim', beyondCapacity: true };
const BACK = { kind: 'transfer', service: 'accueil', note: '' };

/** So many a second, whether or not those before are done; how long each took to stand on the screens that are watched. */
async function paced(
  tabs: AgentTab[],
  screens: Screen[],
  conversations: string[],
  forMs: number,
): Promise<DeskMeasured['screen']> {
  const own: number[] = [];
  const other: number[] = [];
  let missed = 0;
  let done = 0;
  const free = [...conversations];
  const underWay: Array<Promise<void>> = [];
  const until = performance.now() + forMs;
  for (let n = 0; performance.now() < until; n += 1) {
    const conversation = free.shift();
    const tab = tabs[n % tabs.length] as AgentTab;
    if (conversation)
      underWay.push(
        one(tab, conversation).then(
          () => void free.push(conversation),
          () => {
            missed += screens.length;
          },
        ),
      );
    await pause(1000 / ACTIONS_A_SECOND);
  }
  await Promise.all(underWay);
  return { own: spread(own), other: spread(other), count: own.length + other.length + missed, missed, done };

  async function one(tab: AgentTab, conversation: string): Promise<void> {
    const from = performance.now();
    const { conversation: row } = await act(tab, conversation, CLAIM);
    const agent = row?.agent?.id;
    if (!agent) return;
    done += 1;
    const seen = await Promise.all(screens.map(async (screen) => [screen.url, await screen.seen(conversation, agent)] as const));
    for (const [url, at] of seen) {
      if (Number.isNaN(at)) missed += 1;
      else (url === tab.url ? own : other).push(at - from);
    }
    await act(tab, conversation, BACK);
    done += 1;
  }
}

/** A few agents who never pause: each takes one and passes it on. */
async function asFastAsItGoes(
  tabs: AgentTab[],
  conversations: string[],
  forMs: number,
): Promise<{ rate: number; refused: number; done: number }> {
  const from = performance.now();
  const until = from + forMs;
  let done = 0;
  let refused = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, n) => {
      const tab = tabs[n] as AgentTab;
      const conversation = conversations[n] as string;
      while (performance.now() < until) {
        for (const action of [CLAIM, BACK]) {
          try {
            await act(tab, conversation, action);
            done += 1;
          } catch {
            refused += 1;
          }
        }
      }
    }),
  );
  return { rate: done / ((performance.now() - from) / 1000), refused, done };
}

function spread(times: number[]): [p50: number, p95: number] {
  const sorted = [...times].sort((one, two) => one - two);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return [at(0.5), at(0.95)];
}
