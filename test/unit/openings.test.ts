/**
 * 'I want to report' opens a report: several hundred first messages through the bot's own turn. Floors, on the half
 * that was looked at and on the half that was not.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBot } from '../../src/bot';
import { type Bot, type Lookups, lookupsOfNobody } from '../../src/domain/decision';
import { sentenceOf } from '../../src/domain/language/sentences';
import { openTowns, type Towns } from '../../src/towns';
import { createCalendar } from '../../src/towns/calendar/calendar';
import { createPlaceFinder, createUnderstanding, readPack, type Understanding } from '../../src/understanding';
import { OPENINGS, type Opening } from '../support/openings';

const ROOT = join(__dirname, '../..');
const TOWN = 'bellerive';
const FLOOR = 0.96;
const cacheDir = mkdtempSync(join(tmpdir(), 'guichet-models-'));
let towns: Towns;
let understanding: Understanding;
let bot: Bot;

beforeAll(async () => {
  towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
  understanding = await createUnderstanding({
    towns: towns
      .list()
      .filter(({ id }) => id === TOWN)
      .map((town) => ({ town, topics: towns.topics(town.id) })),
    packs: Object.fromEntries(towns.locales().map(({ code, pack }) => [code, readPack(pack, `locales/${code}/pack.yml`)])),
    phrases: Object.fromEntries(towns.locales().map(({ code, controlPhrases }) => [code, controlPhrases])),
    foreign: towns.foreign(),
    places: createPlaceFinder,
    cacheDir,
  });
  bot = createBot({ towns, understanding: Promise.resolve(understanding), calendar: createCalendar() });
});

afterAll(async () => {
  await understanding.close();
  rmSync(cacheDir, { recursive: true, force: true });
});

/** Somebody who never wrote before: no tickets, nothing tried. */
const STRANGER: Lookups = { ...lookupsOfNobody(new Date('2026-10-13T08:12:00Z')), reference: () => '7K3M-9QPX' };

/** What became of a first message, in the terms of an opening. */
async function outcome({ text, language }: Opening): Promise<{ topic: string | undefined; commands: string[] }> {
  const { memory } = bot.open(TOWN);
  const at = STRANGER.now.toISOString();
  const conversation = { id: 'one', town: TOWN, channel: 'web', address: 'visitor', version: 1, holder: 'bot' } as const;
  const blank = { lines: 0, pending: null, lastCauses: [], createdAt: at, updatedAt: at };
  const known = { ...memory, language, languageFrom: 'locale' as const, introduced: true };
  const heard = { type: 'message', text } as const;
  const { memory: after, effects } = await bot.turn(heard, { ...conversation, ...blank, memory: known }, STRANGER);
  const said = effects.map((effect) => (effect.kind === 'say' ? effect.activity.text : '')).join('\n');
  const says = (id: string) => said.includes(sentenceOf(towns, TOWN, after.language, id).split('{')[0]!.trim().slice(-30));
  const top = after.dialogs.at(-1);
  const commands = [
    ...(says('cancel.nothing') || says('cancel.done') ? ['cancel'] : []),
    ...(top?.dialog === 'person' ? ['person'] : []),
    ...(top?.dialog === 'status' ? ['status'] : []),
    ...(said.includes(sentenceOf(towns, TOWN, after.language, 'help.text').split(/ ?: /).at(-1)!) ? ['help'] : []),
    ...(says('report.what') ? ['what-to-report'] : []),
    ...(after.language === language ? [] : ['language']),
  ];
  return { topic: top?.dialog === 'form' ? String(top.data.topic) : after.lastTopic, commands };
}

test('there are several hundred, in both languages and both halves', () => {
  for (const isUnseen of [true, false]) {
    for (const language of ['fr', 'en'])
      expect(OPENINGS.filter((one) => one.isUnseen === isUnseen && one.language === language).length).toBeGreaterThan(60);
  }
});

test.each([
  ['seen', false],
  ['unseen', true],
])('what is asked for is opened or answered, commands are followed when they are meant: the %s half', async (_half, isUnseen) => {
  const failed: string[] = [];
  const asked = OPENINGS.filter((one) => one.isUnseen === isUnseen);
  for (const opening of asked) {
    const { topic, commands } = await outcome(opening);
    const isTopic = opening.topics ? topic !== undefined && opening.topics.includes(topic) : true;
    const isCommand = opening.command ? commands.includes(opening.command) : commands.every((one) => one === 'cancel');
    if (!isTopic || !isCommand) failed.push(`"${opening.text}" came to ${topic ?? 'no topic'} ${commands.join(', ')}`);
  }
  if (process.env.SHOW)
    process.stdout.write(`${asked.length - failed.length} of ${asked.length}\n${isUnseen ? '' : failed.join('\n')}\n`);
  // The names of those that failed are told of the half that may be looked at.
  if (1 - failed.length / asked.length < FLOOR && !isUnseen) throw new Error(failed.join('\n'));
  expect(1 - failed.length / asked.length).toBeGreaterThanOrEqual(FLOOR);
});
