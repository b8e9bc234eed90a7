/**
 * A MongoDB server whose disk can be full: a proxy in front of a real one that answers writes with the code that MongoDB
 * gives then (14031, OutOfDiskSpace), while questions go through. Speaks OP_MSG, the one message of the wire protocol that
 * drivers of today send after the handshake.
 */
import { connect, createServer, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { freePort } from '../../tools/free-port';

export interface FullMongo {
  uri: string;
  isFull: boolean;
  /** The commands that went through, by name. */
  commands: string[];
  close(): Promise<void>;
}

const OP_MSG = 2013;
const HEADER_BYTES = 16;
/** Behind the header: four bytes of flags and one that says that the command's own document follows. */
const DOCUMENT_AT = HEADER_BYTES + 5;
const WRITES = ['insert', 'update', 'delete', 'findAndModify', 'createIndexes', 'bulkWrite'];
const ERROR = { ok: 0, code: 14031, codeName: 'OutOfDiskSpace', errmsg: 'available disk space of 1 byte is less than required' };

/** @param uri `mongodb://host:port/…` of the real server. */
export async function openFullMongo(uri: string): Promise<FullMongo> {
  const target = new URL(uri);
  const port = await freePort();
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    keep(near);
    keep(far);
    far.pipe(near);
    near.on('close', () => far.destroy());
    let waiting = Buffer.alloc(0);
    near.on('data', (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) {
        const message = waiting.subarray(0, waiting.readInt32LE(0));
        waiting = waiting.subarray(message.length);
        const command = commandIn(message);
        if (full.isFull && WRITES.includes(command)) near.write(refusalOf(message));
        else {
          full.commands.push(command);
          far.write(message);
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const own = new URL(uri);
  own.host = `127.0.0.1:${port}`;
  const full: FullMongo = {
    uri: own.href,
    isFull: false,
    commands: [],
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return full;
}

/** Empty for what is no command of today's protocol. */
function commandIn(message: Buffer): string {
  if (message.readInt32LE(12) !== OP_MSG || message[DOCUMENT_AT - 1] !== 0) return '';
  const document = message.subarray(DOCUMENT_AT, DOCUMENT_AT + message.readInt32LE(DOCUMENT_AT));
  return Object.keys(BSON.deserialize(document))[0]!;
}

function refusalOf(message: Buffer): Buffer {
  const document = Buffer.from(BSON.serialize(ERROR));
  const header = Buffer.alloc(DOCUMENT_AT);
  header.writeInt32LE(DOCUMENT_AT + document.length, 0);
  header.writeInt32LE(message.readInt32LE(4), 8);
  header.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([header, document]);
}
