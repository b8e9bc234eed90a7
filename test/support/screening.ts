/** The screening that check-town asks, made as the command makes it. */
import { createScreening } from '../../src/understanding/danger/screening';
import { readPack } from '../../src/understanding/language/language-pack';

export function openScreening(packs: ReadonlyMap<string, string>) {
  return createScreening([...packs].map(([code, text]) => readPack(text, `locales/${code}/pack.yml`)));
}
