/**
 * `towns/<id>/town.yml` and the land files beside it, read into a Town: who it is, what it
 * speaks, when its services are open, where its streets run. Only shapes are checked here;
 * whether the parts agree with each other is asked in `check-town.ts`.
 */
import { z } from 'zod';
import { HOOK_EVENTS } from '../../domain/programs/hook';
import type { TownRetention } from '../../domain/retention';
import type { DayHours, Service, Town, Weekday } from '../../domain/town';
import type { Fault } from '../fault';
import { fitTo, readYaml, type Source } from '../yaml/yaml-source';
import {
  date,
  hours,
  identifier,
  links,
  localised,
  origin,
  phone,
  readDays,
  readSpans,
  rule,
  text,
  WEEKDAYS,
  wordLists,
} from './fields';
import { readCanned } from './read-canned';
import type { TownFiles } from './read-folder';
import { readBoundary, readLandmarks } from './read-land';
import { readLegal } from './read-legal';
import { type ReadSectors, readSectors } from './read-sectors';
import { readStreets } from './read-streets';

const week = rule(
  z.record(z.string(), hours),
  (days) => Object.keys(days).every((day) => readDays(day) !== null) && !hasDayTwice(Object.keys(days)),
  'names a day that is unknown or given twice',
  'Write mon, tue, wed, thu, fri, sat, sun or a range such as mon-fri, each day once; days left out are closed.',
);

const email = rule(
  text,
  (value) => z.email().safeParse(value).success,
  'is not an e-mail address',
  'Write it as name@town.example.',
);
const page = rule(
  text,
  (value) => value.startsWith('https://') && URL.canParse(value),
  'is not the address of a web page',
  'Write a full address that starts with https://.',
);

/** A town's own machine may listen without a certificate. */
const hook = rule(
  text,
  (value) => URL.canParse(value) && /^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(value),
  'is not an address that can be posted to safely',
  'Write a full address that starts with https://.',
);

const sender = rule(
  text,
  (value) => phone.safeParse(value).success || /^MG[0-9a-f]{32}$/.test(value),
  'is neither an international phone number nor a Messaging Service',
  'Write a number as +33612345678 (a plus sign, the country code, no leading zero, no spaces), or MG and the 32 small hexadecimal digits of the service.',
);

const service = z.strictObject({
  id: identifier,
  name: localised,
  called: localised.optional(),
  phone: text.optional(),
  email: email.optional(),
  address: text.optional(),
  hours: week.optional(),
  routing: z.enum(['claim', 'offer', 'both']).optional(),
  callbacks: z
    .union([
      z.literal(false),
      z.strictObject({
        every: z.int().min(5).max(240).optional(),
        places: z.int().min(1).max(50).optional(),
        days: z.int().min(1).max(60).optional(),
      }),
    ])
    .optional(),
  also_called: wordLists.optional(),
});

const exceptionalDay = z.strictObject({
  from: date,
  to: date.optional(),
  reason: localised,
  services: z.array(identifier).min(1).optional(),
  hours: hours.optional(),
});

/** Who is written to of a danger. */
const alerted = {
  sms: z.array(phone).min(1).max(5).optional(),
  email: z.array(email).min(1).max(5).optional(),
  webhook: hook.optional(),
};

const quietHours = rule(
  text,
  (value) => QUIET.test(value),
  'is no span of the day',
  'Write "20:00-08:00": nobody is written to unasked between these, but for what is urgent.',
);
const QUIET = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/;

const theme = z.strictObject({ id: identifier, name: localised, words: wordLists });

/** A day at least, and no century. */
const days = z.int().min(1).max(36_500);

