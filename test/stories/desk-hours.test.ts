/**
 * Outside opening hours, and when somebody is gone: nobody waits for nothing, nothing is lost, and what was left is first
 * at the next opening.
 */
import type { Agent } from '../../src/domain/desk/agent';
import { type AgentAtDesk, addAgent, type Listening, signIn } from '../support/agent-at-desk';
import { createCitizen } from '../support/citizen';
import { REFERENCE, SMS } from '../support/phone-hall';
import { until } from '../support/until';
import { usePhoneHall } from '../support/use-city-hall';

/** A Friday, ten past five in the afternoon: the front desk closes at half past. */
const FRIDAY = '2026-11-27T16:10:00Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let claireRow: Agent;
let claire: AgentAtDesk;
let last = 0;

let tab: Listening | undefined;
// Before the town hall closes.
afterEach(async () => {
  await tab?.close();
  tab = undefined;
});
const { hall, carrier, rows } = usePhoneHall({ at: FRIDAY, isInStory: true }, 'test');

beforeEach(async () => {
  claireRow = await addAgent(rows.database, 'Claire Moreau', { capacity: 6 });
  await comesIn();
});

/** She opens the desk, and is seen to be there. */
async function comesIn(): Promise<void> {
  claire = await signIn(hall.url, claireRow);
  tab = await claire.listens();
  await until('she is seen to be there', async () => {
    const there = await rows.database.collection('presence').find({ agent: claireRow.id });
    return there.some((row) => Number(row.until) > hall.clock.now().getTime());
  });
}

async function leaves(): Promise<void> {
  await tab?.close();
  tab = undefined;
}

function aPhone() {
  last += 1;
  return carrier.phone(`+3363998${String(4000 + last)}`, SMS);
}

const inQueue = async (conversation?: string) =>
  (await claire.list('queue')).items.filter(({ id }) => conversation === undefined || id === conversation);

test('who still waits when the service closes is given a number, by text message and on the page, and is first on Monday', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne, ma fille est née hier');
  await ana.hears(/Personne n'attend avant vous/);
  const phone = aPhone();
  await phone.sends('je voudrais parler à une personne svp');
  expect((await phone.next(/mets en relation/)).text).toMatch(/attend avant vous/);
  await phone.sends('mon titre de séjour');

  hall.clock.pass(21 * MINUTE);
  const told = await ana.hears(/avant la fermeture/);
  expect(told).toMatch(/rouvre lundi 30 novembre à 8 h 30/);
  const reference = REFERENCE.exec(told)?.[0];
  expect(await rows.tickets(ana.conversation)).toMatchObject([{ reference, topic: 'talk_to_human', service: 'accueil' }]);
  const text = await phone.next(/avant la fermeture/);
  expect(text.text).toMatch(REFERENCE);
  expect((await rows.tickets()).find(({ channel }) => channel === 'sms')).toMatchObject({ words: 'mon titre de séjour' });

  // Meanwhile the bot answers, and what is new comes after what was left.
  await ana.says('quels sont les horaires de la mairie ?');
  await ana.hears(/Aujourd'hui/);
  hall.clock.pass(64 * HOUR);
  await leaves();
  await comesIn();
  const bob = await createCitizen(hall.url, { locale: 'fr' });
  await bob.says('je veux parler à une personne');
  await bob.hears(/2 personnes attendent avant vous/);
  const queue = await inQueue();
  expect(queue.map(({ position }) => position)).toEqual([1, 2, 3]);
  expect(queue[0]).toMatchObject({ id: ana.conversation, ticket: reference });
  expect((await claire.does(ana.conversation, { kind: 'claim' })).status).toBe(200);
  const seenLine = (await claire.detail(ana.conversation)).conversation.lines;
  await claire.does(ana.conversation, { kind: 'say', text: 'Bonjour, félicitations !', seenLine });
  const said = await rows.transcript(ana.conversation);
  expect(said.at(-1)).toMatchObject({ from: 'agent', activity: { text: 'Bonjour, félicitations !' } });
});

test('after hours the wish ends in a numbered request that stands in the right queue', async () => {
  hall.clock.pass(4 * HOUR);
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says("je veux parler à quelqu'un de l'état civil");
  await ana.hears(/rouvre lundi 30 novembre à 8 h 30/);
  await ana.says('une erreur sur mon acte de mariage');
  await ana.hears(/À quel numéro/);
  await ana.says('06 39 98 12 34');
  await ana.hears();
  await ana.says('envoyer');
  const reference = REFERENCE.exec(await ana.hears(REFERENCE))?.[0];
  const [row] = await inQueue(ana.conversation);
  expect(row).toMatchObject({
    ticket: reference,
    service: { id: 'etat-civil' },
    subject: expect.stringContaining('acte de mariage'),
  });
});

test('with nobody at the desk a message is taken, though the service is open', async () => {
  await leaves();
  // A reload would be over.
  hall.clock.pass(MINUTE / 2);
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/Quel est le sujet/);
});

