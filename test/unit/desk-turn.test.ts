/** What agents' actions come to, as arithmetic: who holds the conversation, what is said, and what is refused. */
import type { Outcome } from '../../src/desk/queue/action';
import type { DeskLookups } from '../../src/desk/queue/decided';
import { deskTurn } from '../../src/desk/queue/turn';
import { type Conversation, createMemory, passTo } from '../../src/domain/conversation';
import type { Decision } from '../../src/domain/decision';
import type { QueueEntry } from '../../src/domain/desk/queue';

const at = '2026-11-26T09:15:00.000Z';
const claire = { id: 't:1', name: 'Claire Moreau' };
const paul = { id: 't:2', name: 'Paul Petit' };

const entry: QueueEntry = {
  service: 'accueil',
  subject: 'mon dossier',
  queuedAt: '2026-11-26T09:00:00.000Z',
  place: Date.parse('2026-11-26T09:00:00.000Z'),
  priority: 'normal',
};

function conversation(
  holder: Conversation['holder'],
  queue: QueueEntry | null,
  channel: Conversation['channel'] = 'web',
): Conversation {
  return {
    ...{ id: 'c', town: 't', channel, address: '+33639981234', version: 1, holder, queue, memory: createMemory('fr') },
    ...{ lines: 4, pending: null, lastCauses: [], createdAt: at, updatedAt: at },
  };
}

const lookups: DeskLookups = {
  now: new Date(at),
  t: (id, fields = {}) => [id, ...Object.values(fields)].join(' '),
  serviceNamed: (id) => id,
  template: () => null,
  colleague: async (id) =>
    id === paul.id ? { ...paul, isThere: true, serves: (service) => service !== 'voirie', supervises: () => false } : null,
  named: async () => [],
  isNewsSince: async () => false,
  reference: '47HZ-B7WS',
  opens: () => 'lundi à 8 h 30',
  isOpen: () => false,
  routing: () => 'claim',
  hub: () => undefined,
  transcript: async () => [],
  isDeserted: async () => true,
  isGone: async () => true,
};

const turn = (action: Parameters<typeof deskTurn>[0], before: Conversation, by = claire, more: Partial<DeskLookups> = {}) =>
  deskTurn(action, by, before, { ...lookups, ...more });
const saidIn = ({ effects }: Decision) => effects.flatMap((effect) => (effect.kind === 'say' ? [effect.activity.text] : []));
const held = conversation('agent', { ...entry, agent: claire.id, takenAt: '2026-11-26T09:05:00.000Z' });
const waits = conversation('queue', entry);

test('whatever is decided may be saved', async () => {
  const actions: Array<Parameters<typeof deskTurn>[0]> = [
    { kind: 'claim' },
    { kind: 'say', text: 'Bonjour', seenLine: 4 },
    { kind: 'say', text: 'Au revoir', seenLine: 4, thenClose: 'answered' },
    { kind: 'note', text: 'vu' },
    { kind: 'transfer', agent: paul.id, note: 'à toi' },
    { kind: 'transfer', service: 'voirie', note: '' },
    { kind: 'giveBack' },
    { kind: 'close', outcome: 'answered' },
    { kind: 'reopen' },
    { kind: 'park' },
    { kind: 'unpark' },
    { kind: 'lost', agent: claire.id },
    { kind: 'closing' },
    { kind: 'settled', closedAt: at },
  ];
  const closed = conversation('bot', { ...entry, agent: claire.id, closedAt: at, outcome: 'answered', settleAt: 1 });
  for (const before of [waits, held, closed, conversation('bot', null)]) {
    for (const action of actions) {
      for (const by of [claire, paul]) {
        const { holder, queue = null } = await turn(action, before, by);
        expect(() => passTo(before, holder, queue)).not.toThrow();
      }
    }
  }
});

