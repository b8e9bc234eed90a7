/** Rows by the value of one field, the first few of each value: what many ask at the same time is one question to the store. */
import type { Collection, Document, Filter, FindOptions } from './collection';
import { inGroups } from './in-groups';

interface Asked {
  value: string;
  /** What holds besides; only questions for which it is the same go together. */
  besides: Filter;
  limit: number;
}

/** @param sort the order in which the first of a value come; its index begins with what stands `besides`, then the field. */
export function findInGroups<Row extends Document>(
  rows: Collection<Row>,
  field: keyof Row & string,
  sort: FindOptions['sort'],
): (asked: Asked) => Promise<Row[]> {
  const alone = ({ value, besides, limit }: Asked) => rows.find({ ...besides, [field]: value }, { sort, limit });

  async function together(some: Asked[]): Promise<Array<[Asked, Row[]]>> {
    if (some.length === 1) return [[some[0]!, await alone(some[0]!)]];
    const values = [...new Set(some.map(({ value }) => value))];
    const limit = some.reduce((sum, one) => sum + one.limit, 0);
    const found = await rows.find({ ...some[0]!.besides, [field]: { $in: values } }, { sort, limit });
    // So many that some may be missing: then each asks for its own.
    if (found.length >= limit) return Promise.all(some.map(async (one) => [one, await alone(one)] as [Asked, Row[]]));
    return some.map((one) => [one, found.filter((row) => row[field] === one.value).slice(0, one.limit)]);
  }

  return inGroups<Asked, Row[]>(async (group) => {
    const alike = new Map<string, Asked[]>();
    for (const asked of group) {
      const key = JSON.stringify(asked.besides);
      alike.set(key, [...(alike.get(key) ?? []), asked]);
    }
    const found = new Map((await Promise.all([...alike.values()].map(together))).flat());
    return group.map((asked) => ({ value: found.get(asked)! }));
  });
}
