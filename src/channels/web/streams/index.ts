/**
 * The live side of a conversation: a WebSocket on which every new line of the transcript
 * arrives by itself, in order, none twice and none left out, because what is sent is always
 * "the lines after the last one sent". Lines written by this process are sent at once; those
 * of other processes are found by a slow sweep, one question for all streams (`elsewhere.ts`).
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Refusal, refuse } from '../../../domain/http/refusal';
import type { Activity } from '../../../domain/message/activity';
import type { Access } from '../access';
import { PAGE } from '../activities';
import { addressOf } from '../allowance';
import { isPassing } from '../answer';
import type { Limits, WebParts } from '../parts';
import type { ActivitySet, Present } from '../present';
import type { StreamPass, Tokens } from '../tokens';
import { createElsewhere } from './elsewhere';

const SECOND = 1000;
const SWEEP_EVERY = 1 * SECOND;
/**
 * Sweeps between two heartbeats: six seconds, so that a client which hears nothing for three times that long knows that its
 * network is gone (the widget says so within 20 s; directlinejs gives up after 20 s of silence). It is a ping, which browsers
 * answer by themselves, and an empty frame, which pages can see and which Direct Line itself sends to keep a stream alive.
 */
const BEAT_SWEEPS = 6;
/** Heartbeats without an answer after which nobody is there any more. */
const MAX_UNANSWERED = 2;
/** A client that leaves this much unread is gone, or reads slower than people talk. */
const MAX_UNREAD_BYTES = 1024 * 1024;
const TOKEN_ENDED = 4001;
const SERVER_STOPS = 1001;

interface Stream {
  conversation: string;
  address: string;
  socket: WebSocket;
  /** The last line sent. */
  line: number;
  sending: boolean;
  /** More may have been said while it was sending. */
  again: boolean;
  /** There may be lines that others wrote, or that could not be asked for: the store is to be asked, not what was just written here. */
  isBehind: boolean;
  /** Sweeps since it was opened: each has its heartbeats at moments of its own, so that they don't all fall together. */
  sweeps: number;
  /** Heartbeats since it was last heard. */
  unanswered: number;
  /** When the right to read ends, in seconds since 1970. */
  ends: number;
}

interface Inside {
  parts: Pick<WebParts, 'feed' | 'onReached' | 'clock' | 'clientIp' | 'fault'>;
  tokens: Tokens;
  access: Access;
  present: Present;
  limits: Limits;
}

