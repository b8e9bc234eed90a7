/**
 * A city hall in a process of its own whose work is measured in processor time. Processors differ, and one that is shared is
 * slower: a fixed piece of work is measured in the same process at the same time, and what costs are told in is the
 * milliseconds they would have been on the machine that the limits were set on.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the fixed piece of work takes on that machine, when nothing else runs on it. */
const YARDSTICK_MS = 6;

export interface MeasuredHall {
  url: string;
  /** Every route it answers: 'POST /hooks/twilio/message'. */
  routes: string[];
  /** How to come in at the desk, as the start prints it. */
  welcome(): Promise<string[]>;
  /**
   * What a piece of work costs its main thread, in those milliseconds of processor time: the least of several tries. What takes
   * less than `enoughMs` on this machine, however slow it is just now, is good enough as it was measured.
   */
  cost(work: () => Promise<unknown>, tries?: number, enoughMs?: number): Promise<number>;
  close(): Promise<void>;
}

export async function openMeasuredHall(env: Record<string, string> = {}): Promise<MeasuredHall> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-measured-'));
  const child = fork(join(__dirname, 'measured-process.js'), {
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      MESSAGES_PER_MINUTE: '100000',
      CONVERSATIONS_PER_HOUR: '1000000',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { url, routes, welcome } = await answer<{ url: string; routes: string[]; welcome: string[] }>(child);

  async function costOnce(work: () => Promise<unknown>, enoughMs: number): Promise<number> {
    child.send('start');
    await answer(child);
    await work();
    child.send('stop');
    const { ms } = await answer<{ ms: number }>(child);
    // The yardstick makes nothing dearer, and takes longer than most of what is measured by it.
    if (ms < enoughMs) return ms;
    child.send('yardstick');
    const yardstick = await answer<{ ms: number }>(child);
    return ms / Math.max(1, yardstick.ms / YARDSTICK_MS);
  }

  return {
    url,
    routes,
    welcome: async () => welcome,
    async cost(work, tries = 5, enoughMs = 0) {
      let least = Number.POSITIVE_INFINITY;
      for (let round = 0; round < tries && least >= enoughMs; round += 1) least = Math.min(least, await costOnce(work, enoughMs));
      return least;
    },
    async close() {
      child.disconnect();
      await once(child, 'exit');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  try {
    const left = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
      throw new Error(`The city hall ended with ${code}`);
    });
    const [said] = await Promise.race([once(child, 'message', { signal: ended.signal }), left]);
    left.catch(() => {});
    return said as T;
  } finally {
    ended.abort();
  }
}
