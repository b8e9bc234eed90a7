/**
 * What citizens wrote while no process of the town hall answered, on channels that keep it and give up handing it over: asked
 * for at the start and then again and again, from where it was last asked for, by one process at a time.
 */
import { randomUUID } from 'node:crypto';
import { createRecurring, type Recurring } from '../recurring';
import { type MailroomParts, SECOND } from './parts';

const MINUTE = 60 * SECOND;
const EVERY_MS = 30 * SECOND;
/** The first answers of a start come before it. */
export const FIRST_MS = 5 * SECOND;
const LEASE_MS = 30 * SECOND;
/** So long a message may still be handed over, with more than is known of it later. */
const SETTLED_MS = 20 * SECOND;
/** Asked about again: clocks differ, and a list may be late. */
const AGAIN_MS = MINUTE;
/** What was written before that is answered by nobody: whoever waits for it has asked elsewhere. */
const LONGEST_MS = 7 * 24 * 60 * MINUTE;

type Parts = Pick<MailroomParts, 'channels' | 'jobs' | 'clock' | 'log'>;

export function createCatchUp({ channels = [], jobs, clock, log }: Parts): Recurring {
  const owner = randomUUID();
  /** Channels that could not be asked: said once, until they can be again. */
  const silent = new Set<string>();
  const recurring = createRecurring(EVERY_MS, async () => {
    for (const { name, catchUp } of channels) {
      if (!catchUp || recurring.isStopped()) continue;
      try {
        await look(name, catchUp);
        silent.delete(name);
      } catch (error) {
        if (!silent.has(name)) log('warn', 'mailroom.not-asked', { channel: name, reason: reasonOf(error) });
        silent.add(name);
      }
    }
  });

  async function look(channel: string, catchUp: (from: Date, to: Date) => Promise<number>): Promise<void> {
    const job = `catch-up:${channel}`;
    const now = clock().getTime();
    const to = now - SETTLED_MS;
    const reached = await jobs.reached(job);
    if (reached !== undefined && reached >= to && reached <= now) return;
    if (!(await jobs.hold(job, owner, LEASE_MS, now))) return;
    // Before the first time, and by a clock that was set back, nothing was missed that is known of.
    if (reached !== undefined && reached < to) {
      const from = Math.max(reached - AGAIN_MS, now - LONGEST_MS);
      const messages = await catchUp(new Date(from), new Date(to));
      if (messages > 0) log('warn', 'mailroom.caught-up', { channel, messages });
    }
    await jobs.end(job, owner, to);
  }

  return recurring;
}

function reasonOf(error: unknown): string {
  const { code, status, name } = error as { code?: unknown; status?: unknown; name?: unknown };
  return String(code ?? status ?? name ?? 'unknown');
}
