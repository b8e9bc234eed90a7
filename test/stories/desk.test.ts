/**
 * From the bot to a person and back: a citizen asks, waits, is answered by an agent at the desk, and everything an agent
 * does is done once, by one, whatever happens beside it.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Board, StreamFrame, TicketDetail, TrainingView } from '../../src/desk/wire';
import type { Agent } from '../../src/domain/desk/agent';
import { createReference } from '../../src/domain/ticket/ticket';
import { createAgents } from '../../src/store/rows/desk/agents';
import { createStore } from '../../src/store/store';
import { type AgentAtDesk, addAgent, type Listening, signIn } from '../support/agent-at-desk';
import { type Citizen, createCitizen } from '../support/citizen';
import { createDeskUser } from '../support/desk';
import { until } from '../support/until';
import { useCityHall } from '../support/use-city-hall';

/** A Thursday, a quarter past ten: every service is open. */
const OPEN = '2026-11-26T09:15:00Z';

let claireRow: Agent;
let paulRow: Agent;
let claire: AgentAtDesk;
let paul: AgentAtDesk;
let tabs: Listening[] = [];

const { hall, rows } = useCityHall({ at: OPEN });

beforeAll(async () => {
  claireRow = await addAgent(rows.database, 'Claire Moreau', { capacity: 6 });
  paulRow = await addAgent(rows.database, 'Paul Petit', { capacity: 6 });
  await addAgent(rows.database, 'Inès Roux', {
    email: 'ines@bellerive.example',
    roles: [{ role: 'agent', services: ['voirie'] }],
  });
  claire = await signIn(hall.url, claireRow);
  paul = await signIn(hall.url, paulRow);
});

beforeEach(async () => {
  tabs = [await claire.listens(), await paul.listens()];
  await until('both are seen to be there', async () => {
    const there = await rows.database.collection('presence').find({});
    return [claireRow, paulRow].every(({ id }) =>
      there.some(({ agent, until }) => agent === id && Number(until) > hall.clock.now().getTime()),
    );
  });
});

afterEach(async () => {
  await Promise.all(tabs.map((tab) => tab.close()));
  await rows.nothingLeaked();
});

async function waitingCitizen(subject = 'mon acte de naissance est faux'): Promise<Citizen> {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  await ana.says(subject);
  await ana.hears(/C'est noté/);
  return ana;
}

test('one thing done to several at once is done to each by itself: one winner each, rights for each, and sent again nothing more', async () => {
  const citizens = await Promise.all(['une liste un', 'une liste deux', 'une liste trois'].map(waitingCitizen));
  const [first = '', second = '', third = ''] = citizens.map(({ conversation }) => conversation);
  await paul.does(second, { kind: 'claim' });
  const { load } = (await claire.call('GET', 'me')).body;
  const many = (who: AgentAtDesk, ids: string[], action: object, actionId = randomUUID()) =>
    who.call('POST', 'actions', { actionId, ids, action });
  const taken = await many(claire, [first, second, third, 'nowhere'], { kind: 'claim' });
  expect(taken.body.results).toEqual([
    { id: first, isDone: true },
    { id: second, isDone: false, code: 'taken', by: { id: paulRow.id, name: 'Paul Petit' } },
    { id: third, isDone: true },
    { id: 'nowhere', isDone: false, code: 'not-found' },
  ]);
  // Of another service: nothing of it is theirs to touch.
  const ines = await signIn(
    hall.url,
    (await createAgents(rows.database).ofTown('bellerive')).find(({ name }) => name === 'Inès Roux')!,
  );
  expect((await many(ines, [first], { kind: 'note', text: 'pour moi' })).body.results).toEqual([
    { id: first, isDone: false, code: 'not-found' },
  ]);
  // Two who hand the same on at once: each conversation has one note of the one who had it.
  const again = randomUUID();
  for (let time = 0; time < 2; time += 1)
    expect((await many(claire, [first, third], { kind: 'note', text: 'même dossier' }, again)).body.results).toEqual([
      { id: first, isDone: true },
      { id: third, isDone: true },
    ]);
  const notes = (await rows.transcript(first)).filter(({ from }) => from === 'note');
  expect(notes).toHaveLength(1);
  const closed = await many(claire, [first, second, third], { kind: 'close', outcome: 'redirected' });
  expect(closed.body.results).toMatchObject([{ isDone: true }, { isDone: false, code: 'taken' }, { isDone: true }]);
  expect((await claire.call('GET', 'me')).body).toMatchObject({ load });
  expect((await many(claire, [], { kind: 'claim' })).status).toBe(400);
  await paul.does(second, { kind: 'giveBack' });
});

test('a citizen asks for a person, hears the wait, is answered, and is the bot’s again', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/Personne n'attend avant vous\..*(quelques minutes|\d+ à \d+ minutes).*ce qui vous amène/s);
  expect(ana.choices()).toEqual(['Laisser un message', 'Être rappelé(e)', "Revenir à l'assistant"]);
  await ana.says('mon acte de naissance est faux');
  await ana.hears(/C'est noté/);

  const row = await until('it stands in the queue', async () =>
    (await claire.list('queue')).items.find(({ id }) => id === ana.conversation),
  );
  expect(row).toMatchObject({
    holder: 'queue',
    position: 1,
    subject: 'mon acte de naissance est faux',
    who: 'Visiteur web',
    awaitsReply: true,
  });

  expect((await claire.does(ana.conversation, { kind: 'claim' })).status).toBe(200);
  await ana.hears(/Claire vous répond maintenant/);
  const { lines, may, conversation } = await claire.detail(ana.conversation);
  expect(lines.map(({ by }) => by)).toContain('citizen');
  expect(conversation.agent).toEqual({ id: claire.id, name: 'Claire Moreau' });
  expect(may).toContain('say');

  // The bot is silent while she holds it.
  await ana.says('quels sont les horaires de la piscine ?');
  await ana.hearsNothing(rows);

  // What the town answers to that is proposed to her, with its number in it.
  await ana.says('comment inscrire ma fille à la cantine ?');
  const [proposed] = await until('it is proposed', async () => {
    const { suggestions } = await claire.detail(ana.conversation);
    return suggestions.some(({ topic }) => topic === 'faq_canteen') ? suggestions : null;
  });
  expect(proposed?.text).toMatch(/\d\d \d\d \d\d \d\d/);
  expect(proposed?.text).not.toContain('{');

  // Opening hours stand in what is proposed as the bot would tell them at this moment.
  await ana.says('la médiathèque est ouverte aujourd’hui ?');
  const library = await until('the library is proposed', async () =>
    (await claire.detail(ana.conversation)).suggestions.find(({ topic }) => topic === 'faq_library'),
  );
  expect(library.text).toMatch(/^Médiathèque Simone-Veil, .+ Aujourd'hui : \d/);
  expect(library.text).not.toContain('{');

  const seenLine = (await claire.detail(ana.conversation)).conversation.lines;
  expect((await claire.does(ana.conversation, { kind: 'say', text: 'Bonjour, envoyez-moi une copie.', seenLine })).status).toBe(
    200,
  );
  await ana.hears(/envoyez-moi une copie/);
  expect(ana.heard().at(-1)?.from).toMatchObject({ name: 'Claire' });

  expect((await claire.does(ana.conversation, { kind: 'close', outcome: 'answered' })).status).toBe(200);
  hall.clock.pass(11_000);
  await ana.hears(/conversation avec Claire est terminée/);
  await ana.says('oui');
  await ana.hears(/Merci de votre avis/);
  expect(await rows.feedback('desk:accueil')).toMatchObject([{ isUseful: true }]);
  await ana.says('quels sont les horaires de la mairie ?');
  await ana.hears(/Aujourd'hui/);
  expect((await claire.list('closed')).items).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: ana.conversation })]),
  );
});

