/** City halls as processes of their own, for stories that end one with -9 or run two side by side. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface HallProcess {
  url: string;
  pid: number;
  /** Resolves when it has ended, with the signal that ended it. */
  ended: Promise<NodeJS.Signals | null>;
  isRunning(): boolean;
  stop(): Promise<void>;
  kill9(): Promise<void>;
}

/** What runs. */
const children = new Set<ChildProcess>();

/** Ends, with -9, whatever a story that failed has left running. */
export function endHalls(): void {
  for (const child of children) child.kill('SIGKILL');
}

export async function startHall(env: Record<string, string>): Promise<HallProcess> {
  const child: ChildProcess = spawn(process.execPath, [join(__dirname, 'crashing-hall.js')], {
    env: { ...process.env, LOG_LEVEL: 'silent', MESSAGES_PER_MINUTE: '100000', CONVERSATIONS_PER_HOUR: '100000', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk);
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
      const found = /open (http:\S+)/.exec(out)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code, signal) => reject(new Error(`The city hall ended with ${code ?? signal}: ${errors.slice(-2000)}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    stop: () => end('SIGTERM'),
    kill9: () => end('SIGKILL'),
  };
}
