/** The ear that check-town listens with, made as the command makes it. */
import { createFirstEar } from '../../src/understanding/danger/screening';
import { readPack } from '../../src/understanding/language/language-pack';

export function openFirstEar(packs: ReadonlyMap<string, string>) {
  return createFirstEar([...packs].map(([code, text]) => readPack(text, `locales/${code}/pack.yml`)));
}
