/**
 * A numbered request. The reference can be read over the phone: no look-alike letters,
 * a check character, and a reader tolerant of case, spaces and 0/O, 1/I/L.
 */

import type { Forward } from '../forwarding/partner';
import type { Due } from './due';
import type { Formal } from './formal';
import type { Helper } from './helper';
import type { TicketState } from './states';

/** An answer of a form, as kept on the ticket. */
export interface TicketAnswer {
  field: string;
  label: string;
  /** Text as a person reads it. */
  text: string;
  /** The value as a program reads it: ISO date, choice id, number, E.164 phone, file ids. */
  value?: unknown;
  /** What it was before a correction, oldest first, with the time of the change (ISO). */
  former?: Array<{ text: string; at: string }>;
}

export interface TicketPlace {
  /** As shown to the citizen: "32 rue Victor Hugo". */
  text: string;
  latitude?: number;
  longitude?: number;
  /** How it was found. */
  precision: 'number' | 'street' | 'landmark' | 'pin' | 'text';
}

/** Why a request may not be taken away for now: a dispute, an inquiry. */
export interface Hold {
  at: string;
  by: { id: string; name: string };
  reason: string;
}

/** What is needed to open a ticket; who and when are added when it is carried out. */
export interface TicketDraft {
  topic: string;
  service: string;
  /** Of the town's sectors the one it lies in, where that is known. */
  sector?: string | null;
  /** E-mail of whoever has it from the start, where the town's rules name one. */
  agent?: string | null;
  title: string;
  priority: 'normal' | 'high';
  answers: TicketAnswer[];
  place?: TicketPlace;
  files: string[];
  /** Phone in E.164 or e-mail in lower case that the citizen asked to be written to. */
  contact?: { kind: 'phone' | 'email'; value: string };
  language: string;
  /** The citizen's own first words. */
  words: string;
  /** What they said while it was filled in, in order, as typed: beside the answers. */
  said?: string[];
  delayDays?: number;
  due?: Due;
  /** The legal clock of a formal request. */
  formal?: Formal;
  /** Requests of others it has to do with. */
  links?: TicketLink[];
  /** Handed to another authority. */
  forward?: Forward;
}

/** `neighbour`: what was said to be near and another thing. */
export interface TicketLink {
  reference: string;
  kind: 'neighbour';
}

export interface TicketEvent {
  /** Derived from its cause, so that the same event is added once. */
  id: string;
  at: string;
  by: 'citizen' | 'agent' | 'system';
  /** Who of the town hall, where it is known. */
  agent?: { id: string; name: string };
  /** The name of whoever did it for its citizen. */
  helper?: string;
  /** `recalled`: its reference was asked for, and is told again where the request was made from. */
  kind:
    | 'opened'
    | 'state'
    | 'comment'
    | 'attached'
    | 'cancelled'
    | 'recalled'
    | 'reopened'
    | 'corrected'
    | 'reminded'
    | 'routed'
    | 'followed'
    /** Somebody acts for its citizen from now on, with their proof. */
    | 'helped'
    /** And from now on not any more. */
    | 'unhelped'
    | 'linked'
    | 'merged'
    | 'split'
    | 'incident'
    | 'partner';
  text?: string;
  state?: TicketState;
  /** Of what was moved elsewhere, or said by another authority: which one. */
  office?: string;
  /** It was handed to that authority; whether its citizen was named, and whether its photos went along. */
  forwarded?: { withPerson: boolean; photos?: true };
  /** What became of it there, where `kind` is `partner`. */
  partner?: 'sent' | 'received' | 'failed' | 'closed';
  /** The value before: the state it left, an answer that was corrected. */
  was?: string;
  /** Of an agreement that is over: the helper's conversation, and whether they ended it themselves. */
  ended?: { conversation: string; byHelper: boolean };
  /** Whether the citizen may see it. */
  isPublic: boolean;
}

export interface Ticket extends TicketDraft {
  id: string;
  town: string;
  reference: string;
  state: TicketState;
  conversation: string;
  channel: string;
  address: string;
  history: TicketEvent[];
  /** An incident that the town hall has declared: whoever reports it hears that it is known. */
  incident?: { metres?: number; next?: string } | null;
  /** Who acts for its citizen. */
  helper?: Helper | null;
  /** The request it was put together with; what is said of it is said of that one. */
  mergedInto?: string | null;
  /** How often its citizen said that it was not done. */
  reopened?: number;
  /** Since when it is for few eyes alone, and since when nothing of its citizen is left (milliseconds since 1970). */
  restrictedAt?: number;
  erasedAt?: number;
  /** Restricted, and to be handed to the archives. */
  isSetAside?: boolean;
  /** Nothing of it is taken away while it is held, whatever its age. */
  hold?: Hold;
  /** Raised by one with each change. */
  revision: number;
  openedAt: string;
  updatedAt: string;
}

