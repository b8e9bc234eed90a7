/**
 * Nothing is lost: who leaves the page while they wait, who waits where nobody is left to answer, and every night the count
 * of conversations that ended with nothing.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NightReport } from '../../src/desk/wire';
import type { Agent } from '../../src/domain/desk/agent';
import { type AgentAtDesk, addAgent, signIn } from '../support/agent-at-desk';
import { type Citizen, createCitizen } from '../support/citizen';
import { until } from '../support/until';
import { useCityHall, useOpened } from '../support/use-city-hall';

/** A Thursday, a quarter past ten: every service is open. */
const OPEN = '2026-11-26T09:15:00Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const REFERENCE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/;

const { hall, rows } = useCityHall({ at: OPEN }, 'test');
let claireRow: Agent;
let claire: AgentAtDesk;
const tab = useOpened(
  async () => {
    const roles: Agent['roles'] = [{ role: 'supervisor', services: 'all' }];
    claireRow = await addAgent(rows.database, 'Claire Moreau', { roles, capacity: 6 });
    claire = await signIn(hall.url, claireRow);
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

async function waits(subject?: string): Promise<Citizen> {
  const citizen = await createCitizen(hall.url, { locale: 'fr' });
  await citizen.says('je veux parler à une personne');
  await citizen.hears(/mets en relation/);
  if (!subject) return citizen;
  await citizen.says(subject);
  await citizen.hears(/C'est noté/);
  return citizen;
}

const rowOf = async ({ conversation }: Citizen) =>
  (await rows.database.collection('conversations').find({ _id: conversation }))[0];

test('who leaves the page without a word is kept as a numbered request where it is known what they want; who stays waits on', async () => {
  const ana = await waits('mon acte de naissance est faux');
  const bob = await waits();
  const eve = await waits();
  for (let n = 0; n < 2; n += 1) {
    hall.clock.pass(2 * MINUTE);
    // Eve's page asks for what is new.
    await eve.looksIn();
    await isThere();
    await until('she is known to be there', async () => {
      const seenAt = Number((await rowOf(eve))?.seenAt);
      return hall.clock.now().getTime() - seenAt < MINUTE;
    });
  }
  const told = await ana.hears(/Vous n'étiez plus là : votre message est transmis/);
  const reference = REFERENCE.exec(told)?.[0];
  expect(await rows.tickets(ana.conversation)).toMatchObject([{ reference, service: 'accueil' }]);
  expect(await rowOf(ana)).toMatchObject({ holder: 'queue', queue: { botAnswers: true, ticket: reference } });
  await bob.hears(/vous n'attendez plus/);
  expect(await rowOf(bob)).toMatchObject({ holder: 'bot', queue: { outcome: 'left' } });
  expect(await rowOf(eve)).toMatchObject({ holder: 'queue' });
  // An answer reaches her where she asked.
  await claire.does(ana.conversation, { kind: 'claim' });
  const seenLine = (await claire.detail(ana.conversation)).conversation.lines;
  await claire.does(ana.conversation, { kind: 'say', text: 'Voici votre dossier.', seenLine });
  await ana.hears(/Voici votre dossier/);
});

test('the last agent leaves: what waits becomes a request, and keeps its place', async () => {
  const ana = await waits('mon acte de naissance est faux');
  await claire.call('PATCH', 'me', { status: 'away' });
  hall.clock.pass(4 * MINUTE);
  await ana.hears(/plus personne pour vous répondre/);
  expect(await rows.tickets(ana.conversation)).toMatchObject([{ topic: 'talk_to_human', service: 'accueil' }]);
  await claire.call('PATCH', 'me', { status: 'available' });
  await isThere();
  const [first] = (await claire.list('queue')).items;
  expect(first).toMatchObject({ id: ana.conversation, position: 1, ticket: expect.stringMatching(REFERENCE) });
});

test('what a citizen writes in the second of closing is not closed away', async () => {
  const ana = await waits('mon acte de naissance est faux');
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/vous répond maintenant/);
  const seenLine = (await claire.detail(ana.conversation)).conversation.lines;
  await ana.says('et aussi, quel est le prix du repas ?');
  await until('it stands', async () => (await claire.detail(ana.conversation)).conversation.lines > seenLine);
  const held = await claire.does(ana.conversation, { kind: 'close', outcome: 'answered', seenLine });
  expect(held.body.error).toMatchObject({ code: 'seen-line', lines: [{ text: 'et aussi, quel est le prix du repas ?' }] });
  expect((await claire.does(ana.conversation, { kind: 'close', outcome: 'answered', seenLine: seenLine + 1 })).status).toBe(200);
  // After it the bot answers.
  await ana.says('quels sont les horaires de la mairie ?');
  await ana.hears(/Aujourd'hui/);
});

test('every night the conversations that ended with nothing are named and counted', async () => {
  const answered = await createCitizen(hall.url, { locale: 'fr' });
  await answered.says('quels sont les horaires de la mairie ?');
  await answered.hears(/Aujourd'hui/);
  const person = await waits('mon acte de naissance est faux');
  await claire.does(person.conversation, { kind: 'claim' });
  const seenLine = (await claire.detail(person.conversation)).conversation.lines;
  await claire.does(person.conversation, { kind: 'say', text: 'Bonjour.', seenLine, thenClose: 'answered' });
  const lost = await createCitizen(hall.url, { locale: 'fr' });
  await lost.says('blorg fnord wibble zarg');
  await lost.hears();
  const half = await createCitizen(hall.url, { locale: 'fr' });
  await half.says('je veux signaler un nid-de-poule');
  await half.hears();
  const stuck = await createCitizen(hall.url, { locale: 'fr' });
  await stuck.says('je veux signaler un nid-de-poule');
  await stuck.hears();
  await stuck.says('???');
  await stuck.hears();
  hall.clock.pass(20 * HOUR);
  // Nobody stays signed in for so long.
  claire = await signIn(hall.url, claireRow);

  const report = await until('the night has passed', async () => {
    const { status, body } = await claire.call('GET', 'report?date=2026-11-26');
    return status === 200 ? (body as unknown as NightReport) : null;
  });
  expect(report).toMatchObject({ looked: 5, counts: { 'not-understood': 1, 'form-left': 1 } });
  expect(report.items.map(({ conversation, why }) => [conversation, why]).sort()).toEqual(
    [
      [lost.conversation, 'not-understood'],
      [stuck.conversation, 'form-left'],
    ].sort(),
  );
  // Asked, and not answered: unfinished, which is its citizen's choice.
  expect(JSON.stringify(report)).not.toContain(half.conversation);
  expect(JSON.stringify(report)).not.toMatch(/blorg|nid-de-poule/);
  const metrics = await (await fetch(`${hall.url}/metrics`)).text();
  expect(metrics).toContain('guichet_without_outcome{town="bellerive",why="not-understood"} 1');
  expect(metrics).toContain('guichet_without_outcome{town="bellerive",why="failed"} 0');

  const command = promisify(execFile)(
    process.execPath,
    [join(__dirname, '../../dist/tools/report.js'), 'nightly', '--town', 'bellerive', '--date', '2026-11-26'],
    { env: { ...process.env, DATA_DIR: hall.dataDir } },
  );
  const said = await command.catch((error: { code: number; stdout: string }) => error);
  expect(said).toMatchObject({ code: 1 });
  expect(said.stdout).toMatch(/bellerive 2026-11-26: 5 conversations, 2 without an outcome/);
  expect(said.stdout).toContain(lost.conversation);
});
