/**
 * What an agent sends arrives, and the desk shows that it did: files to a page and by WhatsApp, words on their way to a
 * telephone; and who looks after a service gives what somebody holds to somebody else.
 */
import { randomUUID } from 'node:crypto';
import type { TemplateList } from '../../src/desk/wire';
import type { Agent } from '../../src/domain/desk/agent';
import { type AgentAtDesk, addAgent, signIn } from '../support/agent-at-desk';
import { createCitizen } from '../support/citizen';
import { openStream } from '../support/direct-line';
import { SMS, WHATSAPP } from '../support/phone-hall';
import { photo as jpeg } from '../support/pictures';
import { until } from '../support/until';
import { useOpened, usePhoneHall } from '../support/use-city-hall';

/** A Thursday, a quarter past ten: every service is open. */
const OPEN = '2026-11-26T09:15:00Z';

let moreau: Agent;
let paul: AgentAtDesk;
let chief: AgentAtDesk;

const { hall, carrier, rows } = usePhoneHall({ at: OPEN, isInStory: true });
let claire: AgentAtDesk;
const tab = useOpened(
  async () => {
    moreau = await addAgent(rows.database, 'Claire Moreau', { capacity: 9 });
    claire = await signIn(hall.url, moreau);
    return claire.listens();
  },
  (opened) => opened.close(),
);

beforeAll(async () => {
  paul = await signIn(hall.url, await addAgent(rows.database, 'Paul Petit'));
  const roles = [{ role: 'supervisor' as const, services: 'all' as const }];
  chief = await signIn(hall.url, await addAgent(rows.database, 'Odile Blanc', { roles }));
  await until('she is seen to be there', async () => (await rows.database.collection('presence').count({})) > 0);
});