test('of two who claim at once one has it, and the other is told who', async () => {
  const ana = await waitingCitizen();
  const answers = await Promise.all([claire, paul].map((agent) => agent.does(ana.conversation, { kind: 'claim' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409)!;
  expect(refused.body.error).toMatchObject({ code: 'taken', by: { name: expect.stringMatching(/Claire Moreau|Paul Petit/) } });
  expect((await ana.hears(/vous répond maintenant/)).match(/vous répond maintenant/g)).toHaveLength(1);
});

test('a reply sent five times is said once', async () => {
  const ana = await waitingCitizen();
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/Claire/);
  const { lines } = (await claire.detail(ana.conversation)).conversation;
  const id = '7f8d1f52-6a0a-4f8e-9a36-0d6c1c1b2a11';
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => claire.does(ana.conversation, { kind: 'say', text: 'Je regarde.', seenLine: lines }, id)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect((await ana.hears(/Je regarde/)).match(/Je regarde/g)).toHaveLength(1);
});

test('who has not seen the last line is shown it first, and the draft is sent at the second press', async () => {
  const ana = await waitingCitizen();
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/Claire/);
  const seenLine = (await claire.detail(ana.conversation)).conversation.lines;
  await ana.says("en fait c'est réglé");
  await until('the line stands', async () => (await claire.detail(ana.conversation)).conversation.lines > seenLine);
  const held = await claire.does(ana.conversation, { kind: 'say', text: 'Quel est le numéro ?', seenLine });
  expect(held.status).toBe(409);
  expect(held.body.error).toMatchObject({ code: 'seen-line', lines: [{ by: 'citizen', text: "en fait c'est réglé" }] });
  await ana.hearsNothing(rows);
  const last = ((held.body.error?.lines ?? []) as Array<{ line: number }>).at(-1)?.line;
  expect((await claire.does(ana.conversation, { kind: 'say', text: 'Parfait, bonne journée.', seenLine: last })).status).toBe(
    200,
  );
  await ana.hears(/Parfait, bonne journée/);
});

test('a note is read by colleagues and never by the citizen', async () => {
  const ana = await waitingCitizen();
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/Claire/);
  expect((await claire.does(ana.conversation, { kind: 'note', text: 'SECRET: voir le dossier 12' })).status).toBe(200);
  expect((await paul.does(ana.conversation, { kind: 'note', text: 'SECRET: vu' })).status).toBe(200);
  await ana.hearsNothing(rows);
  expect(JSON.stringify(ana.heard())).not.toContain('SECRET');
  const { lines } = await paul.detail(ana.conversation);
  expect(lines.filter(({ by }) => by === 'note').map(({ text, agent }) => [text, agent?.name])).toEqual([
    ['SECRET: voir le dossier 12', 'Claire Moreau'],
    ['SECRET: vu', 'Paul Petit'],
  ]);
});

