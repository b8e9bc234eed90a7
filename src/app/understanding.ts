/** What the towns' phrases and languages are learnt into. Slow to load and to learn: done behind the open door. */
import type { Config } from '../config';
import type { Towns } from '../towns';
import type { Understanding } from '../understanding';

/** Learning begins when it is told to, so that the door opens first; resolves when it has begun. */
export function learnLater(config: Config, towns: Towns): { understanding: Promise<Understanding>; begin: () => void } {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return { understanding: begun.then(() => openUnderstanding(config, towns)), begin };
}

function openUnderstanding(config: Config, towns: Towns): Understanding {
  // Readers of dates and phone numbers in every language: nobody is answered before, and nobody waits for them at the door.
  const { beginUnderstanding, createHttpEmbedder, createPlaceFinder, readPack } =
    require('../understanding') as typeof import('../understanding');
  const locales = towns.locales();
  return beginUnderstanding({
    towns: towns.list().map((town) => ({ town, topics: towns.topics(town.id) })),
    packs: Object.fromEntries(locales.map(({ code, pack }) => [code, readPack(pack, `locales/${code}/pack.yml`)])),
    phrases: Object.fromEntries(locales.map(({ code, controlPhrases }) => [code, controlPhrases])),
    foreign: towns.foreign(),
    places: createPlaceFinder,
    embedder: config.embeddingsUrl ? createHttpEmbedder({ url: config.embeddingsUrl, model: config.embeddingsModel }) : undefined,
    cacheDir: config.modelsDir,
  });
}
