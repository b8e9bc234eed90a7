/**
 * Writing a row that may stand there already: what most repositories do with an id that is derived from its cause, so that
 * a replay, or another process, changes nothing.
 */
import { type Changes, type Collection, type Document, DuplicateKey } from './collection';

/** False where a row with its id, or with its values in a unique index, stands there already: nothing is written then. */
export async function insertNew<T extends Document>(rows: Collection<T>, row: T): Promise<boolean> {
  try {
    await rows.insert(row);
    return true;
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
    return false;
  }
}

/** Changes the row with this id, or inserts it where there is none, whoever else does the same at once. */
export async function changeOrInsert<T extends Document>(rows: Collection<T>, row: T, changes: Changes): Promise<void> {
  while (!(await rows.changeIf({ _id: row._id }, changes))) {
    if (await insertNew(rows, row)) return;
  }
}
