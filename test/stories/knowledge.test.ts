/**
 * What was not understood becomes an answer: it is listed without numbers, a clerk adds it to a topic in the browser,
 * publishes without a restart, every process answers by it, and it can be taken back. The file stays the truth.
 */
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MissCluster, TopicDetail, TopicRow } from '../../src/desk/knowledge/wire';
import { addAgent, signIn } from '../support/agent-at-desk';
import { createCitizen } from '../support/citizen';
import { createDeskUser, type DeskUser, signedIn } from '../support/desk';
import { until } from '../support/until';
import { useCityHall, useOpened } from '../support/use-city-hall';

const OPEN = '2026-11-26T09:15:00Z';
const QUESTION = 'où faire réparer un aspirateur au repair café';
const LEARNS_MS = 60_000;

let admin: DeskUser;
let file: string;

const copy = useOpened(
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-towns-'));
    cpSync(join(__dirname, '../../towns'), join(folder, 'towns'), { recursive: true });
    return { folder, townsDir: join(folder, 'towns') };
  },
  ({ folder }) => rmSync(folder, { recursive: true, force: true }),
);
const { hall, rows } = useCityHall(() => ({ at: OPEN, env: { TOWNS_DIR: copy.townsDir } }));

beforeAll(async () => {
  file = join(copy.townsDir, 'saint-aubin/topics/ask_bins.yml');
  admin = await signedIn(hall, 'karim', 'saint-aubin');
});

/** On another port, with the same cookie. */
async function restart(): Promise<void> {
  await hall.restart();
  admin = createDeskUser(hall.url, admin.cookie);
}

const citizen = () => createCitizen(hall.url, { town: 'saint-aubin', locale: 'fr' });
const topic = async (id: string): Promise<TopicDetail> => (await admin.get(`knowledge/topics/${id}`)).body;

/** Says something that nobody answers: whatever is offered for it is not what was meant. */
async function asksInVain(words: string): Promise<void> {
  const ana = await citizen();
  await ana.says(words);
  await ana.hears();
  if (!ana.choices().includes('Autre chose')) return;
  await ana.says('Autre chose');
  await ana.hears();
}

async function heardBy(words: string): Promise<string> {
  const ana = await citizen();
  await ana.says(words);
  return ana.hears();
}

test('what nobody understood is listed together, without numbers and addresses, for those who may see it', async () => {
  for (const words of [
    `${QUESTION} ?`,
    `${QUESTION}, je suis au 06 12 34 56 78`,
    `le repair café pour réparer un aspirateur c'est où, ana@example.org`,
  ])
    await asksInVain(words);
  await asksInVain('qsdf wxcv poiuy');
  const { items } = (await admin.get('knowledge/misses')).body as { items: MissCluster[] };
  const [first] = items;
  expect(first).toMatchObject({ count: 3, people: 3, language: 'fr', reasons: { 'not-understood': 3 } });
  expect(items).toHaveLength(2);
  expect(JSON.stringify(items)).not.toMatch(/06 12|34 56|ana@/);
  expect(JSON.stringify(await rows.database.collection('misses').find({}))).not.toMatch(/06 12|34 56|ana@|example\.org/);

  const nadia = await signedIn(hall, 'nadia', 'saint-aubin');
  for (const path of ['knowledge/misses', 'knowledge/topics', 'knowledge/topics/ask_bins', 'knowledge/topics/ask_bins/file'])
    expect((await nadia.get(path)).status).toBe(403);
});

test('an answer that did not help, a person asked for, and the same answer again are kept against their topic', async () => {
  const ana = await citizen();
  await ana.says('où est la déchetterie');
  await ana.hears(/Déchetterie intercommunale/);
  await ana.says('ça ne répond pas à ma question');
  await ana.hears(/désolé que cette réponse/);
  await ana.says('je veux parler à une personne');
  await ana.hears();
  const { items } = (await admin.get('knowledge/misses')).body as { items: MissCluster[] };
  expect(items.find(({ reasons }) => reasons['not-useful'])).toMatchObject({
    topic: { id: 'ask_bins' },
    reasons: { 'not-useful': 1, 'handed-over': 1 },
    people: 1,
  });
  const listed = ((await admin.get('knowledge/topics')).body as { items: TopicRow[] }).items;
  await until('it is counted', async () => {
    const { used, notUseful } = await topic('ask_bins');
    return used > 0 && notUseful === 1;
  });
  expect(listed.find(({ id }) => id === 'ask_bins')).toMatchObject({ mayChange: true, isBorrowed: false, daysLeft: 284 });
  expect(listed.find(({ kind }) => kind === 'elsewhere')).toMatchObject({ mayChange: false, isBorrowed: true });
});

