/**
 * A town is a folder: the face of everything that reads, checks and times one. Adding a town
 * is adding `towns/<id>/`; nothing of one is visible from another.
 */
import { join } from 'node:path';
import type { Topic } from '../domain/topic';
import type { Town } from '../domain/town';
import { checkSenders, checkTown } from './check-town';
import { type Fault, isBlocking, sortFaults, TownFaults } from './fault';
import { listFolders, readFolder } from './read-folder';
import { compareLocales, type Locale, readLocale } from './read-locale';

export { createCalendar } from './calendar';
export { type Fault, faultText, TownFaults } from './fault';
export type { Locale } from './read-locale';

export interface Towns {
  list(): Town[];
  get(townId: string): Town | undefined;
  /** Topics of a town by id, sorted; empty for an unknown town. */
  topics(townId: string): Topic[];
  topic(townId: string, topicId: string): Topic | undefined;
  locale(language: string): Locale | undefined;
  locales(): Locale[];
}

export interface TownFolders {
  townsDir: string;
  localesDir: string;
}

/** Reads every town and language. Throws TownFaults with all faults that keep one from being served. */
export async function openTowns({ townsDir, localesDir }: TownFolders): Promise<Towns> {
  const { locales, faults } = await readLocales(localesDir);
  const read = await readTowns(await foldersIn(townsDir), locales, new Date());
  const blocking = sortFaults([...faults, ...read.faults].filter(isBlocking));
  if (blocking.length > 0) throw new TownFaults(blocking);
  const byId = new Map(
    read.checked.map(({ town, topics }) => [town.id, { town, topics: new Map(topics.map((topic) => [topic.id, topic])) }]),
  );
  return {
    list: () => [...byId.values()].map(({ town }) => town),
    get: (townId) => byId.get(townId)?.town,
    topics: (townId) => [...(byId.get(townId)?.topics.values() ?? [])],
    topic: (townId, topicId) => byId.get(townId)?.topics.get(topicId),
    locale: (language) => locales.get(language),
    locales: () => [...locales.values()],
  };
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
