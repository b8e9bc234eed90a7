/** Where conversations stand at the desk, on every back: the queue in its order, an agent's own, and a pass that may not be. */
import { type Conversation, createMemory, IllegalPass } from '../../src/domain/conversation';
import type { QueueEntry } from '../../src/domain/desk/queue';
import type { Conversations } from '../../src/store/rows/conversations';
import { createStore } from '../../src/store/store';
import { describeBacks } from '../support/scratch';

const at = '2026-10-13T08:12:00.000Z';

function entry(service: string, place: number, agent?: string): QueueEntry {
  return { service, subject: 'x', queuedAt: at, place, priority: 'normal', ...(agent ? { agent } : {}) };
}

async function openOne(conversations: Conversations, id: string, town = 't'): Promise<Conversation> {
  const conversation: Conversation = {
    ...{ id, town, channel: 'web', address: id, version: 0, holder: 'bot', memory: createMemory('fr') },
    ...{ lines: 0, pending: null, lastCauses: [], createdAt: at, updatedAt: at },
  };
  expect(await conversations.begin(conversation)).toBe(true);
  return conversation;
}

describeBacks('conversations', (_back, scratch) => {
  let conversations: Conversations;
  const free = { owner: '', until: 0 };

  beforeAll(async () => {
    const store = createStore(await scratch().open());
    await store.prepare();
    conversations = store.conversations;
  });

  async function wait(id: string, queue: QueueEntry, town?: string): Promise<Conversation> {
    const before = await openOne(conversations, id, town);
    const next = { ...before, holder: 'queue' as const, queue };
    expect(await conversations.save(before, next, free, 1)).toBe(true);
    return { ...next, version: before.version + 1 };
  }

  test('what waits comes in the order of its place, then of its id, page after page, for the services asked for', async () => {
    await wait('w3', entry('roads', 20));
    await wait('w1', entry('roads', 10));
    await wait('w2', entry('parks', 20));
    await wait('w5', entry('roads', 20));
    await wait('w4', entry('roads', -5));
    await wait('w6', entry('taxes', 1));
    await wait('elsewhere', entry('roads', 1), 'other');
    const ids: string[] = [];
    for (let after: { place: number; id: string } | undefined; ; ) {
      const page = await conversations.queue('t', ['roads', 'parks'], { limit: 2, after });
      ids.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (!last) break;
      after = { place: last.queue?.place ?? 0, id: last.id };
    }
    expect(ids).toEqual(['w4', 'w1', 'w2', 'w3', 'w5']);
    const ahead = (place: number, id: string) => conversations.ahead('t', 'roads', { place, id });
    expect([await ahead(20, 'a'), await ahead(-5, 'w4'), await ahead(-5, 'w5')]).toEqual([2, 0, 1]);
    expect([await conversations.waiting('t', 'roads'), await conversations.waiting('t', 'nowhere')]).toEqual([4, 0]);
    expect(await conversations.waiting('t')).toBe(6);
  });

  test("an agent's conversations are found while they hold them and after; leaving the queue leaves no trace in it", async () => {
    const waiting = await wait('a1', entry('culture', 1));
    const held = { ...waiting, holder: 'agent' as const, queue: entry('culture', 1, 't:1') };
    expect(await conversations.save(waiting, held, free, 1)).toBe(true);
    expect(await conversations.queue('t', ['culture'], { limit: 5 })).toEqual([]);
    expect((await conversations.ofAgent('t:1', 'agent', { limit: 5 })).map(({ id }) => id)).toEqual(['a1']);
    expect(await conversations.ofAgent('t:1', 'agent', { limit: 5, after: 'a1' })).toEqual([]);
    const closed = { ...held, version: held.version + 1, holder: 'bot' as const };
    expect(await conversations.save(held, closed, free, 1)).toBe(true);
    expect((await conversations.ofAgent('t:1', 'bot', { limit: 5 })).map(({ id }) => id)).toEqual(['a1']);
    expect(await conversations.save(closed, { ...closed, version: closed.version + 1, queue: null }, free, 1)).toBe(true);
    expect(await conversations.ofAgent('t:1', 'bot', { limit: 5 })).toEqual([]);
    expect((await conversations.find('a1'))?.conversation.queue).toBeNull();
  });

  test('a pass that may not be is thrown back, and nothing is written', async () => {
    const before = await openOne(conversations, 'b1');
    const illegal = { ...before, holder: 'agent' as const, queue: entry('roads', 1, 't:1') };
    await expect(conversations.save(before, illegal, free, 1)).rejects.toBeInstanceOf(IllegalPass);
    expect((await conversations.find('b1'))?.conversation).toMatchObject({ holder: 'bot', version: 0 });
  });

  test('of two who take the same conversation one has it', async () => {
    const waiting = await wait('c1', entry('roads', 100));
    const take = (agent: string) =>
      conversations.save(waiting, { ...waiting, holder: 'agent', queue: entry('roads', 100, agent) }, free, 1);
    const agents = Array.from({ length: 20 }, (_, n) => `t:${n}`);
    const won = await Promise.all(agents.map(take));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await conversations.find('c1'))?.conversation.queue?.agent).toBe(agents[won.indexOf(true)]);
  });
});