test('a draft is checked in place, tried beside what is said now, published without a restart, and undone', async () => {
  const before = await topic('ask_bins');
  const written = readFileSync(file, 'utf8');
  const phrases = {
    fr: [...(before.phrases.fr ?? []), QUESTION, 'réparer un aspirateur', 'le repair café', 'réparer un appareil cassé'],
  };

  const wrong = await admin.call('POST', 'knowledge/topics/ask_bins/check', {
    base: before.base,
    edit: { phrases, verified: { ...before.verified, until: '2026-01-01' } },
  });
  expect(wrong.body).toMatchObject({ isPublishable: false });
  expect(wrong.body.faults[0]).toMatchObject({ line: expect.any(Number), message: expect.any(String), fix: expect.any(String) });
  const refused = await admin.call('PUT', 'knowledge/topics/ask_bins', {
    base: before.base,
    edit: { phrases: { fr: [...phrases.fr, phrases.fr[0]] } },
  });
  expect(refused.status).toBe(422);
  expect(readFileSync(file, 'utf8')).toBe(written);

  const edit = { phrases, answer: { fr: `${before.answer.fr}\nRepair café : le premier samedi du mois, salle des fêtes.` } };
  expect((await admin.call('POST', 'knowledge/topics/ask_bins/check', { base: before.base, edit })).body).toEqual({
    faults: [],
    isPublishable: true,
  });
  const tried = await until(
    'the draft is learnt',
    async () => {
      const answer = await admin.call('POST', 'knowledge/topics/ask_bins/try', {
        base: before.base,
        edit,
        question: QUESTION,
        language: 'fr',
      });
      return answer.status === 200 ? answer.body : null;
    },
    LEARNS_MS,
  );
  expect(tried.now.zone).not.toBe('act');
  expect(tried.draft).toMatchObject({ zone: 'act', text: expect.stringContaining('Repair café') });
  expect(tried.draft.topics[0]).toMatchObject({ id: 'ask_bins' });
  expect(await heardBy(QUESTION)).not.toMatch(/Repair café/);

  const published = await admin.call('PUT', 'knowledge/topics/ask_bins', { base: before.base, edit });
  expect(published.status).toBe(200);
  await until('citizens are answered by it', async () => /Repair café/.test(await heardBy(QUESTION)), LEARNS_MS);
  const after = readFileSync(file, 'utf8');
  expect(after).toContain('Repair café : le premier samedi du mois');
  expect(after.split('\n').filter((line) => !written.includes(line)).length).toBe(5);

  // Whoever began from the file as it was is told, and overwrites nothing.
  expect(
    (await admin.call('PUT', 'knowledge/topics/ask_bins', { base: before.base, edit: { answer: { fr: 'Non.' } } })).status,
  ).toBe(409);

  const now = await topic('ask_bins');
  expect(now.history).toMatchObject([{ by: { name: 'Karim Lefèvre' }, kind: 'edit', isInForce: true }]);
  expect((await admin.call('POST', 'knowledge/topics/ask_bins/undo', { base: now.base })).status).toBe(200);
  await until('it is said no more', async () => !/Repair café/.test(await heardBy(QUESTION)), LEARNS_MS);
  expect(readFileSync(file, 'utf8')).toBe(written);
  expect((await topic('ask_bins')).history).toHaveLength(2);
});

