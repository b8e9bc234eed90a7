/**
 * `towns/<id>/town.yml` and the land files beside it, read into a Town: who it is, what it
 * speaks, when its services are open, where its streets run. Only shapes are checked here;
 * whether the parts agree with each other is asked in `check-town.ts`.
 */
import type { Partner } from '../../domain/forwarding/partner';
import type { TownRetention } from '../../domain/retention';
import type { DayHours, Service, Town, Weekday } from '../../domain/town';
import type { Fault } from '../fault';
import { type ReadTraining, readTraining } from '../training/read-training';
import { fitTo, readYaml, type Source } from '../yaml/yaml-source';
import { readDays, readSpans, WEEKDAYS } from './fields';
import { readCanned } from './read-canned';
import type { TownFiles } from './read-folder';
import { readBoundary, readLandmarks } from './read-land';
import { readLegal } from './read-legal';
import { type ReadSectors, readSectors } from './read-sectors';
import { readStreets } from './read-streets';
import { townShape, type WrittenPartner, type WrittenService, type WrittenTown } from './town-shape';

/** What the parts of a folder were read from, so that later checks can point at lines. */
export interface TownSources {
  town: Source | null;
  landmarks: Source | null;
  canned: Source | null;
  /** Null where there is no file. */
  sectors: (ReadSectors & { file: string }) | null;
  legal: Source | null;
  training: ReadTraining | null;
  /** Line of each street of `town.streets`. */
  streetLines: number[];
}

export interface ReadTown {
  town: Town | null;
  sources: TownSources;
  faults: Fault[];
}

export function readTown(files: TownFiles): ReadTown {
  const sources: TownSources = {
    town: null,
    landmarks: null,
    canned: null,
    legal: null,
    training: null,
    sectors: null,
    streetLines: [],
  };
  const file = files.nameOf('town.yml');
  const written = files.texts.get('town.yml');
  if (written === undefined) {
    const message = 'The town has no town.yml.';
    const fix = 'Copy town.yml from another town and fill it in.';
    return { town: null, sources, faults: [{ file, line: 1, severity: 'fault', code: 'missing-file', message, fix }] };
  }
  const { source, faults } = readYaml(file, written);
  if (!source) return { town: null, sources, faults };
  sources.town = source;
  const { value, faults: misfits } = fitTo(townShape, source);
  const land = readBeside(files, sources, value?.insee);
  const all = [...misfits, ...land.faults];
  return { town: value && { ...toTown(files.id, value, sources), ...land.parts }, sources, faults: all };
}

type Beside = Pick<Town, 'streets' | 'landmarks' | 'boundary' | 'canned' | 'legal' | 'training'>;

/** The files beside town.yml. */
function readBeside(files: TownFiles, sources: TownSources, insee: string | undefined): { parts: Beside; faults: Fault[] } {
  const parts: Beside = { streets: [], landmarks: [], boundary: [] };
  const faults: Fault[] = [];
  function read<Read extends { faults: Fault[] }>(
    name: string,
    reader: (file: string, text: string) => Read,
    keep: (read: Read, file: string) => void,
  ): void {
    const written = files.texts.get(name);
    if (written === undefined) return;
    const found = reader(files.nameOf(name), written);
    keep(found, files.nameOf(name));
    faults.push(...found.faults);
  }
  read(
    'streets.csv',
    (file, text) => readStreets(file, text, insee),
    ({ streets, lines }) => {
      parts.streets = streets;
      sources.streetLines = lines;
    },
  );
  read('landmarks.yml', readLandmarks, ({ landmarks, source }) => {
    parts.landmarks = landmarks;
    sources.landmarks = source;
  });
  read('canned.yml', readCanned, ({ canned, source }) => {
    parts.canned = canned;
    sources.canned = source;
  });
  read('legal.yml', readLegal, ({ legal, source }) => {
    parts.legal = legal;
    sources.legal = source;
  });
  read('boundary.geojson', readBoundary, ({ boundary }) => {
    parts.boundary = boundary;
  });
  read('sectors.geojson', readSectors, (found, file) => {
    sources.sectors = { ...found, file };
  });
  const training = readTraining(files);
  sources.training = training;
  if (training.training) parts.training = training.training;
  faults.push(...training.faults);
  return { parts, faults };
}

