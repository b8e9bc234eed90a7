/**
 * Ten thousand things that agents and citizens do at once at a desk of two processes: what each page was told, change by
 * change, is what the rows say when they are all read and counted anew (docs/desk-requirements.md, 21).
 */
import { join } from 'node:path';
import { type ConversationParts, createConversationReads } from '../../src/desk/api/conversations';
import { createScenes, mayRead } from '../../src/desk/present/scenes';
import { type DeskAction, OUTCOMES } from '../../src/desk/queue/action';
import type { DeskLookups } from '../../src/desk/queue/decided';
import { deskTurn } from '../../src/desk/queue/turn';
import { createBroadcast, type Reader } from '../../src/desk/stream/broadcast';
import type { Counts, StreamFrame } from '../../src/desk/wire';
import { type Conversation, createMemory } from '../../src/domain/conversation';
import { type Agent, holds } from '../../src/domain/desk/agent';
import type { QueueEntry } from '../../src/domain/desk/queue';
import { createLive } from '../../src/live';
import { createStore, type Store } from '../../src/store/store';
import { openTowns, type Towns } from '../../src/towns';
import { inOrder, START, type State, withEvents } from '../../web/desk/state/state';
import { describeBacks } from '../support/scratch';
import { until } from '../support/until';

const ROOT = join(__dirname, '../..');
const TOWN = 'bellerive';
const SERVICES = ['accueil', 'voirie', 'etat-civil'];
const CONVERSATIONS = 90;
/** So many are at work at the same moment. */
const AT_ONCE = 20;
/** Each kind of thing that changes something. */
const DONE = 'alert asked claim close giveBack lost park reopen settled takeOver transfer unpark'.split(' ');
const LISTS = ['queue', 'mine', 'parked'] as const;
/** A server beside is asked over a socket: fewer, or the whole suite would wait for it. */
const ACTIONS = { sqlite: 10_000, mongo: 1500 };

const SEED = 20_261_127;

/** Numbers that are the same at each run: a failure can be played again. */
function createDice(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  // Of seeds that lie beside each other the first numbers do, too.
  for (let n = 0; n < 3; n += 1) below(1);
  return { below, pick: <T>(all: readonly T[]): T => all[below(all.length)]! };
}
type Dice = ReturnType<typeof createDice>;

const ROLES: Array<[name: string, roles: Agent['roles']]> = [
  ['Ada', [{ role: 'agent', services: 'all' }]],
  ['Bo', [{ role: 'agent', services: ['accueil'] }]],
  ['Cy', [{ role: 'agent', services: ['voirie', 'etat-civil'] }]],
  ['Di', [{ role: 'supervisor', services: ['voirie'] }]],
  ['Ed', [{ role: 'admin', services: 'all' }]],
  [
    'Flo',
    [
      { role: 'supervisor', services: ['accueil'] },
      { role: 'agent', services: ['etat-civil'] },
    ],
  ],
];

/** One process: what it tells, and the pages that listen to it, each as its own script keeps it. */
function createProcess(store: Store, towns: Towns, clock: () => Date) {
  const live = createLive({ feed: store.feed, conversations: store.conversations, towns: [TOWN], clock });
  const parts = { ...store, towns, clock };
  const scenes = createScenes(parts);
  const reads = createConversationReads({ ...parts, scenes, fileUrl: () => null } as unknown as ConversationParts);
  const faults: unknown[] = [];
  const broadcast = createBroadcast({ ...parts, scenes, reads, changes: live, fault: (error) => faults.push(error) });
  const pages: Array<{ agent: Agent; reader: Reader; state: State }> = [];
  live.start();
  return {
    live,
    faults,
    pages,
    opens(agent: Agent): void {
      const page = { agent, state: START, reader: { agent: agent.id, line: 0, seq: 0 } as Reader };
      page.reader.send = (frame: StreamFrame) => {
        if (frame.kind !== 'events') throw new Error(`A page is told to ${frame.kind} where nothing was missed`);
        page.state = withEvents(page.state, frame.seq, frame.items);
      };
      page.reader.sendText = (text) => page.reader.send(JSON.parse(text));
      pages.push(page);
      broadcast.join(TOWN, page.reader);
    },
    async close(): Promise<void> {
      for (const { reader } of pages) broadcast.leave(TOWN, reader);
      await live.stop();
    },
  };
}

