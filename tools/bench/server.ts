/** One server under measurement, in a process of its own: started, waited for, looked at, stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const SETTLE_MS = 15_000;

export interface Running {
  url: string;
  megabytes(): number;
  /** Processor time used so far, all threads. */
  cpuSeconds(): number;
  stop(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** At once, as a power cut would. */
  kill(): Promise<void>;
}

/** The script must say its own address on standard output once it listens. */
export async function start(args: string[], env: Record<string, string>): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, args, {
    env: {
      ...process.env,
      PORT: '0',
      LOG_LEVEL: 'error',
      MESSAGES_PER_MINUTE: '100000',
      CONVERSATIONS_PER_HOUR: '1000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  });
  const end = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  return {
    url,
    megabytes: () => residentMegabytes(child.pid ?? 0),
    cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
    stop: () => end('SIGTERM'),
    signal: (name) => void child.kill(name),
    kill: () => end('SIGKILL'),
  };
}

/** After its start ours learns phrases, for as long as the machine takes, and compiles its date readers aside; what is measured is daily life. */
export async function settled(url: string): Promise<void> {
  await untilReady(url);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}

/** Until all that it learns is learnt; others have nothing to say about it. */
export async function untilReady(url: string): Promise<void> {
  while ((await fetch(`${url}/readyz`)).status === 503) await new Promise((resolve) => setTimeout(resolve, 250));
}

/** In ticks of a hundredth of a second, the 14th and 15th fields; the name before them may hold anything but ends with a bracket. */
function cpuSecondsOf(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const [, , , , , , , , , , , user = '', system = ''] = readFileSync(file, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(user) + Number(system)) / 100;
}

/** Resident memory from /proc, where there is one. */
function residentMegabytes(pid: number): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return Number.NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? Number.NaN) / 1024;
}
