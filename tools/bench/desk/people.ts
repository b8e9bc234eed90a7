/** Who is there in the measurement of the desk: agents with the page open, some of whose screens are looked at, and citizens who wait. */
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { createMemory } from '../../../src/domain/conversation';
import { openDatabase } from '../../../src/store';
import { createStore } from '../../../src/store/store';
import { post } from '../driver';
import type { Running } from '../server';

const LATEST_MS = 10_000;
/** On a machine that is busy with other work sixty citizens take longer to come. */
const ALL_THERE_MS = 60_000;
/** As the page does. */
const TELLS_EVERY_MS = 15_000;

export interface AgentTab {
  cookie: string;
  url: string;
  socket: WebSocket;
}

/** Who looks at a screen, and when each conversation was last seen to be an agent's there. */
export interface Screen {
  url: string;
  seen(conversation: string, agent: string): Promise<number>;
}

/** The towns, open round the clock: what is measured is the same at night. */
export function townsAlwaysOpen(folder: string): string {
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
export async function hire(dataDir: string, count: number): Promise<string[]> {
  const database = await openDatabase({ kind: 'sqlite', file: join(dataDir, 'guichet.db') });
  const { agents, sessions } = createStore(database);
  const cookies: string[] = [];
  const now = Date.now();
  for (let n = 0; n < count; n += 1) {
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

/**
 * So many who wait already, written straight into the rows, behind whoever comes: by SMS, since who waits at a page has to say
 * that they are there. One agent is there from the start: where nobody is, each of them would become a request before the rest come.
 */
export async function crowd(dataDir: string, count: number): Promise<void> {
  const database = await openDatabase({ kind: 'sqlite', file: join(dataDir, 'guichet.db') });
  const { conversations, presences } = createStore(database);
  const now = Date.now();
  const until = now + 3_600_000;
  await presences.put({ tab: 'bellerive:1:early', agent: 'bellerive:1', town: 'bellerive', until, isTyping: false });
  const at = new Date(now).toISOString();
  for (let n = 0; n < count; n += 1) {
    const subject = `une question sur le dossier ${n}`;
    await conversations.begin({
      ...{ id: `crowd-${n}`, town: 'bellerive', channel: 'sms', address: `+33639${String(980_000 + n)}`, version: 1, lines: 0 },
      ...{ holder: 'queue', memory: createMemory('fr'), pending: null, lastCauses: [], createdAt: at, updatedAt: at },
      queue: {
        ...{ service: 'accueil', subject, snippet: subject, language: 'fr', priority: 'normal', awaitsReply: true },
        ...{ queuedAt: at, place: now + 3_600_000 + n, lastCitizenAt: at },
      },
    });
  }
  await database.close();
}

/** A citizen of the web page asks for a person and stays in the queue; the conversation's id. */
export async function waits({ url }: Running): Promise<string> {
  const { conversationId, token } = await post(url, '/widget/bellerive/token', {}, { origin: url });
  const headers = { authorization: `Bearer ${token}` };
  await post(url, '/v3/directline/conversations', { locale: 'fr' }, headers);
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  await post(url, path, { type: 'message', text: 'je veux parler à une personne', locale: 'fr' }, headers);
  await post(url, path, { type: 'message', text: 'ma carte est perdue', locale: 'fr' }, headers);
  return String(conversationId);
}

/** Those that stand in the queue; all of them, or `least` where that takes too long. */
export async function inQueue({ url, cookie }: AgentTab, asked: string[], least: number): Promise<string[]> {
  const until = performance.now() + ALL_THERE_MS;
  for (;;) {
    const answer = await fetch(`${url}/desk/api/conversations?list=queue`, { headers: { cookie } });
    const { items } = (await answer.json()) as { items: Array<{ id: string }> };
    const there = asked.filter((id) => items.some((item) => item.id === id));
    if (there.length === asked.length || (performance.now() > until && there.length >= least)) return there;
    if (performance.now() > until) throw new Error(`Only ${there.length} of ${asked.length} citizens came to the queue`);
    await pause(100);
  }
}

export async function opened(url: string, cookie: string): Promise<WebSocket> {
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

export function watched({ url, socket }: AgentTab): Screen {
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