async function uploads(agent: AgentAtDesk, conversation: string, bytes: Buffer, name = 'plan.jpg') {
  const upload = randomUUID();
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${hall.url}/desk/api/conversations/${encodeURIComponent(conversation)}/files?upload=${upload}`, {
    method: 'POST',
    headers: { origin: hall.url, cookie: agent.cookie },
    body: form,
  });
  return { upload, status: answer.status, body: (await answer.json()) as { files?: Array<{ url: string }>; error?: object } };
}

const linesOf = async (conversation: string) => (await claire.detail(conversation)).lines;
const seenLine = async (conversation: string) => (await claire.detail(conversation)).conversation.lines;

test('a photo is sent to a page with words or alone, arrives there, and is seen to have arrived', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  const picture = await jpeg();
  expect((await uploads(claire, ana.conversation, picture)).status).toBe(409);
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/vous répond maintenant/);
  expect((await uploads(paul, ana.conversation, picture)).status).toBe(409);
  expect((await uploads(claire, ana.conversation, Buffer.from('<svg onload=alert(1)>'), 'x.svg')).status).toBe(415);
  const sent = await uploads(claire, ana.conversation, picture);
  expect(sent.status).toBe(201);
  const line = await seenLine(ana.conversation);
  expect((await claire.does(ana.conversation, { kind: 'say', text: '', seenLine: line })).status).toBe(400);
  const said = { kind: 'say', text: 'Voici le plan.', seenLine: line, uploads: [sent.upload] };
  expect((await claire.does(ana.conversation, said)).status).toBe(200);
  expect((await linesOf(ana.conversation)).at(-1)).toMatchObject({
    by: 'agent',
    delivery: 'sent',
    files: [{ type: 'image/jpeg', name: 'plan.jpg', size: expect.any(Number) }],
  });
  tab.looksAt(ana.conversation);
  await ana.hears(/Voici le plan/);
  const [attachment] = ana.heard().at(-1)?.attachments ?? [];
  const fetched = await fetch(attachment?.contentUrl ?? '');
  expect(fetched.status).toBe(200);
  expect(fetched.headers.get('content-type')).toBe('image/jpeg');
  await tab.hears(
    (frame) =>
      frame.kind === 'events' &&
      frame.items.some((item) => item.kind === 'deliveries' && item.lines.some(({ delivery }) => delivery === 'delivered')),
    'that it arrived',
  );
  expect((await linesOf(ana.conversation)).at(-1)).toMatchObject({ delivery: 'delivered' });
  // Alone, and nobody else's upload.
  const alone = await uploads(claire, ana.conversation, picture);
  expect((await claire.does(ana.conversation, { kind: 'say', text: '', seenLine: 999, uploads: [randomUUID()] })).status).toBe(
    400,
  );
  expect((await claire.does(ana.conversation, { kind: 'say', text: '', seenLine: 999, uploads: [alone.upload] })).status).toBe(
    200,
  );
  await until('it arrives', async () => {
    await ana.hears().catch(() => {});
    return ana.heard().filter(({ attachments }) => (attachments?.length ?? 0) > 0).length === 2;
  });
});

test('by WhatsApp the carrier fetches it; by text message there is no room, and what becomes of words is shown', async () => {
  const phone = carrier.phone('whatsapp:+33639984222', WHATSAPP);
  await phone.sends('je voudrais parler à une personne svp');
  await phone.next(/mets en relation/);
  const [row] = await until('it waits', async () => {
    const { items } = await claire.list('queue');
    return items.some(({ channel }) => channel === 'whatsapp') ? items.filter(({ channel }) => channel === 'whatsapp') : null;
  });
  await claire.does(row!.id, { kind: 'claim' });
  const { upload, status } = await uploads(claire, row!.id, await jpeg());
  expect(status).toBe(201);
  await claire.does(row!.id, { kind: 'say', text: 'Voici le plan.', seenLine: await seenLine(row!.id), uploads: [upload] });
  const got = await phone.next(/Voici le plan/);
  expect(got.mediaUrls).toHaveLength(1);
  const fetched = await fetch(got.mediaUrls[0] ?? '');
  expect(fetched.headers.get('content-type')).toBe('image/jpeg');
  await until('it is seen to have arrived', async () =>
    ['delivered', 'read'].includes((await linesOf(row!.id)).at(-1)?.delivery ?? ''),
  );

  // A day of silence: WhatsApp takes no free words any more, and they go as a text message to the same number, once.
  const asText = carrier.phone('+33639984222', SMS);
  carrier.faults.next({ kind: 'fail', code: 63016 });
  await claire.does(row!.id, { kind: 'say', text: 'Passez demain à 10 h.', seenLine: await seenLine(row!.id) });
  const instead = await asText.next(/Passez demain/);
  expect(instead.text).toMatch(/^Mairie de Bellerive.*WhatsApp/s);
  await until('it is seen to have arrived', async () =>
    ['sent', 'delivered', 'read'].includes((await linesOf(row!.id)).at(-1)?.delivery ?? ''),
  );
  expect(asText.received()).toHaveLength(1);
  expect(phone.received().filter(({ text }) => /Passez demain/.test(text))).toEqual([]);

  const other = carrier.phone('+33639984223', SMS);
  await other.sends('je voudrais parler à une personne svp');
  await other.next(/mets en relation/);
  const [text] = await until('it waits', async () => {
    const { items } = await claire.list('queue');
    return items.some(({ channel }) => channel === 'sms') ? items.filter(({ channel }) => channel === 'sms') : null;
  });
  await claire.does(text!.id, { kind: 'claim' });
  expect((await uploads(claire, text!.id, await jpeg())).body.error).toMatchObject({ code: 'no-files-here' });
});

test('who types is seen on either side, and up to where a citizen has read; nothing of it is kept', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  const reconnect = await fetch(`${hall.url}/v3/directline/conversations/${ana.conversation}`, {
    headers: { authorization: `Bearer ${ana.token}` },
  });
  const page = await openStream(((await reconnect.json()) as { streamUrl: string }).streamUrl);
  const typings = () => page.activities().filter(({ type }) => type === 'typing');
  const sign = (activity: object) =>
    fetch(`${hall.url}/v3/directline/conversations/${ana.conversation}/activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ana.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ from: { id: 'citizen', role: 'user' }, ...activity }),
    });
  // Whoever only looks types to nobody.
  tab.looksAt(ana.conversation, true);
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/vous répond maintenant/);
  expect(typings()).toEqual([]);
  tab.looksAt(ana.conversation, false);
  tab.looksAt(ana.conversation, true);
  await until('her agent is seen to type', () => typings().length > 0 || null);
  expect(typings()[0]).toMatchObject({ from: { name: 'Claire' }, channelData: { author: { kind: 'agent', name: 'Claire' } } });

  const lines = await seenLine(ana.conversation);
  expect((await sign({ type: 'typing' })).status).toBe(200);
  await tab.hears(
    (frame) =>
      frame.kind === 'events' && frame.items.some((one) => one.kind === 'typing' && one.conversation === ana.conversation),
    'that the citizen types',
  );
  expect(await seenLine(ana.conversation)).toBe(lines);
  const rowsOf = (what: string) => rows.database.collection(what).find({ conversation: ana.conversation });
  expect((await rowsOf('inbox')).filter(({ activity }) => /typing|readReceipt/.test(JSON.stringify(activity)))).toEqual([]);

  await claire.does(ana.conversation, { kind: 'say', text: 'Je regarde.', seenLine: lines });
  await ana.hears(/Je regarde/);
  const said = ana.heard().at(-1)!;
  const read = (lastReadMessageId: string) =>
    sign({ type: 'event', name: 'application/vnd.microsoft.readReceipt', value: { lastReadMessageId } });
  // Only what was said to this citizen can be read by them.
  expect((await read('web:another')).status).toBe(200);
  expect((await linesOf(ana.conversation)).at(-1)).toMatchObject({ text: 'Je regarde.', delivery: 'delivered' });
  expect((await read(said.id)).status).toBe(200);
  await tab.hears(
    (frame) =>
      frame.kind === 'events' &&
      frame.items.some((one) => one.kind === 'deliveries' && one.lines.some(({ delivery }) => delivery === 'read')),
    'that it was read',
  );
  expect((await linesOf(ana.conversation)).at(-1)).toMatchObject({ delivery: 'read' });
  page.socket.close();
});

