/**
 * What each schema version changed, oldest first. A step is never edited once released: a
 * database in the field may stand at any of them.
 */
import type { Document } from './collection';
import type { SchemaStep } from './migrate';

export const upgrades: SchemaStep[] = [
  {
    to: 1,
    name: 'the first shape: rows as the repositories write them',
    async run() {
      // Nothing stood before it; the version is written so that an older Guichet refuses what a newer one wrote.
    },
  },
  {
    to: 2,
    name: 'requests stand in the states of a city service',
    async run(database) {
      const rows = database.collection<Document & { state: string; history: Array<{ state?: string }> }>('tickets');
      // What waited, waited for the town; from now on `waiting` is for the citizen.
      const names: Record<string, string> = {
        received: 'new',
        done: 'resolved',
        rejected: 'refused',
        cancelled: 'withdrawn',
        waiting: 'in-progress',
      };
      for (const [before, after] of Object.entries(names)) {
        for (;;) {
          const found = await rows.find({ state: before }, { limit: 200 });
          for (const { _id, history } of found) {
            const renamed = history.map((event) =>
              event.state ? { ...event, state: names[event.state] ?? event.state } : event,
            );
            await rows.changeIf({ _id, state: before }, { $set: { state: after, history: renamed } });
          }
          if (found.length === 0) break;
        }
      }
    },
  },
];
