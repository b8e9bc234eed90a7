/**
 * What each schema version changed, oldest first. A step is never edited once released: a
 * database in the field may stand at any of them.
 */
import { isOpen, type TicketState } from '../domain/ticket/states';
import type { Document } from './collection';
import { insertNew } from './insert-new';
import type { SchemaStep } from './migrate';

type HelpedRow = Document & {
  town: string;
  reference: string;
  conversation: string;
  channel: string;
  address: string;
  helper?: { conversation: string; contact: { kind: 'phone' | 'email'; value: string }; isTold: boolean; at: string };
};

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
  {
    to: 5,
    name: 'a request that a helper made stands in a conversation of its citizen, and the helper follows it',
    async run(database) {
      const rows = database.collection<HelpedRow>('tickets');
      const followers = database.collection('followers');
      let last = '';
      for (;;) {
        const found = await rows.find({ _id: { $gt: last } }, { sort: [['_id', 1]], limit: 200 });
        for (const { _id, town, reference, channel, address, conversation, helper } of found) {
          if (!helper || helper.conversation !== conversation) continue;
          const { contact, isTold, at } = helper;
          const follower = { town, reference, conversation, channel, address, at, ...(isTold ? {} : { isQuiet: true }) };
          await insertNew(followers, { _id: `${town}:${reference}:${conversation}`, ...follower });
          const own = { channel: contact.kind === 'phone' ? 'sms' : 'mail', address: contact.value };
          const [known] = await database.collection('conversations').find({ town, ...own }, { limit: 1 });
          await rows.changeIf({ _id }, { $set: { ...own, conversation: known?._id ?? `helped-${town}-${reference}` } });
        }
        if (found.length === 0) break;
        last = found.at(-1)?._id ?? last;
      }
    },
  },
];
