/** The feed of a town, on every back: numbers without gaps over two processes, nothing untold after a crash, and what is old is let go. */
import { type Conversation, createMemory } from '../../src/domain/conversation';
import type { Bot, Decide } from '../../src/domain/decision';
import type { FeedEntry } from '../../src/domain/feed';
import { createLive, type Live } from '../../src/live';
import { createMailroom } from '../../src/mailroom';
import { createStore, type Store } from '../../src/store/store';
import { describeBacks, newName } from '../support/scratch';
import { until } from '../support/until';

const LIMIT = 60_000;
const at = '2026-10-13T08:12:00.000Z';
const conversation: Conversation = {
  ...{ id: 'c', town: 't', channel: 'web', address: 'a', version: 0, holder: 'bot', memory: createMemory('fr') },
  ...{ lines: 0, pending: null, lastCauses: [], createdAt: at, updatedAt: at },
} as const;

describeBacks('the feed', (_back, scratch) => {
  const lives: Live[] = [];
  afterEach(async () => {
    for (const live of lives.splice(0)) await live.stop();
  });

  async function open(name = newName(), clock = () => new Date()): Promise<{ store: Store; live: Live }> {
    const store = createStore(await scratch().open(name));
    await store.prepare();
    const live = createLive({ ...store, towns: ['t'], clock, pollMs: 20, sweepMs: 50 });
    lives.push(live);
    return { store, live };
  }

  function following(live: Live, seq = 0) {
    const heard: FeedEntry[] = [];
    let losses = 0;
    live.follow('t', seq, (entries) => {
      if (entries) heard.push(...entries);
      else losses += 1;
    });
    return { heard, losses: () => losses, ids: () => heard.flatMap(({ changes }) => changes.map(({ id }) => id)) };
  }

  test(
    'two processes write at once: both read every change in the same order, and no number is missing',
    async () => {
      const name = newName();
      const [one, other] = [await open(name), await open(name)];
      const [here, there] = [following(one.live), following(other.live)];
      const telling: Array<Promise<boolean>> = [];
      for (let n = 0; n < 20; n += 1) {
        for (const [who, { live }] of [one, other].entries())
          telling.push(live.tell('t', { kind: 'agent', id: `${who}-${n}`, version: n }));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await one.live.tell('elsewhere', { kind: 'agent', id: 'x', version: 1 });
      expect((await Promise.all(telling)).every(Boolean)).toBe(true);
      await until('both to hear everything', () => [here, there].every(({ ids }) => ids().length >= 40), LIMIT);
      expect(here.heard).toEqual(there.heard);
      expect(here.heard.map(({ seq }) => seq)).toEqual(here.heard.map((_, n) => n + 1));
      expect(new Set(here.ids()).size).toBe(40);
      expect(await one.live.last('t')).toBe(here.heard.length);
      // How many changes share an entry is up to the machine; each process has one at least.
      expect((await other.live.after('t', 1, 1))?.map(({ seq }) => seq)).toEqual([2]);
    },
    LIMIT,
  );

  test('what changes in the same moment is one entry, and of one row the newest version', async () => {
    const { live } = await open();
    await Promise.all([3, 5, 4].map((version) => live.tell('t', { kind: 'agent', id: 'a', version })));
    expect(await live.after('t', 0, 10)).toMatchObject([{ seq: 1, changes: [{ kind: 'agent', id: 'a', version: 5 }] }]);
  });

  test(
    'a change whose process died before it told is told by the next, once it is carried out',
    async () => {
      const { store, live } = await open();
      const { conversations } = store;
      const free = { owner: '', until: 0 };
      const [c, d] = ['crashed', 'half-way'].map((id) => ({ ...conversation, id })) as [Conversation, Conversation];
      await Promise.all([c, d].map((one) => conversations.begin(one)));
      const pending = { causes: [], line: 1, at, effects: [], why: { rule: 'x', heard: [] }, outcome: 'done' as const };
      await conversations.save(c, { ...c, untoldAt: 5 }, free, 1);
      await conversations.save(d, { ...d, untoldAt: 5, pending }, free, 1);
      const { heard, ids } = following(live);
      live.start();
      await until('it to be told', () => ids().includes('crashed'), LIMIT);
      await until(
        'it to be marked',
        async () => (await conversations.find('crashed'))?.conversation.untoldAt === undefined,
        LIMIT,
      );
      expect(ids()).not.toContain('half-way');
      await conversations.settle('half-way', free);
      await until('the other to be told', () => ids().includes('half-way'), LIMIT);
      expect(heard[0]?.changes).toEqual([{ kind: 'conversation', id: 'crashed', version: 1 }]);
    },
    LIMIT,
  );

  test(
    'entries of yesterday are let go, the numbers go on, and a reader from before is told to begin anew',
    async () => {
      let now = Date.parse(at);
      const { live, store } = await open(undefined, () => new Date(now));
      for (let n = 1; n <= 5; n += 1) await live.tell('t', { kind: 'agent', id: 'a', version: n });
      now += 25 * 3600_000;
      live.start();
      await until('the old ones to be gone', async () => (await store.feed.after('t', 0, 10)).length === 1, LIMIT);
      await live.tell('t', { kind: 'agent', id: 'a', version: 6 });
      expect(await live.last('t')).toBe(6);
      expect(await live.after('t', 2, 10)).toBeNull();
      expect((await live.after('t', 4, 10))?.map(({ seq }) => seq)).toEqual([5, 6]);
      const [before, present] = [following(live, 2), following(live, 5)];
      await until('both to be answered', () => before.losses() === 1 && present.heard.length === 1, LIMIT);
      expect(before.heard).toEqual([]);
      await live.tell('t', { kind: 'agent', id: 'a', version: 7 });
      await until('both to go on', () => [before, present].every(({ heard }) => heard.at(-1)?.seq === 7), LIMIT);
    },
    LIMIT,
  );

  test(
    'what an agent does is heard once its lines stand; what the bot does alone is nobody’s screen',
    async () => {
      const { store, live } = await open();
      const said: Decide = async ({ text }, { memory }) => ({
        memory,
        holder: 'bot',
        effects: [{ kind: 'say', activity: { type: 'message', text: `heard ${text}` } }],
        why: { rule: 'test', heard: [] },
      });
      const bot: Bot = {
        turn: said,
        apologise: ({ memory, holder }) => ({ memory, holder, effects: [], why: { rule: 'x', heard: [] } }),
        hush: ({ memory, holder }) => ({ memory, holder, effects: [], why: { rule: 'x', heard: [] } }),
        open: () => ({ memory: createMemory('fr') }),
      };
      const waiting = { service: 'roads', subject: 'x', queuedAt: at, place: 1, priority: 'normal' } as const;
      const desk: Decide = async (_activity, { memory }) => ({
        ...{ memory, holder: 'queue', queue: waiting, why: { rule: 'test', heard: [] } },
        effects: [{ kind: 'say', activity: { type: 'message', text: 'patience' }, by: { kind: 'system' } }],
        answer: { isQueued: true },
      });
      const mailroom = createMailroom({
        ...store,
        ...{ bot, desk, couriers: [], clock: () => new Date(), log: () => {}, sweepMs: 50 },
        onChanged: live.changed,
      });
      const { heard } = following(live);
      mailroom.start();
      const row = { town: 't', channel: 'web', conversation: 'c', address: 'a' } as const;
      await mailroom.receive({ id: 'web:c:1', ...row, activity: { type: 'message', text: 'bonjour' } });
      await mailroom.receive({
        ...{ id: 'desk:t:1:x', ...row },
        activity: { type: 'event', name: 'desk.queue', from: { id: 't:1', role: 'agent' } },
      });
      await until('it to be heard', () => heard.length > 0, LIMIT);
      expect(heard).toMatchObject([{ seq: 1, changes: [{ kind: 'conversation', id: 'c', version: 2 }] }]);
      expect((await store.transcript.after('c', 0, 10)).map(({ from }) => from)).toEqual(['citizen', 'bot', 'system']);
      expect((await store.conversations.find('c'))?.conversation).toMatchObject({ holder: 'queue', queue: waiting });
      expect(await store.mail.inbox.get('desk:t:1:x')).toMatchObject({ state: 'done', answer: { isQueued: true } });
      await mailroom.stop();
    },
    LIMIT,
  );

  test('an agent’s action without a desk, and a pass that may not be, are put aside as failed', async () => {
    const { store } = await open();
    // Each look at the clock finds it half a minute later: no try is waited for.
    let looks = 0;
    const clock = () => {
      looks += 1;
      return new Date(Date.parse(at) + looks * 30_000);
    };
    const logged: string[] = [];
    const refused: Decide = async (_activity, { memory }) => ({
      ...{ memory, holder: 'agent', effects: [], why: { rule: 'test', heard: [] } },
    });
    const bot = { open: () => ({ memory: createMemory('fr') }) } as unknown as Bot;
    for (const desk of [undefined, refused]) {
      const mailroom = createMailroom({
        ...store,
        ...{ bot, desk, couriers: [], clock, sweepMs: 20 },
        log: (_level, event, fields) => void logged.push(`${event} ${fields?.reason}`),
      });
      mailroom.start();
      const id = `desk:t:1:${desk ? 'pass' : 'nobody'}`;
      await mailroom.receive({
        ...{ id, town: 't', channel: 'web', conversation: id, address: 'a' },
        activity: { type: 'event', name: 'desk.claim', from: { id: 't:1', role: 'agent' } },
      });
      await until('it to be put aside', async () => (await store.mail.inbox.get(id))?.state === 'dead', LIMIT);
      expect((await store.conversations.find(id))?.conversation.holder).toBe('bot');
      await mailroom.stop();
    }
    expect(logged.join('\n')).toMatch(
      /turn\.failed Error: .*no desk[\s\S]*turn\.failed Error: What an agent holds says which agent/,
    );
  });
});
