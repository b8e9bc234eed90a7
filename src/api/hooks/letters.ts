/**
 * What became of the letters of a web hook, for whoever looks after it: those that were given up are seen and sent
 * again, those that arrived can be sent once more to a receiver that lost them, and a test shows that it hears us.
 */
import { hookAddress, hookThreads } from '../../domain/programs/hook';
import type { Mail, OutboxRow } from '../../store/rows/mail';

export interface HookLetter {
  id: string;
  type: string;
  /** When what it tells happened, ISO. */
  at: string;
  state: OutboxRow['state'];
  attempts: number;
  reason?: string;
}

const AT_ONCE = 200;
const STATES = ['dead', 'due', 'sending', 'unknown', 'sent'] as const;

export type HookLetters = ReturnType<typeof createHookLetters>;

export function createHookLetters(mail: Pick<Mail, 'outbox'>, clock: () => Date) {
  const of = (town: string, id: string, state: OutboxRow['state'], since: string, limit: number) =>
    mail.outbox.ofThreads(hookThreads(town, id), state, orderOf(since), limit);

  return {
    /** Given up first, then on their way, then those that arrived; oldest first each. */
    async list(town: string, id: string, limit = AT_ONCE): Promise<HookLetter[]> {
      const found = await Promise.all(STATES.map((state) => of(town, id, state, '', limit)));
      return found.flat().slice(0, limit).map(present);
    },
    /** Puts what was given up, or what was sent since a moment (ISO), on its way again under the same ids; how many. */
    async replay(town: string, id: string, since?: string): Promise<number> {
      const states = since === undefined ? (['dead'] as const) : (['dead', 'sent'] as const);
      let count = 0;
      for (const state of states)
        for (let more = true; more; ) {
          const rows = await of(town, id, state, since ?? '', AT_ONCE);
          for (const { _id } of rows) {
            const again = { state: 'due', attempts: 0, dueAt: 0, waitMs: 0, leaseUntil: 0 };
            if (await mail.outbox.move(_id, [state], { $set: again, $unset: ['reason'] })) count += 1;
          }
          more = rows.length === AT_ONCE;
        }
      return count;
    },
    /** Sends an event that says nothing; the id of its letter. */
    async test(town: string, id: string): Promise<string> {
      const at = clock().toISOString();
      const conversation = `${hookThreads(town, id)}test`;
      const _id = `${conversation}:${at}`;
      await mail.outbox.write({
        ...{ _id, town, channel: 'webhook', conversation, address: hookAddress(id), order: orderOf(at) },
        activity: { type: 'event', value: { type: 'webhook.test', timestamp: at, data: { town } } },
        ...{ state: 'due', attempts: 0, dueAt: 0, leaseUntil: 0 },
      });
      return _id;
    },
    async find(letter: string): Promise<HookLetter | null> {
      const row = await mail.outbox.get(letter);
      return row && present(row);
    },
  };
}

/** The order of letters that tell of this moment or later; of all when it is empty. */
export function orderOf(at: string, line = 0): string {
  return at === '' ? '' : `${String(Date.parse(at)).padStart(14, '0')}-${String(line).padStart(9, '0')}`;
}

function present({ _id, activity, state, attempts, reason }: OutboxRow): HookLetter {
  const { type, timestamp } = activity.value as { type: string; timestamp: string };
  return { id: _id, type, at: timestamp, state, attempts, ...(reason ? { reason } : {}) };
}
