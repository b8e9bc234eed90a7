/**
 * What those who wait are told, and what supervisors can do about it: a wait that moved is told again, promises are counted,
 * a service lets nobody more in, a danger that nobody takes goes on to the next.
 */
import type { Board } from '../../src/desk/wire';
import { type AgentAtDesk, addAgent, signIn } from '../support/agent-at-desk';
import { type Citizen, createCitizen, plays } from '../support/citizen';
import { REFERENCE, SMS } from '../support/phone-hall';
import { until } from '../support/until';
import { useOpened, usePhoneHall } from '../support/use-city-hall';

/** A Thursday, a quarter past ten: every service is open. */
const OPEN = '2026-11-26T09:15:00Z';
const MINUTE = 60_000;
const DUTY = '+33639988112';
const CHIEF = '+33639988113';

const alerts = { sms: [DUTY], escalate: [{ after: 10, sms: [CHIEF] }] };
const { hall, carrier, rows } = usePhoneHall({ at: OPEN, isInStory: true, alerts }, 'test');
let claire: AgentAtDesk;
const tab = useOpened(
  async () => {
    const row = await addAgent(rows.database, 'Claire Moreau', { roles: [{ role: 'supervisor', services: 'all' }], capacity: 2 });
    claire = await signIn(hall.url, row);
    return claire.listens();
  },
  (opened) => opened.close(),
  'test',
);

beforeEach(isThere);

async function isThere(): Promise<void> {
  tab.looksAt(undefined);
  await until('she is seen to be there', async () => {
    const there = await rows.database.collection('presence').find({ agent: claire.id });
    return there.some((lease) => Number(lease.until) > hall.clock.now().getTime());
  });
}

async function waits(): Promise<Citizen> {
  const citizen = await createCitizen(hall.url, { locale: 'fr' });
  await citizen.says('je veux parler à une personne');
  await citizen.hears(/mets en relation/);
  return citizen;
}

const serviceOn = async (id: string) =>
  ((await claire.call('GET', 'board')).body as unknown as Board).services.find((service) => service.id === id);

