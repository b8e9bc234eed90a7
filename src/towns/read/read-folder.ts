/**
 * The files of a town as they lie on disk, read once into memory; everything after this
 * works on texts and can be tested without a disk.
 */
import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Fault, TownFaults } from '../fault';
import { type Decoded, decode } from '../yaml/decode';

export interface TownFiles {
  /** The folder's own name is the id of the town. */
  id: string;
  /** Text of each file by its path inside the folder: `town.yml`, `topics/faq_passport.yml`. */
  texts: Map<string, string>;
  /** A file's path as clerks know it, from the folder that holds the towns: `towns/bellerive/town.yml`. */
  nameOf(path: string): string;
  /** Files that were not saved as UTF-8. */
  faults: Fault[];
}

/** Throws TownFaults when there is no such folder. */
export async function readFolder(path: string): Promise<TownFiles> {
  const folder = resolve(path);
  const listed = await entriesOf(folder, true);
  const paths = listed
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split('\\').join('/'))
    .sort();
  const read = await Promise.all(paths.map(async (inner) => decode(await readFile(join(folder, inner)))));
  const prefix = `${basename(dirname(folder))}/${basename(folder)}`;
  const nameOf = (inner: string) => `${prefix}/${inner}`;
  return {
    id: basename(folder),
    texts: new Map(paths.map((inner, index) => [inner, read[index]!.text])),
    nameOf,
    faults: paths.flatMap((inner, index) => misread(nameOf(inner), read[index]!)),
  };
}

/** Names of the folders directly inside a folder, sorted; at least one. Throws TownFaults when there is none, or no such folder. */
export async function listFolders(folder: string): Promise<string[]> {
  const entries = await entriesOf(folder, false);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name);
  if (names.length === 0) throw nothingAt(folder, 'No folder is in it.');
  return names.sort();
}

/** What is wrong with how a file was saved. */
export function misread(file: string, { savedAs }: Decoded): Fault[] {
  if (!savedAs) return [];
  const message = `This file was saved as ${savedAs}, so letters with accents would be lost.`;
  const fix = 'Save it again as UTF-8: in the editor, "Save as", then "Encoding: UTF-8".';
  return [{ file, line: 1, severity: 'fault', code: 'encoding', message, fix }];
}

/** The files of one kind directly inside a folder, sorted; none where there is no such folder. */
export async function listFiles(folder: string, ending: string): Promise<Array<{ name: string } & Decoded>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith(ending)).map((entry) => entry.name);
  return Promise.all(names.sort().map(async (name) => ({ name, ...decode(await readFile(join(folder, name))) })));
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
