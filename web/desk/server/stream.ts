// What happens at the desk, as it happens: one WebSocket that is asked for everything after the last number seen, so that a
// laptop that slept misses nothing. Frames are handed on in bundles; a lost line is tried again, ever more slowly.
import type { StreamFrame, StreamHello } from '../../../src/desk/wire';
import { openStream, type Stream } from '../../widget/line/stream';
import { roomQuery } from './room';

const WAITS_MS = [500, 1000, 2000, 5000, 10_000];

export interface Live {
  /** Tells colleagues what is open in this tab. */
  tell(hello: StreamHello): void;
  close(): void;
}

export interface LiveParts {
  /** The number of the last event that the page knows. */
  seq(): number;
  heard(frame: StreamFrame): void;
  changed(state: 'live' | 'lost'): void;
}

const TELL_AGAIN_MS = 15_000;
/** The same again, while somebody goes on typing, is told at most so often. */
const SAME_AGAIN_MS = 3000;

export function openLive({ seq, heard, changed }: LiveParts): Live {
  let stream: Stream | undefined;
  let isClosed = false;
  let failures = 0;
  let wake = () => {};
  let hello: StreamHello = { isTyping: false };
  let saidAt = 0;

  const hurry = () => {
    if (document.visibilityState === 'hidden') return;
    stream?.doubt();
    wake();
  };
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);
  const again = setInterval(() => say(), TELL_AGAIN_MS);
  const say = () => {
    if (!stream?.isOpen()) return;
    saidAt = performance.now();
    stream.send(JSON.stringify(hello));
  };

  void (async () => {
    while (!isClosed) {
      const address = `${location.origin.replace(/^http/, 'ws')}/desk/api/stream?after=${seq()}${roomQuery()}`;
      stream = await openStream(address, (frame) => heard(JSON.parse(frame) as StreamFrame));
      if (isClosed) stream?.close();
      if (stream && !isClosed) {
        failures = 0;
        changed('live');
        say();
        await stream.ended;
      }
      if (isClosed) return;
      changed('lost');
      const wait = WAITS_MS[Math.min(failures, WAITS_MS.length - 1)]!;
      failures += 1;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, wait * (0.7 + Math.random() * 0.6));
      });
    }
  })();

  return {
    tell(now) {
      const isSame =
        hello.viewing === now.viewing &&
        hello.isTyping === now.isTyping &&
        hello.ticket?.reference === now.ticket?.reference &&
        hello.ticket?.revision === now.ticket?.revision;
      hello = now;
      if (!isSame || performance.now() - saidAt > SAME_AGAIN_MS) say();
    },
    close() {
      isClosed = true;
      clearInterval(again);
      removeEventListener('online', hurry);
      document.removeEventListener('visibilitychange', hurry);
      stream?.close();
      wake();
    },
  };
}