const town = z.strictObject({
  name: text,
  authority: localised,
  time_zone: text,
  country: text,
  languages: z.tuple([text], text),
  front_desk: identifier,
  common_topics: z.array(identifier).optional(),
  hours: week,
  services: z.array(service).min(1),
  exceptional_days: z.array(exceptionalDay).optional(),
  emergency: z.strictObject({
    general: text,
    fire: text,
    medical: text,
    police: text,
    by_sms: text,
    gas: text,
    suicide: text,
    child_abuse: text,
    domestic_violence: text,
    missing_child: text,
    electricity: text.optional(),
    shelter: text.optional(),
  }),
  alerts: z
    .strictObject({
      ...alerted,
      escalate: z
        .array(z.strictObject({ ...alerted, after: z.int().min(1).max(1440) }))
        .min(1)
        .max(5)
        .optional(),
    })
    .optional(),
  hub: z.strictObject({ name: identifier, url: hook, services: z.array(identifier).min(1) }).optional(),
  webhooks: z
    .array(z.strictObject({ id: identifier, url: hook, events: z.array(z.enum(HOOK_EVENTS)).min(1).optional() }))
    .max(20)
    .optional(),
  /** Their outlines stand in `sectors.geojson`. */
  sectors: z
    .array(z.strictObject({ id: identifier, name: localised }))
    .max(200)
    .optional(),
  /** Metres: how near a place counts as beside it, for the topics with priority_near. */
  beside_metres: z.int().min(1).max(1000).optional(),
  /** Whose requests are, where that is not their topic's own service; the first that fits. */
  routing: z
    .array(
      z.strictObject({
        topics: z.array(identifier).min(1).optional(),
        sectors: z.array(identifier).min(1).optional(),
        when: z.enum(['open', 'closed']).optional(),
        service: identifier.optional(),
        agent: email.optional(),
      }),
    )
    .max(500)
    .optional(),
  open_data: z
    .strictObject({
      requests: z.boolean().default(false),
      polls: z.boolean().optional(),
      figures: z.boolean().default(false),
      /** Smaller counts are not told; under three a count would still point at somebody. */
      smallest: z.int().min(3).max(1000).default(5),
    })
    .optional(),
  /** What citizens can ask to be told of. */
  subscriptions: z.strictObject({ quiet_hours: quietHours.optional(), themes: z.array(theme).min(1).max(100) }).optional(),
  closed_after: z.int().min(1).max(365).optional(),
  retention: z
    .strictObject({
      conversations: days,
      in_use: days,
      restricted: days,
      end: z.enum(['erase', 'transfer']),
      audit: days.default(365),
    })
    .optional(),
  privacy: z.strictObject({ contact: text, url: page }),
  allowed_origins: z.array(origin).optional(),
  phone_countries: z.array(text).min(1).optional(),
  senders: z.strictObject({ sms: sender.optional(), whatsapp: sender.optional() }).optional(),
  /** Code of the commune, to keep only its rows when `streets.csv` holds a whole département. */
  insee: text.optional(),
  links: links.optional(),
  /** Another town's folder, whose topics of other offices are this town's too. */
  offices: identifier.optional(),
  theme: z.strictObject({ colour: text.optional() }).optional(),
  /** What a contact costs at the desk and online, and a piece of a text message; in the town's currency. */
  costs: z
    .strictObject({
      desk: z.number().min(0).optional(),
      online: z.number().min(0).optional(),
      text: z.number().min(0).optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
    })
    .optional(),
  /** Whether everybody may see how well the town answers, at /quality/<town>. */
  quality_page: z.boolean().optional(),
});

/** What the parts of a folder were read from, so that later checks can point at lines. */
export interface TownSources {
  town: Source | null;
  landmarks: Source | null;
  canned: Source | null;
  /** Null where there is no file. */
  sectors: (ReadSectors & { file: string }) | null;
  legal: Source | null;
  /** Line of each street of `town.streets`. */
  streetLines: number[];
}

export interface ReadTown {
  town: Town | null;
  sources: TownSources;
  faults: Fault[];
}

export function readTown(files: TownFiles): ReadTown {
  const sources: TownSources = { town: null, landmarks: null, canned: null, legal: null, sectors: null, streetLines: [] };
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
  const { value, faults: misfits } = fitTo(town, source);
  const land = readBeside(files, sources, value?.insee);
  const all = [...misfits, ...land.faults];
  return { town: value && { ...toTown(files.id, value, sources), ...land.parts }, sources, faults: all };
}

type Beside = Pick<Town, 'streets' | 'landmarks' | 'boundary' | 'canned' | 'legal'>;

