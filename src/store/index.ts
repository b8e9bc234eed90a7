/**
 * The store's face: where the rows of a town are kept, and the port every repository is written over.
 * Which back it is, an embedded file or a MongoDB, is decided once, here.
 */
import type { Database } from './collection';
import type { MongoOptions } from './mongo';
import { openSqlite } from './sqlite';

export type { Changes, Collection, Condition, Database, Document, Filter, FindOptions, IndexOptions, Value } from './collection';
export { DuplicateKey, StoreMisuse, StoreUnavailable } from './collection';
export { type SchemaStep, SchemaTooNew, upgrade } from './migrate';
export { whileAway } from './patience';
export type { Trouble } from './write-watch';

export type DatabaseOptions =
  | { kind: 'sqlite'; file: string; onTrouble?: MongoOptions['onTrouble'] }
  | ({ kind: 'mongo' } & MongoOptions);

/**
 * Opens the database; what is opened must be closed. A MongoDB that does not answer yet is no error here: the
 * operations wait for it with StoreUnavailable, and `onTrouble` tells the operator.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.kind === 'sqlite') return openSqlite(options.file, options.onTrouble);
  // The driver takes 25 MB; a town on the embedded store need not have it in memory.
  const { openMongo } = require('./mongo') as typeof import('./mongo');
  return openMongo(options);
}