test('who is named in a note is told of it until they have read it, whatever becomes of the conversation; nobody who may not read it', async () => {
  const ana = await waitingCitizen('une affaire pour deux');
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/Claire/);
  const [, tab] = tabs as [Listening, Listening];
  const note = 'Voir avec @paul petit, et @Inès Roux. @Claire Moreau (moi), paul@Paul Petit.example';
  const actionId = randomUUID();
  // Sent twice, it is said once.
  for (let time = 0; time < 2; time += 1)
    expect((await claire.does(ana.conversation, { kind: 'note', text: note }, actionId)).status).toBe(200);
  await tab.hears(
    (frame) =>
      frame.kind === 'events' &&
      frame.items.some((item) => item.kind === 'conversation' && item.row.mention?.by.name === 'Claire Moreau'),
    'that he is named',
  );
  const of = async (agent: AgentAtDesk) =>
    (await agent.list('mentions')).items.map(({ id, mention }) => ({ id, by: mention?.by.name }));
  const named = { id: ana.conversation, by: 'Claire Moreau' };
  expect(await of(paul)).toEqual([named]);
  // She wrote it; and who does not serve there is not told of what they may not read.
  expect(await of(claire)).toEqual([]);
  const ines = (await createAgents(rows.database).ofTown('bellerive')).find(({ name }) => name === 'Inès Roux')!;
  expect(await of(await signIn(hall.url, ines))).toEqual([]);
  const [{ queue }] = (await rows.database.collection('conversations').find({ _id: ana.conversation })) as unknown as [
    { queue: { mentions: Array<{ agent: string }> } },
  ];
  expect(queue.mentions.map(({ agent }) => agent)).toEqual([paul.id]);
  await ana.hearsNothing(rows);

  // Closed, asked for again: he is told until he has read it.
  await claire.does(ana.conversation, { kind: 'close', outcome: 'answered' });
  expect(await of(paul)).toEqual([named]);
  hall.clock.pass(11_000);
  await ana.hears(/est terminée/);
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  expect(await of(paul)).toEqual([named]);
  expect((await paul.does(ana.conversation, { kind: 'readMention' })).body.conversation).not.toHaveProperty('mention');
  expect(await of(paul)).toEqual([]);
  // What is said when it is handed on names people too.
  await claire.does(ana.conversation, { kind: 'claim' });
  await claire.does(ana.conversation, { kind: 'transfer', service: 'voirie', note: '@Paul Petit la suit' });
  expect(await of(paul)).toEqual([named]);
  await paul.does(ana.conversation, { kind: 'readMention' });
  await claire.does(ana.conversation, { kind: 'claim' });
  await claire.does(ana.conversation, { kind: 'giveBack' });
});

test('only the holder answers; a transfer passes it on with a note, and the former holder cannot answer any more', async () => {
  const ana = await waitingCitizen();
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/Claire/);
  expect((await paul.does(ana.conversation, { kind: 'say', text: 'non', seenLine: 99 })).body.error).toMatchObject({
    code: 'taken',
    by: { name: 'Claire Moreau' },
  });
  expect((await claire.does(ana.conversation, { kind: 'transfer', agent: paul.id, note: 'À toi' })).status).toBe(200);
  await ana.hears(/Paul prend la suite/);
  expect((await claire.does(ana.conversation, { kind: 'say', text: 'encore moi', seenLine: 99 })).body.error).toMatchObject({
    code: 'taken',
  });
  expect((await paul.list('mine')).items.map(({ id }) => id)).toContain(ana.conversation);
  expect((await paul.does(ana.conversation, { kind: 'transfer', service: 'voirie', note: '' })).status).toBe(200);
  await ana.hears(/passe à un autre service/);
  const waiting = (await claire.list('queue')).items.find(({ id }) => id === ana.conversation);
  expect(waiting).toMatchObject({ holder: 'queue', service: { id: 'voirie' } });
  expect((await claire.does(ana.conversation, { kind: 'claim' })).status).toBe(200);
  expect((await claire.does(ana.conversation, { kind: 'giveBack' })).status).toBe(200);
  await ana.hears(/assistant automatique prend le relais/);
  await ana.says('quels sont les horaires de la mairie ?');
  await ana.hears(/Aujourd'hui/);
});

test('a closing is taken back within ten seconds, and the citizen has noticed nothing', async () => {
  const ana = await waitingCitizen();
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/Claire/);
  await claire.does(ana.conversation, { kind: 'close', outcome: 'answered' });
  expect((await paul.does(ana.conversation, { kind: 'reopen' })).status).toBe(409);
  expect((await claire.does(ana.conversation, { kind: 'reopen' })).status).toBe(200);
  hall.clock.pass(11_000);
  await ana.says('vous êtes toujours là ?');
  await ana.hearsNothing(rows);
  expect((await claire.list('mine')).items.map(({ id }) => id)).toContain(ana.conversation);
  await claire.does(ana.conversation, { kind: 'giveBack' });
});

