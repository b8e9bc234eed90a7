/**
 * `/desk/api/stream?after=<number>`: one WebSocket a tab, on which the page hears what changed after the number it has,
 * and says what it has open. Rights are looked at with every frame; a session that ended ends it within a second; a beat
 * both ways every six seconds, so that each side knows when the other is gone.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { type Agent, PRESENT_MS } from '../../domain/desk/agent';
import { isRefusal } from '../../domain/http/refusal';
import type { Town } from '../../domain/town';
import type { Presences } from '../../store/rows/desk/presence';
import type { Caller, Frame } from '../api/frame';
import { ConversationId } from '../api/requests';
import type { SignIns } from '../people/sign-ins';
import type { StreamFrame } from '../wire';
import type { Broadcast, Changes, Reader } from './broadcast';
import type { OpenTickets, TicketReader } from './open-tickets';

const SECOND = 1000;
const BEAT_SWEEPS = 6;
const MAX_UNANSWERED = 2;
const MAX_UNREAD_BYTES = 1024 * 1024;
/** Tabs of one agent in one process. */
const MOST_TABS = 30;
/** A page that says more than this in a second is none of ours. */
const MOST_SAID = 20;
/** While an agent goes on typing the citizen is shown it again after so long. */
const TYPING_AGAIN_MS = 3000;
/** Of a tab that is there and says nothing it is written down again after so long: three times in the life of what was written. */
const PRESENT_AGAIN_MS = PRESENT_MS / 3 - BEAT_SWEEPS * SECOND;
const SESSION_OVER = 4001;
const SERVER_STOPS = 1001;

const PATH = '/desk/api/stream';

const After = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Hello = z.strictObject({
  viewing: ConversationId.optional(),
  ticket: z.strictObject({ reference: z.string().max(20), revision: z.int().min(0) }).optional(),
  isTyping: z.boolean(),
});
type Hello = z.infer<typeof Hello>;

interface Tab extends Reader, TicketReader {
  id: string;
  caller: Caller;
  socket: WebSocket;
  told: Hello;
  sweeps: number;
  unanswered: number;
  said: number;
  /** When it was last told that its agent types, by the process's own clock. */
  typedAt: number;
  /** When it was last written down that its agent is there, by the same clock. */
  presentAt: number;
}

export interface StreamParts {
  frame: Frame;
  signIns: SignIns;
  presences: Presences;
  broadcast: Broadcast;
  openTickets: OpenTickets;
  changes: Changes;
  /** Somebody opened a conversation, left it, or began to type: others are to see it. */
  looked(town: string, conversations: string[]): Promise<void>;
  /** Somebody types in a conversation that they have open; whether its citizen is shown it. */
  typed(agent: Agent, conversation: string): Promise<boolean>;
  clock: () => Date;
  fault: (error: unknown) => void;
}

