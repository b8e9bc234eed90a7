/**
 * The desk under load: two processes on one store, two hundred agents with the page open, conversations that are taken and
 * passed on. How long until what one agent does is on the others' screens, how many such actions a second, and what
 * citizens feel of it meanwhile.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { openDatabase } from '../../src/store';
import { createStore } from '../../src/store/store';
import { createVisitor, type Measured, pace, post, type Speaker, WARM_UP_MS } from './driver';
import { type Running, settled, start } from './server';

const AGENTS = 200;
/** Of each process, so many screens are looked at; the others only receive. */
const WATCHED = 5;
const WAITING = 60;
const CITIZENS = 32;
const CITIZENS_A_SECOND = 50;
const ACTIONS_A_SECOND = 10;
const AT_ONCE = 16;
const LATEST_MS = 10_000;
/** As the page does. */
const TELLS_EVERY_MS = 15_000;

export interface DeskMeasured {
  agents: number;
  /** Milliseconds from the press to another agent's screen: own process, other process. */
  screen: { own: [p50: number, p95: number]; other: [p50: number, p95: number]; count: number; missed: number };
  /** Taken and passed on, a second, as fast as they go; how many were refused. */
  rate: number;
  refused: number;
  citizensAlone: Measured;
  citizensBeside: Measured;
}

interface AgentTab {
  cookie: string;
  url: string;
  socket: WebSocket;
}

/** Who looks at a screen, and when each conversation was last seen to be an agent's there. */
interface Screen {
  url: string;
  seen(conversation: string, agent: string): Promise<number>;
}

export async function deskColumn(texts: string[], forMs: number, folder: string): Promise<DeskMeasured> {
  const env = { DATA_DIR: join(folder, 'data'), TOWNS_DIR: townsAlwaysOpen(folder) };
  // The schema stands once somebody has opened the door.
  await (await start(['dist/src/main.js'], env)).stop();
  const cookies = await hire(env.DATA_DIR);
  const servers = [await start(['dist/src/main.js'], env), await start(['dist/src/main.js'], env)];
  const tabs: AgentTab[] = [];
  const speakers: Speaker[] = [];
  try {
    for (const { url } of servers) await settled(url);
    for (let n = 0; n < CITIZENS; n += 1) speakers.push(await createVisitor((servers[n % 2] as Running).url));
    await pace(speakers, texts, CITIZENS_A_SECOND, WARM_UP_MS);
    const citizensAlone = await pace(speakers, texts, CITIZENS_A_SECOND, forMs);

    const screens: Screen[] = [];
    for (const [n, cookie] of cookies.entries()) {
      const { url } = servers[n % 2] as Running;
      const tab = { cookie, url, socket: await opened(url, cookie) };
      tabs.push(tab);
      if (screens.filter((screen) => screen.url === url).length < WATCHED) screens.push(watched(tab));
    }
    const asked = await Promise.all(Array.from({ length: WAITING }, (_, n) => waits(servers[n % 2] as Running)));
    const conversations = await inQueue(tabs[0] as AgentTab, asked);
    const [screen, citizensBeside] = await Promise.all([
      paced(tabs.slice(2 * WATCHED), screens, conversations, forMs),
      pace(speakers, texts, CITIZENS_A_SECOND, forMs),
    ]);
    const { rate, refused } = await asFastAsItGoes(tabs.slice(2 * WATCHED), conversations, forMs);
    return { agents: tabs.length, screen, rate, refused, citizensAlone, citizensBeside };
  } finally {
    for (const { socket } of tabs) socket.terminate();
    for (const speaker of speakers) speaker.close();
    for (const server of servers) await server.stop();
  }
}

export function deskTable({ agents, screen, rate, refused, citizensAlone, citizensBeside }: DeskMeasured): string[] {
  const pair = ([p50, p95]: [number, number]) => `${p50.toFixed(0)}, ${p95.toFixed(0)}`;
  return [
    `Desk: ${agents} agents connected over two processes, embedded store; ${ACTIONS_A_SECOND} actions and ${CITIZENS_A_SECOND} citizens' messages a second.`,
    '',
    '| claim to screen, own process p50, p95 (ms) | other process p50, p95 (ms) | not seen within 10 s | actions/s, as fast as they go | refused | citizens p95 alone (ms) | citizens p95 beside the desk (ms) | of alone |',
    '|---|---|---|---|---|---|---|---|',
    `| ${pair(screen.own)} | ${pair(screen.other)} | ${screen.missed} of ${screen.count} | ${rate.toFixed(0)} | ${refused} | ${citizensAlone.p95.toFixed(1)} | ${citizensBeside.p95.toFixed(1)} | ${(citizensBeside.p95 / citizensAlone.p95).toFixed(2)} |`,
  ];
}

/** The towns, open round the clock: what is measured is the same at night. */
function townsAlwaysOpen(folder: string): string {
  const towns = join(folder, 'towns');
  cpSync('towns', towns, { recursive: true });
  const file = join(towns, 'bellerive', 'town.yml');
  const always =
    'exceptional_days:\n  - { from: 2020-01-01, to: 2099-12-31, reason: { fr: Essai, en: Trial }, hours: "00:00-24:00" }\n';
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replace('exceptional_days:\n', always)
      .replace('  - id: accueil\n', '  - id: accueil\n    routing: claim\n'),
  );
  return towns;
}

