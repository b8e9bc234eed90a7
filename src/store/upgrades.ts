/**
 * What each schema version changed, oldest first. A step is never edited once released: a
 * database in the field may stand at any of them.
 */
import { isOpen, type TicketState } from '../domain/ticket/states';
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
      let last = '';
      for (;;) {
        const found = await rows.find({ _id: { $gt: last } }, { sort: [['_id', 1]], limit: 200 });
        for (const { _id, state, history } of found) {
          // Every history begins with the opening: once that is `new`, the row is done, and a second run leaves it.
          if (history.some((event) => event.state === 'new')) continue;
          const renamed = history.map((event) => (event.state ? { ...event, state: names[event.state] ?? event.state } : event));
          await rows.changeIf({ _id, state }, { $set: { state: names[state] ?? state, history: renamed } });
        }
        if (found.length === 0) break;
        last = found.at(-1)?._id ?? last;
      }
    },
  },
  {
    to: 3,
    name: 'requests that are over know since when, so that their time can be counted',
    async run(database) {
      const rows = database.collection<Document & { state: TicketState; updatedAt: string }>('tickets');
      let last = '';
      for (;;) {
        const found = await rows.find({ _id: { $gt: last } }, { sort: [['_id', 1]], limit: 200 });
        for (const { _id, state, updatedAt } of found)
          if (!isOpen({ state })) await rows.changeIf({ _id, state }, { $set: { endedAt: Date.parse(updatedAt) } });
        if (found.length === 0) break;
        last = found.at(-1)?._id ?? last;
      }
    },
  },
  {
    to: 4,
    name: 'requests that are done are looked at, so that they are closed by themselves',
    async run(database) {
      const rows = database.collection<Document & { state: TicketState; updatedAt: string }>('tickets');
      let last = '';
      for (;;) {
        const found = await rows.find({ _id: { $gt: last } }, { sort: [['_id', 1]], limit: 200 });
        for (const { _id, state, updatedAt, erasedAt } of found)
          if (state === 'resolved' && erasedAt === undefined)
            await rows.changeIf({ _id, state }, { $set: { lookAt: Date.parse(updatedAt) + 24 * 3600_000 } });
        if (found.length === 0) break;
        last = found.at(-1)?._id ?? last;
      }
    },
  },
];
