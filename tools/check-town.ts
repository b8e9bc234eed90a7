/**
 * `npm run check-town [folder …]`: tells a clerk what to mend in a town's folder, with file and
 * line; without a folder, in every town of TOWNS_DIR, as the server would read them. Ends with 1 when something must be mended.
 */
import { resolve } from 'node:path';
import { readFolders } from '../src/config';
import { checkFolders, faultText, foldersIn, TownFaults } from '../src/towns';
import { createScreening, readPack } from '../src/understanding';
import { runCommand } from './run-command';

const USAGE = `npm run check-town [folder …]     what to mend in a town's folder, with file and line; every town of TOWNS_DIR when none is named`;

async function main(named: readonly string[]): Promise<number> {
  const { townsDir, localesDir } = readFolders(process.env);
  const folders = named.length > 0 ? named.map((folder) => resolve(folder)) : await foldersIn(townsDir);
  const found = await checkFolders(folders, localesDir, new Date(), (packs) =>
    createScreening([...packs].map(([code, pack]) => readPack(pack, `locales/${code}/pack.yml`))),
  );
  for (const fault of found) console.log(faultText(fault));
  const faults = found.filter((fault) => fault.severity === 'fault').length;
  console.log(
    `${folders.length} town(s)${named.length > 0 ? '' : ` of ${townsDir}`} checked: ${faults} fault(s), ${found.length - faults} warning(s).`,
  );
  return faults > 0 ? 1 : 0;
}

runCommand({
  usage: USAGE,
  options: {},
  takesWords: true,
  main: ({ positionals }) =>
    main(positionals).catch((error: Error) => {
      throw error instanceof TownFaults ? new Error(error.faults.map(faultText).join('\n')) : error;
    }),
  atFault: 2,
  lead: 'The town could not be checked: ',
});
