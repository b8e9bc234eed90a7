/**
 * A service that offers what waits: one agent after the other is asked, nobody is asked for more than they can hold, and
 * who does not answer is asked no more.
 */
import type { Agent } from '../../src/domain/desk/agent';
import type { Town } from '../../src/domain/town';
import { addAgent, signIn } from '../support/agent-at-desk';
import { type Citizen, createCitizen } from '../support/citizen';
import { until } from '../support/until';
import { useCityHall, useOpened } from '../support/use-city-hall';

/** A Thursday, a quarter past ten: every service is open. */
const OPEN = '2026-11-26T09:15:00Z';
const MINUTE = 60_000;

const routed = (town: Town): Town => ({
  ...town,
  services: town.services.map((service) => ({ ...service, routing: service.id === 'accueil' ? 'offer' : 'both' })),
});

jest.setTimeout(120_000);

async function comesIn(name: string, given: Partial<Agent> = {}) {
  const row = await addAgent(rows.database, name, given);
  const desk = await signIn(hall.url, row);
  const tab = await desk.listens();
  await until(`${name} is there`, async () => (await rows.database.collection('presence').find({ agent: row.id })).length > 0);
  return { row, desk, tab };
}

const { hall, rows } = useCityHall({ at: OPEN, change: routed }, 'test');
const people = useOpened(
  async () => ({ claire: await comesIn('Claire Moreau', { capacity: 2 }), paul: await comesIn('Paul Petit', { capacity: 2 }) }),
  ({ claire, paul }) => Promise.all([claire.tab.close(), paul.tab.close()]),
  'test',
);

/** Time passes, and both stay where they are. */
async function stay(minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= 2) {
    hall.clock.pass(Math.min(left, 2) * MINUTE);
    for (const { row, tab } of Object.values(people)) {
      tab.looksAt(undefined);
      await until('they are still there', async () =>
        (await rows.database.collection('presence').find({ agent: row.id })).some(
          (lease) => Number(lease.until) > hall.clock.now().getTime(),
        ),
      );
    }
  }
}

async function waitingCitizen(words = 'je veux parler à une personne, mon dossier'): Promise<Citizen> {
  const citizen = await createCitizen(hall.url, { locale: 'fr' });
  await citizen.says(words);
  await citizen.hears(/mets en relation/);
  return citizen;
}

const rowOf = async ({ conversation }: Citizen, by = people.claire.desk) => (await by.detail(conversation)).conversation;
const agentRow = async (id: string) => (await rows.database.collection('agents').find({ _id: id }))[0];

/** Whom it is offered to, of Claire and Paul. */
async function offeredTo(citizen: Citizen, not?: string) {
  // Where the story's time has moved on, whoever is there is seen again at their next sign of life.
  const { offer } = await until('it is offered', async () => {
    const row = await rowOf(citizen);
    return row.offer && row.offer.to.id !== not ? row : null;
  });
  const [one, other] = [people.claire, people.paul];
  return offer!.to.id === one.desk.id ? { asked: one, other } : { asked: other, other: one };
}

test('one agent is asked, takes it, and somebody else cannot', async () => {
  const ana = await waitingCitizen();
  const { asked, other } = await offeredTo(ana);
  await asked.tab.hears(
    (frame) =>
      frame.kind === 'events' &&
      frame.items.some((item) => item.kind === 'conversation' && item.row.offer?.to.id === asked.desk.id),
    'the offer',
  );
  expect((await asked.desk.detail(ana.conversation)).may).toEqual(['claim', 'refuse', 'note', 'transfer']);
  expect((await other.desk.detail(ana.conversation)).may).toEqual(['note']);
  expect((await other.desk.does(ana.conversation, { kind: 'claim' })).body.error).toMatchObject({ code: 'not-offered' });
  expect((await other.desk.does(ana.conversation, { kind: 'refuse' })).body.error).toMatchObject({ code: 'not-waiting' });
  expect((await asked.desk.does(ana.conversation, { kind: 'claim' })).status).toBe(200);
  await ana.hears(/vous répond maintenant/);
  await until('no offer is left', async () => (await agentRow(asked.row.id))?.offering === undefined);
  expect(await agentRow(asked.row.id)).toMatchObject({ missed: 0, slots: [{ conversation: ana.conversation }] });
  expect((await agentRow(other.row.id))?.slots).toEqual([]);
});

