/**
 * A network that dies without a word, as when a phone goes from Wi-Fi to 4G: every connection stays open, and nothing comes
 * through any more. A TCP proxy in front of the town hall, told when to fall silent and for whom.
 */
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../tools/free-port';

export interface SilentProxy {
  port: number;
  url: string;
  /** From now on nothing passes on the connections there are; `new` ones too are taken and left without an answer. */
  fallSilent(also?: 'new'): void;
  /** New connections pass again; the old ones stay as dead as they are. */
  passNewOnes(): void;
  close(): Promise<void>;
}

export async function openSilentProxy(targetPort: number): Promise<SilentProxy> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    keep(near);
    if (isSilent) return void near.pause();
    const far = connect(targetPort, '127.0.0.1');
    keep(far);
    near.pipe(far);
    far.pipe(near);
  });
  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    fallSilent(also) {
      isSilent = also === 'new';
      for (const socket of sockets) socket.unpipe().pause();
    },
    passNewOnes() {
      isSilent = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