function toTown(id: string, raw: WrittenTown, { sectors: read }: TownSources): Omit<Town, keyof Beside> {
  return {
    id,
    name: raw.name,
    authority: raw.authority,
    timeZone: raw.time_zone,
    country: raw.country,
    languages: raw.languages,
    services: raw.services.map((one) => toService(one, raw.hours)),
    unfiled: [],
    frontDesk: raw.front_desk,
    commonTopics: raw.common_topics,
    publicHolidays: {},
    exceptionalDays: (raw.exceptional_days ?? []).map(({ from, to = from, reason, services, hours: spans }) => ({
      from,
      to,
      reason,
      ...(services && { services }),
      ...(spans && { hours: readSpans(spans) ?? [] }),
    })),
    emergency: toEmergency(raw.emergency),
    ...(raw.alerts && { alerts: raw.alerts }),
    ...(raw.hub && { hub: raw.hub }),
    ...(raw.webhooks && { webhooks: raw.webhooks }),
    ...(raw.partners && { partners: raw.partners.map(toPartner) }),
    ...(raw.sectors && {
      sectors: raw.sectors.map((sector) => ({ ...sector, outline: read?.outlines.get(sector.id) ?? [] })),
    }),
    ...(raw.beside_metres && { besideMetres: raw.beside_metres }),
    ...(raw.routing && { routing: raw.routing }),
    ...(raw.open_data && { openData: raw.open_data }),
    ...(raw.subscriptions && { subscriptions: toSubscriptions(raw.subscriptions) }),
    ...(raw.closed_after && { closedAfterDays: raw.closed_after }),
    ...(raw.retention && { retention: toRetention(raw.retention) }),
    privacy: raw.privacy,
    allowedOrigins: raw.allowed_origins ?? [],
    senders: raw.senders ?? {},
    ...(raw.mail && { mail: raw.mail }),
    ...(raw.phone_countries && { phoneCountries: raw.phone_countries }),
    ...(raw.links && { links: raw.links }),
    ...(raw.theme && { theme: raw.theme }),
    ...(raw.costs && { costs: raw.costs }),
    ...(raw.quality_page && { isQualityPublic: true as const }),
  };
}

function toPartner({ open311, ...same }: WrittenPartner): Partner {
  if (!open311) return same;
  const { url, services, key, format } = open311;
  return {
    ...same,
    open311: {
      ...{ url: url.replace(/\/+$/, ''), services, format, onClosed: open311.on_closed },
      ...(open311.jurisdiction_id && { jurisdiction: open311.jurisdiction_id }),
      ...(key && { key }),
      ...(open311.key_for_reading && { readsWithKey: open311.key_for_reading }),
      ...(open311.knows_repeats && { knowsRepeats: open311.knows_repeats }),
    },
  };
}

function toSubscriptions({ quiet_hours: quiet, themes }: NonNullable<WrittenTown['subscriptions']>): Town['subscriptions'] {
  const [from, to] = quiet?.split('-') ?? [];
  return { themes, ...(from && to && { quietHours: [from, to] as [string, string] }) };
}

function toRetention({ in_use: inUse, ...same }: NonNullable<WrittenTown['retention']>): TownRetention {
  return { inUse, ...same };
}

function toEmergency(raw: WrittenTown['emergency']): Town['emergency'] {
  const {
    by_sms: bySms,
    child_abuse: childAbuse,
    domestic_violence: domesticViolence,
    missing_child: missingChild,
    ...rest
  } = raw;
  return { ...rest, bySms, childAbuse, domesticViolence, missingChild };
}

function toService({ also_called: alsoCalled, hours: own, ...same }: WrittenService, townHours: Record<string, string>): Service {
  return { ...same, hours: toWeek(own ?? townHours), ...(alsoCalled && { alsoCalled }) };
}

function toWeek(written: Record<string, string>): Record<Weekday, DayHours> {
  const days = Object.entries(written).flatMap(([range, spans]) =>
    (readDays(range) ?? []).map((day) => [day, readSpans(spans) ?? []]),
  );
  return { ...Object.fromEntries(WEEKDAYS.map((day) => [day, []])), ...Object.fromEntries(days) } as Record<Weekday, DayHours>;
}
