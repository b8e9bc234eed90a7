/**
 * What one message costs in words to the store, counted: with each, the same citizen waits for the disk, or for a server,
 * once more. And what stands of a decision that comes too late, or whose process ends before it is carried out.
 */
import { createMemory } from '../../src/domain/conversation';
import type { Bot } from '../../src/domain/decision';
import type { Courier } from '../../src/domain/message/courier';
import { createMailroom, type Mailroom } from '../../src/mailroom';
import { type Collection, type Database, type Document, openDatabase } from '../../src/store';
import { createStore } from '../../src/store/store';
import { openFullMongo } from '../support/full-mongo';
import { describeBacks, newName } from '../support/scratch';
import { until } from '../support/until';

const DAY = 24 * 3600_000;

/** Waits before it answers as long as it is told to. */
const botThat = (wait: () => Promise<void>, heard = 'heard'): Bot => ({
  turn: async ({ text }, { memory }) => {
    await wait();
    return {
      memory,
      holder: 'bot',
      effects: [
        { kind: 'say', activity: { type: 'message', text: `${heard} ${text}` } },
        { kind: 'say', activity: { type: 'message', text: 'anything else?' } },
      ],
      why: { rule: 'test', heard: [] },
    };
  },
  apologise: ({ memory }) => ({ memory, holder: 'bot', effects: [], why: { rule: 'apology', heard: [] } }),
  hush: ({ memory }) => ({ memory, holder: 'bot', effects: [], why: { rule: 'hush', heard: [] } }),
  open: () => ({ memory: createMemory('fr') }),
});

/** The database, writing down what is asked of it. */
function counting(database: Database, asked: string[]): Database {
  return {
    ...database,
    collection<T extends Document>(name: string): Collection<T> {
      const rows = database.collection<T>(name);
      const noted =
        <Given extends unknown[], Answer>(verb: string, ask: (...given: Given) => Answer) =>
        (...given: Given): Answer => {
          asked.push(`${verb} ${name}`);
          return ask(...given);
        };
      return {
        ...rows,
        insert: noted('insert', rows.insert),
        find(filter, options) {
          asked.push(`find ${name}${'conversation' in filter ? ' of a conversation' : ''}`);
          return rows.find(filter, options);
        },
        updateIf: noted('change', rows.updateIf),
        changeIf: noted('change', rows.changeIf),
      };
    },
  };
}

