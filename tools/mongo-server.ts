/**
 * A MongoDB-protocol server for tests and measurements: the operator's own by MONGODB_URI, else one started here from `mongod` or
 * `secantusd-rs` on the PATH (or the one that lies beside the repository). Without any, the MongoDB part of a test
 * is skipped and says how to get one; in CI nothing may be skipped, so there `hasMongo` throws.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { freePort } from './free-port';

export interface MongoServer {
  uri: string;
  /** Ends it (SIGTERM) and, when it is ours, takes its folder away. */
  stop(): Promise<void>;
  /** Ends it as a power cut would; `restart` brings it back with what it had on disk. */
  kill9(): Promise<void>;
  /** Ends it politely if it runs and starts it again on the same port with the same data. */
  restart(): Promise<void>;
}

export const HOW_TO_GET_MONGO =
  'MongoDB part skipped: no server found. Set MONGODB_URI, or put mongod or secantusd-rs on the PATH ' +
  '(cargo install secantus-mdb --version 0.5.3-beta.193 --locked --ignore-rust-version).';

const START_LIMIT_MS = 30_000;
const END_LIMIT_MS = 15_000;
const BESIDE = join(process.cwd(), '../shared/bin');

function findProgram(name: string, folders: string[]): string | null {
  for (const folder of folders) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

interface Program {
  file: string;
  args(port: number, folder: string): string[];
  isMongod: boolean;
}

function findServer(): Program | null {
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const mongod = findProgram('mongod', path);
  if (mongod) {
    const args = (port: number, folder: string) => [
      '--port',
      String(port),
      '--bind_ip',
      '127.0.0.1',
      '--dbpath',
      folder,
      '--replSet',
      'guichet',
      '--wiredTigerCacheSizeGB',
      '0.25',
    ];
    return { file: mongod, isMongod: true, args };
  }
  const secantusd = findProgram('secantusd-rs', [...path, BESIDE]);
  if (!secantusd) return null;
  const args = (port: number, folder: string) => [
    '--port',
    String(port),
    '--storage-path',
    folder,
    '--sync-on-commit',
    '--cache-size',
    '256M',
    '--log-file-max',
    '16MB',
    '--log-level',
    'WARNING',
  ];
  return { file: secantusd, isMongod: false, args };
}

/** Resolves when the server takes writes. A mongod of a fresh replica set is told first that it is the set. */
async function takesWrites(uri: string, isMongod: boolean, child: ChildProcess, log: string): Promise<void> {
  const untilMs = Date.now() + START_LIMIT_MS;
  for (;;) {
    if (child.exitCode !== null || Date.now() > untilMs)
      throw new Error(`The MongoDB server did not start:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    // One that has taken the call and says nothing is asked anew.
    const patience = { serverSelectionTimeoutMS: 500, connectTimeoutMS: 2000, socketTimeoutMS: 2000 };
    const client = new MongoClient(uri, { ...patience, runtimeAdapters: { os } });
    try {
      const admin = client.db('admin');
      if ((await admin.command({ hello: 1 })).isWritablePrimary) return;
      if (isMongod) await admin.command({ replSetInitiate: {} }).catch(() => {});
    } catch {
      // Not yet listening.
    } finally {
      await client.close();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function startOwn(program: Program): Promise<MongoServer> {
  const port = await freePort();
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const folder = mkdtempSync(join(tmpdir(), 'guichet-mongo-'));
  const log = `${folder}.log`;
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const out = openSync(log, 'a');
    child = spawn(program.file, program.args(port, folder), { stdio: ['ignore', out, out] });
    closeSync(out);
    await takesWrites(uri, program.isMongod, child, log);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    // A server that waits for its clients to leave may wait for ever.
    const impatience = setTimeout(() => running.kill('SIGKILL'), END_LIMIT_MS);
    await ended;
    clearTimeout(impatience);
  }

  async function remove(signal: NodeJS.Signals): Promise<void> {
    await end(signal);
    rmSync(folder, { recursive: true, force: true });
    rmSync(log, { force: true });
  }

  try {
    await start();
  } catch (error) {
    await remove('SIGKILL');
    throw error;
  }
  return {
    uri,
    stop: () => remove('SIGTERM'),
    kill9: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      await start();
    },
  };
}

/** Whether `startMongo` will find one; in CI it must, so a missing one is an error there. */
export function hasMongo({ own = false } = {}): boolean {
  const found = (!own && Boolean(process.env.MONGODB_URI)) || findServer() !== null;
  if (!found && process.env.CI) throw new Error(HOW_TO_GET_MONGO);
  return found;
}

/**
 * The server tests use, or null. With `own`, one that may be killed and restarted, so never the one of MONGODB_URI.
 * Each caller stops what it got.
 */
export async function startMongo({ own = false } = {}): Promise<MongoServer | null> {
  const uri = process.env.MONGODB_URI;
  if (uri && !own) {
    const refuse = async () => {
      throw new Error('The server of MONGODB_URI is not ours to stop');
    };
    return { uri, stop: async () => {}, kill9: refuse, restart: refuse };
  }
  const program = findServer();
  return program ? startOwn(program) : null;
}
