/**
 * What a citizen's words were understood to mean, as data: made by `src/understanding`,
 * read by the turn and by every dialog.
 */

import type { GeoPoint } from '../town';
import type { DangerKind } from './danger';
import type { Courtesy } from './foreign';
import type { DayPart } from './language-pack';
import type { AfterDanger, Feeling } from './said';

export interface HeardIntent {
  topic: string;
  /** Calibrated, 0 to 1. */
  confidence: number;
}

export interface FoundPlace {
  /** As shown to the citizen: "32 rue Victor Hugo", "stade Léo-Lagrange, route de Lyon". */
  text: string;
  street?: string;
  number?: string;
  landmark?: string;
  point?: GeoPoint;
  precision: 'number' | 'street' | 'landmark' | 'pin';
  /** Where in the typed text the words of the place stand (UTF-16, end exclusive). */
  start: number;
  end: number;
  isInside: boolean;
  /** Other streets or landmarks it could as well be; ask back when not empty. */
  others: string[];
  /** It lies between two places: named in its own words, on no point of the map. */
  isStretch?: true;
  /** A crossing was named, of streets that do not meet: the other stands in `others`. */
  isApart?: true;
}

export interface Entities {
  place: FoundPlace | null;
  /** Where no place was said surely: a landmark that is only named ("là où il y a la boulangerie"); an answer to where it is. */
  named?: FoundPlace;
  /** Numbers of doors that the words name without their street: "devant le 14", "not 14 but 12"; a counted or dated number is none. `isAll`: nothing else is said. */
  doors?: { said: string[]; denied: string[]; isAll: boolean };
  /** Streets and landmarks that the words say it is not: "pas rue Voltaire". */
  notAt?: string[];
  /** Words that say where, or of which every town has one: "devant", "trottoir", "au 3e étage". */
  saysWhere?: true;
  /** The message says where somebody is or something lies, and nothing else; `place` may be one of several, or unknown. */
  isPlaceAlone?: true;
  /** E.164. */
  phones: string[];
  emails: string[];
  /**
   * Local dates: ISO `YYYY-MM-DD`, or `YYYY-MM-DDTHH:mm` when a time was said; `text` as typed. A span of time is two,
   * the first with `until`, the value of the second; `part` where a part of the day was said.
   */
  dates: Array<{ text: string; value: string; until?: string; part?: DayPart }>;
  /** Words that name a time which no date could be made of: "vacances de printemps"; only where no date was read. */
  unreadTime?: string;
  numbers: Array<{ text: string; value: number }>;
  yesNo: 'yes' | 'no' | null;
  /** Ticket references as typed, normalised by domain/ticket/ticket. */
  references: string[];
  plates: string[];
}

export interface HeardLanguage {
  /** One of the town's languages. */
  code: string;
  /** True when the words themselves say so; false when the prior was kept. */
  isSure: boolean;
  /** A language the town does not speak, when the words are surely in it: 'es', 'ar', 'de'… */
  foreign?: string;
}

/** Our messages are to go on (`kept`: 'do not unsubscribe me'), or are asked for or missed. */
export type WantedMessages = 'kept' | 'missed' | null;

export interface Heard {
  language: HeardLanguage;
  /** Somebody surely is in danger: whom to call is all that is answered. */
  danger: DangerKind | null;
  /** Somebody may be: whom to call is said first, then the rest is answered. Null where `danger` is not. */
  perhapsDanger: DangerKind | null;
  /** What is said of `danger` first, `danger.<advice>`, where the words ask for more than its kind does; only of other languages. */
  advice: string | null;
  /** The words are a child's own: 'j'ai 9 ans', 'my mum won't wake up'. */
  isMinor: boolean;
  /** Said of a danger once whom to call was told: heard by who is in it. */
  afterDanger: AfterDanger[];
  feelings: Feeling[];
  /** Nothing but an excuse for what was said before: 'pardon, je me suis énervé'. */
  isExcuse: boolean;
  /** Whole-message opt-out or opt-in words (protocols.md 1.10). */
  optOut: 'stop' | 'start' | 'help' | null;
  /** May mean that no more messages are wanted: asked back. */
  perhapsStop: boolean;
  wanted: WantedMessages;
  /** A person or help, asked for in a language that the town does not speak; or nothing but a courtesy in it. */
  asks: 'person' | 'help' | Courtesy | null;
  /** Best first, at most three. */
  intents: HeardIntent[];
  /** `act`: do it; `offer`: offer up to three; `none`: say so and offer a person. */
  zone: 'act' | 'offer' | 'none';
  /** Said to be wanted, whatever it is about: something is to be reported, but not what. */
  wish: 'report' | null;
  /** Said to be a report, of whatever it is: 'I want to report…'. */
  isReport: boolean;
  /** A steering word that stands beside a request ('forget it, I want to report…'): it is followed, then the rest is heard. */
  beside: { topic: string; rest: string } | null;
  /** A steering intent that the words refuse, and nothing else: 'not a person, please'. */
  refused: string | null;
  /** Two or more requests in one message, in the order said, with the words of each; else empty. */
  parts: Array<{ topic: string; text: string }>;
  /** Where there is one request: what it asks of its topic in several pieces, if it does. */
  within?: string[];
  /** The report that is spoken of by whoever follows a request up, or complains. */
  spokenOf?: string;
  repaired: Array<[string, string]>;
  /** The words as they were read: shorthand written out, slips mended; for readers of single words. */
  read: string;
}

/**
 * Of what may be offered, whatever is less likely is not: below it the bereaved were offered streetlamps. On phrases held
 * back in turn, two thirds of the town's unclear messages still find their topic in the list, and of a hundred messages
 * that are nobody's seventy are offered a person and nothing else.
 */
const FLOOR = 0.08;

/** The topics worth offering to whoever was not surely understood, likeliest first; none means a person. */
export function worthOffering({ zone, intents }: Pick<Heard, 'zone' | 'intents'>): string[] {
  return zone === 'offer' ? intents.filter(({ confidence }) => confidence >= FLOOR).map(({ topic }) => topic) : [];
}

/** What a short question after an answer is about. */
export interface FollowUp {
  /** Null when the words lean on what was answered ('and without a car?') and no detail of it is about them. */
  detail: string | null;
  confidence: number;
  /** Asked in the ways of the detail, and as much of what was said is about it as about the topic as a whole. */
  isNarrower: boolean;
  /** Its first words lean on what was said before: 'and for…', 'but…', 'what if…'. */
  isOpened: boolean;
}
