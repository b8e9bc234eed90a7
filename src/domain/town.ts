/**
 * One local authority on this installation, as its folder `towns/<id>/` describes it:
 * who it is, what it speaks, when its services are open, where its streets run.
 */

import type { Hub } from './desk/hub';
import type { Training } from './desk/training';
import type { Partner } from './forwarding/partner';
import type { EmergencyNumbers } from './language/danger';
import type { ForeignLanguage } from './language/foreign';
import type { Localised } from './language/localised';
import type { Sentences } from './language/sentences';
import type { Subscriptions } from './listening/theme';
import type { Hook } from './programs/hook';
import type { TownRetention } from './retention';
import type { Topic, UnfiledTopic } from './topic/topic';

/**
 * Opening spans of one day in local wall time: `[['08:30', '12:00'], ['13:30', '17:30']]`; empty means closed. The last may
 * end on the next day: `['22:00', '02:00']`. A span holds its first minute and not its last.
 */
export type DayHours = Array<[string, string]>;

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** They take what they choose, what waits is offered to one after the other, or both. */
export type Routing = 'claim' | 'offer' | 'both';

export interface Service {
  id: string;
  name: Localised;
  /** The same inside a sentence, with its article: "l'accueil de la mairie", "the front desk". */
  called?: Localised;
  phone?: string;
  email?: string;
  address?: string;
  hours: Record<Weekday, DayHours>;
  /** How conversations that wait reach an agent: `claim` when absent. */
  routing?: Routing;
  /** Calls back: a time every so many minutes, for so many citizens each, within so many days; the usual when absent. */
  callbacks?: { every?: number; places?: number; days?: number } | false;
  /** Words citizens use for this service when they ask for a person there, by language. */
  alsoCalled?: Record<string, string[]>;
}

/** A date (YYYY-MM-DD, inclusive) on which the ordinary hours do not hold; no hours means closed. */
export interface ExceptionalDay {
  from: string;
  to: string;
  reason: Localised;
  /** Which services; all when absent. */
  services?: string[];
  hours?: DayHours;
}

export interface GeoPoint {
  latitude: number;
  longitude: number;
}

/** One street and, where known, numbered points along it. */
export interface Street {
  name: string;
  alsoCalled?: string[];
  numbers: Array<{ number: string } & GeoPoint>;
  middle: GeoPoint;
}

/** A place people name instead of an address: a school, the stadium, a bakery. */
export interface Landmark extends GeoPoint {
  name: string;
  alsoCalled?: string[];
  street?: string;
}

/** A part of the town: a quarter, a round of collection. */
export interface Sector {
  id: string;
  name: Localised;
  /** A GeoJSON MultiPolygon's coordinates: parts, each an outer ring and its holes, of [longitude, latitude]. */
  outline: number[][][][];
}

/** Whose requests are, where that is not the topic's own service. */
export interface RoutingRule {
  /** Of these topics; of all when absent. */
  topics?: string[];
  /** In these sectors; anywhere when absent. */
  sectors?: string[];
  /** Only while the topic's own service is open, or closed; at any hour when absent. */
  when?: 'open' | 'closed';
  /** The topic's own when absent. */
  service?: string;
  /** E-mail of the agent who has it from the start. */
  agent?: string;
}

/** What is filled into a reply that is kept ready, by the names that stand in braces. */
export const CANNED_FIELDS = ['name', 'service', 'agent', 'reference'] as const;

/** A reply that a town keeps ready for its agents. */
export interface CannedText {
  id: string;
  title: Localised;
  text: Localised;
  /** All services when absent. */
  service?: string;
}

/** Who hears of a danger that nobody has acknowledged after so many minutes. */
export interface Escalation {
  after: number;
  sms?: string[];
  email?: string[];
  webhook?: string;
}