function entryOf(dice: Dice, n: number, at: string): QueueEntry {
  return {
    ...{ service: dice.pick(SERVICES), language: 'fr', subject: `au hasard ${n}`, snippet: '', queuedAt: at, awaitsReply: true },
    ...{ place: dice.below(1000), priority: dice.pick(['normal', 'normal', 'normal', 'high', 'danger'] as const) },
  };
}

const lookupsOf = (people: Agent[], now: Date): DeskLookups => ({
  now,
  t: (id) => id,
  serviceNamed: (id) => id,
  template: () => null,
  async colleague(id) {
    const agent = people.find((one) => one.id === id);
    if (!agent) return null;
    const serves = (service: string) => holds(agent, 'agent', service);
    return { id, name: agent.name, isThere: true, serves, supervises: (service) => holds(agent, 'supervisor', service) };
  },
  named: async () => [],
  isNewsSince: async () => false,
  reference: '47HZ-B7WS',
  opens: () => null,
  isOpen: () => true,
  routing: () => 'claim',
  hub: () => undefined,
  transcript: async () => [],
  isDeserted: async () => false,
  isGone: async () => true,
});

function actionOf(dice: Dice, people: Agent[], entry: QueueEntry | null | undefined): DeskAction {
  // A closing is taken back, or becomes final.
  if (entry?.closedAt) return dice.pick<DeskAction>([{ kind: 'reopen' }, { kind: 'settled', closedAt: entry.closedAt }]);
  return dice.pick<DeskAction>([
    ...([{ kind: 'claim' }, { kind: 'claim' }, { kind: 'park' }, { kind: 'unpark' }, { kind: 'giveBack' }] as const),
    { kind: 'transfer', service: dice.pick(SERVICES), note: '' },
    { kind: 'transfer', agent: dice.pick(people).id, note: '' },
    { kind: 'close', outcome: dice.pick(OUTCOMES) },
    { kind: 'takeOver' },
    // The house takes back what an agent who is gone had.
    { kind: 'lost', agent: entry?.agent ?? '' },
  ]);
}

/** As counted by nobody at the desk: every row is read. */
async function countedAnew(store: Store, { agent }: { agent: Agent }, ids: string[]) {
  const all = (await Promise.all(ids.map((id) => store.conversations.find(id)))).flatMap((held) => held?.conversation ?? []);
  const open = new Set((await store.alerts.list(TOWN, 'open', 1000)).map(({ conversation }) => conversation));
  const waiting = all.filter(({ holder, queue }) => holder === 'queue' && queue && holds(agent, 'agent', queue.service));
  // What is one's own counts as one's own, whichever service it has meanwhile been passed to.
  const own = all.filter(({ holder, queue }) => holder === 'agent' && queue?.agent === agent.id);
  const [parked, mine] = [own.filter(({ queue }) => queue?.parkedAt), own.filter(({ queue }) => !queue?.parkedAt)];
  const urgent = waiting.filter(({ id, queue }) => queue?.priority !== 'normal' || open.has(id)).length;
  const counts: Counts = { queue: waiting.length, mine: mine.length, parked: parked.length, urgent };
  const readable = (list: Conversation[]) => list.filter((one) => mayRead(agent, one)).map(({ id }) => id);
  return { counts, lists: { queue: readable(waiting), mine: readable(mine), parked: readable(parked) } };
}