/** Agents with a session each, written straight into the rows: signing in costs a password on purpose. */
async function hire(dataDir: string): Promise<string[]> {
  const database = await openDatabase({ kind: 'sqlite', file: join(dataDir, 'guichet.db') });
  const { agents, sessions } = createStore(database);
  const cookies: string[] = [];
  const now = Date.now();
  for (let n = 0; n < AGENTS; n += 1) {
    const agent = await agents.add({
      town: 'bellerive',
      name: `Agent ${n}`,
      email: `agent-${n}@bench.example`,
      // Nobody signs in with it: a session is written beside it.
      hash: 'none',
      roles: [{ role: 'agent', services: 'all' }],
      languages: ['fr'],
      capacity: 20,
      status: 'available',
      settings: { language: 'fr', theme: 'system', density: 'comfortable', keys: true, sound: false },
      slots: [],
      lastGivenAt: 0,
      missed: 0,
      createdAt: new Date(now).toISOString(),
    });
    if (!agent) throw new Error('The store of a measurement is not empty');
    const secret = randomBytes(32).toString('base64url');
    const id = createHash('sha256').update(secret).digest('hex');
    const times = { createdAt: now, seenAt: now, expiresAt: now + 3_600_000 };
    await sessions.open({ id, agent: agent.id, town: 'bellerive', ...times, network: '127.0.0.1', userAgent: 'bench' });
    cookies.push(`desk=${secret}`);
  }
  await database.close();
  return cookies;
}

/** A citizen of the web page asks for a person and stays in the queue; the conversation's id. */
async function waits({ url }: Running): Promise<string> {
  const { conversationId, token } = await post(url, '/widget/bellerive/token', {}, { origin: url });
  const headers = { authorization: `Bearer ${token}` };
  await post(url, '/v3/directline/conversations', { locale: 'fr' }, headers);
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  await post(url, path, { type: 'message', text: 'je veux parler à une personne', locale: 'fr' }, headers);
  await post(url, path, { type: 'message', text: 'ma carte est perdue', locale: 'fr' }, headers);
  return String(conversationId);
}

/** Those that stand in the queue; all of them, unless that takes too long. */
async function inQueue({ url, cookie }: AgentTab, asked: string[]): Promise<string[]> {
  const until = performance.now() + LATEST_MS;
  for (;;) {
    const answer = await fetch(`${url}/desk/api/conversations?list=queue`, { headers: { cookie } });
    const { items } = (await answer.json()) as { items: Array<{ id: string }> };
    const there = asked.filter((id) => items.some((item) => item.id === id));
    if (there.length === asked.length || (performance.now() > until && there.length >= AT_ONCE)) return there;
    if (performance.now() > until) throw new Error(`Only ${there.length} of ${asked.length} citizens came to the queue`);
    await pause(100);
  }
}

async function opened(url: string, cookie: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/desk/api/stream`, { headers: { cookie, origin: url } });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const isThere = () => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify({ isTyping: false }));
  isThere();
  const timer = setInterval(isThere, TELLS_EVERY_MS);
  socket.once('close', () => clearInterval(timer));
  return socket;
}

function watched({ url, socket }: AgentTab): Screen {
  const waiting = new Map<string, (at: number) => void>();
  const early = new Map<string, number>();
  const key = (conversation: string, agent: string) => `${conversation} ${agent}`;
  socket.on('message', (data) => {
    const text = String(data);
    if (!text.includes('"conversation"')) return;
    const frame = JSON.parse(text) as { items?: Array<{ kind: string; row?: { id: string; agent?: { id: string } } }> };
    for (const { kind, row } of frame.items ?? []) {
      if (kind !== 'conversation' || !row?.agent) continue;
      const name = key(row.id, row.agent.id);
      const told = waiting.get(name);
      if (told) told(performance.now());
      else early.set(name, performance.now());
    }
  });
  return {
    url,
    seen: (conversation, agent) =>
      new Promise((resolve) => {
        const name = key(conversation, agent);
        const before = early.get(name);
        early.delete(name);
        if (before !== undefined) return resolve(before);
        const timer = setTimeout(() => resolve(Number.NaN), LATEST_MS);
        waiting.set(name, (at) => {
          clearTimeout(timer);
          waiting.delete(name);
          resolve(at);
        });
      }),
  };
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
  return { own: spread(own), other: spread(other), count: own.length + other.length + missed, missed };

  async function one(tab: AgentTab, conversation: string): Promise<void> {
    const from = performance.now();
    const { conversation: row } = await act(tab, conversation, CLAIM);
    const agent = row?.agent?.id;
    if (!agent) return;
    const seen = await Promise.all(screens.map(async (screen) => [screen.url, await screen.seen(conversation, agent)] as const));
    for (const [url, at] of seen) {
      if (Number.isNaN(at)) missed += 1;
      else (url === tab.url ? own : other).push(at - from);
    }
    await act(tab, conversation, BACK);
  }
}

/** A few agents who never pause: each takes one and passes it on. */
async function asFastAsItGoes(
  tabs: AgentTab[],
  conversations: string[],
  forMs: number,
): Promise<{ rate: number; refused: number }> {
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
  return { rate: done / ((performance.now() - from) / 1000), refused };
}

function spread(times: number[]): [p50: number, p95: number] {
  const sorted = [...times].sort((one, two) => one - two);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return [at(0.5), at(0.95)];
}
