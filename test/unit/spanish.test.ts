/** Spanish as a language of the house: opting out as `test/sets/opt-out.yml` has it, numbers, days, addresses, choices. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { optOutIn, rulesOf } from '../../src/understanding/danger/rules';
import { openReaders, type Readers } from '../../src/understanding/entities/readers';
import { createPlaceLexicon } from '../../src/understanding/places/place-words';
import { wordsOf } from '../../src/understanding/text/words';
import { NO_PLACES } from '../support/no-places';
import { packOf } from '../support/packs';
import { aTown } from '../support/phone-town';

const pack = packOf('es');
const rules = rulesOf(pack);
const forms = parse(readFileSync(join(__dirname, '../sets/opt-out.yml'), 'utf8')).es as Record<string, string[]>;

it.each(forms.stop!)('"%s" stops the messages', (text) => expect(optOutIn([rules], wordsOf(text)).optOut).toBe('stop'));
it.each(forms.ask!)('"%s" is asked back', (text) => {
  expect(optOutIn([rules], wordsOf(text)).optOut).toBeNull();
  expect(optOutIn([rules], wordsOf(text)).perhapsStop).toBe(true);
});
it.each(forms.nothing!)('"%s" has nothing to do with messages', (text) =>
  expect(optOutIn([rules], wordsOf(text)).optOut).toBeNull(),
);

describe('reading', () => {
  let readers: Readers;
  beforeAll(() => {
    readers = openReaders({ es: pack });
  });
  afterAll(() => readers.close());
  const read = (text: string) =>
    readers.read(text, {
      town: { ...aTown('valdeluna', {}), timeZone: 'Europe/Madrid', country: 'ES', languages: ['es'] },
      language: 'es',
      now: new Date('2026-11-25T09:00:00Z'),
      places: {
        ...NO_PLACES,
        isStreetType: (word) => createPlaceLexicon([pack.places]).streetType(word) !== null,
      },
    });

  it.each([
    ['somos treinta y cinco', 35],
    ['mil doscientos euros', 1200],
    ['una docena de sillas', 12],
    ['ciento veinte', 120],
  ])('"%s" is %d', async (text, value) => expect((await read(text)).numbers[0]?.value).toBe(value));

  it.each([
    ['ayer', '2026-11-24'],
    ['desde hace tres días', '2026-11-22'],
    ['el 12 de marzo de 2027', '2027-03-12'],
    ['mañana a las 9', '2026-11-26T09:00'],
    ['el lunes por la tarde a las cuatro y media', '2026-11-30T16:30'],
    ['en Nochebuena', '2026-12-24'],
    ['dentro de dos semanas', '2026-12-09'],
  ])('"%s" is %s', async (text, value) => expect((await read(text)).dates[0]?.value).toBe(value));
});