describeBacks('a message from the web', (back, scratch) => {
  const mailrooms: Mailroom[] = [];
  afterEach(async () => {
    for (const mailroom of mailrooms.splice(0)) await mailroom.stop();
  });

  interface Process {
    wait?: () => Promise<void>;
    /** The same for two processes on one database. */
    name?: string;
    /** What its bot says that it did. */
    heard?: string;
    clock?: () => Date;
    onStep?: (step: string) => void;
  }

  async function open(sweepMs: number, { wait = async () => {}, name, heard, clock = () => new Date(), onStep }: Process = {}) {
    const asked: string[] = [];
    const store = createStore(counting(await scratch().open(name), asked));
    await store.prepare();
    const parts = { bot: botThat(wait, heard), couriers: [], clock, log: () => {}, sweepMs, onStep };
    const mailroom = createMailroom({ ...store, ...parts });
    mailrooms.push(mailroom);
    mailroom.start();
    await until('the first sweep', () => asked.includes('find conversations'));
    const receive = (n: number, conversation = 'c') =>
      mailroom.receive({
        ...{ id: `m${n}`, town: 't', channel: 'web', conversation, address: 'a' },
        activity: { type: 'message', text: `words ${n}` },
      });
    const isDone = (n: number) => async () => (await store.mail.inbox.get(`m${n}`))?.state === 'done' && mailroom.inHand() === 0;
    return { asked, receive, isDone, transcript: store.transcript };
  }

  test('is written down, decided and carried out in eight words to the store, one of which reads', async () => {
    // Nothing is swept meanwhile: what is counted is this message's alone.
    const { asked, receive, isDone } = await open(DAY);
    await receive(1);
    await until('the first to be done', isDone(1));
    asked.length = 0;
    await receive(2);
    await until('the second to be done', isDone(2));
    const lines = ['insert transcript', 'insert transcript', 'insert transcript'];
    // What this test asks of the inbox itself asks for no conversation.
    const ofMessage = asked.filter((one) => !/ (tallies|ledger|misses)$/.test(one) && one !== 'find inbox');
    const arrival = ['insert inbox', 'find inbox of a conversation'];
    expect(ofMessage).toEqual([...arrival, 'change conversations', ...lines, 'change inbox', 'change conversations']);
  });

  test('is handed to the pages that are open without being read back; what another process wrote is read', async () => {
    const { asked, receive, isDone, transcript } = await open(DAY);
    await receive(1);
    await until('the first to be done', isDone(1));
    asked.length = 0;
    const numbers = async (after: number) => (await transcript.news('c', after, 100)).map(({ line }) => line);
    expect(await numbers(0)).toEqual([1, 2, 3]);
    expect(await numbers(2)).toEqual([3]);
    expect(asked).toEqual([]);
    // As they stand in the store, field by field.
    expect(JSON.parse(JSON.stringify(await transcript.news('c', 0, 100)))).toEqual(await transcript.after('c', 0, 100));
    // Whoever has all of it asks for nothing more; what others wrote is another question.
    expect(await numbers(3)).toEqual([]);
    expect(asked).toEqual(['find transcript of a conversation']);
    // A note follows, and a line stands beyond a gap: neither is handed on, and what came between is waited for.
    const line = (n: number, from: 'bot' | 'note') => ({
      ...{ id: `l${n}`, town: 't', conversation: 'c', line: n, at: '', from },
      activity: { type: 'message' as const, text: `line ${n}` },
    });
    await transcript.write(line(4, 'note'));
    await transcript.write(line(6, 'bot'));
    expect(await numbers(3)).toEqual([]);
    await transcript.write(line(5, 'bot'));
    expect(await numbers(3)).toEqual([5, 6]);
  });

  test('that is in hand is left alone by the sweep, however long its turn takes', async () => {
    let answer = () => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { asked, receive, isDone } = await open(20, { wait: () => slow });
    await receive(1);
    const times = (word: string) => asked.filter((one) => one === word).length;
    const sweeps = () => times('find conversations');
    const before = sweeps();
    // A sweep that was under way when it came in may still look at it.
    await until('a sweep or two', () => sweeps() > before + 1);
    const looks = times('find inbox of a conversation');
    await until('more sweeps', () => sweeps() > before + 5);
    expect(times('find inbox of a conversation')).toBe(looks);
    answer();
    await until('it to be done', isDone(1));
  });

  const saidIn = async (transcript: Awaited<ReturnType<typeof open>>['transcript']) =>
    (await transcript.after('c', 0, 100)).filter(({ from }) => from === 'bot').map(({ activity }) => activity.text);

  test('that another process decided meanwhile leaves nothing of the decision that came too late', async () => {
    const name = newName();
    let answer = () => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const late = await open(DAY, { name, heard: 'late', wait: () => slow });
    await late.receive(1);
    const quick = await open(DAY, { name, heard: 'quick' });
    // The line of the conversation has both: the first is decided with the second.
    await quick.receive(2);
    await until('both to be done', async () => (await quick.isDone(1)()) && (await quick.isDone(2)()));
    late.asked.length = 0;
    answer();
    await until('the late one to have let go', late.isDone(1));
    expect(late.asked).toContain('insert conversations');
    expect(late.asked.filter((one) => one === 'insert transcript')).toEqual([]);
    expect(await saidIn(quick.transcript)).toEqual(['quick words 1', 'anything else?', 'quick words 2', 'anything else?']);
  });

  test('whose process ends between the decision and its words is carried out as it was decided, once', async () => {
    const name = newName();
    const ends = await open(DAY, {
      ...{ name, heard: 'first' },
      onStep(step) {
        if (step === 'turn:saved') throw new Error('This process ends here.');
      },
    });
    await ends.receive(1);
    await until('the decision to stand', () => Promise.resolve(ends.asked.includes('insert conversations')));
    await mailrooms.pop()!.stop();
    expect(await saidIn(ends.transcript)).toEqual([]);
    // By its clock the lease of the first is over.
    const next = await open(20, { name, heard: 'second', clock: () => new Date(Date.now() + 60_000) });
    await until('it to be carried out', next.isDone(1));
    expect(await saidIn(next.transcript)).toEqual(['first words 1', 'anything else?']);
  });

  test('of a conversation that was heard lately asks nothing of it, with a thousand others beside', async () => {
    const { asked, receive, isDone } = await open(DAY);
    await receive(0, 'c0');
    await until('it to be done', isDone(0));
    // As many as are remembered, and one more: only the one heard longest ago is forgotten.
    for (let n = 1; n <= 500; n += 1) await receive(n, `c${n}`);
    await until('all to be done', isDone(500));
    asked.length = 0;
    await receive(1000, 'c250');
    await until('it to be done', isDone(1000));
    expect(asked).not.toContain('find conversations');
  });

  test('by text message from a new phone waits for the disk four times before it is answered, and reads in groups', async () => {
    const asked: string[] = [];
    const store = createStore(counting(await scratch().open(), asked));
    await store.prepare();
    let delivered: string[] = [];
    const steps = new Set<string>();
    const courier: Courier = {
      ...{ lane: 'sms', isPaid: true },
      async deliver({ id }) {
        delivered.push(id);
        asked.push('deliver');
        return { outcome: 'sent', providerId: id };
      },
    };
    const limits = { answersPerHour: 100, answersPerDay: 100, charactersPerSecond: Number.POSITIVE_INFINITY, piecesPerDay: 1000 };
    const parts = {
      bot: botThat(async () => {}),
      couriers: [courier],
      limits,
      clock: () => new Date(),
      log: () => {},
      sweepMs: DAY,
      onStep: (step: string) => void steps.add(step),
    };
    const mailroom = createMailroom({ ...store, ...parts });
    mailrooms.push(mailroom);
    mailroom.start();
    await until('the first sweep', () => steps.has('mailroom:swept'));
    const write = async (n: number) => {
      [asked.length, delivered] = [0, []];
      const activity = { type: 'message' as const, text: `words ${n}` };
      await mailroom.receive({ id: `m${n}`, town: 't', channel: 'sms', conversation: 'c', address: '+33639980001', activity });
      await until('both of its letters to leave', () => delivered.length === 2 && mailroom.inHand() === 0);
      expect(delivered).toEqual([`m${n}#1`, `m${n}#2`]);
      const isOf = (name: string) => (one: string) => one.endsWith(` ${name}`) || one.includes(` ${name} of`);
      return asked
        .slice(0, asked.indexOf('deliver'))
        .filter((one) => !['tallies', 'ledger', 'spending'].some((name) => isOf(name)(one)));
    };
    const lines = [
      'insert transcript',
      'insert transcript',
      'insert outbox',
      'insert transcript',
      'insert outbox',
      'find outbox of a conversation',
    ];
    const settled = ['change outbox', 'change inbox', 'change conversations'];
    const arrival = ['insert inbox', 'find conversations', 'find inbox of a conversation', 'find inbox of a conversation'];
    expect(await write(1)).toEqual([...arrival, 'insert conversations', ...lines, ...settled]);
    // From then on it is known, as it was left.
    expect(await write(2)).toEqual([
      ...arrival.filter((one) => one !== 'find conversations'),
      'change conversations',
      ...lines,
      ...settled,
    ]);
  });

  // The embedded store crosses to its thread and commits in groups by itself (`test/contracts/store.test.ts`).
  if (back.kind === 'mongo')
    test('costs a MongoDB server few commands where many citizens write at once', async () => {
      const counted = await openFullMongo(scratch().uri!);
      const database = await openDatabase({ kind: 'mongo', uri: counted.uri, database: newName() });
      const store = createStore(database);
      await store.prepare();
      const answered = new Map<string, () => void>();
      const channels = [{ name: 'web' as const, said: (conversation: string) => answered.get(conversation)?.() }];
      const mailroom = createMailroom({
        ...store,
        ...{ bot: botThat(async () => {}), couriers: [], channels, clock: () => new Date(), log: () => {}, sweepMs: DAY },
      });
      mailroom.start();
      const write = async (citizen: number, n: number) => {
        const [id, conversation] = [`m${citizen}-${n}`, `c${citizen}`];
        const answer = new Promise<void>((resolve) => answered.set(conversation, resolve));
        const activity = { type: 'message' as const, text: `words ${n}` };
        await mailroom.receive({ id, town: 't', channel: 'web', conversation, address: 'a', activity });
        await answer;
      };
      const [CITIZENS, EACH] = [64, 10];
      const everybody = Array.from({ length: CITIZENS }, (_, citizen) => citizen);
      await until('the first sweep', () => counted.commands.includes('find'));
      // The first message of each opens its conversation.
      await Promise.all(everybody.map((citizen) => write(citizen, 0)));
      counted.commands.length = 0;
      await Promise.all(
        everybody.map(async (citizen) => {
          for (let n = 1; n <= EACH; n += 1) await write(citizen, n);
        }),
      );
      await until('nothing to be in hand', () => mailroom.inHand() === 0);
      const commands = counted.commands.length;
      expect(await store.transcript.after('c63', 0, 100)).toHaveLength(3 * (EACH + 1));
      expect((await store.mail.inbox.list('done', 1000)).length).toBe(CITIZENS * (EACH + 1));
      await mailroom.stop();
      await database.drop();
      await database.close();
      await counted.close();
      expect(commands / (CITIZENS * EACH)).toBeLessThan(1);
    });
});
