/**
 * A conversation that was had becomes one to train with: proposed without its citizen, read by a supervisor, played by a
 * colleague who never hears of whom it was; and nothing that is kept leads back.
 */
import { randomUUID } from 'node:crypto';
import type { RecordingDraft, TrainingView } from '../../src/desk/wire';
import { type AgentAtDesk, addAgent, signIn } from '../support/agent-at-desk';
import { createCitizen } from '../support/citizen';
import { createDeskUser } from '../support/desk';
import { until } from '../support/until';
import { useCityHall } from '../support/use-city-hall';

/** A Thursday, a quarter past ten. */
const { hall, rows } = useCityHall({ at: '2026-11-26T09:15:00Z' });

const WRITTEN = 'Je suis Camille Exemple, du 12 rue des Lilas, ma plaque est AB-123-CD';
let claire: AgentAtDesk;
let paul: AgentAtDesk;
let head: AgentAtDesk;
let conversation: string;

const draftFor = (agent: AgentAtDesk) => agent.call('GET', `conversations/${encodeURIComponent(conversation)}/recording`);

beforeAll(async () => {
  const people = await Promise.all([
    addAgent(rows.database, 'Claire'),
    addAgent(rows.database, 'Paul', { roles: [{ role: 'supervisor', services: ['voirie'] }] }),
    addAgent(rows.database, 'Odile', { roles: [{ role: 'supervisor', services: 'all' }] }),
  ]);
  [claire, paul, head] = (await Promise.all(people.map((agent) => signIn(hall.url, agent)))) as [
    AgentAtDesk,
    AgentAtDesk,
    AgentAtDesk,
  ];
  // Somebody is there.
  const tab = await claire.listens();
  await until('she is seen to be there', async () => (await rows.database.collection('presence').find({})).length > 0);
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  await ana.says(WRITTEN);
  await ana.hears(/C'est noté/);
  conversation = ana.conversation;
  await until('it waits', async () => (await claire.list('queue')).items.find(({ id }) => id === conversation));
  expect((await claire.does(conversation, { kind: 'claim' })).status).toBe(200);
  // While it lasts nothing is proposed.
  expect((await draftFor(head)).body.error).toMatchObject({ code: 'not-over' });
  const says = async (text: string) =>
    expect((await claire.does(conversation, { kind: 'say', text, seenLine: 999 })).status).toBe(200);
  await says('Bonjour Camille Exemple, ici la mairie.');
  await ana.hears(/ici la mairie/);
  await ana.says('Et pour Monsieur Durand, à quelle heure ?');
  await until('it is there', async () => (await claire.detail(conversation)).lines.some(({ text }) => /quelle heure/.test(text)));
  await says('À neuf heures.');
  expect((await claire.does(conversation, { kind: 'close', outcome: 'answered' })).status).toBe(200);
  await tab.close();
});

test('what is proposed says what was wanted, and not by whom; only those who watch over its service are asked', async () => {
  const { status, body } = await draftFor(head);
  expect(status).toBe(200);
  const draft = body as unknown as RecordingDraft;
  expect(draft).toMatchObject({ language: 'fr', service: 'accueil', outcomes: ['answered'] });
  // Not that a person was asked for.
  expect(draft.opening).toEqual(['Je suis #, du #, ma plaque est #']);
  expect(draft.turns).toEqual(['Et pour #, à quelle heure ?']);
  for (const agent of [claire, paul]) expect((await draftFor(agent)).status).toBe(404);
  expect(await rows.database.collection('recordings').find({})).toEqual([]);
});

test('kept as it was read, it is played like any other, and nothing leads from it to whoever wrote it', async () => {
  const kept = {
    ...{ actionId: randomUUID(), conversation, title: 'Un rendez-vous', about: 'Répondez à chaque question.' },
    ...{ opening: ['Je voudrais un rendez-vous à 9 h, mon numéro est le 06 39 98 00 12'], turns: ['À quelle heure ?'] },
    outcomes: ['answered'],
  };
  for (const agent of [claire, paul]) expect((await agent.call('POST', 'training/recordings', kept)).status).toBe(404);
  expect((await head.call('POST', 'training/recordings', { ...kept, opening: [] })).status).toBe(400);
  const [once, again] = [
    await head.call('POST', 'training/recordings', kept),
    await head.call('POST', 'training/recordings', kept),
  ];
  expect([once.status, again.status]).toEqual([201, 201]);
  const stored = JSON.stringify(await rows.database.collection('recordings').find({}));
  for (const word of ['Camille', 'Durand', 'Lilas', '39 98', conversation]) expect(stored).not.toContain(word);
  expect(stored).toContain('à 9 h, mon numéro est le #');

  const offered = (await claire.call('GET', 'training')).body as unknown as TrainingView;
  const mine = offered.exercises.filter(({ kept }) => kept);
  expect(mine).toMatchObject([{ title: 'Un rendez-vous', kept: { by: 'Odile', mayRemove: false } }]);

  const learner = createDeskUser(hall.url, claire.cookie);
  const room = { 'guichet-room': 'training' };
  const begun = await learner.call('POST', 'training/exercises', { exercise: mine[0]!.id });
  expect(begun.status).toBe(201);
  const waiting = await until('its citizen waits', async () =>
    (await learner.call('GET', 'conversations?list=queue', undefined, room)).body.items.find(
      (row: { awaitsReply: boolean }) => row.awaitsReply,
    ),
  );
  expect(waiting).toMatchObject({
    id: begun.body.conversation,
    snippet: 'Je voudrais un rendez-vous à 9 h, mon numéro est le #',
  });
});

test('it is survived by a restart, taken away by who watches over its service, and each of both is on record', async () => {
  await hall.restart();
  const odile = createDeskUser(hall.url, head.cookie);
  const shown = async () => ((await odile.get('training')).body as TrainingView).exercises.filter(({ kept }) => kept);
  const [one] = await shown();
  expect(one).toMatchObject({ title: 'Un rendez-vous', kept: { mayRemove: true } });
  const others = createDeskUser(hall.url, paul.cookie);
  expect((await others.call('DELETE', `training/recordings/${one!.id}`)).status).toBe(404);
  expect((await odile.call('DELETE', `training/recordings/${one!.id}`)).status).toBe(204);
  expect((await odile.call('DELETE', `training/recordings/${one!.id}`)).status).toBe(404);
  expect(await shown()).toEqual([]);
  const acts = (await rows.database.collection('audit').find({})).map(({ what }) => what);
  expect(acts).toEqual(expect.arrayContaining(['training.kept', 'training.removed']));
});
