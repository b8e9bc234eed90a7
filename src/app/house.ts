/**
 * What every part of the running program may be made from: the settings, the towns, where rows and files are kept, the
 * time, the log, and the way into the inbox. Made once, in `app.ts`; a part takes what it needs and keeps nothing of the rest.
 */
import type { IncomingMessage } from 'node:http';
import type { Config } from '../config';
import type { FileStore } from '../domain/message/file';
import type { Log } from '../log';
import type { Mailroom } from '../mailroom';
import type { Store } from '../store/store';
import type { Towns } from '../towns';

export interface House {
  config: Config;
  towns: Towns;
  store: Store;
  files: FileStore;
  clock: () => Date;
  log: Log;
  /** What channels hand their messages and receipts to; made after them, so it is asked for when it is needed. */
  mailroom: () => Mailroom;
  /** Signs what browsers show us: tokens, addresses of files, photo links. */
  tokenSecret: string;
  directLineSecret: string | undefined;
  /** Where citizens and carriers reach this server; known once it listens. */
  publicUrl: () => string;
  /** Whose network a request comes from, for limits. */
  clientIp: (request: IncomingMessage) => string;
  /** Tells the operator of a call that failed through no fault of its caller. */
  fault: (where: string, error: unknown) => void;
}