test('an answer can be taken back before it leaves; what leaves leaves once, in its order, also after the process ended', async () => {
  const ana = await waitingCitizen();
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/vous répond/);
  const says = async (text: string, more: object = {}, actionId = randomUUID()) => {
    const seenLine = (await claire.detail(ana.conversation)).conversation.lines;
    const { status } = await claire.does(
      ana.conversation,
      { kind: 'say', text, seenLine, leavesInSeconds: 10, ...more },
      actionId,
    );
    // As long as the story needs it, whatever the machine has to do.
    if (status === 202) await leavesIn(actionId, 3_600_000);
    return { status, actionId };
  };
  const leavesIn = (actionId: string, ms: number) =>
    rows.database
      .collection('leaving')
      .changeIf({ _id: `desk:${claire.id}:${actionId}` }, { $set: { leavesAt: hall.clock.now().getTime() + ms } });
  const leaving = async () => (await claire.detail(ana.conversation)).leaving;
  const first = await says('Non, ce n’est pas possible.');
  expect(first.status).toBe(202);
  expect(await leaving()).toMatchObject([{ actionId: first.actionId, state: 'waiting', text: 'Non, ce n’est pas possible.' }]);
  // It is nobody else's to see, nor to take back.
  expect((await paul.detail(ana.conversation)).leaving).toEqual([]);
  expect((await paul.does(ana.conversation, { kind: 'takeBack', sent: first.actionId })).status).toBe(409);
  expect((await claire.does(ana.conversation, { kind: 'takeBack', sent: first.actionId })).status).toBe(200);
  expect(await leaving()).toEqual([]);

  // The process ends before it leaves: it leaves when its time has come, and once.
  const second = await says('Oui, c’est possible.');
  await Promise.all(tabs.map((tab) => tab.close()));
  await hall.restart();
  [claire, paul] = [claire.at(hall.url), paul.at(hall.url)];
  tabs = [await claire.listens(), await paul.listens()];
  expect(await leaving()).toMatchObject([{ actionId: second.actionId, state: 'waiting' }]);
  await leavesIn(second.actionId, 0);
  const texts = async () =>
    (await claire.detail(ana.conversation)).lines.filter(({ by }) => by === 'agent').map(({ text }) => text);
  await until('it has left', async () => (await texts()).length === 1 && (await leaving()).length === 0);
  expect(await texts()).toEqual(['Oui, c’est possible.']);
  expect((await claire.does(ana.conversation, { kind: 'takeBack', sent: second.actionId })).body.error).toMatchObject({
    code: 'too-late',
  });
  // One that had begun to leave when its process died leaves too.
  const third = await says('Apportez une photo.');
  await rows.database.collection('leaving').changeIf({ _id: `desk:${claire.id}:${third.actionId}` }, { $set: { state: 'left' } });
  await leavesIn(third.actionId, 0);
  await until('it has left', async () => (await texts()).length === 2 && (await leaving()).length === 0);

  // The citizen wrote meanwhile: held, and said why.
  const fourth = await says('À bientôt.');
  const written = await fetch(`${hall.url}/v3/directline/conversations/${ana.conversation}/activities`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ana.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'message', text: 'et mon passeport ?' }),
  });
  expect(written.status).toBe(200);
  await until('it stands there', async () => (await claire.detail(ana.conversation)).lines.at(-1)?.by === 'citizen');
  await leavesIn(fourth.actionId, 0);
  const held = await until('it is held', async () => (await leaving()).find(({ state }) => state === 'held'));
  expect(held).toMatchObject({ actionId: fourth.actionId, why: 'seen-line', text: 'À bientôt.' });
  expect((await claire.does(ana.conversation, { kind: 'takeBack', sent: fourth.actionId })).status).toBe(200);
  // What was refused now is refused now.
  expect((await says('Trop tôt.', { seenLine: 1 })).status).toBe(409);
  // Whatever she does next lets it leave first.
  await says('Apportez-le aussi.');
  expect((await claire.does(ana.conversation, { kind: 'close', outcome: 'answered' })).status).toBe(200);
  expect((await texts()).at(-1)).toBe('Apportez-le aussi.');
});

test('leaving the queue against a claim: one of the two happens', async () => {
  for (let n = 0; n < 6; n += 1) {
    const ana = await waitingCitizen();
    const [, answer] = await Promise.all([ana.says("revenir à l'assistant"), claire.does(ana.conversation, { kind: 'claim' })]);
    const { conversation } = (await until('it is settled', async () =>
      rows.database
        .collection('conversations')
        .find({ _id: ana.conversation, leaseUntil: 0 })
        .then(([row]) => row && { conversation: row }),
    ))!;
    if (answer.status === 200) {
      expect(conversation).toMatchObject({ holder: 'agent' });
      await claire.does(ana.conversation, { kind: 'giveBack' });
    } else {
      expect([404, 409]).toContain(answer.status);
      expect(conversation).toMatchObject({ holder: 'bot' });
    }
  }
});

