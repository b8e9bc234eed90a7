/** A PostgreSQL cluster of its own for one measurement, on a free port of this machine; durable as it comes. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Postgres {
  url: string;
  /** Processor time of all its processes so far. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

const DEBIAN = '/usr/lib/postgresql';

/** Null where PostgreSQL is not installed (Debian: `apt-get install postgresql`). As root it runs as the user postgres. */
export async function openPostgres(): Promise<Postgres | null> {
  const bin = binOf();
  if (!bin) return null;
  // Not below the bench's own folder, which nobody else may enter.
  const folder = mkdtempSync(join(tmpdir(), 'guichet-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const asUser = isRoot ? ['runuser', '-u', 'postgres', '--'] : [];
  if (isRoot) {
    const [uid, gid] = ['-u', '-g'].map((what) => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' })));
    chownSync(folder, uid!, gid!);
  }
  const data = join(folder, 'data');
  const port = await freePort();
  const command = (program: string, ...args: string[]) => [...asUser, join(bin, program), ...args] as [string, ...string[]];
  const [initdb, ...made] = command('initdb', '-D', data, '-U', 'bench', '--auth=trust', '--no-instructions', '-E', 'UTF8');
  execFileSync(initdb, made, { cwd: folder, stdio: 'ignore' });
  const settings = ['-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=60'];
  const [postgres, ...args] = command('postgres', '-D', data, ...settings);
  const child = spawn(postgres, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  await isOpen(child);
  const leader = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  return {
    url: `postgres://bench@127.0.0.1:${port}/postgres`,
    cpuSeconds: () => cpuSecondsOfAll(leader()),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        process.kill(leader(), 'SIGINT');
      }),
  };
}

function binOf(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null;
}

function isOpen(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      if (/ready to accept connections/.test(said)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said.slice(-500)}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** A process and its children: their own time, and that of children which have ended. Ticks are a hundredth of a second. */
function cpuSecondsOfAll(leader: number): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
        .map(Number);
      if (Number(pid) !== leader && fields[1] !== leader) continue;
      ticks += fields[11]! + fields[12]! + (Number(pid) === leader ? fields[13]! + fields[14]! : 0);
    } catch {
      // It ended while it was being read.
    }
  }
  return ticks / 100;
}
