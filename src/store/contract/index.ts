/**
 * The contract every store keeps, shipped with the port: the same cases run in `npm test` on both backs and in
 * `npm run check-store` on an operator's own server. A case needs an empty collection and an assertion library.
 */

import { randomBytes } from 'node:crypto';
import type { Database } from '../collection';
import { atOnceCases } from './at-once';
import type { StoreCase } from './case';
import { changeCases } from './changes';
import { filterCases } from './filters';
import { indexCases } from './indexes';
import { raceCases } from './races';
import { rowCases } from './rows';

export const storeCases: StoreCase[] = [...rowCases, ...filterCases, ...changeCases, ...indexCases, ...raceCases, ...atOnceCases];

/** Runs one case in a database, in collections of its own. */
export function runStoreCase(one: StoreCase, database: Database): Promise<void> {
  return one.run(() => database.collection(`case_${randomBytes(6).toString('hex')}`), database);
}
