/**
 * Everything that can be wrong with a town's folder, said all at once with file and line:
 * what `npm run check-town` prints, and what keeps a broken town from being opened.
 */
import { isSupportedCountry } from 'libphonenumber-js';
import { DateTime } from 'luxon';
import { phraseKey } from '../../domain/language/words';
import type { Topic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';
import { type Complain, type Fault, gatheredByLanguage, sortFaults } from '../fault';
import type { TownFiles } from '../read/read-folder';
import { controlOwners, type Locale } from '../read/read-locale';
import { borrowed, type LentOffices, NONE_LENT, unfiledIn } from '../read/read-offices';
import { type ReadTopic, readTopic } from '../read/read-topic';
import { readTown, type TownSources } from '../read/read-town';
import { checkTraining } from '../training/check-training';
import { isTrainingPath } from '../training/read-training';
import type { Path, Source } from '../yaml/yaml-source';
import { checkLand } from './check-land';
import { checkPartners } from './check-partners';
import { checkRouting, checkSectors } from './check-sectors';
import { checkThemes } from './check-themes';
import { checkLocalised, checkTopic } from './check-topic';
import { isKnownCountry, isKnownTimeZone } from './known-places';
import { UNKNOWN_LANGUAGE, withoutUnspoken } from './unspoken';

export interface CheckedTown {
  town: Town | null;
  topics: Topic[];
  /** Sorted. */
  faults: Fault[];
  /** The files that were understood, for whoever reads their texts. */
  sources: Source[];
}

/** `locales` are the languages of the product, by code; `now` decides which answers have expired; `lent` are another town's offices. */
export function checkTown(
  files: TownFiles,
  locales: ReadonlyMap<string, Locale>,
  now: Date,
  lent: LentOffices = NONE_LENT,
): CheckedTown {
  const { town, sources, faults } = readTown(files);
  const read = [...files.texts].flatMap(([path, text]) => (isTopicPath(path) ? [readTopic(files.nameOf(path), text)] : []));
  const own = read.flatMap(({ topic }) => topic ?? []);
  const topics = [...own, ...(town ? borrowed(lent, town, own) : [])];
  const all = [...lent.faults, ...files.faults, ...faults, ...read.flatMap((one) => one.faults), ...strayFiles(files)];
  if (town) {
    town.unfiled = unfiledIn(lent, own);
    all.push(...checkTownFile(town, sources, locales), ...checkCanned(town, sources));
    checkLand(files, town, sources, all, complainer(sources.landmarks, all));
    const complain = complainer(sources.town, all);
    all.push(...checkSectors(town, sources.sectors, complain));
    checkRouting(town, topics, complain);
    if (town.training && sources.training)
      checkTraining(town.training, sources.training, town, (source) => complainer(source, all));
    const today = DateTime.fromJSDate(now, { zone: isKnownTimeZone(town.timeZone) ? town.timeZone : 'utc' }).toISODate()!;
    checkPartners(town, topics, today, complain);
    const ids = new Set([...read, ...lent.topics].map((one) => one.id));
    for (const { topic, source } of read) if (topic && source) all.push(...checkTopic(topic, source, town, ids, today));
    all.push(...claimedPhrases(read, town, locales));
  }
  const understood = [sources.town, sources.landmarks, sources.canned, sources.legal, ...read.map(({ source }) => source)];
  const told = gatheredByLanguage(town ? withoutUnspoken(all, town, locales) : all);
  return { town, topics, faults: sortFaults(told), sources: understood.filter((source) => source !== null) };
}

/** Senders route messages to their town, so no two towns may share one. */
export function checkSenders(towns: readonly Town[], fileOf: (town: Town) => string): Fault[] {
  const owners = new Map<string, Town>();
  const faults: Fault[] = [];
  for (const town of towns) {
    for (const [channel, sender] of Object.entries(town.senders)) {
      const key = `${channel} ${sender}`;
      const owner = owners.get(key);
      owners.set(key, owner ?? town);
      if (!owner) continue;
      const message = `The ${channel} sender ${sender} already belongs to ${owner.name}.`;
      faults.push({
        file: fileOf(town),
        line: 1,
        severity: 'fault',
        code: 'sender-twice',
        message,
        fix: 'Give each town its own number or address.',
      });
    }
  }
  return faults;
}

const KNOWN_FILES: ReadonlySet<string> = new Set([
  'town.yml',
  'canned.yml',
  'legal.yml',
  'streets.csv',
  'landmarks.yml',
  'boundary.geojson',
  'sectors.geojson',
]);

function isTopicPath(path: string): boolean {
  return /^topics\/[a-z][a-z0-9_-]*\.yml$/.test(path);
}

function checkCanned(town: Town, { canned }: TownSources): Fault[] {
  const faults: Fault[] = [];
  if (!canned) return faults;
  const complain = complainer(canned, faults);
  const replies = town.canned ?? [];
  for (const [index, { id, title, text, service }] of replies.entries()) {
    checkLocalised([index, 'title'], title, town.languages, complain);
    checkLocalised([index, 'text'], text, town.languages, complain);
    if (replies.findIndex((other) => other.id === id) < index)
      complain([index, 'id'], 'twice', `"${id}" is there twice.`, 'Give each reply an id of its own.');
    if (service !== undefined && !town.services.some((one) => one.id === service))
      complain([index, 'service'], 'unknown-service', `The town has no service "${service}".`, 'Write its id as in town.yml.');
  }
  return faults;
}

function strayFiles(files: TownFiles): Fault[] {
  return [...files.texts.keys()]
    .filter((path) => !KNOWN_FILES.has(path) && !isTopicPath(path) && !isTrainingPath(path))
    .map((path) => ({
      file: files.nameOf(path),
      line: 1,
      severity: path.startsWith('topics/') ? 'fault' : 'warning',
      code: 'stray-file',
      message: 'This file is not read.',
      fix: path.startsWith('topics/')
        ? 'Topics end in .yml and are named with small letters, digits, "-" and "_".'
        : 'Move it out of the folder of the town.',
    }));
}

function complainer(source: Source | null, faults: Fault[]): Complain {
  return (path: Path, code, message, fix, severity = 'fault', language) => {
    if (source)
      faults.push({ file: source.file, line: source.lineOf(path), severity, code, message, fix, ...(language && { language }) });
  };
}

function checkTownFile(town: Town, { town: source }: TownSources, locales: ReadonlyMap<string, Locale>): Fault[] {
  const faults: Fault[] = [];
  const complain = complainer(source, faults);
  if (!/^[a-z][a-z0-9-]*$/.test(town.id)) {
    complain(
      [],
      'bad-value',
      `"${town.id}" cannot be the name of a town's folder.`,
      'Use small letters without accents, digits and "-".',
    );
  }
  if (!isKnownTimeZone(town.timeZone)) {
    complain(['time_zone'], 'bad-value', `The time zone "${town.timeZone}" is unknown.`, 'Write a name such as Europe/Paris.');
  }
  if (!isKnownCountry(town.country)) {
    const fix = 'Write its two capital letters, for example FR; add the region where it has its own holidays, for example FR-57.';
    complain(['country'], 'bad-value', `The public holidays of "${town.country}" are unknown.`, fix);
  }
  for (const [index, language] of town.languages.entries()) {
    if (town.languages.indexOf(language) < index)
      complain(['languages', index], 'twice', `"${language}" is named twice.`, 'Keep it once.');
    if (locales.has(language)) continue;
    const fix = `Known languages: ${[...locales.keys()].join(', ') || 'none'}. To speak another, follow "A language" in CONTRIBUTING.md.`;
    complain(['languages', index], UNKNOWN_LANGUAGE, `The product does not speak "${language}" yet.`, fix, 'fault', language);
  }
  checkTownTexts(town, complain);
  checkTownServices(town, complain);
  checkThemes(town, complain);
  checkAlerts(town, complain);
  for (const [index, code] of (town.phoneCountries ?? []).entries())
    if (!isSupportedCountry(code))
      complain(
        ['phone_countries', index],
        'bad-value',
        `No country has the letters "${code}".`,
        'Write its two capital letters, for example FR.',
      );
  for (const [index, origin] of town.allowedOrigins.entries()) {
    if (origin !== '*') continue;
    complain(
      ['allowed_origins', index],
      'any-origin',
      'Any web site may embed the widget.',
      'Name the sites of the town; "*" is refused outside the demo.',
      'warning',
    );
  }
  return faults;
}

function checkAlerts({ alerts, senders }: Town, complain: Complain): void {
  if (alerts?.sms && !senders.sms)
    complain(
      ['alerts', 'sms'],
      'no-sender',
      'Alerts go by text message, and the town has no number to send them from.',
      'Add senders.sms, or leave alerts.sms out.',
    );
  for (const [index, number] of (alerts?.sms ?? []).entries())
    if (number === senders.sms)
      complain(
        ['alerts', 'sms', index],
        'own-number',
        'Alerts would be sent to the number that they come from.',
        'Write the number of a duty phone.',
      );
}

function checkTownTexts(town: Town, complain: Complain): void {
  checkLocalised(['authority'], town.authority, town.languages, complain);
  for (const [index, service] of town.services.entries())
    checkLocalised(['services', index, 'name'], service.name, town.languages, complain);
  for (const [index, day] of town.exceptionalDays.entries()) {
    checkLocalised(['exceptional_days', index, 'reason'], day.reason, town.languages, complain);
  }
  for (const [address, name] of Object.entries(town.links ?? {}))
    checkLocalised(['links', address], name, town.languages, complain);
}

function checkTownServices(town: Town, complain: Complain): void {
  const ids = town.services.map((service) => service.id);
  const fix = `Services of the town: ${ids.join(', ')}.`;
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) < index)
      complain(['services', index, 'id'], 'twice', `Two services are called "${id}".`, 'Give each service its own id.');
  }
  if (!ids.includes(town.frontDesk))
    complain(['front_desk'], 'unknown-service', `The town has no service "${town.frontDesk}".`, fix);
  for (const [index, day] of town.exceptionalDays.entries()) {
    const at = ['exceptional_days', index];
    if (day.to < day.from)
      complain([...at, 'to'], 'bad-value', `These days end on ${day.to}, before they start.`, 'Swap "from" and "to".');
    for (const [place, id] of (day.services ?? []).entries()) {
      if (!ids.includes(id)) complain([...at, 'services', place], 'unknown-service', `The town has no service "${id}".`, fix);
    }
  }
}

/** Control intents of what is not the town's. */
const NOBODYS: ReadonlySet<string> = new Set(['out_of_scope', 'elsewhere']);

/** A phrase that two topics claim teaches the bot nothing; the control phrases of each language count as claims too. */
function claimedPhrases(read: readonly ReadTopic[], town: Town, locales: ReadonlyMap<string, Locale>): Fault[] {
  const faults: Fault[] = [];
  for (const language of town.languages) {
    const locale = locales.get(language);
    const owners = new Map(locale ? controlOwners(locale) : []);
    for (const { topic, source } of read) {
      for (const [index, phrase] of (topic?.phrases[language] ?? []).entries()) {
        const key = phraseKey(phrase);
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, topic!.id);
        if (owner === undefined || owner === topic!.id) continue;
        // Both say that it is not the town's.
        if (topic!.kind === 'elsewhere' && NOBODYS.has(owner)) continue;
        const path = ['phrases', language, index];
        const message = `The phrase "${phrase}" belongs to two topics: "${owner}" and "${topic!.id}".`;
        complainer(source, faults)(
          path,
          'phrase-claimed',
          message,
          'Keep it in one of them, or make each say what is special to it.',
        );
      }
    }
  }
  return faults;
}
