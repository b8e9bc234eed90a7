/**
 * What each schema version changed, oldest first. A step is never edited once released: a
 * database in the field may stand at any of them.
 */
import type { SchemaStep } from './migrate';

export const upgrades: SchemaStep[] = [
  {
    to: 1,
    name: 'the first shape: rows as the repositories write them',
    async run() {
      // Nothing stood before it; the version is written so that an older Guichet refuses what a newer one wrote.
    },
  },
];
