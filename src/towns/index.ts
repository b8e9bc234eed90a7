/**
 * A town is a folder: the face of everything that reads, checks and times one. Adding a town
 * is adding `towns/<id>/`; nothing of one is visible from another.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BadPack } from '../domain/language/bad-pack';
import type { ForeignLanguage } from '../domain/language/foreign';
import type { Screening } from '../domain/language/screening';
import type { Topic } from '../domain/topic/topic';
import type { Town } from '../domain/town';
import { holidaysOf } from './calendar/public-holidays';
import { checkDanger } from './check/check-danger';
import { checkText, type Reading } from './check/check-text';
import { checkSenders, checkTown } from './check/check-town';
import { type Fault, gathered, isBlocking, sortFaults, TownFaults } from './fault';
import { type TownData, type Towns, townsOf } from './opened';
import { listFiles, listFolders, misread, readFolder } from './read/read-folder';
import { compareForeign, readForeign } from './read/read-foreign';
import { compareLocales, type Locale, readLocale } from './read/read-locale';
import { createOfficeReader } from './read/read-offices';
import { readYaml, type Source } from './yaml/yaml-source';

export { type Fault, faultText, isBlocking, TownFaults } from './fault';
export type { Towns } from './opened';
export type { Locale } from './read/read-locale';

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
  const { locales, foreign, faults } = await readLocales(localesDir);
  const read = await readTowns(await foldersIn(townsDir), locales, new Date());
  const spoken = languagesOf(
    read.checked.map(({ town }) => town),
    locales,
  );
  const blocking = sortFaults([...asSpoken(faults, localesDir, spoken), ...read.faults].filter(isBlocking));
  if (blocking.length > 0) throw new TownFaults(sortFaults(gathered(blocking)));
  const year = new Date().getUTCFullYear();
  for (const { town } of read.checked) for (const ahead of [year, year + 1]) town.publicHolidays[ahead] = holidaysOf(town, ahead);
  return {
    towns: read.checked.map(({ town, topics }) => ({ town, topics })),
    locales: [...locales.values()].filter(({ code }) => spoken.has(code)),
    foreign,
  };
}

/** Makes a screening from language packs, by code; throws an error in plain words when one cannot be read. */
export type OpenScreening = (packs: ReadonlyMap<string, unknown>) => Screening;

/** Every fault of some town folders and of the languages, sorted: what `npm run check-town` prints. */
export async function checkFolders(
  folders: readonly string[],
  localesDir: string,
  now: Date,
  openScreening: OpenScreening,
): Promise<Fault[]> {
  const { locales, faults, readings } = await readLocales(localesDir);
  const read = await readTowns(folders, locales, now);
  const spoken = languagesOf(
    read.checked.map(({ town }) => town),
    locales,
  );
  const { screening, faults: unheard } = screeningOf(localesIn(spoken, locales), localesDir, openScreening);
  const others = [...locales.keys()].filter((code) => !spoken.has(code));
  const waiting = screeningOf(localesIn(new Set(others), locales), localesDir, openScreening).faults;
  const towns = read.checked.flatMap(({ town, sources }) =>
    sources.map((source): Reading => ({ source, languages: town.languages })),
  );
  const texts = [...readings, ...towns].flatMap((reading) => checkText(reading, screening, [...locales.keys()]));
  const dangers = await Promise.all(read.checked.map((town) => dangersIn(town, screening)));
  const untold = [...asSpoken(faults, localesDir, spoken), ...waiting.map(asWarning)];
  return sortFaults(gathered([...untold, ...unheard, ...read.faults, ...texts, ...dangers.flat()]));
}

export interface TownRead {
  town: Town | null;
  topics: Topic[];
  /** As `checkFolders` finds them in this town. */
  faults: Fault[];
}

/**
 * One town with some of its files as they might be: their texts by path inside the folder, null for one that is taken
 * away. Checked as `npm run check-town` checks it; without `openScreening` only whether it can be served.
 */
export async function readChanged(
  folder: string,
  localesDir: string,
  changed: ReadonlyMap<string, string | null>,
  now: Date,
  openScreening?: OpenScreening,
): Promise<TownRead> {
  const { locales } = await readLocales(localesDir);
  const files = await readFolder(folder);
  for (const [path, text] of changed) {
    if (text === null) files.texts.delete(path);
    else files.texts.set(path, text);
  }
  const { town, topics, sources, faults } = checkTown(files, locales, now, await createOfficeReader()(folder, files));
  if (!town || !openScreening) return { town, topics, faults };
  const { screening, faults: unheard } = screeningOf(localesIn(new Set(town.languages), locales), localesDir, openScreening);
  const texts = sources.flatMap((source) => checkText({ source, languages: town.languages }, screening, [...locales.keys()]));
  const dangers = await dangersIn({ town, topics, sources }, screening);
  return { town, topics, faults: sortFaults(gathered([...faults, ...unheard, ...texts, ...dangers])) };
}

async function dangersIn(
  { town, topics, sources }: { town: Town; topics: Topic[]; sources: Source[] },
  screening: Screening | null,
): Promise<Fault[]> {
  return screening ? checkDanger(topics, sources, town.languages, screening) : [];
}

