/** The screening that check-town asks, made as the command makes it. */
import { createScreening } from '../../src/understanding/danger/screening';
import { readPack } from '../../src/understanding/language/language-pack';

export function openScreening(packs: ReadonlyMap<string, unknown>) {
  return createScreening([...packs].map(([code, pack]) => readPack(pack, `locales/${code}/pack.yml`)));
}