test('who looks after a service gives what one holds to another; an agent may not', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/vous répond maintenant/);
  const slots = async () => (await rows.database.collection('agents').find({ _id: claire.id }))[0]?.slots as unknown[];
  const before = (await slots()).length;
  const taken = await paul.does(ana.conversation, { kind: 'transfer', service: 'voirie', note: '' });
  expect(taken.body.error).toMatchObject({ code: 'taken', by: { name: 'Claire Moreau' } });
  expect((await chief.detail(ana.conversation)).may).toEqual(['note', 'transfer', 'whisper', 'takeOver']);
  const given = await chief.does(ana.conversation, { kind: 'transfer', agent: paul.id, note: 'Paul connaît le dossier.' });
  expect(given.body.conversation).toMatchObject({ agent: { name: 'Paul Petit' } });
  await ana.hears(/Paul prend la suite/);
  expect(await slots()).toHaveLength(before - 1);
  expect((await paul.detail(ana.conversation)).lines).toEqual(
    expect.arrayContaining([expect.objectContaining({ by: 'note', text: 'Paul connaît le dossier.' })]),
  );
});

test('who looks after a service listens, whispers to whoever answers and nobody else, and takes it over', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/vous répond maintenant/);
  const words = 'Propose un rendez-vous, le délai est passé.';
  // Neither a colleague nor whoever holds it whispers or takes over.
  for (const agent of [paul, claire])
    for (const action of [{ kind: 'whisper', text: words }, { kind: 'takeOver' }])
      expect((await agent.does(ana.conversation, action)).status).toBe(403);
  await chief.detail(ana.conversation);
  expect((await chief.does(ana.conversation, { kind: 'whisper', text: words })).status).toBe(200);
  const seen = async (agent: AgentAtDesk) =>
    (await agent.detail(ana.conversation)).lines.filter(({ text }) => text === words).map(({ by }) => by);
  expect(await Promise.all([claire, chief, paul].map(seen))).toEqual([['whisper'], ['whisper'], []]);
  await ana.hearsNothing(rows);
  const since = (await paul.call('GET', `conversations/${encodeURIComponent(ana.conversation)}/lines?before=9999`)).body;
  expect(JSON.stringify(since)).not.toContain('rendez-vous');

  const taken = await chief.does(ana.conversation, { kind: 'takeOver' });
  expect(taken.body.conversation).toMatchObject({ holder: 'agent', agent: { name: 'Odile Blanc' } });
  await ana.hears(/Odile prend la suite/);
  expect((await claire.does(ana.conversation, { kind: 'say', text: 'Encore moi.', seenLine: 9999 })).body.error).toMatchObject({
    code: 'taken',
    by: { name: 'Odile Blanc' },
  });
  const audited = await rows.database.collection('audit').find({ subject: `conversation:${ana.conversation}`, agent: chief.id });
  expect(audited.map(({ what }) => what).sort()).toEqual([
    'conversation.listened',
    'conversation.takeOver',
    'conversation.whisper',
  ]);
});

