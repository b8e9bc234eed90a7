/**
 * The low port under every repository: six verbs on documents. Two backs fill it, `sqlite`
 * and `mongo`, and the same contract suite runs on both. A document is plain JSON; dates
 * are ISO strings or numbers of milliseconds, chosen by the repository.
 *
 * What both backs promise, and the suite holds them to:
 * - A promise resolves once the change would survive a crash of the machine.
 * - Kinds are strict: `1`, `'1'` and `true` are three values, and `$lt: 5` never finds a text.
 * - `null` is a value; a missing field is not: `{a: null}` finds only the former, `$ne` finds whatever `$eq` does not.
 * - Sorting upwards: missing and null first (equals), then numbers, then texts by code point. Booleans sort among
 *   themselves, false first. Rows that tie come in no promised order: add `_id` to the sort where it matters.
 * - A name within a row that is an operator (`$…`), a path (with a dot), `_bsontype` or `__proto__` is a StoreMisuse.
 * - A filter, a sort or an index reads fields that hold one value of one kind; what it makes of a list or an object is not promised,
 *   but that `$exists` finds it.
 * - A write that ended in StoreUnavailable may have happened. Callers that try again use ids they can derive, and a
 *   compare-and-set that finds nothing on its second try looks whether the row already holds its own work.
 */

import type { FileStore } from '../domain/message/file';

export type Value = string | number | boolean | null;

export interface Condition {
  $eq?: Value;
  $ne?: Value;
  $in?: Value[];
  $lt?: string | number;
  $lte?: string | number;
  $gt?: string | number;
  $gte?: string | number;
  $exists?: boolean;
}

/** Dotted paths reach into the document. A bare value means equality; `null` matches null, never a missing field. */
export type Filter = Record<string, Value | Condition>;

export interface Changes {
  /** Objects on the way of a dotted path are made when missing. `undefined` is left out, as in JSON. */
  $set?: Record<string, unknown>;
  $unset?: string[];
  /** Adds to a number; a missing field starts at zero. */
  $inc?: Record<string, number>;
  /** Appends one element to an array, made when missing. */
  $push?: Record<string, unknown>;
}

export interface Document {
  _id: string;
  [field: string]: unknown;
}

export interface FindOptions {
  sort?: Array<[string, 1 | -1]>;
  limit?: number;
}

export interface IndexOptions {
  name: string;
  /** No two rows with the same values. A missing field counts as null, and null as any other value. */
  unique?: boolean;
  /** Rows that lack one of the fields stand outside the index: for a unique field that comes later in a row's life. */
  whenPresent?: boolean;
}

/** Thrown by `insert`, `updateIf` and `changeIf` when a unique index or the `_id` is already taken. `index` is its name, `_id` for the key. */
export class DuplicateKey extends Error {
  readonly code = 'duplicate-key';
  constructor(readonly index: string) {
    super(`A document with the same ${index} exists`);
  }
}

/** Why nothing can be written just now: nobody answers, no room is left on the disk, the disk takes no writes. */
export type Unavailability = 'away' | 'full' | 'read-only';

/** Thrown when the store cannot be used just now; the caller waits and tries again. Nothing is known of the outcome. */
export class StoreUnavailable extends Error {
  readonly code = 'store-unavailable';
  readonly why: Unavailability;
  constructor(message: string, options: ErrorOptions & { why?: Unavailability } = {}) {
    super(message, options);
    this.why = options.why ?? 'away';
  }
}

/** Thrown when the database cannot be opened or read at all: what is wrong with it, and the cure. */
export class StoreHarmed extends Error {
  readonly code = 'store-harmed';
}

/** Thrown when the address of the server cannot be one: what is wrong with it. Never holds the password. */
export class StoreAddressFault extends Error {
  readonly code = 'store-address';
}

/** Thrown for a question the port does not take (an unknown operator, a value that is no plain value, a sum on a text). The code is wrong, not the world. */
export class StoreMisuse extends Error {
  readonly code = 'store-misuse';
}

export interface Collection<T extends Document = Document> {
  readonly name: string;
  /** Resolves once on disk. Throws DuplicateKey. */
  insert(document: T): Promise<void>;
  find(filter: Filter, options?: FindOptions): Promise<T[]>;
  /** Changes the first document that matches, atomically; the row after the change, or null when none matches. */
  updateIf(filter: Filter, changes: Changes, options?: Pick<FindOptions, 'sort'>): Promise<T | null>;
  /** The same where it only matters whether one matched: the row stays where it is. */
  changeIf(filter: Filter, changes: Changes): Promise<boolean>;
  /** Removes every match, or so many of them in no promised order; how many. */
  remove(filter: Filter, options?: Pick<FindOptions, 'limit'>): Promise<number>;
  count(filter: Filter): Promise<number>;
  /** Declares an index; making one that exists is nothing. Throws DuplicateKey when rows already break it. */
  index(fields: string[], options: IndexOptions): Promise<void>;
  /** The index a filter and sort would use (`_id` for the key), or null when it would scan: what the "no query scans" test asks. */
  explain(filter: Filter, options?: FindOptions): Promise<string | null>;
}

/** An opened database. */
export interface Database {
  readonly kind: 'sqlite' | 'mongo';
  collection<T extends Document>(name: string): Collection<T>;
  /** Where this database's photos and documents stand: in the folder given, or in a place of its own that every machine sees. */
  openFiles(folder: string): Promise<FileStore>;
  /** Resolves when the database has kept a small write; rejects with StoreUnavailable and why. */
  ping(): Promise<void>;
  /** Takes every collection of this database away: scratch databases only. */
  drop(): Promise<void>;
  /** Finishes what was asked before, then lets go of the database. */
  close(): Promise<void>;
}
