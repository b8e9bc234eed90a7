/**
 * A town is a folder: the face of everything that reads, checks and times one. Adding a town
 * is adding `towns/<id>/`; nothing of one is visible from another.
 */
import { join } from 'node:path';
import type { Town } from '../domain/town';
import { checkSenders, checkTown } from './check-town';
import { type Fault, isBlocking, sortFaults, TownFaults } from './fault';
import { type TownData, type Towns, townsOf } from './opened';
import { holidaysOf } from './public-holidays';
import { listFolders, readFolder } from './read-folder';
import { compareLocales, type Locale, readLocale } from './read-locale';

export { type Fault, faultText, TownFaults } from './fault';
export type { Towns } from './opened';
export type { Locale } from './read-locale';

export interface TownFolders {
  townsDir: string;
  localesDir: string;
}

/** Reads every town and language. Throws TownFaults with all faults that keep one from being served. */
export async function openTowns(folders: TownFolders): Promise<Towns> {
  return townsOf(await readAll(folders));
}

/** The same as plain data. */
export async function readAll({ townsDir, localesDir }: TownFolders): Promise<TownData> {
  const { locales, faults } = await readLocales(localesDir);
  const read = await readTowns(await foldersIn(townsDir), locales, new Date());
  const blocking = sortFaults([...faults, ...read.faults].filter(isBlocking));
  if (blocking.length > 0) throw new TownFaults(blocking);
  const year = new Date().getUTCFullYear();
  for (const { town } of read.checked) for (const ahead of [year, year + 1]) town.publicHolidays[ahead] = holidaysOf(town, ahead);
  return { towns: read.checked.map(({ town, topics }) => ({ town, topics })), locales: [...locales.values()] };
}

/** Every fault of some town folders and of the languages, sorted: what `npm run check-town` prints. */
export async function checkFolders(folders: readonly string[], localesDir: string, now: Date): Promise<Fault[]> {
  const { locales, faults } = await readLocales(localesDir);
  return sortFaults([...faults, ...(await readTowns(folders, locales, now)).faults]);
}

/** The town folders inside a folder. */
export async function foldersIn(townsDir: string): Promise<string[]> {
  return (await listFolders(townsDir)).map((name) => join(townsDir, name));
}

async function readTowns(folders: readonly string[], locales: Map<string, Locale>, now: Date) {
  const files = await Promise.all(folders.map(readFolder));
  const read = files.map((one) => ({ ...checkTown(one, locales, now), file: one.nameOf('town.yml') }));
  const checked = read.flatMap(({ town, topics, file }) => (town ? [{ town, topics, file }] : []));
  const fileOf = (town: Town) => checked.find((one) => one.town === town)!.file;
  const shared = checkSenders(
    checked.map(({ town }) => town),
    fileOf,
  );
  return { checked, faults: [...read.flatMap((one) => one.faults), ...shared] };
}

async function readLocales(localesDir: string): Promise<{ locales: Map<string, Locale>; faults: Fault[] }> {
  const names = await listFolders(localesDir);
  const read = await Promise.all(names.map(async (name) => readLocale(await readFolder(join(localesDir, name)))));
  const faults = [...read.flatMap((one) => one.faults), ...compareLocales(read)];
  return { locales: new Map(read.map(({ locale }) => [locale.code, locale])), faults };
}
