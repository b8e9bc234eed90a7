/**
 * An agent at the desk: `await claire.claims(id)`, `await claire.says(id, '…')`, through the real routes over HTTP and the
 * real stream, as the page does.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { hashPassword } from '../../src/desk/people/passwords';
import type { ConversationDetail, ConversationList, ConversationRow, StreamFrame } from '../../src/desk/wire';
import type { Agent } from '../../src/domain/desk/agent';
import type { Database } from '../../src/store';
import { createAgents } from '../../src/store/rows/desk/agents';
import { LATEST_MS } from './until';

export const PASSWORD = 'un mot de passe bien long';
let hash: Promise<string> | undefined;

/** Worked out once: it takes its time on purpose. */
function hashOnce(): Promise<string> {
  hash ??= hashPassword(PASSWORD);
  return hash;
}

/** Somebody who answers for these services, written straight into the store; their password is PASSWORD. */
export async function addAgent(database: Database, name: string, given: Partial<Agent> = {}): Promise<Agent> {
  const agents = createAgents(database);
  const agent = await agents.add({
    town: 'bellerive',
    name,
    email: `${name.split(' ')[0]?.toLowerCase()}@${given.town ?? 'bellerive'}.example`,
    hash: await hashOnce(),
    roles: [{ role: 'agent', services: 'all' }],
    languages: ['fr'],
    capacity: 3,
    status: 'available',
    settings: { language: 'fr', theme: 'system', density: 'comfortable', keys: true, sound: false },
    slots: [],
    lastGivenAt: 0,
    missed: 0,
    createdAt: new Date(0).toISOString(),
    ...given,
  });
  assert.ok(agent, `There is an agent ${name} already`);
  return agent;
}

interface DeskAnswer {
  status: number;
  body: Record<string, unknown> & { conversation?: ConversationRow; error?: { code: string } & Record<string, unknown> };
}

export interface AgentAtDesk {
  id: string;
  cookie: string;
  /** The same person, through another process. */
  at(url: string): AgentAtDesk;
  call(method: string, path: string, body?: object): Promise<DeskAnswer>;
  list(list: 'queue' | 'mine' | 'parked' | 'closed' | 'mentions'): Promise<ConversationList>;
  detail(conversation: string): Promise<ConversationDetail>;
  /** One action; the same `actionId` again is the same action. */
  does(conversation: string, action: Record<string, unknown>, actionId?: string): Promise<DeskAnswer>;
  /** Opens the stream, as a tab does. */
  listens(after?: number, url?: string): Promise<Listening>;
}

export interface Listening {
  frames: StreamFrame[];
  socket: WebSocket;
  /** Resolves with the first frame, heard already or to come, that fits. */
  hears(fits: (frame: StreamFrame) => boolean, what: string): Promise<StreamFrame>;
  looksAt(viewing: string | undefined, isTyping?: boolean): void;
  /** Has a request open, as it was loaded. */
  opensTicket(reference: string, revision: number): void;
  closed: Promise<number>;
  close(): Promise<void>;
}

export async function signIn(url: string, agent: Agent): Promise<AgentAtDesk> {
  const opened = await fetch(`${url}/desk/api/session`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ email: agent.email, password: PASSWORD, town: agent.town }),
  });
  assert.equal(opened.status, 200, await opened.clone().text());
  return atDesk(url, agent.id, (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
}

function atDesk(url: string, id: string, cookie: string): AgentAtDesk {
  const headers = { origin: url, 'content-type': 'application/json' };

  async function call(method: string, path: string, body?: object): Promise<DeskAnswer> {
    const answer = await fetch(`${url}/desk/api/${path}`, {
      method,
      headers: { ...headers, cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : {} };
  }

  async function read<T>(path: string): Promise<T> {
    const { status, body } = await call('GET', path);
    assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
    return body as T;
  }

  return {
    id,
    cookie,
    at: (other) => atDesk(other, id, cookie),
    call,
    list: (list) => read(`conversations?list=${list}`),
    detail: (id) => read(`conversations/${encodeURIComponent(id)}`),
    does: (id, action, actionId = randomUUID()) =>
      call('POST', `conversations/${encodeURIComponent(id)}/actions`, { actionId, ...action }),
    async listens(after, at = url) {
      const address = `${at.replace('http', 'ws')}/desk/api/stream${after === undefined ? '' : `?after=${after}`}`;
      const socket = new WebSocket(address, { headers: { cookie, origin: at } });
      const frames: StreamFrame[] = [];
      const waiting = new Set<() => void>();
      socket.on('message', (data) => {
        if (String(data) === '') return;
        frames.push(JSON.parse(String(data)) as StreamFrame);
        for (const look of waiting) look();
      });
      const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
      await new Promise<void>((resolve, reject) => {
        socket.once('open', () => resolve());
        socket.once('error', reject);
      });
      return {
        frames,
        socket,
        closed,
        hears(fits, what) {
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
              waiting.delete(look);
              reject(new Error(`Not heard within ${LATEST_MS} ms: ${what}`));
            }, LATEST_MS);
            const look = () => {
              const found = frames.find(fits);
              if (!found) return;
              clearTimeout(timer);
              waiting.delete(look);
              resolve(found);
            };
            waiting.add(look);
            look();
          });
        },
        looksAt(viewing, isTyping = false) {
          socket.send(JSON.stringify({ ...(viewing ? { viewing } : {}), isTyping }));
        },
        opensTicket(reference, revision) {
          socket.send(JSON.stringify({ ticket: { reference, revision }, isTyping: false }));
        },
        async close() {
          socket.close();
          await closed;
        },
      };
    },
  };
}