/** Crockford's base 32: no I, L, O or U, so that nothing is misheard or misread. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Luhn's check in base 32: finds every single wrong character and nearly every swap of two neighbours. */
function checkSymbol(body: string): string {
  let sum = 0;
  let factor = 2;
  for (let at = body.length - 1; at >= 0; at -= 1) {
    const product = factor * SYMBOLS.indexOf(body.charAt(at));
    sum += Math.floor(product / 32) + (product % 32);
    factor = factor === 2 ? 1 : 2;
  }
  return SYMBOLS.charAt((32 - (sum % 32)) % 32);
}

/**
 * A reference like `7K3M-9QPX` from at least 7 random (or hashed) bytes: seven symbols and a check symbol,
 * 34 thousand million of them. Its second and sixth symbols are digits from 2 to 9, so that it never looks like a word.
 */
export function createReference(bytes: Uint8Array): string {
  if (bytes.length < 7) throw new RangeError('A reference needs 7 bytes');
  let body = '';
  for (let at = 0; at < 7; at += 1) {
    const byte = bytes[at] ?? 0;
    body += at === 1 || at === 5 ? String(2 + (byte % 8)) : SYMBOLS.charAt(byte % 32);
  }
  if (/^\d+$/.test(body)) body = `K${body.slice(1)}`;
  const whole = body + checkSymbol(body);
  return `${whole.slice(0, 4)}-${whole.slice(4)}`;
}

/** The reference as stored, from what somebody typed or read aloud; null when it cannot be one (wrong length or check). */
export function readReference(typed: string): string | null {
  const symbols = typed
    .toUpperCase()
    .replace(/[\s.\-_–—]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (symbols.length !== 8 || [...symbols].some((symbol) => !SYMBOLS.includes(symbol))) return null;
  if (checkSymbol(symbols.slice(0, 7)) !== symbols.charAt(7)) return null;
  return `${symbols.slice(0, 4)}-${symbols.slice(4)}`;
}

/** Every reference in a text, normalised, in the order typed. Words without a digit are never one. */
export function findReferences(text: string): string[] {
  const found: string[] = [];
  eachReference(text, (reference) => found.includes(reference) || found.push(reference));
  return found;
}

/** A text with spaces where references stand, as long as it was: they mean nothing that their signs may sound like. */
export function withoutReferences(text: string): string {
  let without = text;
  eachReference(text, (_, at, { length }) => {
    without = without.slice(0, at) + ' '.repeat(length) + without.slice(at + length);
  });
  return without;
}

/** Looked at from each word on: 'pour M84S-Z7QS' is no 'POUR-M84S'. */
const CANDIDATE = /(?<![\p{L}\p{N}])(?=([\p{L}\p{N}]{4})([\s\-–—.]?)([\p{L}\p{N}]{4})(?![\p{L}\p{N}]))/gu;
/** Each half has a digit that cannot be typed as a letter. */
const HALF = /[2-9]/;

function eachReference(text: string, found: (reference: string, at: number, typed: string) => void): void {
  if (!/\d/.test(text)) return;
  const all = [...text.matchAll(CANDIDATE)].flatMap(({ index, 1: first = '', 2: between = '', 3: second = '' }) => {
    const typed = first + between + second;
    const isOne = HALF.test(first) && HALF.test(second) && /\p{L}/u.test(typed);
    const reference = isOne ? readReference(typed) : null;
    return reference ? [{ reference, at: index, typed, isJoined: !/^\s?$/.test(between) }] : [];
  });
  let end = 0;
  for (const [n, one] of all.entries()) {
    const after = one.at + one.typed.length;
    const next = all[n + 1];
    // What a sign joins is a reference before what a space parts: a year before one is none of it.
    const isPartOfNext = !one.isJoined && next?.isJoined && next.at < after;
    if (one.at < end || isPartOfNext) continue;
    found(one.reference, one.at, one.typed);
    end = after;
  }
}

const DATE = /^(?:\d{1,2}[-–—./]\d{1,2}(?:[-–—./]\d{2,4})?|\d{4}[-–—./]\d{1,2}[-–—./]\d{1,2})$/u;
const FEWEST_DIGITS = 5;

/** Whether something in a text was meant as a reference: letters and digits in one piece, or a long number, no date and no phone. */
export function seemsReference(text: string): boolean {
  const pieces = text.match(/[\p{L}\p{N}]+(?:[-–—./#][\p{L}\p{N}]+)*/gu) ?? [];
  return pieces.some((piece) => {
    const digits = piece.replace(/\D/g, '').length;
    if (digits === 0 || DATE.test(piece) || /^0\d{9}$|^\d{10,}$/.test(piece)) return false;
    return digits === piece.length ? digits >= FEWEST_DIGITS : piece.length >= 6 && digits >= 2;
  });
}
