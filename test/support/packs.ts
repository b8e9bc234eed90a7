/** The language packs of the repository, read as the server reads them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { PlaceWords } from '../../src/domain/language/address-words';
import type { LanguagePack } from '../../src/domain/language/language-pack';
import type { Town } from '../../src/domain/town';
import { readPack } from '../../src/understanding/language/language-pack';
import { createPlaceLexicon } from '../../src/understanding/places/place-words';

const LOCALES = join(__dirname, '../../locales');

export function packOf(code: string): LanguagePack {
  const file = join(LOCALES, code, 'pack.yml');
  return readPack(parse(readFileSync(file, 'utf8')), file);
}

export function placeWordsOf(town: Town): PlaceWords[] {
  return town.languages.map((code) => packOf(code).places);
}

/** The town with its streets named as they are within a sentence: 'rue Pasteur'. */
export function asSaid(town: Town): Town {
  const { inSentence } = createPlaceLexicon(placeWordsOf(town));
  return { ...town, streets: town.streets.map((street) => ({ ...street, name: inSentence(street.name) })) };
}