test('refused, or not answered for 45 seconds, the next is asked; who misses two in a row is away, and sees why', async () => {
  const ana = await waitingCitizen();
  const { asked: first, other: second } = await offeredTo(ana);
  expect((await first.desk.does(ana.conversation, { kind: 'refuse' })).status).toBe(200);
  expect((await offeredTo(ana)).asked).toBe(second);
  hall.clock.pass(46_000);
  // Everybody was asked in vain: who was asked longest ago is asked again.
  expect((await offeredTo(ana, second.desk.id)).asked).toBe(first);
  expect(await agentRow(second.row.id)).toMatchObject({ missed: 1, slots: [], status: 'available' });
  await first.desk.does(ana.conversation, { kind: 'refuse' });
  await offeredTo(ana, first.desk.id);
  hall.clock.pass(46_000);
  const away = await until('who missed two is away', async () => {
    const { body } = await second.desk.call('GET', 'me');
    return body.status === 'away' ? body : null;
  });
  expect(away).toMatchObject({ statusReason: 'missed-offers', load: 0 });
  await second.tab.hears(
    (frame) =>
      frame.kind === 'events' && frame.items.some((item) => item.kind === 'me' && item.me.statusReason === 'missed-offers'),
    'why they are away',
  );
  // Back again, they are asked as before.
  await first.desk.call('PATCH', 'me', { status: 'away' });
  await second.desk.call('PATCH', 'me', { status: 'available' });
  expect((await offeredTo(ana, first.desk.id)).asked).toBe(second);
});

test('nobody is asked for two at once nor beyond their room; a place that frees is filled by the oldest', async () => {
  await people.paul.desk.call('PATCH', 'me', { status: 'away' });
  const { desk } = people.claire;
  const citizens: Citizen[] = [];
  for (let n = 0; n < 3; n += 1) {
    citizens.push(await waitingCitizen());
    hall.clock.pass(1000);
  }
  const accepts = async (citizen: Citizen) => {
    expect((await offeredTo(citizen)).asked).toBe(people.claire);
    const offered = (await desk.list('queue')).items.filter(({ offer }) => offer);
    expect(offered.map(({ id }) => id)).toEqual([citizen.conversation]);
    expect((await desk.does(citizen.conversation, { kind: 'claim' })).status).toBe(200);
  };
  await accepts(citizens[0]!);
  await accepts(citizens[1]!);
  await until('no offer is left', async () => (await agentRow(desk.id))?.offering === undefined);
  expect((await desk.list('queue')).items.filter(({ offer }) => offer)).toEqual([]);
  await desk.does(citizens[0]!.conversation, { kind: 'close', outcome: 'answered' });
  await accepts(citizens[2]!);
  // What nobody has said anything in for ten minutes takes no room, and wakes when its citizen writes.
  const seenLine = (await rowOf(citizens[1]!)).lines;
  await desk.does(citizens[1]!.conversation, { kind: 'say', text: 'Je regarde.', seenLine });
  await stay(11);
  await until('it is put aside', async () => (await rowOf(citizens[1]!)).parkedAt !== undefined);
  await accepts(await waitingCitizen());
  await citizens[1]!.says('et alors ?');
  await until('it is at hand again', async () => (await rowOf(citizens[1]!)).parkedAt === undefined);
  await until('it takes a place', async () => ((await agentRow(desk.id))?.slots as unknown[] | undefined)?.length === 3);
  const eve = await waitingCitizen();
  expect((await desk.does(eve.conversation, { kind: 'claim' })).body.error).toMatchObject({ code: 'full' });
});

test('who comes back within half an hour is offered to the agent of before, for twenty seconds', async () => {
  const ana = await waitingCitizen();
  const { asked, other } = await offeredTo(ana);
  await asked.desk.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/vous répond maintenant/);
  await asked.desk.does(ana.conversation, { kind: 'close', outcome: 'answered' });
  // Somebody who waits meanwhile keeps the agent of before busier than the other.
  const bob = await waitingCitizen();
  const taken = await offeredTo(bob);
  await taken.asked.desk.does(bob.conversation, { kind: 'claim' });
  await stay(5);
  await ana.hears(/est terminée/);
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  expect((await offeredTo(ana)).asked).toBe(asked);
  hall.clock.pass(21_000);
  expect((await offeredTo(ana, asked.desk.id)).asked).toBe(other);
});

test('a service that does both lets who is faster take it, and an agent who goes away is not asked any more', async () => {
  const ana = await waitingCitizen("je veux parler à quelqu'un de la voirie");
  const { asked, other } = await offeredTo(ana);
  expect((await other.desk.does(ana.conversation, { kind: 'claim' })).status).toBe(200);
  await until('the offer is over', async () => (await agentRow(asked.row.id))?.offering === undefined);
  expect(await agentRow(asked.row.id)).toMatchObject({ missed: 0, slots: [] });
  const bob = await waitingCitizen("je veux parler à quelqu'un de la voirie");
  const next = await offeredTo(bob);
  await next.asked.desk.call('PATCH', 'me', { status: 'away' });
  expect((await offeredTo(bob, next.asked.desk.id)).asked).toBe(next.other);
  const freed = await until('they have no offer', async () => {
    const row = await agentRow(next.asked.row.id);
    return row && !row.offering ? row : null;
  });
  expect(freed).toMatchObject({ missed: 0, slots: next.asked === other ? [{}] : [] });
});
