/**
 * The files of a town as they lie on disk, read once into memory; everything after this
 * works on texts and can be tested without a disk.
 */
import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { TownFaults } from './fault';

export interface TownFiles {
  /** The folder's own name is the id of the town. */
  id: string;
  /** Text of each file by its path inside the folder: `town.yml`, `topics/faq_passport.yml`. */
  texts: Map<string, string>;
  /** A file's path as clerks know it, from the folder that holds the towns: `towns/bellerive/town.yml`. */
  nameOf(path: string): string;
}

/** Throws TownFaults when there is no such folder. */
export async function readFolder(path: string): Promise<TownFiles> {
  const folder = resolve(path);
  const listed = await entriesOf(folder, true);
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

/** Names of the folders directly inside a folder, sorted; at least one. Throws TownFaults when there is none, or no such folder. */
export async function listFolders(folder: string): Promise<string[]> {
  const entries = await entriesOf(folder, false);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name);
  if (names.length === 0) throw nothingAt(folder, 'No folder is in it.');
  return names.sort();
}

/** The files of one kind directly inside a folder, sorted; none where there is no such folder. */
export async function listFiles(folder: string, ending: string): Promise<Array<{ name: string; text: string }>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith(ending)).map((entry) => entry.name);
  return Promise.all(names.sort().map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}

async function entriesOf(folder: string, recursive: boolean): Promise<Dirent[]> {
  try {
    return await readdir(folder, { recursive, withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw nothingAt(folder, 'There is no such folder.');
    throw error;
  }
}

function nothingAt(file: string, message: string): TownFaults {
  const fix = 'Towns are read from the folder that TOWNS_DIR names, languages from LOCALES_DIR; a town is a folder inside.';
  return new TownFaults([{ file, line: 1, severity: 'fault', code: 'missing-folder', message, fix }]);
}
