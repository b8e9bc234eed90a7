/** What several processes do to the same agents and jobs at once, on each store: no place is given twice, no work is done twice. */
import { createCapacity } from '../../src/desk/queue/capacity';
import type { Agent } from '../../src/domain/desk/agent';
import { createStore, type Store } from '../../src/store/store';
import { describeBacks } from '../support/scratch';

const clock = () => new Date('2026-11-26T09:15:00Z');

describeBacks('offers and jobs', (_back, scratch) => {
  let store: Store;
  beforeAll(async () => {
    store = createStore(await scratch().open());
    await store.prepare();
  });

  async function agentOf(capacity: number): Promise<Agent> {
    const agent = await store.agents.add({
      ...{ town: 't', name: 'Claire', email: `${Math.random()}@t.example`, hash: 'h', roles: [], languages: ['fr'], capacity },
      ...{ status: 'available', slots: [], lastGivenAt: 0, missed: 0, createdAt: '2026-11-26T09:00:00Z' },
      settings: { language: 'fr', theme: 'system', density: 'compact', keys: true, sound: false },
    });
    return agent!;
  }

  /** The parts that two processes have, over the same rows. */
  const two = () => [createCapacity({ ...store, clock }), createCapacity({ ...store, clock })] as const;

  test('of fifty that come at once somebody with room for three gets three', async () => {
    const { id } = await agentOf(3);
    const [one, other] = two();
    const taken = await Promise.all(Array.from({ length: 50 }, (_, n) => (n % 2 ? one : other).take(id, `c${n}`, false)));
    expect(taken.filter((each) => each === 'taken')).toHaveLength(3);
    expect((await store.agents.get(id))?.slots).toHaveLength(3);
  });

  test('of two routers that offer something to the same agent at once one does', async () => {
    const { id } = await agentOf(3);
    const [one, other] = two();
    const asked = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? one : other).offer(id, `c${n}`, `o${n}`)));
    expect(asked.filter(Boolean)).toHaveLength(1);
    const { offering, slots } = (await store.agents.get(id))!;
    expect(slots).toMatchObject([{ conversation: offering?.conversation }]);
  });

  test('a job remembers up to when it was done, by whoever has it', async () => {
    const now = 1_000_000;
    expect(await store.jobs.reached('catch-up')).toBeUndefined();
    expect(await store.jobs.hold('catch-up', 'a', 5000, now)).toBe(true);
    expect(await store.jobs.reached('catch-up')).toBeUndefined();
    await store.jobs.end('catch-up', 'b', now);
    expect(await store.jobs.hold('catch-up', 'b', 5000, now)).toBe(false);
    await store.jobs.end('catch-up', 'a', now);
    expect(await store.jobs.reached('catch-up')).toBe(now);
    expect(await store.jobs.hold('catch-up', 'b', 5000, now)).toBe(true);
    expect(await store.jobs.reached('catch-up')).toBe(now);
  });

  test('a job has one owner, until they let go or their time is over; a clock that was far ahead holds nobody up', async () => {
    const now = 1_000_000;
    const owners = await Promise.all(['a', 'b', 'c'].map((owner) => store.jobs.hold('router', owner, 5000, now)));
    expect(owners.filter(Boolean)).toHaveLength(1);
    const owner = ['a', 'b', 'c'][owners.indexOf(true)]!;
    expect(await store.jobs.hold('router', owner, 5000, now + 4000)).toBe(true);
    expect(await store.jobs.hold('router', 'd', 5000, now + 6000)).toBe(false);
    expect(await store.jobs.hold('router', 'd', 5000, now + 9000)).toBe(true);
    await store.jobs.letGo('router', owner);
    expect(await store.jobs.hold('router', 'e', 5000, now + 10_000)).toBe(false);
    await store.jobs.letGo('router', 'd');
    expect(await store.jobs.hold('router', 'e', 5000, now + 10_000)).toBe(true);
    expect(await store.jobs.hold('router', 'f', 5000, now - 3_600_000)).toBe(true);
  });
});
