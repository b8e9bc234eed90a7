/**
 * The towns as they were read and checked when their files were last changed. Reading a town takes a second or two,
 * most of it for knowing the line of every word; the same files, read by the same program, give the same towns.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { builtFile } from '../../built-file';
import { recall, store } from '../../cache-file';
import type { TownFolders } from '../index';
import type { TownData } from '../opened';

/** As `readAll`; kept in `cacheDir`. */
export async function readOnce(folders: TownFolders, cacheDir: string): Promise<TownData> {
  const { townsDir, localesDir } = folders;
  const place = createHash('sha256').update(`${townsDir}\0${localesDir}`).digest('hex').slice(0, 16);
  // Public holidays are worked out for the year of reading and the next.
  const year = new Date().getUTCFullYear();
  const name = `${place}-${year}-${await markOf([townsDir, localesDir, ...CODE])}.towns`;
  const file = join(cacheDir, name);
  const known = await recall(file, (bytes) => deserialize(bytes) as TownData);
  if (known) return known;
  const { readAll } = require('../index') as typeof import('../index');
  const read = await readAll(folders);
  await store(file, serialize(read));
  for (const other of await readdir(cacheDir).catch(() => [])) {
    if (other.startsWith(`${place}-`) && other !== name) await rm(join(cacheDir, other), { force: true });
  }
  return read;
}

/** Another rule for reading may read the same file in another way. */
const CODE = [builtFile('towns'), builtFile('domain')];

/** Changes with every name and every byte in these folders. */
async function markOf(folders: string[]): Promise<string> {
  const mark = createHash('sha256');
  for (const folder of folders) {
    // A folder that is not there is told of by whoever reads it.
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort())
      mark.update(`${file}\0`).update(
        createHash('sha256')
          .update(await readFile(file))
          .digest(),
      );
  }
  return mark.digest('hex');
}
