/**
 * Writes to one collection of many callers at once, as few commands: rows to insert, and changes to a row by its id. Each
 * caller hears what became of their own. The server tells only how many rows a group of changes found; where some found
 * none, the rows themselves tell which, by a mark that the group left on those it changed.
 *
 * A server waits for its disk once for each single change of a list, and once for all rows of one change: whatever is
 * changed in the same way ('done', 'carried out') goes as one, five times as fast.
 */
import { randomBytes } from 'node:crypto';
import { type Collection, MongoBulkWriteError, MongoError, MongoServerError } from 'mongodb';
import { type Document, StoreMisuse, StoreUnavailable } from '../collection';
import { inGroups, type Outcome } from '../in-groups';
import { translate } from './errors';

/** Which group changed the row last. Stands in rows, and is shown to nobody. */
export const MARK = '_group';

export interface Change {
  id: string;
  query: Record<string, unknown>;
  update: Record<string, unknown>;
}

export interface Groups {
  /** Rejects with DuplicateKey. */
  insert(row: Document): Promise<void>;
  /** Whether the row met the query; rejects with StoreUnavailable too where another has changed it at once, so that nobody can tell. */
  change(change: Change): Promise<boolean>;
}

/** Tells this process's groups from others'. */
const OWN = randomBytes(6).toString('base64url');
let groups = 0;

export function createGroups(rows: Collection<Document>): Groups {
  const insertOne = async (row: Document) => void (await rows.insertOne(row));
  const changeOne = async ({ query, update }: Change) => (await rows.updateOne(query, update)).matchedCount > 0;

  async function insertAll(group: Document[]): Promise<Array<Outcome<void>>> {
    if (group.length === 1) return each(group, insertOne);
    const sent = await send(() => rows.insertMany(group, { ordered: false }));
    if (!sent) return each(group, insertOne);
    if (sent.inserted + sent.failed.size !== group.length)
      throw new StoreUnavailable('MongoDB wrote fewer rows than it was asked to');
    return group.map((_, at) => sent.failed.get(at) ?? { value: undefined });
  }

  async function changeAll(group: Change[]): Promise<Array<Outcome<boolean>>> {
    const alike = new Map<string, Change[]>();
    for (const one of group) {
      const way = JSON.stringify([one.update, { ...one.query, _id: null }]);
      alike.set(way, [...(alike.get(way) ?? []), one]);
    }
    const lots = [...alike.values()];
    const apart = lots.filter((lot) => lot.length === 1).flat();
    const outcomes = new Map<Change, Outcome<boolean>>();
    const note = async (lot: Change[], change: (lot: Change[], mark: string) => Promise<Array<Outcome<boolean>>>) => {
      groups += 1;
      const mark = `${OWN}${groups.toString(36)}`;
      const heard = await change(lot, mark).catch((error): Array<Outcome<boolean>> => lot.map(() => ({ error })));
      lot.forEach((one, at) => {
        outcomes.set(one, heard[at]!);
      });
    };
    await Promise.all([
      ...(apart.length > 0 ? [note(apart, changeApart)] : []),
      ...lots.filter((lot) => lot.length > 1).map((lot) => note(lot, changeAlike)),
    ]);
    return group.map((one) => outcomes.get(one)!);
  }

  /** Each in its own way. */
  async function changeApart(group: Change[], mark: string): Promise<Array<Outcome<boolean>>> {
    if (group.length === 1) return each(group, changeOne);
    const sent = await send(() =>
      rows.bulkWrite(
        group.map(({ query, update }) => ({ updateOne: { filter: query, update: marked(update, mark) } })),
        { ordered: false },
      ),
    );
    if (!sent) return each(group, changeOne);
    const { failed, matched } = sent;
    const known = await whichChanged(group, mark, matched, failed.size);
    return group.map((one, at) => failed.get(at) ?? known(one));
  }

  /** All in the same way, on the same condition. */
  async function changeAlike(group: Change[], mark: string): Promise<Array<Outcome<boolean>>> {
    const [{ query, update }] = group as [Change];
    const every = { ...query, _id: { $in: group.map(({ id }) => id) } };
    try {
      const { matchedCount } = await rows.updateMany(every, marked(update, mark));
      return group.map(await whichChanged(group, mark, matchedCount, 0));
    } catch (error) {
      const cause = translate(error);
      if (cause instanceof StoreUnavailable) throw cause;
      // One that cannot be changed so keeps the server from those behind it: they are asked for alone.
      const changed = await markedBy(group, mark);
      const alone = group.filter(({ id }) => !changed.has(id));
      const heard = await each(alone, changeOne);
      return group.map((one) => heard[alone.indexOf(one)] ?? { value: true });
    }
  }

  /** What became of each of a group of which so many were changed, and so many failed by themselves. */
  async function whichChanged(group: Change[], mark: string, matched: number, failed: number) {
    const changed = matched > 0 && matched < group.length - failed ? await markedBy(group, mark) : null;
    return ({ id }: Change): Outcome<boolean> => {
      if (!changed) return { value: matched > 0 };
      if (changed.has(id)) return { value: true };
      // Each that was changed still bears the mark, so this one was not; or somebody has changed one of them again since.
      return changed.size === matched ? { value: false } : { error: new StoreUnavailable('A row was changed by two at once') };
    };
  }

  async function markedBy(group: Change[], mark: string): Promise<Set<string>> {
    const found = await rows
      .find({ _id: { $in: group.map(({ id }) => id) }, [MARK]: mark }, { projection: { _id: 1 } })
      .toArray();
    return new Set(found.map(({ _id }) => _id));
  }

  const changeTogether = inGroups(changeAll);
  /** Rows with a change on its way: another to the same row goes by itself, since in one group no mark could tell the two apart. */
  const onTheirWay = new Set<string>();

  return {
    insert: inGroups(insertAll),
    async change(change) {
      const { id } = change;
      if (onTheirWay.has(id)) return changeOne(change);
      onTheirWay.add(id);
      try {
        return await changeTogether(change);
      } finally {
        onTheirWay.delete(id);
      }
    },
  };
}

