/** Being called back at a time of one's own: by web, text message and WhatsApp, while the town hall is closed and while one waits. */
import type { Agent } from '../../src/domain/desk/agent';
import { type AgentAtDesk, addAgent, type Listening, signIn } from '../support/agent-at-desk';
import { createCitizen } from '../support/citizen';
import { signedIn } from '../support/desk';
import { REFERENCE, SMS, WHATSAPP } from '../support/phone-hall';
import { until } from '../support/until';
import { usePhoneHall } from '../support/use-city-hall';

/** A Friday, a quarter past ten: every service is open. */
const OPEN = '2026-11-27T09:15:00Z';
const HOUR = 3600_000;
/** Monday, half past eight in Bellerive. */
const MONDAY = '2026-11-30T07:30:00.000Z';

let row: Agent;
let claire: AgentAtDesk;

let tab: Listening | undefined;
// Before the town hall closes.
afterEach(async () => {
  await tab?.close();
  tab = undefined;
});
const { hall, carrier, rows } = usePhoneHall(
  {
    at: OPEN,
    isInStory: true,
    changed: ({ services }) => ({
      services: services.map((service) => ({ ...service, callbacks: { every: 60, places: 1, days: 7 } })),
    }),
  },
  'test',
);

beforeEach(async () => {
  row = await addAgent(rows.database, 'Claire Moreau', { capacity: 6 });
  claire = await signIn(hall.url, row);
});

async function comesIn(): Promise<void> {
  claire = await signIn(hall.url, row);
  tab = await claire.listens();
  await until('she is seen to be there', async () => {
    const there = await rows.database.collection('presence').find({ agent: row.id });
    return there.some((lease) => Number(lease.until) > hall.clock.now().getTime());
  });
}

const conversationOf = async (id: string) => (await rows.database.collection('conversations').find({ _id: id }))[0];

test('after hours a time is said in one’s own words: it is kept, and due when it comes', async () => {
  hall.clock.pass(11 * HOUR);
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says("je veux parler à quelqu'un de l'état civil");
  await ana.hears(/rouvre lundi 30 novembre à 8 h 30[\s\S]*sujet/);
  expect(ana.choices()).toEqual(['Être rappelé(e)']);
  await ana.says('rappelez moi lundi matin');
  await ana.hears(/lundi 30 novembre à 8 h 30[\s\S]*numéro/);
  await ana.says("06 39 98 45 67, c'est pour mon livret de famille");
  await ana.hears(/Rappel[\s\S]*lundi 30 novembre à 8 h 30/);
  await ana.says('oui');
  const told = await ana.hears(/Un agent vous contacte lundi 30 novembre à 8 h 30/);
  const reference = REFERENCE.exec(told)?.[0];
  const [ticket] = await rows.tickets(ana.conversation);
  expect(ticket).toMatchObject({ reference, service: 'etat-civil', contact: { value: '+33639984567' } });
  expect(ticket?.answers).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ field: 'slot', value: MONDAY }),
      expect.objectContaining({ field: 'subject' }),
    ]),
  );
  expect(await conversationOf(ana.conversation)).toMatchObject({ holder: 'queue', queue: { callAt: MONDAY, queuedAt: MONDAY } });

  // The only place of that hour is taken: the next asks for the same, and is given the one after it.
  const bob = await createCitizen(hall.url, { locale: 'fr' });
  await bob.says("je veux parler à quelqu'un de l'état civil");
  await bob.hears(/sujet/);
  await bob.says('rappelez moi lundi matin');
  await bob.hears(/lundi 30 novembre à 9 h 30/);

  hall.clock.pass(Date.parse(MONDAY) + 60_000 - hall.clock.now().getTime());
  await comesIn();
  await until('it is due', async () => {
    const { queue } = (await conversationOf(ana.conversation)) as { queue?: { isDue?: boolean } };
    return queue?.isDue;
  });
  const [first] = (await claire.list('queue')).items;
  expect(first).toMatchObject({ id: ana.conversation, callAt: MONDAY, position: 1, ticket: reference });
  expect((await claire.does(ana.conversation, { kind: 'claim' })).status).toBe(200);
  // Answered, the request is over, and its citizen is not told so a second time.
  const seenLine = (await claire.detail(ana.conversation)).conversation.lines;
  await claire.does(ana.conversation, { kind: 'say', text: 'Votre livret est prêt.', seenLine, thenClose: 'answered' });
  hall.clock.pass(11_000);
  await until('the request is over', async () => (await rows.tickets(ana.conversation))[0]?.state === 'resolved');
  expect((await rows.tickets(ana.conversation))[0]?.history.at(-1)).toMatchObject({ agent: { name: 'Claire Moreau' } });
  // Her page has been closed for days: what it would show stands in the transcript.
  const said = async (words: RegExp) =>
    (await rows.transcript(ana.conversation)).filter(({ activity }) => words.test((activity as { text?: string }).text ?? ''));
  await until('she is asked whether it helped', async () => (await said(/est terminée/)).length === 1);
  expect(await said(/livret est prêt/)).toHaveLength(1);
});