test('a new topic is published from an agent’s good answer, in a folder that takes no writes, and outlives a restart', async () => {
  const claire = await signIn(hall.url, await addAgent(rows.database, 'Claire Moreau', { town: 'saint-aubin' }));
  const tab = await claire.listens();
  await until(
    'she is seen to be there',
    async () => (await rows.database.collection('presence').find({ agent: claire.id })).length > 0,
  );
  const ana = await citizen();
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  await ana.says('quand a lieu le marché des producteurs');
  await ana.hears(/C'est noté/);
  const answer = 'Le marché des producteurs a lieu chaque vendredi dès 16 heures, place du Puits.';
  expect((await claire.does(ana.conversation, { kind: 'claim' })).status).toBe(200);
  const { lines } = await claire.detail(ana.conversation);
  const seenLine = lines.at(-1)?.line ?? 0;
  expect((await claire.does(ana.conversation, { kind: 'say', text: answer, seenLine })).status).toBe(200);
  await ana.hears(/place du Puits/);
  const line = (await claire.detail(ana.conversation)).lines.findLast(({ text }) => text === answer)?.line;
  const proposed = await claire.call('POST', `conversations/${encodeURIComponent(ana.conversation)}/proposals`, {
    question: 'quand a lieu le marché des producteurs',
    line,
  });
  expect(proposed.status).toBe(201);
  const { items } = (await admin.get('knowledge/misses')).body as { items: MissCluster[] };
  const cluster = items.find(({ proposals }) => proposals.length > 0);
  expect(cluster).toMatchObject({ proposals: [{ answer, by: { name: 'Claire Moreau' } }] });

  await tab.close();
  chmodSync(join(copy.townsDir, 'saint-aubin/topics'), 0o555);
  const isRoot = process.getuid?.() === 0;
  const edit = {
    kind: 'question',
    service: 'mairie',
    title: { fr: 'Marché des producteurs', en: "Farmers' market" },
    phrases: {
      fr: [
        'quand a lieu le marché des producteurs',
        'marché des producteurs',
        'le marché du vendredi',
        'où est le marché',
        'heures du marché des producteurs',
        'acheter des légumes au marché',
        'il y a un marché cette semaine',
        'le marché est ouvert quand',
        'jour du marché',
        'vendeurs de fromage au marché',
        'marché place du Puits',
        'y a-t-il un marché de producteurs locaux',
      ],
      en: [
        "when is the farmers' market",
        "farmers' market",
        'market on Friday',
        'where is the market',
        'market opening hours',
        'buy vegetables at the market',
        'is there a market this week',
        'when does the market open',
        'market day',
        'cheese sellers at the market',
        'market on place du Puits',
        'is there a market with local producers',
      ],
    },
    answer: { fr: answer, en: "The farmers' market is held every Friday from 4 pm, place du Puits." },
    verified: { by: 'mairie', on: '2026-11-26', until: '2027-11-25', source: 'Arrêté du maire sur le marché' },
  };
  const done = await admin.call('PUT', 'knowledge/topics/ask_market', { base: '', edit });
  expect([done.status, done.body?.error?.faults]).toEqual([200, undefined]);
  await until(
    'it is answered',
    async () => /place du Puits/.test(await heardBy('quand a lieu le marché des producteurs')),
    LEARNS_MS,
  );
  expect((await admin.call('POST', 'knowledge/misses/settle', { ids: cluster?.ids })).body).toEqual({ settled: 1 });
  chmodSync(join(copy.townsDir, 'saint-aubin/topics'), 0o755);
  // The superuser writes everywhere: the folder is brought back to what it was without the file.
  if (isRoot) rmSync(join(copy.townsDir, 'saint-aubin/topics/ask_market.yml'));

  await restart();
  await until(
    'it is answered after a restart',
    async () => /place du Puits/.test(await heardBy('quand a lieu le marché des producteurs')),
    LEARNS_MS,
  );
  const exported = await admin.get('knowledge/topics/ask_market/file');
  expect(exported.text).toContain('source: Arrêté du maire sur le marché');
});

test('a file that somebody changed by hand counts from the next start, whatever was published', async () => {
  const text = readFileSync(file, 'utf8');
  const before = await topic('ask_bins');
  expect(
    (
      await admin.call('PUT', 'knowledge/topics/ask_bins', {
        base: before.base,
        edit: { answer: { fr: 'Réponse publiée au bureau, {phone}.' } },
      })
    ).status,
  ).toBe(200);
  writeFileSync(file, text.replace('Ordures ménagères : le mardi matin.', 'Ordures ménagères : le mercredi matin.'));
  await restart();
  await until(
    'the file is what is said',
    async () => /mercredi matin/.test(await heardBy('quel jour passent les poubelles')),
    LEARNS_MS,
  );
  expect((await topic('ask_bins')).answer.fr).toContain('mercredi');
});

test('what a clerk saw has changed is flagged, and the flag goes with the next publication', async () => {
  const nadia = await signedIn(hall, 'nadia', 'saint-aubin');
  expect((await nadia.call('POST', 'knowledge/topics/ask_hall/flag', { note: 'le tarif a changé' })).status).toBe(204);
  expect(await topic('ask_hall')).toMatchObject({ flag: { by: { name: 'Nadia Benali' }, note: 'le tarif a changé' } });
  expect((await nadia.call('DELETE', 'knowledge/topics/ask_hall/flag')).status).toBe(403);
  expect((await admin.call('DELETE', 'knowledge/topics/ask_hall/flag')).status).toBe(204);
  expect((await topic('ask_hall')).flag).toBeUndefined();
});