function marked(update: Change['update'], mark: string): Change['update'] {
  return { ...update, $set: { ...(update.$set as object | undefined), [MARK]: mark } };
}

/**
 * What became of a group: how many rows it wrote or found, and which of its writes failed by themselves. Null when the driver
 * or the server did not take it at all and nothing is written: whoever's fault that is, it is theirs alone.
 */
async function send(work: () => Promise<{ insertedCount: number; matchedCount?: number }>) {
  const failed = new Map<number, { error: unknown }>();
  try {
    const { insertedCount, matchedCount = 0 } = await work();
    return { failed, inserted: insertedCount, matched: matchedCount };
  } catch (error) {
    const bulk = error instanceof MongoBulkWriteError ? error : null;
    const errors = bulk ? [bulk.writeErrors].flat() : [];
    const unsure = bulk?.result.getWriteConcernError();
    // Not yet on as many servers as it must be: nothing is known of any of them.
    if (unsure) throw new StoreUnavailable(`MongoDB cannot be used just now: ${unsure.errmsg}`, { cause: error });
    if (bulk && errors.length > 0) {
      for (const { index, code, errmsg } of errors)
        failed.set(index, { error: translate(new MongoServerError({ message: errmsg, code })) });
      return { failed, inserted: bulk.insertedCount, matched: bulk.matchedCount };
    }
    // The driver wraps whatever went wrong on the way to the server, as if the server had answered.
    const inner: unknown = bulk ? bulk.errorResponse : error;
    const cause = translate(inner);
    if (cause instanceof StoreMisuse || !(inner instanceof MongoError || cause instanceof StoreUnavailable)) return null;
    throw cause;
  }
}

function each<Asked, Answer>(group: Asked[], work: (asked: Asked) => Promise<Answer>): Promise<Array<Outcome<Answer>>> {
  return Promise.all(
    group.map((asked) =>
      work(asked).then(
        (value) => ({ value }),
        (error) => ({ error: translate(error) }),
      ),
    ),
  );
}