/** The files beside town.yml. */
function readBeside(files: TownFiles, sources: TownSources, insee: string | undefined): { parts: Beside; faults: Fault[] } {
  const parts: Beside = { streets: [], landmarks: [], boundary: [] };
  const faults: Fault[] = [];
  const streets = files.texts.get('streets.csv');
  if (streets !== undefined) {
    const read = readStreets(files.nameOf('streets.csv'), streets, insee);
    parts.streets = read.streets;
    sources.streetLines = read.lines;
    faults.push(...read.faults);
  }
  const landmarks = files.texts.get('landmarks.yml');
  if (landmarks !== undefined) {
    const read = readLandmarks(files.nameOf('landmarks.yml'), landmarks);
    parts.landmarks = read.landmarks;
    sources.landmarks = read.source;
    faults.push(...read.faults);
  }
  const canned = files.texts.get('canned.yml');
  if (canned !== undefined) {
    const read = readCanned(files.nameOf('canned.yml'), canned);
    parts.canned = read.canned;
    sources.canned = read.source;
    faults.push(...read.faults);
  }
  const legal = files.texts.get('legal.yml');
  if (legal !== undefined) {
    const read = readLegal(files.nameOf('legal.yml'), legal);
    parts.legal = read.legal;
    sources.legal = read.source;
    faults.push(...read.faults);
  }
  const boundary = files.texts.get('boundary.geojson');
  if (boundary !== undefined) {
    const read = readBoundary(files.nameOf('boundary.geojson'), boundary);
    parts.boundary = read.boundary;
    faults.push(...read.faults);
  }
  const sectors = files.texts.get('sectors.geojson');
  if (sectors !== undefined) {
    const file = files.nameOf('sectors.geojson');
    const read = readSectors(file, sectors);
    sources.sectors = { ...read, file };
    faults.push(...read.faults);
  }
  return { parts, faults };
}

function toTown(id: string, raw: z.output<typeof town>, { sectors: read }: TownSources): Omit<Town, keyof Beside> {
  return {
    id,
    name: raw.name,
    authority: raw.authority,
    timeZone: raw.time_zone,
    country: raw.country,
    languages: raw.languages,
    services: raw.services.map((one) => toService(one, raw.hours)),
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
    ...(raw.phone_countries && { phoneCountries: raw.phone_countries }),
    ...(raw.links && { links: raw.links }),
    ...(raw.theme && { theme: raw.theme }),
    ...(raw.costs && { costs: raw.costs }),
    ...(raw.quality_page && { isQualityPublic: true as const }),
  };
}

function toSubscriptions({
  quiet_hours: quiet,
  themes,
}: NonNullable<z.output<typeof town>['subscriptions']>): Town['subscriptions'] {
  const [from, to] = quiet?.split('-') ?? [];
  return { themes, ...(from && to && { quietHours: [from, to] as [string, string] }) };
}

function toRetention({ in_use: inUse, ...same }: NonNullable<z.output<typeof town>['retention']>): TownRetention {
  return { inUse, ...same };
}

function toEmergency(raw: z.output<typeof town>['emergency']): Town['emergency'] {
  const {
    by_sms: bySms,
    child_abuse: childAbuse,
    domestic_violence: domesticViolence,
    missing_child: missingChild,
    ...rest
  } = raw;
  return { ...rest, bySms, childAbuse, domesticViolence, missingChild };
}

function toService(
  { also_called: alsoCalled, hours: own, ...same }: z.output<typeof service>,
  townHours: Record<string, string>,
): Service {
  return { ...same, hours: toWeek(own ?? townHours), ...(alsoCalled && { alsoCalled }) };
}

function toWeek(written: Record<string, string>): Record<Weekday, DayHours> {
  const days = Object.entries(written).flatMap(([range, spans]) =>
    (readDays(range) ?? []).map((day) => [day, readSpans(spans) ?? []]),
  );
  return { ...Object.fromEntries(WEEKDAYS.map((day) => [day, []])), ...Object.fromEntries(days) } as Record<Weekday, DayHours>;
}

function hasDayTwice(ranges: readonly string[]): boolean {
  const days = ranges.flatMap((range) => readDays(range) ?? []);
  return new Set(days).size < days.length;
}