export function createStreams({ parts, tokens, access, present, limits }: Inside) {
  const server = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false });
  const open = new Map<string, Set<Stream>>();
  const perAddress = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let isSweeping = false;
  const hasFewer = (conversation: string, lines: number) => [...(open.get(conversation) ?? [])].some(({ line }) => line < lines);
  const elsewhere = createElsewhere(parts.feed, parts.clock, hasFewer);

  const streams = () => [...open.values()].flatMap((watching) => [...watching]);

  async function pump(stream: Stream): Promise<void> {
    stream.again = true;
    if (stream.sending) return;
    stream.sending = true;
    try {
      while (stream.again && stream.socket.readyState === stream.socket.OPEN) {
        stream.again = false;
        const ask = stream.isBehind ? parts.feed.after : parts.feed.news;
        stream.isBehind = false;
        const lines = await ask(stream.conversation, stream.line, PAGE);
        if (lines.length === 0) continue;
        const set = present(stream.conversation, lines, stream.line);
        if (set.activities.length) await write(stream.socket, JSON.stringify(set));
        stream.line = lines.at(-1)!.line;
        if (lines.some(({ from }) => from === 'agent')) parts.onReached?.(stream.conversation, stream.line);
        if (lines.length < PAGE) continue;
        stream.again = true;
        stream.isBehind = true;
      }
    } catch (error) {
      // The sweep tries again from the same line.
      stream.isBehind = true;
      if (!isPassing(error)) parts.fault?.('web: stream', error);
    } finally {
      stream.sending = false;
    }
  }

  function wake(conversation: string): void {
    for (const stream of open.get(conversation) ?? []) void pump(stream);
  }

  async function look(): Promise<void> {
    if (isSweeping) return;
    isSweeping = true;
    try {
      for (const stream of streams()) if (stream.isBehind) void pump(stream);
      for (const conversation of await elsewhere.sweep())
        for (const stream of open.get(conversation) ?? []) {
          stream.isBehind = true;
          void pump(stream);
        }
    } catch (error) {
      if (!isPassing(error)) parts.fault?.('web: sweep', error);
    } finally {
      isSweeping = false;
    }
  }

  function sweep(): void {
    void look();
    // The right to read ends with the token; a client that has a fresh one reconnects where it was.
    const now = parts.clock().getTime() / SECOND;
    for (const stream of streams()) {
      if (stream.ends <= now) stream.socket.close(TOKEN_ENDED, 'TokenExpired');
      stream.sweeps += 1;
      if (stream.sweeps % BEAT_SWEEPS === 0) beat(stream);
    }
  }

  function beat(stream: Stream): void {
    if (stream.unanswered >= MAX_UNANSWERED || stream.socket.bufferedAmount > MAX_UNREAD_BYTES) {
      stream.socket.terminate();
      return;
    }
    stream.unanswered += 1;
    stream.socket.ping();
    stream.socket.send('');
  }

  function add(stream: Stream): void {
    open.set(stream.conversation, (open.get(stream.conversation) ?? new Set()).add(stream));
    perAddress.set(stream.address, (perAddress.get(stream.address) ?? 0) + 1);
    timer ??= setInterval(sweep, SWEEP_EVERY);
  }

  function remove(stream: Stream): void {
    const watching = open.get(stream.conversation);
    if (!watching?.delete(stream)) return;
    if (watching.size === 0) open.delete(stream.conversation);
    const left = perAddress.get(stream.address)! - 1;
    if (left) perAddress.set(stream.address, left);
    else perAddress.delete(stream.address);
    if (open.size === 0) rest();
  }

  function rest(): void {
    clearInterval(timer);
    timer = undefined;
  }

  function accept(socket: WebSocket, pass: StreamPass, address: string): void {
    const stream: Stream = {
      conversation: pass.conv,
      address,
      socket,
      line: pass.after,
      sending: false,
      again: false,
      isBehind: true,
      sweeps: 0,
      unanswered: 0,
      ends: pass.ends,
    };
    const answered = () => {
      stream.unanswered = 0;
    };
    socket.on('pong', answered);
    // Clients send empty frames to see whether we live; nothing else is listened to here.
    socket.on('message', answered);
    socket.on('error', () => socket.terminate());
    socket.on('close', () => remove(stream));
    add(stream);
    void pump(stream);
  }

  function admit(conversation: string, ticket: string, request: IncomingMessage, address: string) {
    const pass = tokens.readStream(ticket);
    if (pass === 'expired') return refuse(403, 'TokenExpired', 'This stream address has expired; reconnect for a fresh one.');
    if (pass === 'invalid' || pass.conv !== conversation)
      return refuse(403, 'Forbidden', 'This address does not open this stream.');
    const refused = access.pageRefused(pass, request.headers.origin);
    if (refused) return refused;
    const isCrowded =
      (open.get(conversation)?.size ?? 0) >= limits.streams || (perAddress.get(address) ?? 0) >= limits.streamsPerAddress;
    return isCrowded ? refuse(429, 'TooManyRequests', 'Too many open streams.', { retryAfterSeconds: 5 }) : pass;
  }

  return {
    isOpen: (conversation: string) => open.has(conversation),
    wake,

    /** Direct Line's own sign that somebody types: said once, shown by a client for some seconds, kept nowhere. */
    showTyping(conversation: string, town: string, name: string): void {
      for (const { socket, line } of open.get(conversation) ?? []) {
        const activity: Activity = {
          type: 'typing',
          timestamp: parts.clock().toISOString(),
          channelId: 'directline',
          conversation: { id: conversation },
          from: { id: town, name, role: 'bot' },
          channelData: { author: { kind: 'agent', name } },
        };
        if (socket.readyState === socket.OPEN)
          socket.send(JSON.stringify({ activities: [activity], watermark: String(line) } satisfies ActivitySet));
      }
    },

    /** Whether the address was a stream's; if so the socket is dealt with, by a stream or by a refusal. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
      // What is no address at all is left to whoever answers for the rest.
      if (!URL.canParse(request.url ?? '', 'http://here')) return false;
      const url = new URL(request.url ?? '', 'http://here');
      const conversation = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/.exec(url.pathname)?.[1];
      if (!conversation) return false;
      const address = addressOf(request, parts.clientIp);
      const pass = admit(conversation, url.searchParams.get('t') ?? '', request, address);
      if ('refused' in pass) refuseUpgrade(socket, pass);
      else server.handleUpgrade(request, socket, head, (accepted) => accept(accepted, pass, address));
      return true;
    },

    async close(): Promise<void> {
      rest();
      for (const stream of streams()) {
        stream.socket.close(SERVER_STOPS, 'The server stops');
        // It has been told; whoever does not answer is not waited for.
        stream.socket.terminate();
        remove(stream);
      }
      server.close();
    },
  };
}

/** Resolves when the network has taken it, so that one slow client holds one frame and no more. */
function write(socket: WebSocket, frame: string): Promise<void> {
  return new Promise((resolve) => socket.send(frame, () => resolve()));
}

function refuseUpgrade(socket: Duplex, { refused, code, message, more }: Refusal): void {
  const body = JSON.stringify({ error: { code, message } });
  socket.on('error', () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${refused} Refused`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...(more?.retryAfterSeconds ? [`Retry-After: ${more.retryAfterSeconds}`] : []),
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
