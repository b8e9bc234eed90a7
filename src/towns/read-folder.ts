/**
 * The files of a town as they lie on disk, read once into memory; everything after this
 * works on texts and can be tested without a disk.
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';

export interface TownFiles {
  /** The folder's own name is the id of the town. */
  id: string;
  /** Text of each file by its path inside the folder: `town.yml`, `topics/faq_passport.yml`. */
  texts: Map<string, string>;
  /** A file's path as clerks know it, from the folder that holds the towns: `towns/bellerive/town.yml`. */
  nameOf(path: string): string;
}

export async function readFolder(path: string): Promise<TownFiles> {
  const folder = resolve(path);
  const listed = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = listed
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split('\\').join('/'))
    .sort();
  const texts = await Promise.all(paths.map((inner) => readFile(join(folder, inner), 'utf8')));
  const prefix = `${basename(dirname(folder))}/${basename(folder)}`;
  return {
    id: basename(folder),
    texts: new Map(paths.map((inner, index) => [inner, texts[index]!])),
    nameOf: (inner) => `${prefix}/${inner}`,
  };
}

/** Names of the folders directly inside a folder, sorted. */
export async function listFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}