export function createDeskStream(parts: StreamParts) {
  const { frame, signIns, presences, broadcast, openTickets, changes, looked, typed, clock, fault } = parts;
  const server = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false });
  const tabs = new Set<Tab>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function accept(socket: WebSocket, caller: Caller, seq: number): Promise<void> {
    const { agent, town } = caller;
    const tab: Tab = {
      id: `${agent.id}:${randomUUID()}`,
      agent: agent.id,
      caller,
      socket,
      seq,
      line: 0,
      told: { isTyping: false },
      sweeps: 0,
      unanswered: 0,
      said: 0,
      typedAt: Number.NEGATIVE_INFINITY,
      presentAt: Number.NEGATIVE_INFINITY,
      send: (sent: StreamFrame) => tab.sendText(JSON.stringify(sent)),
      sendText(sent) {
        if (socket.readyState === socket.OPEN) socket.send(sent);
      },
    };
    socket.on('pong', () => {
      tab.unanswered = 0;
    });
    socket.on('message', (data, isBinary) => {
      tab.unanswered = 0;
      tab.said += 1;
      if (tab.said > MOST_SAID * BEAT_SWEEPS) socket.terminate();
      else if (!isBinary && String(data) !== '') void heard(tab, String(data)).catch(fault);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => void left(tab).catch(fault));
    tabs.add(tab);
    timer ??= setInterval(() => void sweep().catch(fault), SECOND);
    tab.send({ kind: 'hello', seq });
    await present(tab, tab.told);
    broadcast.join(town.id, tab);
  }

  async function heard(tab: Tab, data: string): Promise<void> {
    const read = Hello.safeParse(jsonOf(data));
    if (!read.success) return;
    const before = tab.told;
    tab.told = read.data;
    if (read.data.ticket?.reference !== before.ticket?.reference) tab.stands = undefined;
    await present(tab, read.data);
    if (read.data.viewing !== before.viewing) {
      // Another citizen has not been shown it yet.
      tab.typedAt = Number.NEGATIVE_INFINITY;
      if (read.data.viewing) await broadcast.open(tab.caller.town, tab, read.data.viewing);
      else tab.viewing = undefined;
    }
    if (read.data.viewing !== before.viewing || read.data.isTyping !== before.isTyping)
      await tellLooked(tab.caller.town, before, read.data);
    const isShown = tab.viewing !== undefined && read.data.isTyping && performance.now() - tab.typedAt > TYPING_AGAIN_MS;
    if (!isShown || !tab.viewing) return;
    if (await typed(tab.caller.agent, tab.viewing)) tab.typedAt = performance.now();
  }

  function present(tab: Tab, { isTyping, viewing }: Hello): Promise<void> {
    const { id, agent, caller } = tab;
    tab.presentAt = performance.now();
    return presences.put({ tab: id, agent, town: caller.town.id, until: clock().getTime() + PRESENT_MS, viewing, isTyping });
  }

  function tellLooked(town: Town, ...seen: Hello[]): Promise<void> {
    const all = [...new Set(seen.flatMap(({ viewing }) => viewing ?? []))];
    return all.length > 0 ? looked(town.id, all) : Promise.resolve();
  }

  async function left(tab: Tab): Promise<void> {
    if (!tabs.delete(tab)) return;
    broadcast.leave(tab.caller.town.id, tab);
    if (tabs.size === 0) rest();
    // The lease ends now and the row stays: a reload is not an absence, and when they were last there is still known.
    const { id, agent, caller } = tab;
    await presences.put({ tab: id, agent, town: caller.town.id, until: clock().getTime(), isTyping: false });
    await tellLooked(caller.town, tab.told);
  }

  async function sweep(): Promise<void> {
    for (const tab of tabs) {
      tab.sweeps += 1;
      if (tab.sweeps % BEAT_SWEEPS === 0) beat(tab);
    }
    const ids = [...new Set([...tabs].map(({ caller }) => caller.session))];
    const ended = new Set(await signIns.ended(ids));
    for (const tab of tabs) {
      if (!ended.has(tab.caller.session)) continue;
      tab.send({ kind: 'signed-out', reason: 'revoked' });
      tab.socket.close(SESSION_OVER, 'The session is over');
    }
    await openTickets.look([...tabs].filter(({ caller }) => !ended.has(caller.session)));
  }

  function beat(tab: Tab): void {
    tab.said = 0;
    if (tab.unanswered >= MAX_UNANSWERED || tab.socket.bufferedAmount > MAX_UNREAD_BYTES) {
      tab.socket.terminate();
      return;
    }
    tab.unanswered += 1;
    tab.socket.ping();
    tab.socket.send('');
    if (performance.now() - tab.presentAt >= PRESENT_AGAIN_MS) void present(tab, tab.told).catch(fault);
  }

  function rest(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    /** Whether the address was the stream's; if so the socket is dealt with, by a stream or by a refusal. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
      if (!URL.canParse(request.url ?? '', 'http://here')) return false;
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://here');
      if (pathname !== PATH) return false;
      socket.on('error', () => socket.destroy());
      const given = searchParams.get('after');
      const after = given === null ? { success: true as const, data: undefined } : After.safeParse(given);
      if (!frame.isOwnPage(request)) refuseUpgrade(socket, 403);
      else if (!after.success) refuseUpgrade(socket, 400);
      else
        frame
          .admit(request)
          .then(async (caller) => {
            if (isRefusal(caller)) return refuseUpgrade(socket, caller.refused);
            if (isStopped || [...tabs].filter(({ agent }) => agent === caller.agent.id).length >= MOST_TABS)
              return refuseUpgrade(socket, 429);
            const last = await changes.last(caller.town.id);
            const seq = Math.min(after.data ?? last, last);
            server.handleUpgrade(request, socket, head, (accepted) => void accept(accepted, caller, seq).catch(fault));
          })
          .catch((error: unknown) => {
            fault(error);
            refuseUpgrade(socket, 503);
          });
      return true;
    },

    async close(): Promise<void> {
      isStopped = true;
      rest();
      for (const tab of [...tabs]) {
        tab.socket.close(SERVER_STOPS, 'The server stops');
        tab.socket.terminate();
        await left(tab).catch(() => {});
      }
      server.close();
    },
  };
}

function jsonOf(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

function refuseUpgrade(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}