test('an agent who is gone for three minutes: the citizen has their old place back, and is told once', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne, ma carte est perdue');
  await ana.hears(/mets en relation/);
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/Claire/);
  hall.clock.pass(MINUTE);
  const bob = await createCitizen(hall.url, { locale: 'fr' });
  await bob.says('je veux parler à une personne, une question');
  await bob.hears(/mets en relation|sujet/);
  await leaves();
  // A reload is no absence.
  hall.clock.pass(MINUTE);
  await ana.hearsNothing(rows);
  hall.clock.pass(5 * MINUTE);
  expect((await ana.hears(/n'est plus en ligne/)).match(/n'est plus en ligne/g)).toHaveLength(1);
  await comesIn();
  const [row] = await inQueue(ana.conversation);
  expect(row).toMatchObject({ holder: 'queue', position: 1 });
  expect((await claire.call('GET', 'me')).body).toMatchObject({ status: 'away', statusReason: 'lost', load: 0 });
  await ana.hearsNothing(rows);
});

test('put aside until a moment it comes back by itself, though its agent went home meanwhile; sooner when its citizen writes', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne, ma carte est perdue');
  await ana.hears(/mets en relation/);
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/Claire/);
  const inAWhile = new Date(hall.clock.now().getTime() + 15 * MINUTE).toISOString();
  expect((await claire.does(ana.conversation, { kind: 'park', until: 'demain' })).status).toBe(400);
  await claire.does(ana.conversation, { kind: 'park', until: inAWhile });
  expect((await claire.list('parked')).items).toMatchObject([{ id: ana.conversation, parkedUntil: inAWhile }]);
  await ana.says('ah, elle est retrouvée');
  await until('it is back at once', async () => ((await claire.list('mine')).items.length === 1 ? true : null));
  await claire.does(ana.conversation, { kind: 'park', until: inAWhile });
  await leaves();
  hall.clock.pass(10 * MINUTE);
  await ana.hearsNothing(rows);
  await comesIn();
  expect((await claire.list('parked')).items).toHaveLength(1);
  hall.clock.pass(5 * MINUTE + 1000);
  tab?.looksAt(ana.conversation);
  const [back] = await until('it is back', async () => {
    const { items } = await claire.list('mine');
    return items.length === 1 ? items : null;
  });
  expect(back).toMatchObject({ id: ana.conversation, wokeAt: expect.any(String) });
  expect(back).not.toHaveProperty('parkedUntil');
});

test('an answer that did not help leads back to a person; leaving a message ends the wait with a number', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne, mon dossier');
  await ana.hears(/mets en relation/);
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/Claire/);
  await claire.does(ana.conversation, { kind: 'close', outcome: 'answered' });
  hall.clock.pass(11_000);
  await ana.hears(/Avez-vous eu votre réponse/);
  await ana.says('non');
  await ana.hears(/parler de nouveau à une personne/);
  expect(await rows.feedback('desk:accueil')).toMatchObject([{ isUseful: false }]);
  await ana.says('Parler à une personne');
  await ana.hears(/mets en relation/);
  await ana.says('combien de temps encore ?');
  await ana.hears(/Personne n'attend avant vous/);
  await ana.says('Laisser un message');
  await ana.hears(/sujet|numéro/);
  expect(await inQueue(ana.conversation)).toEqual([]);
});

test('danger goes before everybody, is seen with its alert, and is acknowledged by name', async () => {
  const bob = await createCitizen(hall.url, { locale: 'fr' });
  await bob.says('je veux parler à une personne, une question');
  await bob.hears(/mets en relation/);
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('au secours il y a le feu dans mon immeuble 5 rue Ampère');
  await ana.hears(/18|112/);
  const [first] = await until('it is first in the queue', async () => {
    const queue = await inQueue();
    return queue[0]?.id === ana.conversation ? queue : null;
  });
  expect(first).toMatchObject({ priority: 'danger', position: 1, alert: { danger: 'incendie' } });
  const alert = first?.alert?.id ?? '';
  // The bot goes on telling what to do until somebody has taken it.
  await ana.says('fausse alerte, tout va bien');
  await ana.hears();
  expect((await claire.does(ana.conversation, { kind: 'acknowledge', alert })).status).toBe(200);
  expect((await rows.alerts())[0]?.history.find(({ kind }) => kind === 'acknowledged')).toMatchObject({ by: 'Claire Moreau' });
});