function localesIn(codes: ReadonlySet<string>, locales: ReadonlyMap<string, Locale>): Locale[] {
  return [...codes].flatMap((code) => locales.get(code) ?? []);
}

/** What the towns speak; where no town could be read, every language. */
function languagesOf(towns: Town[], locales: ReadonlyMap<string, Locale>): ReadonlySet<string> {
  return new Set(towns.length > 0 ? towns.flatMap(({ languages }) => languages) : locales.keys());
}

function asWarning(fault: Fault): Fault {
  return { ...fault, severity: 'warning' };
}

/** What a language lacks keeps nobody from being served while no town speaks it: it is told, and is no fault yet. */
function asSpoken(faults: Fault[], localesDir: string, spoken: ReadonlySet<string>): Fault[] {
  const isWaiting = (file: string) => {
    const [folder, code = ''] = file.split('/');
    return folder === basename(localesDir) && !code.startsWith(FOREIGN) && !spoken.has(code);
  };
  return faults.map((fault) => (isWaiting(fault.file) ? asWarning(fault) : fault));
}

/** A pack that cannot be read keeps the server from starting. */
function screeningOf(
  locales: readonly Locale[],
  localesDir: string,
  openScreening: OpenScreening,
): { screening: Screening | null; faults: Fault[] } {
  try {
    return { screening: openScreening(new Map(locales.map(({ code, pack }) => [code, pack]))), faults: [] };
  } catch (error) {
    if (!(error instanceof BadPack)) throw error;
    return { screening: null, faults: faultsOf(error, localesDir) };
  }
}

function faultsOf({ language, misfits }: BadPack, localesDir: string): Fault[] {
  const file = `${basename(localesDir)}/${language}/pack.yml`;
  const { source } = readYaml(file, readFileSync(join(localesDir, language, 'pack.yml'), 'utf8'));
  const fix = 'Copy what is missing from the pack of another language and translate it; take out what none of them has.';
  return misfits.map(({ path, message }) => ({
    file,
    line: source?.lineOf(path) ?? 1,
    severity: 'fault',
    code: 'bad-pack',
    message: `The language pack cannot be read: ${path.join('.') || 'the file'}: ${message}`,
    fix,
  }));
}

/** The town folders inside a folder. */
export async function foldersIn(townsDir: string): Promise<string[]> {
  return (await listFolders(townsDir)).map((name) => join(townsDir, name));
}

async function readTowns(folders: readonly string[], locales: Map<string, Locale>, now: Date) {
  const files = await Promise.all(folders.map(readFolder));
  const readOffices = createOfficeReader();
  const lent = await Promise.all(folders.map((folder, at) => readOffices(folder, files[at]!)));
  const read = files.map((one, at) => ({ ...checkTown(one, locales, now, lent[at]), file: one.nameOf('town.yml') }));
  const checked = read.flatMap(({ town, topics, file, sources }) => (town ? [{ town, topics, file, sources }] : []));
  const fileOf = (town: Town) => checked.find((one) => one.town === town)!.file;
  const shared = checkSenders(
    checked.map(({ town }) => town),
    fileOf,
  );
  return { checked, faults: [...read.flatMap((one) => one.faults), ...shared] };
}

/** Beside the languages of the product, what is known of others. */
const FOREIGN = 'foreign';

async function readLocales(
  localesDir: string,
): Promise<{ locales: Map<string, Locale>; foreign: ForeignLanguage[]; faults: Fault[]; readings: Reading[] }> {
  const names = (await listFolders(localesDir)).filter((name) => name !== FOREIGN);
  const read = await Promise.all(names.map(async (name) => readLocale(await readFolder(join(localesDir, name)))));
  const files = await listFiles(join(localesDir, FOREIGN), '.yml');
  const others = files.map(({ name, text }) =>
    readForeign(name.replace(/\.yml$/, ''), `${basename(localesDir)}/${FOREIGN}/${name}`, text),
  );
  const locales = read.map(({ locale }) => locale);
  const faults = [
    ...read.flatMap((one) => one.faults),
    ...compareLocales(read),
    ...others.flatMap((one) => one.faults),
    ...compareForeign(others, locales),
    ...files.flatMap((file) => misread(`${basename(localesDir)}/${FOREIGN}/${file.name}`, file)),
  ];
  const readings = read.flatMap(({ locale, source, templateSource, phraseSource }) => [
    ...readingsOf([source, templateSource], [locale.code], 'said'),
    ...readingsOf([phraseSource], [locale.code], 'typed'),
  ]);
  const abroad = others.flatMap(({ language, source }) => readingsOf([source], language ? [language.code] : [], 'foreign'));
  return {
    locales: new Map(locales.map((locale) => [locale.code, locale])),
    foreign: others.flatMap(({ language }) => language ?? []),
    faults,
    readings: [...readings, ...abroad],
  };
}

function readingsOf(sources: Array<Source | null>, languages: string[], whole?: Reading['whole']): Reading[] {
  return sources.flatMap((source) => (source ? [{ source, languages, whole }] : []));
}