test('words that hurt are covered by choice; a conversation rests after a warning, danger is heard; the employer reads it', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  await claire.does(ana.conversation, { kind: 'claim' });
  await ana.hears(/vous répond maintenant/);
  const insult = 'vous êtes des CONNAAARDS, répondez à mon dossier';
  await ana.says(insult);
  const last = async () => (await linesOf(ana.conversation)).findLast(({ by }) => by === 'citizen')!;
  await until('it stands there', async () => (await last()).text === insult);
  expect((await last()).covered).toBeUndefined();
  await claire.call('PATCH', 'me', { settings: { coversAbuse: true } });
  // Covered for her alone, and only on screen.
  const [[from, to] = [0, 0]] = (await last()).covered ?? [];
  expect(insult.slice(from, to)).toBe('CONNAAARDS');
  expect(await last()).toMatchObject({ text: insult });
  const { lines: _, ...inShort } = await claire.detail(ana.conversation);
  expect(inShort.conversation.snippet).toBe('vous êtes des •••, répondez à mon dossier');
  expect(JSON.stringify(inShort)).not.toContain('CONNAAARDS');
  const found = await until('it is found', async () => {
    const { items } = (await claire.call('GET', 'search?q=répondez à mon dossier')).body as { items: object[] };
    return items.length > 0 ? JSON.stringify(items) : null;
  });
  expect(found).not.toContain('CONNAAARDS');
  expect((await chief.detail(ana.conversation)).conversation.snippet).toBe(insult);

  const report = { kind: 'reportAbuse', abuse: 'insult', note: '=1+1 troisième fois' };
  expect((await paul.does(ana.conversation, { ...report, pauseMinutes: 15 })).status).toBe(409);
  expect((await claire.does(ana.conversation, { ...report, pauseMinutes: 15 })).status).toBe(200);
  await ana.hears(/s'arrête pour 15 minutes.*est gardé.*en danger, écrivez-le/s);
  const row = async () => (await claire.detail(ana.conversation)).conversation;
  expect(await row()).toMatchObject({ parkedAt: expect.any(String), calmUntil: expect.any(String), awaitsReply: false });
  // It calls nobody, and is kept.
  await ana.says('et mon dossier ?');
  await until('it is kept', async () => (await last()).text === 'et mon dossier ?');
  expect(await row()).toMatchObject({ parkedAt: expect.any(String), awaitsReply: false });
  // Whoever is in danger is heard all the same.
  await ana.says('il y a le feu dans ma cuisine');
  await ana.hears(/18|112/);
  await until('the desk sees it', async () => (await row()).awaitsReply && !(await row()).parkedAt);

  // Rests again, and goes on by itself; what was written meanwhile waits for an answer.
  await claire.does(ana.conversation, { ...report, pauseMinutes: 1 });
  await ana.hears(/1 minute/);
  await ana.says('je reste à votre disposition');
  await until('it is kept', async () => (await last()).text.startsWith('je reste'));
  hall.clock.pass(61_000);
  await ana.hears(/peut reprendre/);
  expect(await row()).toMatchObject({ awaitsReply: true });

  expect((await claire.call('GET', 'abuse')).status).toBe(403);
  const { items } = (await chief.call('GET', 'abuse')).body as unknown as { items: Array<Record<string, unknown>> };
  expect(items).toHaveLength(2);
  expect(items[1]).toMatchObject({
    ...{ by: { name: 'Claire Moreau' }, kind: 'insult', pausedMinutes: 15, conversation: ana.conversation },
    words: expect.arrayContaining([insult]),
  });
  const csv = await fetch(`${hall.url}/desk/api/abuse.csv`, { headers: { cookie: chief.cookie } });
  expect(await csv.text()).toMatch(/;'=1\+1 troisième fois;15;/);
});

test('after a day of silence WhatsApp lets only an approved template through: picked, filled in, sent; then free words again', async () => {
  tab.looksAt(undefined);
  await until('she is seen to be there again', async () =>
    (await rows.database.collection('presence').find({})).some(({ until: at }) => Number(at) > hall.clock.now().getTime()),
  );
  const phone = carrier.phone('whatsapp:+33639984224', WHATSAPP);
  await phone.sends('je voudrais parler à une personne svp');
  await phone.next(/mets en relation/);
  const row = await until('it waits', async () =>
    (await claire.list('queue')).items.find(({ channel }) => channel === 'whatsapp'),
  );
  const { id } = row;
  const does = async (action: object) => claire.does(id, { ...action, seenLine: await seenLine(id) });
  const templates = () => claire.call('GET', `conversations/${encodeURIComponent(id)}/templates`);
  expect((await claire.detail(id)).windowLeftMs).toBeGreaterThan(23 * 3_600_000);
  hall.clock.pass(25 * 3_600_000);
  claire = await signIn(hall.url, moreau);
  await claire.does(id, { kind: 'claim' });
  expect(await claire.detail(id)).toMatchObject({ may: expect.arrayContaining(['say', 'template']) });
  expect((await claire.detail(id)).windowLeftMs).toBeLessThan(0);

  // Nothing was submitted yet; of what is, only what was approved leaves.
  const asked = { kind: 'template', template: 'desk_question', values: ['votre passeport', 'une photo d’identité'] };
  expect((await does(asked)).body.error).toMatchObject({ code: 'template-not-approved' });
  expect((await does({ kind: 'say', text: 'Bonjour, encore là ?' })).body.error).toMatchObject({ code: 'window-over' });
  const body = 'Bonjour, pour avancer au sujet de : {{1}}, il manque à la mairie : {{2}}. Répondez ici, ou STOP.';
  carrier.approve({ friendly_name: 'guichet_desk_question_fr', language: 'fr', types: { 'twilio/text': { body } } });
  // What is missing is asked for again after a minute.
  hall.clock.pass(61_000);
  const { items } = (await templates()).body as unknown as TemplateList;
  expect(items.map(({ name, fields, isApproved }) => [name, fields.length, isApproved])).toEqual([
    ['desk_answer', 1, false],
    ['desk_question', 2, true],
    ['desk_appointment', 2, false],
  ]);
  for (const values of [['votre passeport'], ['a', 'b', 'c'], ['votre passeport', ' \n '], ['x'.repeat(301), 'b']])
    expect((await does({ ...asked, values })).status).toBe(400);
  expect((await does({ ...asked, template: 'ticket_done', values: ['a', 'b', 'c'] })).status).toBe(400);
  const before = phone.received().length;
  expect((await does({ ...asked, values: ['votre\npasseport', 'une  photo    d’identité'] })).status).toBe(200);
  const got = await phone.next(/il manque/);
  expect(got.text).toContain('votre passeport, il manque à la mairie : une photo d’identité.');
  expect(phone.received()).toHaveLength(before + 1);
  // What stands at the desk are the words of the file, whole.
  expect((await linesOf(id)).at(-1)).toMatchObject({
    by: 'agent',
    text: expect.stringMatching(/passeport.*photo d’identité.*STOP\.$/),
  });

  await phone.sends('la voici');
  await until('it is heard', async () => (await linesOf(id)).at(-1)?.text === 'la voici');
  expect((await claire.detail(id)).windowLeftMs).toBeGreaterThan(23 * 3_600_000);
  expect((await does({ kind: 'say', text: 'Merci, c’est complet.' })).status).toBe(200);
  await phone.next(/c’est complet/);
  await claire.does(id, { kind: 'close', outcome: 'answered' });
});