export interface Town {
  id: string;
  name: string;
  /** How messages are signed: "Mairie de Bellerive". */
  authority: Localised;
  /** IANA zone, e.g. Europe/Paris. */
  timeZone: string;
  country: string;
  /** First is the default. */
  languages: [string, ...string[]];
  services: Service[];
  /** What the town that lends its offices is asked besides, and this one has no file about. */
  unfiled: UnfiledTopic[];
  /** The service that answers when none is named; also the one whose hours "are you open" means. */
  frontDesk: string;
  exceptionalDays: ExceptionalDay[];
  /** Their names by year, then by date 'YYYY-MM-DD'; of the years worked out so far. */
  publicHolidays: Record<number, Record<string, Localised>>;
  emergency: EmergencyNumbers;
  /** Another hub of people that answers for some services. */
  hub?: Hub;
  /** Who hears of a danger at once: numbers that get a text message, addresses that get an e-mail, and one that is posted to. */
  alerts?: { sms?: string[]; email?: string[]; webhook?: string; escalate?: Escalation[] };
  /** Programs of the town's that are told what becomes of requests and conversations. */
  webhooks?: Hook[];
  /** Authorities that requests which are not the town's, or not its own to work on, are handed to. */
  partners?: Partner[];
  /** What anybody may see: requests of the topics that have `open_data`, what was answered to polls. */
  openData?: {
    requests: boolean;
    polls?: boolean;
    /** How many came in by topic, month and sector. */
    figures: boolean;
    /** Smaller counts are not told. */
    smallest: number;
  };
  /** Days after which a request that is done is closed by itself; 30 when absent. */
  closedAfterDays?: number;
  /** How long what citizens wrote is kept; for ever when absent. */
  retention?: TownRetention;
  /** Where personal-data requests go, and the page that explains the processing. */
  privacy: { contact: string; url: string };
  /** Origins allowed to embed the widget; `*` is refused outside the demo. */
  allowedOrigins: string[];
  /** A phone number (`+33…`), or the sid of a Messaging Service at Twilio (`MG…`); an address for e-mail. */
  senders: { sms?: string; whatsapp?: string; email?: string };
  /** How e-mails begin and end; they end with the authority's name when absent. */
  mail?: { greeting?: Localised; signature?: Localised };
  /** The countries whose phones are written to, by their two letters; its own when absent. */
  phoneCountries?: string[];
  streets: Street[];
  landmarks: Landmark[];
  /** Outer ring of the town's territory, closed or not, as points. */
  boundary: GeoPoint[];
  /** What the town is divided into; of two that overlap the first has it. */
  sectors?: Sector[];
  /** How near (metres) is beside a school, of the topics that are more urgent there; the usual when absent. */
  besideMetres?: number;
  /** Whose requests are, where that is not the topic's own service. */
  routing?: RoutingRule[];
  /** Topics most people come for, offered when words were not understood. */
  commonTopics?: string[];
  /** What the pages that answers name are called, by address without a last slash; of a site, for all its pages. */
  links?: Record<string, Localised>;
  theme?: { colour?: string };
  /** Replies that agents find ready. */
  canned?: CannedText[];
  /** What agents train with; nothing when absent. */
  training?: Training;
  /** What citizens can ask to be told of; nothing when absent. */
  subscriptions?: Subscriptions;
  /** The town's own words for the texts that the law wants published. */
  legal?: Partial<Record<'accessibility' | 'algorithm' | 'ai' | 'data', Localised>>;
  /** What a contact costs at the desk and online, and a piece of a text message. */
  costs?: { desk?: number; online?: number; text?: number; currency?: string };
  /** Everybody may see how well the town answers. */
  isQualityPublic?: true;
}

/** Whether a service is open at a moment, and what comes next; wall times are the town's. */
export interface OpenState {
  isOpen: boolean;
  /** Today's spans after exceptions and public holidays. */
  today: DayHours;
  /** Why today differs from the ordinary week: a public holiday's or an exception's name, by language. */
  reason?: Localised;
  closesAt?: string;
  /** Next opening: local date and time, when closed now. */
  opens?: { date: string; time: string; weekday: Weekday };
}

/** Opening hours as arithmetic: weekly hours, lunch breaks, exceptional days and the country's public holidays. */
export interface Calendar {
  at(town: Town, service: Service, moment: Date): OpenState;
  /** The moment when so much of the service's working time (milliseconds) has passed; null when it does not open for so long within a year. */
  due(town: Town, service: Service, from: Date, workingMs: number): Date | null;
  /** The end of the n-th day on which the service opens, the day of `from` not counted; null when there are none within a year. */
  dueDay(town: Town, service: Service, from: Date, days: number): Date | null;
  /** When the service is open between two moments, in order; the first may have begun before. */
  openings(town: Town, service: Service, from: Date, to: Date): Array<{ from: Date; to: Date }>;
  /** How much of the service's working time lies between two moments, milliseconds. */
  worked(town: Town, service: Service, from: Date, to: Date): number;
  /** The public holiday that a date (YYYY-MM-DD) is; undefined on any other day. */
  holiday(town: Town, date: string): Localised | undefined;
  /** The town's local date (YYYY-MM-DD) and time (HH:mm) at a moment. */
  local(town: Town, moment: Date): { date: string; time: string; weekday: Weekday };
}

/** The towns of this installation, as read from their folders. */
export interface Towns {
  list(): Town[];
  get(id: string): Town | undefined;
  topics(town: string): Topic[];
  topic(town: string, id: string): Topic | undefined;
  locale(language: string): Sentences | undefined;
  /** What is known of a language that no town speaks: the few sentences said in it, its yes and no. */
  foreignLanguage(code: string): ForeignLanguage | undefined;
  /** All of them. */
  foreign(): ForeignLanguage[];
}
