/**
 * Danger in languages that no town speaks, as natives write it: each is told whom to call, in that language, and no near-twin is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CALLS, type DangerKind } from '../../src/domain/language/danger';
import { openTalkers, type TalkerHouse } from '../support/talker';

const sets: Record<string, { danger: string[]; harmless: string[] }> = parse(
  readFileSync(join(__dirname, '../sets/danger.foreign.natives.yml'), 'utf8'),
);

let house: TalkerHouse;
beforeAll(async () => {
  house = await openTalkers();
});
afterAll(() => house.close());

/** The kind of danger that is surely heard; null where none is. */
const heardIn = async (text: string) => {
  const { effects, locale } = await house.talker().says(text);
  const alert = effects.find((effect) => effect.kind === 'alert');
  return { danger: alert?.kind === 'alert' && alert.news === 'danger' ? alert.danger : null, locale };
};

describe.each(Object.entries(sets))('in "%s"', (language, { danger, harmless }) => {
  it('every danger is told whom to call, in that language', async () => {
    const failed: string[] = [];
    for (const text of danger) {
      const heard = await heardIn(text);
      if (heard.danger === null || heard.locale !== language) failed.push(text);
    }
    expect(failed).toEqual([]);
  });

  it('what only looks like it is not', async () => {
    const failed: string[] = [];
    for (const text of harmless) if ((await heardIn(text)).danger !== null) failed.push(text);
    expect(failed).toEqual([]);
  });
});

it.each([
  ['feuer feuer schnell rue de la gare', 'de', 'fire'],
  ['fuego rue de la gare', 'es', 'fire'],
  ['fuoco in rue des Lilas', 'it', 'fire'],
  ['hilfe 12 rue des Lilas', 'de', 'general'],
  ['aiuto aiuto via roma', 'it', 'general'],
  ['aidez-moi mi marido me quiere matar', 'es', 'violence'],
  ['mon mari yedrabni 3aweni', 'ar', 'domestic-violence'],
])('beside a French street or a French plea "%s" is danger all the same', async (text, language, kind) => {
  expect(await heardIn(text)).toEqual({ danger: kind, locale: language });
});

it.each([
  'dank u wel voor de hulp',
  'necesito ayuda',
  'gaz rue de la gare',
  'carro en rue de la gare',
  'la rue de la gare est belle, gracias',
])('"%s" is none', async (text) => {
  expect((await heardIn(text)).danger).toBeNull();
});

it.each([
  ['mi bebé se está ahogando', 'es'],
  ['bebelușul se îneacă', 'ro'],
  ['bebeğim boğuluyor', 'tr'],
])('"%s" may be choking or drowning, and what is right for both is said', async (text, language) => {
  const { emergency } = house.towns.get('bellerive')!;
  const { said } = await house.talker().says(text);
  const own = house.towns.foreignLanguage(language)!.sentences;
  for (const name of CALLS.medical) expect(said).toContain(emergency[name]);
  expect(said).toContain(own['danger.choking']!.split('{general}').at(-1)!.slice(5));
});

it.each([
  ['el niño se ahoga en la piscina', 'drowning'],
  ['сосед избивает жену, слышны крики', 'violence'],
  ['vecinul își bate nevasta', 'violence'],
] satisfies Array<[string, DangerKind]>)('"%s" is %s', async (text, kind) => {
  expect((await heardIn(text)).danger).toBe(kind);
});
