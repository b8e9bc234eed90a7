/**
 * Dates, numbers, telephone numbers and plates of sets of our own (`tools/evaluate/sets`): the one that was looked at
 * when the rules were made, and the other half, which was not. Each kind has a floor. Now is Wednesday 25 November 2026.
 */
import { join } from 'node:path';
import { openTowns, type Towns } from '../../src/towns';
import { createPlaceFinder } from '../../src/understanding';
import { openReaders, type Readers } from '../../src/understanding/entities/readers';
import { readPack } from '../../src/understanding/language/language-pack';
import { evaluateEntities } from '../../tools/evaluate/entities';
import { readSet } from '../../tools/evaluate/sets';
import { placeWordsOf } from '../support/packs';

const ROOT = join(__dirname, '../..');
const FLOORS = [
  ['entities.dev', { dates: 97, numbers: 97, phones: 100, plates: 100 }],
  ['entities.fresh', { dates: 97, numbers: 94, phones: 98 }],
  ['entities.test', { dates: 93, numbers: 95, phones: 96, plates: 100 }],
] as const;

let towns: Towns;
let readers: Readers;
beforeAll(async () => {
  towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
  readers = openReaders(
    Object.fromEntries(towns.locales().map(({ code, pack }) => [code, readPack(pack, `locales/${code}/pack.yml`)])),
  );
});
afterAll(() => readers.close());

it.each(FLOORS)('%s is read as well as before', async (name, floors) => {
  const town = towns.get('bellerive')!;
  const places = createPlaceFinder(town, placeWordsOf(town));
  const pipeline = {
    read: (text: string, { prior, now }: { prior: string | null; now: Date }) =>
      readers.read(text, { town, language: prior ?? 'fr', now, places }),
  };
  const set = readSet(join(ROOT, 'tools/evaluate/sets', `${name}.jsonl`));
  if (set.kind !== 'entities') throw new Error(`${name} holds no entities`);
  const { predictions } = await evaluateEntities(name, set.rows, pipeline, 'bellerive');
  for (const [kind, floor] of Object.entries(floors)) {
    const some = predictions.filter(({ expected }) => kind in expected);
    expect(some.length).toBeGreaterThan(10);
    const wrong = some.filter(({ right }) => !right);
    const share = (100 * (some.length - wrong.length)) / some.length;
    expect({ kind, share: Math.round(share), wrong: share < floor ? wrong : [] }).toEqual({
      kind,
      share: Math.round(share),
      wrong: [],
    });
  }
});