test('a wait that moved is told again, on a telephone once; the first promise is the one that is counted', async () => {
  const phone = carrier.phone('+33639984001', SMS);
  const first = await waits();
  const others = [await waits(), await waits()];
  await phone.sends('je voudrais parler à une personne svp');
  expect((await phone.next(/mets en relation/)).text).toMatch(/3 personnes attendent avant vous/);
  const last = await waits();
  await last.looksIn();
  await claire.does(first.conversation, { kind: 'claim' });
  await claire.does(others[0]!.conversation, { kind: 'claim' });
  for (const { conversation } of [first, others[0]!]) await claire.does(conversation, { kind: 'close', outcome: 'answered' });
  // Nothing is told again so soon; when it is, both are out of the queue.
  hall.clock.pass(90_000);
  await isThere();
  await last.hears(/Une personne attend|2 personnes attendent/);
  expect((await phone.next(/attend/)).text).toMatch(/Une personne attend avant vous/);
  // Next in line: on the page it is told, on the telephone it was told again already.
  hall.clock.pass(90_000);
  await isThere();
  await claire.does(others[1]!.conversation, { kind: 'claim' });
  const [waiting] = await until('the telephone is next', async () => {
    const { items } = await claire.list('queue');
    return items[0]?.channel === 'sms' && items[0].position === 1 ? items : null;
  });
  await last.looksIn();
  expect((await claire.does(waiting!.id, { kind: 'claim' })).status).toBe(200);
  await last.hears(/Personne n'attend avant vous/);
  expect(phone.received().filter(({ text }) => /avant vous/.test(text))).toHaveLength(2);
  // Told five or more minutes each, and answered within them.
  expect(await serviceOn('accueil')).toMatchObject({ promises: { told: 4, kept: 4 } });
});

test('a moment after the page of the only agent is closed, as by a reload, people are still put in line; later they are told', async () => {
  await tab.close();
  await until('her page is closed', async () => {
    const there = await rows.database.collection('presence').find({ agent: claire.id });
    return there.every((lease) => Number(lease.until) <= hall.clock.now().getTime());
  });
  await waits();
  hall.clock.pass(MINUTE / 2);
  const late = await createCitizen(hall.url, { locale: 'fr' });
  await late.says('je veux parler à une personne');
  expect(await late.hears(/sujet/)).not.toMatch(/mets en relation/);
});

test('a service that is paused lets nobody more in, says why, and takes messages', async () => {
  const words = { fr: "Nous sommes en réunion jusqu'à 11 h." };
  expect((await claire.call('PUT', 'services/accueil/pause', { words })).status).toBe(204);
  expect(await serviceOn('accueil')).toMatchObject({ pause: { by: { name: 'Claire Moreau' }, words } });
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/en réunion jusqu'à 11 h[\s\S]*sujet/);
  // Another service goes on, and so does this one once it is over.
  const bob = await createCitizen(hall.url, { locale: 'fr' });
  await bob.says("je veux parler à quelqu'un de l'état civil");
  await bob.hears(/mets en relation/);
  expect((await claire.call('DELETE', 'services/accueil/pause')).status).toBe(204);
  await waits();
  const until = new Date(hall.clock.now().getTime() + 10 * MINUTE).toISOString();
  await claire.call('PUT', 'services/accueil/pause', { until });
  const eve = await createCitizen(hall.url, { locale: 'fr' });
  await eve.says('je veux parler à une personne');
  await eve.hears(/ne prend pas de nouvelle conversation/);
  hall.clock.pass(11 * MINUTE);
  await isThere();
  await waits();
});

test('a danger that nobody acknowledges goes on to the next people, once, and the desk shows it', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('au secours il y a le feu dans mon immeuble 5 rue Ampère');
  await ana.hears(/18|112/);
  await carrier.phone(DUTY, SMS).next(/ALERTE/);
  const chief = carrier.phone(CHIEF, SMS);
  expect(chief.received()).toEqual([]);
  hall.clock.pass(11 * MINUTE);
  await isThere();
  const text = (await chief.next(/ALERTE/)).text;
  expect(text).toMatch(/personne ne s'en occupe[\s\S]*incendie[\s\S]*5 rue Ampère/);
  const [alert] = await rows.alerts();
  expect(alert?.history).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'escalated', by: '1' })]));
  const [row] = (await claire.list('queue')).items;
  expect(row?.alert).toMatchObject({ id: REFERENCE.exec(text)?.[0], escalatedAt: expect.any(String) });
  await tab.hears(
    (frame) =>
      frame.kind === 'events' &&
      frame.items.some((item) => item.kind === 'conversation' && item.row.alert?.escalatedAt !== undefined),
    'that it went on',
  );
  await claire.does(ana.conversation, { kind: 'acknowledge', alert: row?.alert?.id });
  hall.clock.pass(20 * MINUTE);
  await carrier.idle();
  expect(chief.received()).toHaveLength(1);
});

test('a form that was left for a person is given back to whoever does not wait, and after the person', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await plays(ana, [
    ['trou au 5 rue Danton', /photo/],
    ['je veux parler à quelqu’un', /mets en relation/],
    ['je n’attends plus', /revenir à votre demande[\s\S]*photo/],
    ['passez-moi quelqu’un', /mets en relation/],
  ]);
  await claire.does(ana.conversation, { kind: 'claim' });
  await claire.does(ana.conversation, { kind: 'close', outcome: 'answered' });
  await ana.hears();
  await plays(ana, [
    ['je reprends mon signalement', /revenir à votre demande[\s\S]*photo/],
    ['envoyer', REFERENCE],
  ]);
  expect(await rows.tickets(ana.conversation)).toMatchObject([{ topic: 'report_pothole', place: { text: '5 rue Danton' } }]);
});