test('a claim takes what waits, says who answers on a page, and how long the wait was', async () => {
  const decision = await turn({ kind: 'claim' }, conversation('queue', { ...entry, told: { position: 2, to: 20 } }));
  expect(decision).toMatchObject({ holder: 'agent', queue: { agent: claire.id, takenAt: at }, answer: { outcome: 'done' } });
  expect(saidIn(decision)).toEqual(['queue.claimed Claire']);
  expect(decision.effects).toContainEqual({
    kind: 'recordQueue',
    what: 'taken',
    service: 'accueil',
    ms: 15 * 60_000,
    toldMinutes: 20,
  });
  expect(saidIn(await turn({ kind: 'claim' }, conversation('queue', entry, 'sms')))).toEqual([]);
  expect(saidIn(await turn({ kind: 'claim' }, conversation('queue', { ...entry, botAnswers: true })))).toEqual([]);
});

test.each<[string, Conversation, object]>([
  ['held by somebody else', held, { outcome: 'taken', by: claire.id }],
  ['the bot has it again', conversation('bot', null), { outcome: 'not-waiting' }],
  ['closed by somebody', conversation('bot', { ...entry, agent: claire.id, closedAt: at }), { outcome: 'not-waiting' }],
])('a claim of what is %s changes nothing', async (_, before, answer) => {
  const decision = await turn({ kind: 'claim' }, before, paul);
  expect(decision).toMatchObject({ holder: before.holder, queue: before.queue, effects: [], answer });
});

test('only the holder answers, and not past a line they have not seen', async () => {
  const say = { kind: 'say', text: 'Bonjour', seenLine: 4 } as const;
  expect((await turn(say, held, paul)).answer).toEqual({ outcome: 'taken', by: claire.id });
  expect((await turn(say, waits)).answer).toEqual({ outcome: 'not-waiting' });
  const late = await turn(say, held, claire, { isNewsSince: async (line, agent) => line === 4 && agent === claire.id });
  expect(late).toMatchObject({ answer: { outcome: 'seen-line' }, effects: [] });
  const said = await turn(say, conversation('agent', { ...held.queue!, awaitsReply: true, parkedAt: at }));
  expect(said.queue).toMatchObject({ awaitsReply: false, snippet: 'Bonjour' });
  expect(said.queue?.parkedAt).toBeUndefined();
  expect(said.effects).toEqual([expect.objectContaining({ kind: 'say', by: { kind: 'agent', ...claire } })]);
});

test('a transfer goes to somebody who is there and serves there; to a service it waits where it stood', async () => {
  expect((await turn({ kind: 'transfer', agent: 't:9', note: '' }, held)).answer).toEqual({ outcome: 'nobody-there' });
  expect((await turn({ kind: 'transfer', agent: paul.id, service: 'voirie', note: '' }, held)).answer).toEqual({
    outcome: 'nobody-there',
  });
  const passed = await turn({ kind: 'transfer', agent: paul.id, note: 'à toi' }, held);
  expect(passed).toMatchObject({ holder: 'agent', queue: { agent: paul.id } });
  expect(passed.effects).toContainEqual({ kind: 'note', text: 'à toi', by: { kind: 'agent', ...claire } });
  const queued = await turn({ kind: 'transfer', service: 'voirie', note: '' }, held);
  expect(queued).toMatchObject({ holder: 'queue', queue: { service: 'voirie', place: entry.place, queuedAt: entry.queuedAt } });
  expect(queued.queue?.agent).toBeUndefined();
});

test('a closing is silent for ten seconds, then asks once; taken back it asks nothing', async () => {
  const closed = await turn({ kind: 'close', outcome: 'answered' }, held);
  expect(closed).toMatchObject({
    holder: 'bot',
    queue: { closedAt: at, outcome: 'answered', settleAt: Date.parse(at) + 10_000 },
  });
  expect(saidIn(closed)).toEqual([]);
  const before = conversation('bot', closed.queue!);
  const colleague = async () => ({ ...claire, isThere: true, serves: () => true, supervises: () => false });
  const settled = await turn({ kind: 'settled', closedAt: at }, before, undefined, { colleague });
  expect(saidIn(settled)).toEqual(['survey.ask Claire']);
  expect(settled.queue?.settleAt).toBeUndefined();
  expect(
    saidIn(await turn({ kind: 'settled', closedAt: at }, conversation('bot', settled.queue!), undefined, { colleague })),
  ).toHaveLength(1);
  const opened = await turn({ kind: 'reopen' }, before);
  expect(opened).toMatchObject({ holder: 'agent', queue: { agent: claire.id, reopenedAt: at } });
  expect(saidIn(await turn({ kind: 'settled', closedAt: at }, conversation('agent', opened.queue!)))).toEqual([]);
  expect((await turn({ kind: 'reopen' }, before, paul)).answer).toEqual({ outcome: 'not-waiting' });
  const late = new Date(Date.parse(at) + 31 * 60_000);
  expect((await turn({ kind: 'reopen' }, before, claire, { now: late })).answer).toEqual({ outcome: 'too-late' });
});

