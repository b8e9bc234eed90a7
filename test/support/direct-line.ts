/**
 * A bare Direct Line client for tests: a call in, status and JSON out, and the frames of a
 * stream as they arrive. It knows nothing of our server but the addresses.
 */
import { WebSocket } from 'ws';

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
  body: any;
}

export interface Asked {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  token?: string;
  origin?: string;
  /** Sent as JSON; a string or a form goes as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Visitor {
  conversationId: string;
  token: string;
  streamUrl: string;
}

export function createClient(url: string) {
  async function ask(path: string, { method, token, origin, body, headers }: Asked = {}): Promise<Reply> {
    const isPlain = body === undefined || typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array;
    const response = await fetch(`${url}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(origin ? { Origin: origin } : {}),
        ...(isPlain ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: (isPlain ? body : JSON.stringify(body)) as RequestInit['body'],
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }

  const inside = (conversation: string, rest = '') => `/v3/directline/conversations/${conversation}${rest}`;

  return {
    ask,
    inside,
    token: (town: string, origin = url) => ask(`/widget/${town}/token`, { method: 'POST', origin }),

    /** A visitor of a town who has opened the chat. */
    async arrive(town: string): Promise<Visitor> {
      const { body } = await ask(`/widget/${town}/token`, { method: 'POST', origin: url });
      const started = await ask('/v3/directline/conversations', { method: 'POST', token: body.token });
      return { conversationId: body.conversationId, token: started.body.token, streamUrl: started.body.streamUrl };
    },

    say: (who: Visitor, text: string, clientActivityID?: string) =>
      ask(inside(who.conversationId, '/activities'), {
        token: who.token,
        body: {
          type: 'message',
          text,
          from: { id: 'whoever' },
          ...(clientActivityID ? { channelData: { clientActivityID } } : {}),
        },
      }),

    read: (who: Visitor, watermark?: string) =>
      ask(
        inside(who.conversationId, `/activities${watermark === undefined ? '' : `?watermark=${encodeURIComponent(watermark)}`}`),
        {
          token: who.token,
        },
      ),
  };
}

export type Client = ReturnType<typeof createClient>;

export interface OpenStream {
  socket: WebSocket;
  /** Parsed frames, keep-alives left out. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
  frames: any[];
  /** Activities of all frames. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
  activities(): any[];
  /** The last frame's. */
  watermark(): string | undefined;
  closed: Promise<number>;
}

export async function openStream(streamUrl: string, origin?: string): Promise<OpenStream> {
  const socket = new WebSocket(streamUrl, origin ? { origin } : {});
  const frames: Array<{ activities: unknown[]; watermark: string }> = [];
  socket.on('message', (data) => {
    const text = data.toString();
    if (text) frames.push(JSON.parse(text));
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve());
    socket.on('error', reject);
  });
  return {
    socket,
    frames,
    activities: () => frames.flatMap((frame) => frame.activities),
    watermark: () => frames.at(-1)?.watermark,
    closed,
  };
}

/** The HTTP status a stream is refused with; 101 when it is not. */
export function streamStatus(streamUrl: string, origin?: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(streamUrl, origin ? { origin } : {});
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.on('error', () => {});
  });
}