describeBacks('counts at the desk', ({ kind }, scratch) => {
  test('after thousands of actions in any order are what a count of every row gives, on each page', async () => {
    const dice = createDice(SEED);
    const store = createStore(await scratch().open());
    await store.prepare();
    const towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
    let now = Date.parse('2026-10-13T08:12:00.000Z');
    const clock = () => new Date(now);
    const people: Agent[] = [];
    for (const [name, roles] of ROLES) {
      const settings = {
        language: dice.pick(['fr', 'en']),
        theme: 'system',
        density: 'compact',
        keys: true,
        sound: false,
      } as const;
      people.push(
        (await store.agents.add({
          ...{ town: TOWN, name, email: `${name}@ville.example`, hash: 'none', roles, languages: ['fr'], capacity: 99 },
          ...{ status: 'available', settings, slots: [], lastGivenAt: 0, missed: 0, createdAt: clock().toISOString() },
        }))!,
      );
    }
    const processes = [createProcess(store, towns, clock), createProcess(store, towns, clock)] as const;
    for (const [n, agent] of people.entries()) processes[n % 2]!.opens(agent);

    const ids = Array.from({ length: CONVERSATIONS }, (_, n) => `random-${n}`);
    for (const id of ids)
      await store.conversations.begin({
        ...{ id, town: TOWN, channel: 'sms', address: '+33639980000', version: 0, lines: 0, holder: 'bot' },
        ...{ memory: createMemory('fr'), pending: null, lastCauses: [], createdAt: '', updatedAt: '' },
      });
    const done = new Map<string, number>();

    /** What happens to one of them, in its own line, told by one of the processes. */
    async function happens(id: string, n: number): Promise<void> {
      // Its own numbers: what else is at work at the same moment changes nothing in them.
      const dice = createDice(SEED + n);
      const before = (await store.conversations.find(id))!.conversation;
      const { live } = processes[n % 2]!;
      // Nobody but who closed it may open it again.
      const own = before.queue?.closedAt ? people.find(({ id: one }) => one === before.queue?.agent) : undefined;
      const by = own ?? dice.pick(people);
      const at = clock();
      if (dice.below(20) === 0) return alerted(before, n, live);
      // Whoever was answered comes back one day, and whoever the bot has may ask for a person.
      const isCitizens = before.holder === 'bot' && dice.below(3) === 0;
      if (!isCitizens && !mayRead(by, before)) return;
      const action = actionOf(dice, people, before.queue);
      const { holder, queue } = isCitizens
        ? { holder: 'queue' as const, queue: entryOf(dice, n, at.toISOString()) }
        : await deskTurn(action, by, before, lookupsOf(people, at));
      const next = { ...before, holder, queue, updatedAt: at.toISOString(), untoldAt: now };
      const lease = { owner: 'test', until: now + 1000 };
      if (!(await store.conversations.save(before, next, lease, now))) throw new Error('Somebody else was in its line');
      await store.conversations.settle(id, lease);
      live.changed({ ...next, version: before.version + 1 });
      const what = isCitizens ? 'asked' : action.kind;
      if (holder !== before.holder || queue !== before.queue) done.set(what, (done.get(what) ?? 0) + 1);
    }

    /** Danger is told of, or somebody looks after it. */
    async function alerted({ id }: Conversation, n: number, live: (typeof processes)[0]['live']): Promise<void> {
      const at = clock().toISOString();
      const known = await store.alerts.ofConversation(id);
      if (known?.state === 'open')
        await store.alerts.add(TOWN, known.reference, { id: `a${n}`, at, kind: 'acknowledged', by: 'Ada' }, 'acknowledged');
      else
        await store.alerts.note({
          ...{ id: `d${n}`, news: 'danger', danger: 'fire', town: TOWN, reference: `R${n}`, conversation: id, channel: 'sms' },
          ...{ language: 'fr', at },
        });
      await live.tell(TOWN, { kind: 'presence', id, version: 0 });
      done.set('alert', (done.get('alert') ?? 0) + 1);
    }

    async function compare(): Promise<void> {
      for (const { live, pages } of processes) {
        await until('each page has heard of all that happened', async () => {
          const last = await live.last(TOWN);
          const left = await store.conversations.untold(now + 1, 1);
          return left.length === 0 && pages.every(({ reader }) => reader.seq === last);
        });
        for (const page of pages) {
          const { counts, lists } = await countedAnew(store, page, ids);
          expect(page.state.counts).toEqual(counts);
          for (const list of LISTS)
            expect(
              inOrder(page.state.rows.values(), list, page.state.me!)
                .map(({ id }) => id)
                .sort(),
            ).toEqual(lists[list].sort());
        }
      }
    }

    const actions = ACTIONS[kind as keyof typeof ACTIONS];
    for (let n = 0; n < actions; n += AT_ONCE) {
      const from = dice.below(CONVERSATIONS);
      const some = Array.from({ length: AT_ONCE }, (_, each) => ids[(from + 4 * each) % CONVERSATIONS]!);
      await Promise.all([...new Set(some)].map((id, each) => happens(id, n + each)));
      now += 1000;
      if ((n / AT_ONCE) % 25 === 24) await compare();
    }
    await compare();
    expect(processes.flatMap(({ faults }) => faults)).toEqual([]);
    // It was no run of refusals: each kind of thing was really done.
    expect([...done.keys()].sort()).toEqual(DONE);
    await Promise.all(processes.map((process) => process.close()));
  }, 240_000);
});
