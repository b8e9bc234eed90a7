/**
 * A step of the build, run by `tools/build/pack-models.mjs`: learns what the languages of the towns that are there sound
 * like, and danger in them. What is wrong with a town or a language is told by the start, which reads the same files.
 */
import { readFolders } from '../../src/config';
import { BadPack } from '../../src/domain/language/bad-pack';
import { openTowns, TownFaults } from '../../src/towns';
import { learnPacks, readPack } from '../../src/understanding';

async function main(): Promise<void> {
  const towns = await openTowns(readFolders(process.env));
  const packs = towns.locales().map(({ code, pack }) => [code, readPack(pack, `locales/${code}/pack.yml`)] as const);
  await learnPacks(
    Object.fromEntries(packs),
    towns.list().map(({ languages }) => languages),
  );
}

main().catch((error: Error) => {
  if (error instanceof TownFaults || error instanceof BadPack) return;
  throw error;
});