test.each<[Outcome, Conversation['channel'], boolean]>([
  ['answered', 'web', true],
  ['redirected', 'whatsapp', true],
  ['answered', 'sms', false],
  ['left', 'web', false],
  ['unwanted', 'web', false],
])('closed as %s on %s, whether it helped is asked: %s', async (outcome, channel, isAsked) => {
  const before = conversation('bot', { ...entry, agent: claire.id, closedAt: at, outcome, settleAt: 1 }, channel);
  const colleague = async () => ({ ...claire, isThere: true, serves: () => true, supervises: () => false });
  const decision = await turn({ kind: 'settled', closedAt: at }, before, undefined, { colleague });
  expect(saidIn(decision)).toHaveLength(isAsked ? 1 : 0);
  expect(decision.memory.dialogs).toHaveLength(isAsked ? 1 : 0);
});

test.each([
  ['whatsapp', 23, 1],
  ['whatsapp', 25, 0],
  ['web', 25, 1],
] as const)(
  'closed on %s %d hours after its citizen wrote, whether it helped is asked %d times',
  async (channel, hours, times) => {
    const queue: QueueEntry = { ...entry, agent: claire.id, closedAt: at, outcome: 'answered', settleAt: 1 };
    const before = conversation('bot', queue, channel);
    before.memory.touchedAt = new Date(Date.parse(at) - hours * 3600_000).toISOString();
    const colleague = async () => ({ ...claire, isThere: true, serves: () => true, supervises: () => false });
    const decision = await turn({ kind: 'settled', closedAt: at }, before, undefined, { colleague });
    expect([saidIn(decision).length, decision.memory.dialogs.length]).toEqual([times, times]);
  },
);

test('what waits when its service closes becomes a request and keeps its place', async () => {
  const decision = await turn({ kind: 'closing' }, waits);
  expect(decision).toMatchObject({ holder: 'queue', queue: { ticket: '47HZ-B7WS', botAnswers: true, place: entry.place } });
  expect(decision.effects[0]).toMatchObject({
    kind: 'openTicket',
    reference: '47HZ-B7WS',
    draft: { service: 'accueil', words: 'mon dossier' },
  });
  expect(saidIn(decision)).toEqual(['queue.closed 47HZ-B7WS lundi à 8 h 30 Accueil']);
  expect((await turn({ kind: 'closing' }, waits, undefined, { isOpen: () => true })).effects).toEqual([]);
  expect((await turn({ kind: 'closing' }, held)).effects).toEqual([]);
});

test('a service that does not open again promises no day', async () => {
  expect(saidIn(await turn({ kind: 'closing' }, waits, undefined, { opens: () => null }))).toEqual([
    'queue.closed-for-long 47HZ-B7WS accueil',
  ]);
});

test('an agent who is gone loses it to the queue, one who came back does not', async () => {
  const decision = await turn({ kind: 'lost', agent: claire.id }, held);
  expect(decision).toMatchObject({ holder: 'queue', queue: { place: entry.place, queuedAt: entry.queuedAt } });
  expect(saidIn(decision)).toEqual(['queue.lost']);
  expect(await turn({ kind: 'lost', agent: claire.id }, held, undefined, { isGone: async () => false })).toMatchObject({
    holder: 'agent',
    effects: [],
  });
  expect(await turn({ kind: 'lost', agent: paul.id }, held)).toMatchObject({ holder: 'agent', effects: [] });
});