test('who withdraws the request to be called back is not called, and somebody else can have that time', async () => {
  hall.clock.pass(11 * HOUR);
  const asks = async (number: string) => {
    const citizen = await createCitizen(hall.url, { locale: 'fr' });
    await citizen.says("je veux parler à quelqu'un de l'état civil");
    await citizen.hears(/sujet/);
    await citizen.says('rappelez moi lundi matin');
    await citizen.hears(/lundi 30 novembre à 8 h 30/);
    await citizen.says(`06 39 98 45 ${number}, c'est pour mon livret de famille`);
    await citizen.hears(/8 h 30/);
    await citizen.says('oui');
    await citizen.hears(/Un agent vous contacte lundi 30 novembre à 8 h 30/);
    return citizen;
  };
  const ana = await asks('67');
  await ana.says(`annuler ma demande ${(await rows.tickets(ana.conversation))[0]!.reference}`);
  await ana.hears(/retir|annul/i);
  await ana.says('oui');
  await ana.hears();
  await until('it is withdrawn', async () => (await rows.tickets(ana.conversation))[0]?.state === 'withdrawn');
  expect(await conversationOf(ana.conversation)).toMatchObject({ holder: 'bot' });
  // The only place of that hour.
  const bob = await asks('68');
  // Withdrawn at the desk it is free again too.
  const { reference, revision } = (await rows.tickets(bob.conversation))[0]!;
  const karim = await signedIn(hall, 'karim');
  const withdrawn = await karim.call('POST', `tickets/${reference}/changes`, { state: 'withdrawn', isPublic: false, revision });
  expect([withdrawn.status, withdrawn.body.state]).toEqual([200, 'withdrawn']);
  await asks('69');
});

test('two who choose the same time at once: one has it, the other is shown those that are free', async () => {
  hall.clock.pass(11 * HOUR);
  const both = await Promise.all(
    [1, 2].map(async (n) => {
      const citizen = await createCitizen(hall.url, { locale: 'fr' });
      await citizen.says("je veux parler à quelqu'un de l'état civil");
      await citizen.hears(/sujet/);
      await citizen.says('rappelez moi lundi matin');
      await citizen.hears(/lundi 30 novembre à 8 h 30/);
      await citizen.says(`06 39 98 45 6${n}, c'est pour mon livret de famille`);
      await citizen.hears(/8 h 30/);
      return citizen;
    }),
  );
  await Promise.all(both.map((citizen) => citizen.says('oui')));
  const heard = await Promise.all(both.map((citizen) => citizen.hears()));
  const [won, lost] = /contacte/.test(heard[0]!) ? [heard[0]!, heard[1]!] : [heard[1]!, heard[0]!];
  expect(won).toMatch(/Un agent vous contacte lundi 30 novembre à 8 h 30/);
  expect(lost).toMatch(/n'est pas libre/);
  const loser = both[heard.indexOf(lost)]!;
  expect(loser.choices()).toContain('lundi 30 novembre à 9 h 30');
  await loser.says('lundi 30 novembre à 9 h 30');
  await loser.hears(/9 h 30/);
  await loser.says('oui');
  await loser.hears(/Un agent vous contacte lundi 30 novembre à 9 h 30/);
  expect(await rows.database.collection('callbacks').count({ heldUntil: 0 })).toBe(2);
});

test.each([
  ['a text message', SMS, '+33639984111'],
  ['WhatsApp', WHATSAPP, 'whatsapp:+33639984112'],
])('by %s, while waiting: a time is chosen from those that are free, the number is known', async (_name, town, number) => {
  await comesIn();
  const phone = carrier.phone(number, town);
  await phone.sends('je voudrais parler à une personne svp');
  await phone.next(/mets en relation/);
  await phone.sends('mon titre de séjour');
  await phone.sends('rappelez-moi');
  const asked = await phone.next(/Quand un agent doit-il vous contacter/);
  expect(asked.text + JSON.stringify(asked)).toMatch(/Dès que possible/);
  await phone.sends('1');
  await phone.next(/mon titre de séjour|confirme|envoy/i);
  await phone.sends('oui');
  expect((await phone.next(/Un agent vous contacte/)).text).toMatch(REFERENCE);
  const [ticket] = await rows.tickets();
  expect(ticket).toMatchObject({ topic: 'talk_to_human', address: number });
  const { queue } = (await conversationOf(String(ticket?.conversation))) as { queue?: { callAt?: string } };
  expect(queue?.callAt).toMatch(/^2026-11-27T/);
});
