/** Fills a store with messages of the past, as the product would have written them. */
import { createMemory } from '../../src/domain/conversation';
import type { Database } from '../../src/store';
import { createStore } from '../../src/store/store';

export const PER_CONVERSATION = 10;
const AT_ONCE = 2000;

/** `from` to `to` stored messages (each an inbox row, its line and the reply's line). */
export async function fill(database: Database, from: number, to: number): Promise<void> {
  const store = createStore(database);
  await store.prepare();
  for (let n = from; n < to; n += AT_ONCE) {
    const writes: Array<Promise<unknown>> = [];
    for (let message = n; message < Math.min(to, n + AT_ONCE); message += 1) writes.push(...oneMessage(store, message));
    await Promise.all(writes);
  }
}

function oneMessage(store: ReturnType<typeof createStore>, n: number): Array<Promise<unknown>> {
  const conversation = `past-${Math.floor(n / PER_CONVERSATION)}`;
  const turn = n % PER_CONVERSATION;
  const at = new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();
  const town = 'bellerive';
  const common = { town, channel: 'web' as const, conversation, address: `dl_${conversation}` };
  const activity = {
    type: 'message' as const,
    text: `Le lampadaire devant le ${n % 90} rue Pasteur est cassé depuis hier soir`,
    locale: 'fr',
  };
  const id = `web:${conversation}:${turn}`;
  const line = { town, conversation, at };
  const writes: Array<Promise<unknown>> = [
    store.mail.inbox.write({
      _id: id,
      ...common,
      activity,
      order: `${Date.parse(at)}`.padStart(14, '0'),
      attempts: 0,
      dueAt: Date.parse(at),
      state: 'done',
    }),
    store.transcript.write({ id, ...line, line: turn * 2 + 1, from: 'citizen', activity }),
    store.transcript.write({
      id: `${id}#1`,
      ...line,
      line: turn * 2 + 2,
      from: 'bot',
      activity: { ...activity, text: 'Merci. À quelle adresse ?' },
    }),
  ];
  if (turn === 0) {
    writes.push(
      store.conversations.begin({
        id: conversation,
        town,
        channel: 'web',
        address: common.address,
        version: PER_CONVERSATION,
        holder: 'bot',
        memory: createMemory('fr'),
        lines: PER_CONVERSATION * 2,
        pending: null,
        lastCauses: [id],
        createdAt: at,
        updatedAt: at,
      }),
    );
  }
  return writes;
}
