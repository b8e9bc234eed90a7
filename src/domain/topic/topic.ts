/**
 * One thing citizens come for: intent, answer and form in one file of the town
 * (`towns/<id>/topics/<topic>.yml`). Adding a topic touches that file and nothing else.
 */
import type { Localised } from '../language/localised';
import type { Retention } from '../retention';
import type { FormalRule } from '../ticket/formal';

export type TopicKind =
  /** Something to fix in the public space: leads to a form and a ticket. */
  | 'report'
  /** A question with a verified answer. */
  | 'question'
  /** Not the town's: whose it is, and how they are reached. */
  | 'elsewhere'
  /** Words that steer the conversation (hello, cancel, a person): phrases only, behaviour is in the bot. */
  | 'control';

/** The request that is a message for a person; no file of a town has it. */
export const FOR_A_PERSON = 'talk_to_human';

/** An administration or a company that does what the town hall does not; reached at one of the two at least. */
export interface Office {
  /** As citizens know it: "CAF (caisse d'allocations familiales)". */
  name: Localised;
  /** By language: the names by which its number or address is asked for. */
  alsoCalled?: Record<string, string[]>;
  /** An https address. */
  web?: string;
  /** As it is dialled there: "36 46". */
  phone?: string;
  /** Where it is found. */
  address?: string;
  /** Where requests that are not the town's are handed over. */
  email?: string;
}

/** Who vouches for an answer, and how long. Dates are YYYY-MM-DD in the town's time zone; `until` is inclusive. */
export interface Verified {
  /** Service id; the front desk when absent, so that a file about another office can be copied from town to town. */
  by?: string;
  on: string;
  until: string;
  /** Where the fact can be checked: an https address or the name of a document. */
  source: string;
}

export type FieldKind = 'text' | 'choice' | 'yes-no' | 'number' | 'date' | 'place' | 'file' | 'contact';

export interface Choice {
  id: string;
  label: Localised;
  /** Other words that mean this choice, by language. */
  words?: Record<string, string[]>;
}

/** By when a request is to be done, in the working time of its service. The day it comes in does not count. */
export type Delay = { workingDays: number } | { workingHours: number };

/** What town halls are asked, by a town that has no file about it: known by its words, so that it is not taken for something else. */
export type UnfiledTopic = Pick<Topic, 'id' | 'title' | 'phrases'>;

/** One question of a form. */
export interface Field {
  id: string;
  kind: FieldKind;
  ask: Localised;
  /** Said when the reply could not be read; the product's own sentence for the kind when absent. */
  askAgain?: Localised;
  /** How the field is named in the summary: "Adresse". */
  label: Localised;
  required: boolean;
  choices?: Choice[];
  /** Offered beside the question where there are buttons: what else can be asked for. */
  beside?: Localised[];
  min?: number;
  max?: number;
  /** Of a date: which Monday is meant. Back, when absent: most are asked since when. Of text: it asks for a time. */
  looks?: 'ahead' | 'back';
  /** Words of which two, or one and a number plate, answer a question of kind text before it is asked. By language. */
  saidBy?: Record<string, string[]>;
  /** How many of them are enough, where two are too many: 'a hedgehog' says which animal. */
  enough?: number;
  /** Of a place: any words that say where are it, 'on the line 2 bus'. */
  free?: true;
  /** Ask only when an earlier answer of the form has this value: `{field: 'kind', is: ['bin']}`. */
  when?: { field: string; is: string[] };
  /** Of a yes or no: yes means that who makes the request may be named to the authority that it is handed to. */
  agreement?: true;
}

/** A narrower question inside a topic: "and for a child?" after the price of a passport. */
export interface Detail {
  id: string;
  phrases: Record<string, string[]>;
  answer: Localised;
  /** Ages (inclusive) this detail is about, so that "for my 10-year-old" finds it. */
  ages?: [number, number];
}

export interface Topic {
  id: string;
  kind: TopicKind;
  /** Service id that handles or answers; absent for control topics and for what is not the town's. */
  service?: string;
  /** Whose it is, of a topic that is not the town's. */
  office?: Office;
  title: Localised;
  /** As citizens write it, by language. */
  phrases: Record<string, string[]>;
  /** Report: what is said when the report is recognised, before the first question. Question: the verified answer. Elsewhere: what the office does. */
  answer?: Localised;
  details?: Detail[];
  verified?: Verified;
  form?: Field[];
  /** Published delay in working days, if the town publishes one. */
  delayDays?: number;
  /** By when it is to be done, where that is not the published delay. */
  due?: Delay;
  /** A formal request in the sense of the law: what silence means, from when, and how it is appealed against. */
  formal?: FormalRule;
  /** Reports so near each other (metres), and so few days apart, may be one incident: it is asked. */
  oneIncident?: { metres: number; days: number };
  /** Every request of this topic is urgent. */
  priority?: 'high';
  /** What makes a ticket urgent that is beside it, as landmarks are called: school, hospital. */
  priorityNear?: string[];
  /** Words that make a ticket of this topic urgent: hate graffiti, a needle in a sandpit. By language. */
  priorityWords?: Record<string, string[]>;
  /** Where its requests are kept for another time than the town's. */
  retention?: Partial<Retention>;
  openData?: { group: string; code: string };
  /** Topics to name beside this one, when a citizen may have meant a neighbour. */
  seeAlso?: string[];
  /** What pages that the texts name are called, by address without a last slash: "la page des rendez-vous". */
  links?: Record<string, Localised>;
  /** File it came from, for messages to clerks. */
  file: string;
}

/** An answer is served up to and including its last verified day; later the bot says it is out of date and offers a person. */
export function isStillVerified(verified: Verified | undefined, today: string): boolean {
  return verified !== undefined && verified.on <= today && today <= verified.until;
}