test('the stream shows a new one within a second, lines as they come, who looks, and nothing of another service', async () => {
  const ines = await signIn(
    hall.url,
    (await rows.database.collection('agents').find({ name: 'Inès Roux' })).map(
      ({ _id, ...rest }) => ({ id: _id, ...rest }) as unknown as Agent,
    )[0]!,
  );
  const hers = await ines.listens();
  tabs.push(hers);
  const ana = await waitingCitizen('une question sur mon mariage');
  const isRow = (frame: StreamFrame) =>
    frame.kind === 'events' && frame.items.some((item) => item.kind === 'conversation' && item.row.id === ana.conversation);
  const [tab, other] = tabs as [Listening, Listening];
  await tab.hears(isRow, 'the new conversation');
  tab.looksAt(ana.conversation, true);
  await tab.hears(
    (frame) =>
      frame.kind === 'events' &&
      frame.items.some((item) => item.kind === 'lines' && item.lines.some(({ text }) => text === 'une question sur mon mariage')),
    'its lines',
  );
  await other.hears(
    (frame) =>
      frame.kind === 'events' &&
      frame.items.some(
        (item) =>
          item.kind === 'conversation' &&
          item.row.id === ana.conversation &&
          item.row.looking.some(({ name, isTyping }) => name === 'Claire Moreau' && isTyping),
      ),
    'that Claire looks and types',
  );
  // Back at the list, she looks no more.
  const told = other.frames.length;
  tab.looksAt(undefined);
  await until('that she left is told', () =>
    other.frames
      .slice(told)
      .some(
        (frame) =>
          frame.kind === 'events' &&
          frame.items.some(
            (item) => item.kind === 'conversation' && item.row.id === ana.conversation && item.row.looking.length === 0,
          ),
      ),
  );
  tab.looksAt(ana.conversation);
  await ana.says('et le livret de famille');
  await tab.hears(
    (frame) =>
      frame.kind === 'events' &&
      frame.items.some((item) => item.kind === 'lines' && item.lines.some(({ text }) => text === 'et le livret de famille')),
    'the line that came',
  );
  expect(JSON.stringify(hers.frames)).not.toContain('mariage');
  expect(JSON.stringify(hers.frames)).not.toContain('livret');
  expect((await ines.call('GET', `conversations/${ana.conversation}`)).status).toBe(404);
  expect((await ines.does(ana.conversation, { kind: 'claim' })).status).toBe(404);

  // Away for a while: what was missed is told from the number that was kept.
  const { seq } = tab.frames.filter((frame) => 'seq' in frame).at(-1)!;
  await tab.close();
  await ana.says('une dernière chose');
  await until('it stands', async () =>
    (await claire.detail(ana.conversation)).lines.some(({ text }) => text === 'une dernière chose'),
  );
  const again = await claire.listens(seq);
  tabs[0] = again;
  await again.hears(isRow, 'what was missed');
});

test('a supervisor sees how each service stands; an agent may not', async () => {
  const odile = await signIn(
    hall.url,
    await addAgent(rows.database, 'Odile Blanc', { roles: [{ role: 'supervisor', services: ['accueil', 'voirie'] }] }),
  );
  const before = ((await odile.call('GET', 'board')).body as unknown as Board).services.find(({ id }) => id === 'accueil')!;
  const ana = await waitingCitizen();
  const board = (await odile.call('GET', 'board')).body as unknown as Board;
  expect(board.services.map(({ id }) => id).sort()).toEqual(['accueil', 'voirie']);
  const accueil = board.services.find(({ id }) => id === 'accueil')!;
  expect(accueil).toMatchObject({ isOpen: true, waiting: before.waiting + 1, present: 2 });
  expect(board.agents.find(({ id }) => id === claire.id)).toMatchObject({ name: 'Claire Moreau', isOnline: true, capacity: 6 });
  expect((await claire.call('GET', 'board')).status).toBe(403);
  await claire.does(ana.conversation, { kind: 'claim' });
  await claire.does(ana.conversation, { kind: 'giveBack' });
  const after = ((await odile.call('GET', 'board')).body as unknown as Board).services.find(({ id }) => id === 'accueil')!;
  expect(after).toMatchObject({ waiting: before.waiting, takenIn15: before.takenIn15 + 1, closedIn15: before.closedIn15 + 1 });
});

/** Every row of the hall outside the rooms in which agents train, as text; the list of what was played aside. */
async function rowsOfRealTowns(): Promise<string> {
  const names = [
    'inbox',
    'outbox',
    'transcript',
    'conversations',
    'tickets',
    'tallies',
    'alerts',
    'search',
    'feed',
    'audit',
    'ledger',
  ];
  const more = ['misses', 'drafts', 'callbacks', 'presence', 'agents', 'followers', 'reports', 'spending', 'traces', 'leaving'];
  const all = await Promise.all([...names, ...more].map((name) => rows.database.collection(name).find({})));
  return JSON.stringify(all.flat().filter((row) => !JSON.stringify(row).includes('bellerive~')));
}

