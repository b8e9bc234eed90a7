// The live side of the connection: a WebSocket, and whether it still lives. A network that changes under a phone (Wi-Fi to 4G)
// leaves sockets open through which nothing will ever come again, and a browser cannot see the server's pings. So the server
// sends an empty frame every six seconds, as the Direct Line service does to keep a stream alive, and longer silence is death.

const SECOND = 1000;
/** Two of the server's beats, and some time for a slow line: told to the citizen within 20 seconds in any case. */
const SILENCE = 16 * SECOND;
/** One beat, for a stream that is doubted: after a message was posted, when the page is looked at again. */
const ONE_BEAT = 7.5 * SECOND;
const OPENED_WITHIN = 6 * SECOND;

export interface Stream {
  isOpen(): boolean;
  /** Something suggests that it may be dead: it has one beat's time to be heard. */
  doubt(): void;
  send(frame: string): void;
  close(): void;
  /** `silent`: still open as far as the browser knows, but dead. */
  ended: Promise<'closed' | 'silent'>;
}

/** The stream, once it is open; undefined where WebSockets don't get through. Empty frames are not handed on. */
export function openStream(url: string | undefined, heard: (frame: string) => void): Promise<Stream | undefined> {
  return new Promise((resolve) => {
    if (!url || typeof WebSocket === 'undefined') return resolve(undefined);
    const socket = new WebSocket(url);
    const late = setTimeout(() => socket.close(), OPENED_WITHIN);
    socket.onclose = () => {
      clearTimeout(late);
      resolve(undefined);
    };
    socket.onopen = () => {
      clearTimeout(late);
      resolve(watch(socket));
    };
    socket.onmessage = ({ data }) => data && heard(String(data));
  });
}

/** Time is counted without the clock of the day, which may be set while we wait. */
function watch(socket: WebSocket): Stream {
  let end = (_how: 'closed' | 'silent') => {};
  const ended = new Promise<'closed' | 'silent'>((resolve) => {
    end = resolve;
  });
  let ticked = performance.now();
  let latest = ticked + SILENCE;
  let isExcused = false;
  const ticks = setInterval(() => {
    const now = performance.now();
    const wasAsleep = now - ticked > 3 * SECOND;
    ticked = now;
    if (now < latest) return;
    // A page that was asleep, or whose timers the browser holds back, may still have to read what has come.
    if (!wasAsleep || isExcused) return finish('silent');
    isExcused = true;
    latest = now + ONE_BEAT;
  }, SECOND);

  function finish(how: 'closed' | 'silent') {
    clearInterval(ticks);
    // Closing waits for an answer that a dead socket never gives: nobody here waits with it.
    socket.onclose = null;
    socket.onmessage = null;
    socket.close();
    end(how);
  }
  socket.addEventListener('message', () => {
    latest = performance.now() + SILENCE;
    isExcused = false;
  });
  socket.onclose = () => finish('closed');

  return {
    isOpen: () => socket.readyState === WebSocket.OPEN,
    doubt() {
      latest = Math.min(latest, performance.now() + ONE_BEAT);
    },
    send: (frame) => socket.send(frame),
    close: () => finish('closed'),
    ended,
  };
}