test('an agent trains with a citizen who is played: all as at the real desk, and nothing of it stands anywhere else', async () => {
  const lea = await signIn(hall.url, await addAgent(rows.database, 'Lena Blanchet'));
  const odile = await signIn(
    hall.url,
    await addAgent(rows.database, 'Odette Grand', { roles: [{ role: 'supervisor', services: 'all' }] }),
  );
  const real = createDeskUser(hall.url, lea.cookie);
  const training = { 'guichet-room': 'training' };
  const trains = (method: string, path: string, body?: object) => real.call(method, path, body, training);
  const acts = (id: string, action: object) =>
    trains('POST', `conversations/${id}/actions`, { actionId: randomUUID(), ...action });
  const linesOf = async (id: string) =>
    (await trains('GET', `conversations/${id}`)).body.lines as Array<{ by: string; text: string; line: number }>;

  // Before the first exercise there is no room to come into.
  expect((await trains('GET', 'me')).status).toBe(404);
  const offered = (await real.get('training')).body as TrainingView;
  expect(offered.charter?.points.length).toBeGreaterThan(3);
  expect(offered.exercises.map(({ id }) => id)).toContain('pasted-data');
  expect((await real.call('POST', 'training/exercises', { exercise: 'nowhere' })).status).toBe(404);
  const { conversation: id } = (await real.call('POST', 'training/exercises', { exercise: 'pasted-data' })).body;
  const waiting = await until('its citizen waits', async () =>
    (await trains('GET', 'conversations?list=queue')).body.items.find((row: { awaitsReply: boolean }) => row.awaitsReply),
  );
  expect(waiting).toMatchObject({ id, position: 1 });
  expect((await trains('GET', 'me')).body).toMatchObject({ isTraining: true, name: 'Lena Blanchet', load: 0 });

  expect((await acts(id, { kind: 'claim' })).status).toBe(200);
  expect((await acts(id, { kind: 'note', text: 'note zébulon' })).status).toBe(200);
  const opening = await linesOf(id);
  const first = { kind: 'say', text: 'Bonjour, ici Lena. Zébulon regarde votre dossier.', seenLine: opening.at(-1)?.line };
  expect((await acts(id, first)).status).toBe(200);
  const asked = await until('the citizen goes on', async () =>
    (await linesOf(id)).find(({ text }) => /rappelez sur ce/.test(text)),
  );
  expect(asked.by).toBe('citizen');
  expect((await acts(id, { kind: 'park' })).status).toBe(200);
  expect((await acts(id, { kind: 'unpark' })).status).toBe(200);
  // A pause after a warning ends by itself here too.
  const report = { kind: 'reportAbuse', abuse: 'insult', note: '', pauseMinutes: 1 };
  expect((await acts(id, report)).body.conversation).toMatchObject({ calmUntil: expect.any(String) });
  hall.clock.pass(61_000);
  await until('it goes on', async () => !(await trains('GET', `conversations/${id}`)).body.conversation.calmUntil);
  const again = { kind: 'say', text: 'Oui, au 0639980012.', seenLine: asked.line };
  expect((await acts(id, again)).status).toBe(200);
  const last = await until('and ends', async () => (await linesOf(id)).find(({ text }) => /Très bien, merci/.test(text)));
  expect((await acts(id, { kind: 'close', outcome: 'answered', seenLine: last.line })).status).toBe(200);

  const played = await until('what was to be seen', async () =>
    ((await real.get('training')).body as TrainingView).played.find(({ isOver }) => isOver),
  );
  const fact = (kind: string) => played.facts.find((one) => one.kind === kind)?.isGood;
  expect(['taken', 'answered', 'greeted', 'ended', 'replied', 'personal'].map((kind) => [kind, fact(kind)])).toEqual([
    ['taken', true],
    ['answered', true],
    ['greeted', true],
    ['ended', true],
    // 'Thank you' was not answered, and the number was said again.
    ['replied', false],
    ['personal', false],
  ]);

  // Seen by nobody else, until it is shown.
  const seenBy = async () => ((await odile.call('GET', 'training')).body as unknown as TrainingView).shared;
  expect(await seenBy()).toEqual([]);
  expect((await odile.call('PUT', `training/exercises/${id}/shared`, { isShared: true })).status).toBe(404);
  expect((await real.call('PUT', `training/exercises/${id}/shared`, { isShared: true })).status).toBe(204);
  expect(await seenBy()).toMatchObject([{ by: 'Lena Blanchet', isOver: true }]);

  // Nothing of it outside its room: no list, figure, search, feed, letter, web hook or export is made from anything else.
  for (const who of [lea, odile]) expect((await who.call('GET', `conversations/${id}`)).status).toBe(404);
  expect((await lea.does(id, { kind: 'reopen' })).status).toBe(404);
  expect((await odile.call('GET', 'search?q=z%C3%A9bulon')).body.items).toEqual([]);
  const board = (await odile.call('GET', 'board')).body as unknown as Board;
  expect(board.agents.filter(({ name }) => name === 'Lena Blanchet')).toHaveLength(1);
  const elsewhere = await rowsOfRealTowns();
  for (const word of ['zébulon', 'Zébulon', 'Camille Exemple', id]) expect(elsewhere).not.toContain(word);
  expect(JSON.stringify(await rows.database.collection('outbox').find({}))).not.toContain('~');
  expect(JSON.stringify(await rows.database.collection('search').find({}))).not.toContain('~');

  // And no way in from outside, nor out of the room.
  const room = lea.id.replace(':', '~');
  const refused = [
    'tickets',
    'tickets.csv',
    'search?q=a',
    'board',
    'campaigns',
    'knowledge/topics',
    'figures',
    'audit',
    'people',
  ];
  for (const path of refused) expect([path, (await trains('GET', path)).status]).toEqual([path, 403]);
  for (const path of [`/api/v1/${room}/services`, `/open311/v2/requests.json?jurisdiction_id=${room}`, `/quality/${room}`])
    expect([path, (await fetch(hall.url + path)).ok]).toEqual([path, false]);
  const opened = await fetch(`${hall.url}/v3/directline/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ town: room }),
  });
  expect(opened.ok).toBe(false);
});

test('a session that ends ends its streams', async () => {
  const guest = await signIn(hall.url, paulRow);
  const stream = await guest.listens();
  expect((await guest.call('DELETE', 'session')).status).toBe(204);
  await stream.hears((frame) => frame.kind === 'signed-out', 'that the session is over');
  expect(await stream.closed).toBe(4001);
  expect((await guest.call('GET', 'conversations?list=queue')).status).toBe(401);
});

test('ten tabs of one agent hear the same; a session that ends ends none of another’s tabs', async () => {
  const elsewhere = await signIn(hall.url, claireRow);
  const hers = await Promise.all(Array.from({ length: 10 }, () => claire.listens()));
  const others = await Promise.all(Array.from({ length: 2 }, () => elsewhere.listens()));
  const hearsOf = (tab: Listening, id: string) =>
    tab.hears(
      (frame) => frame.kind === 'events' && frame.items.some((item) => item.kind === 'conversation' && item.row.id === id),
      'the new one',
    );
  const first = await waitingCitizen();
  await Promise.all([...hers, ...others].map((tab) => hearsOf(tab, first.conversation)));
  expect((await elsewhere.call('DELETE', 'session')).status).toBe(204);
  expect(await Promise.all(others.map(({ closed }) => closed))).toEqual([4001, 4001]);
  await hers.pop()!.close();
  const second = await waitingCitizen();
  await Promise.all(hers.map((tab) => hearsOf(tab, second.conversation)));
  await Promise.all(hers.map((tab) => tab.close()));
  for (const { conversation } of [first, second]) {
    await claire.does(conversation, { kind: 'claim' });
    await claire.does(conversation, { kind: 'giveBack' });
  }
});

test('whatever five agents do in whatever order, each count is the length of its list, and what was heard is what is read', async () => {
  // Always the same run: a failure can be played again.
  let seed = 20261126;
  const random = <T>(of: readonly T[]): T => {
    seed = (seed * 48271) % 2147483647;
    return of[seed % of.length]!;
  };
  const people = await Promise.all(
    ['Ada', 'Bo', 'Cy', 'Di', 'Ed'].map(async (name) => {
      const given = { email: `${name.toLowerCase()}@bellerive.example`, capacity: 4, languages: ['fr', 'en'] };
      const agent = await addAgent(rows.database, `${name} Martin`, given);
      const desk = await signIn(hall.url, agent);
      return { agent, desk, tab: await desk.listens() };
    }),
  );
  const ids: string[] = [];
  for (let n = 0; n < 12; n += 1) ids.push((await waitingCitizen(`au hasard ${n}`)).conversation);
  const actions = () =>
    random([
      { kind: 'claim' },
      { kind: 'claim' },
      { kind: 'park' },
      { kind: 'unpark' },
      { kind: 'transfer', service: random(['accueil', 'voirie', 'etat-civil']), note: '' },
      { kind: 'transfer', agent: random(people).agent.id, note: '' },
      { kind: 'note', text: 'vu' },
      { kind: 'close', outcome: 'answered' },
      { kind: 'reopen' },
    ]);
  const done = new Map<number, number>();
  for (let turn = 0; turn < 30; turn += 1) {
    // All five at once, on the same few conversations.
    const answers = await Promise.all(people.map(({ desk }) => desk.does(random(ids), actions())));
    for (const { status } of answers) done.set(status, (done.get(status) ?? 0) + 1);
    if (turn % 10 < 9) continue;
    for (const { desk, tab } of people) {
      await until('what it heard is what is read', async () => {
        const lists = await Promise.all((['queue', 'mine', 'parked'] as const).map((list) => desk.list(list)));
        const [queue, mine, parked] = lists.map(({ items }) => items.length);
        for (const { counts, total, items } of lists) {
          expect(counts).toMatchObject({ queue, mine, parked });
          expect(total).toBe(items.length);
        }
        const heard = tab.frames.flatMap((frame) => (frame.kind === 'events' ? frame.items : []));
        const last = heard.findLast((item) => item.kind === 'counts');
        return last?.queue === queue && last?.mine === mine && last?.parked === parked;
      });
    }
  }
  // It was no run of refusals.
  expect(done.get(200)).toBeGreaterThan(30);
  expect([...done.keys()].filter((status) => status >= 500)).toEqual([]);
  await Promise.all(people.map(({ tab }) => tab.close()));
});

test('a conversation of ten thousand lines opens as fast as a short one', async () => {
  const [short, long] = [await waitingCitizen('une affaire courte'), await waitingCitizen('une affaire longue')];
  for (const { conversation } of [short, long]) expect((await claire.does(conversation, { kind: 'claim' })).status).toBe(200);
  // Nobody adds a line to it any more.
  await rows.nothingLeaked();
  const transcript = rows.database.collection('transcript');
  const [last] = await transcript.find({ conversation: long.conversation }, { sort: [['line', -1]], limit: 1 });
  const from = Number(last!.line);
  for (let n = from + 1; n <= 10_000; n += 1) await transcript.insert({ ...last, _id: `${long.conversation}:old-${n}`, line: n });
  await rows.database.collection('conversations').changeIf({ _id: long.conversation }, { $set: { lines: 10_000 } });
  expect((await claire.detail(long.conversation)).lines.at(-1)).toMatchObject({ line: 10_000 });
  const times = { short: Number.POSITIVE_INFINITY, long: Number.POSITIVE_INFINITY };
  // By turns, and the best of each: what else the machine does falls on both.
  for (let round = 0; round < 12; round += 1)
    for (const [which, { conversation }] of Object.entries({ short, long }) as Array<[keyof typeof times, Citizen]>) {
      const begun = performance.now();
      expect((await claire.detail(conversation)).lines.length).toBeLessThanOrEqual(100);
      times[which] = Math.min(times[which], performance.now() - begun);
    }
  // A hundred lines are more to draw than six; ten thousand read would be a hundred times as much.
  expect(times.long / times.short).toBeLessThan(10);
});

test('a citizen with five hundred requests is shown as fast as one with one, how many they are is said, and each counts their own', async () => {
  const [few, many] = [await waitingCitizen('une seule demande'), await waitingCitizen('cinq cents demandes')];
  for (const { conversation } of [few, many])
    expect((await claire.does(conversation, { kind: 'claim', beyondCapacity: true })).status).toBe(200);
  await rows.nothingLeaked();
  const { tickets } = createStore(rows.database);
  const references: string[] = [];
  const made = async ({ conversation }: Citizen, n: number) => {
    const [row] = await rows.database.collection('conversations').find({ _id: conversation });
    const reference = createReference(createHash('sha256').update(`${conversation} ${n}`).digest());
    const openedAt = new Date(hall.clock.now().getTime() - n * 60_000).toISOString();
    references.push(reference);
    await tickets.open({
      ...{ id: `${conversation}:past-${n}`, town: 'bellerive', reference, topic: 'report_street_light', priority: 'normal' },
      // Of every five one is a matter of the roads.
      ...{ service: n % 5 === 0 ? 'voirie' : 'etat-civil', title: 'Éclairage public en panne', state: 'closed', answers: [] },
      ...{ files: [], language: 'fr', words: `une demande ${n}`, conversation, channel: 'web', address: String(row?.address) },
      ...{ contact: { kind: 'phone', value: `+3363998${conversation === many.conversation ? '7001' : '7002'}` } },
      ...{ history: [], revision: 0, openedAt, updatedAt: openedAt },
    });
    return reference;
  };
  const one = await made(few, 0);
  const last = await made(many, 0);
  for (let n = 1; n < 500; n += 50)
    await Promise.all(Array.from({ length: Math.min(50, 500 - n) }, (_, each) => made(many, n + each)));

  const { tickets: shown, ticketsTotal } = await claire.detail(many.conversation);
  expect([shown.length, ticketsTotal, shown[0]?.reference]).toEqual([20, 500, last]);
  expect((await claire.detail(few.conversation)).ticketsTotal).toBe(1);
  const page = (await claire.call('GET', `tickets/${last}`)).body as unknown as TicketDetail;
  expect([page.others.length, page.othersTotal]).toEqual([19, 499]);
  // Who answers for the roads alone is not told of what concerns others, not even how many they are.
  const ines = await signIn(
    hall.url,
    (await createAgents(rows.database).ofTown('bellerive')).find(({ name }) => name === 'Inès Roux')!,
  );
  const own = (await ines.call('GET', `tickets/${last}`)).body as unknown as TicketDetail;
  expect([own.others.length, own.othersTotal, new Set(own.others.map(({ service }) => service?.id))]).toEqual([
    19,
    99,
    new Set(['voirie']),
  ]);

  const best = {
    few: Number.POSITIVE_INFINITY,
    many: Number.POSITIVE_INFINITY,
    one: Number.POSITIVE_INFINITY,
    last: Number.POSITIVE_INFINITY,
  };
  const looks: Record<keyof typeof best, () => Promise<unknown>> = {
    few: () => claire.detail(few.conversation),
    many: () => claire.detail(many.conversation),
    one: () => claire.call('GET', `tickets/${one}`),
    last: () => claire.call('GET', `tickets/${last}`),
  };
  // By turns, and the best of each: what else the machine does falls on both.
  for (let round = 0; round < 12; round += 1)
    for (const which of Object.keys(looks) as Array<keyof typeof best>) {
      const begun = performance.now();
      await looks[which]();
      best[which] = Math.min(best[which], performance.now() - begun);
    }
  // Twenty rows are more to draw than one; five hundred read would be hundreds of times as much.
  expect(best.many / best.few).toBeLessThan(8);
  expect(best.last / best.one).toBeLessThan(8);
  const written = rows.database.collection('tickets');
  for (const reference of references) await written.remove({ town: 'bellerive', reference });
});
