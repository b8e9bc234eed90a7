/**
 * Photos and documents where the rows are: in GridFS, so that a photo taken in by one machine is seen by every
 * other. Each upload has chunks of its own; the file is there once its facts are, and of two uploads of the same
 * file one keeps its facts. What a crash leaves are chunks without facts, which are swept when they are a day old.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Db, GridFSBucket, type GridFSFile, MongoServerError, ObjectId } from 'mongodb';
import { z } from 'zod';
import type { FileMeta, FileStore } from '../../domain/message/file';
import { idFor, isFileId } from './file-id';

const DAY_S = 24 * 60 * 60;
const DUPLICATE = 11000;

const facts = z.object({
  filename: z.string(),
  length: z.number(),
  metadata: z.object({ town: z.string(), conversation: z.string(), contentType: z.string(), name: z.string() }),
});

/** Runs a question, in the store's terms of what may go wrong. */
type Ask = <T>(work: () => Promise<T>) => Promise<T>;

/** `earlier` holds files from before they stood in the database: they are still found, and removed, there. */
export function createMongoFiles(db: Db, ask: Ask, earlier: FileStore | null): FileStore {
  const bucket = new GridFSBucket(db, { bucketName: 'files' });
  const files = db.collection<GridFSFile>('files.files');
  const chunks = db.collection('files.chunks');
  let prepared: Promise<void> | undefined;

  /** One row of facts a file. Asked for again after a failure: the server may have been away. */
  function prepare(): Promise<void> {
    prepared ??= (async () => {
      await files.createIndex({ filename: 1 }, { name: 'one-of-a-name', unique: true });
      await sweep();
    })().catch((error) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  }

  /** Chunks are named by the moment their upload began; young ones may still be another process's. */
  async function sweep(): Promise<void> {
    const until = ObjectId.createFromTime(Math.floor(Date.now() / 1000) - DAY_S);
    const left = chunks.aggregate<{ _id: ObjectId }>([
      { $match: { files_id: { $lt: until } } },
      { $group: { _id: '$files_id' } },
      { $lookup: { from: 'files.files', localField: '_id', foreignField: '_id', as: 'facts' } },
      { $match: { facts: { $size: 0 } } },
    ]);
    for await (const { _id } of left) await chunks.deleteMany({ files_id: _id });
  }

  async function row(id: string): Promise<{ _id: ObjectId; meta: FileMeta } | null> {
    if (!isFileId(id)) return null;
    const found = await files.findOne({ filename: id });
    if (!found) return null;
    const { length, metadata } = facts.parse(found);
    return { _id: found._id, meta: { id, ...metadata, size: length } };
  }

  return {
    put: (bytes, file) =>
      ask(async () => {
        await prepare();
        const id = idFor(file);
        const known = await row(id);
        if (known) return known.meta;
        const { town, conversation, contentType, name } = file;
        const metadata = { town, conversation, contentType, name };
        const upload = bucket.openUploadStream(id, { metadata });
        try {
          await pipeline(Readable.from([bytes]), upload);
        } catch (error) {
          await chunks.deleteMany({ files_id: upload.id });
          const first = error instanceof MongoServerError && error.code === DUPLICATE ? await row(id) : null;
          if (!first) throw error;
          return first.meta;
        }
        return { id, ...metadata, size: bytes.byteLength };
      }),

    find: (file) => ask(async () => (await row(idFor(file)))?.meta ?? (await earlier?.find(file)) ?? null),

    look: (id) => ask(async () => (await row(id))?.meta ?? (await earlier?.look(id)) ?? null),

    get: (id) =>
      ask(async () => {
        const found = await row(id);
        return found ? { meta: found.meta, stream: bucket.openDownloadStream(found._id) } : ((await earlier?.get(id)) ?? null);
      }),

    remove: (id) =>
      ask(async () => {
        const found = await row(id);
        if (!found) return (await earlier?.remove(id)) ?? false;
        // Facts first: half removed is not found, as half written is not.
        const { deletedCount } = await files.deleteOne({ _id: found._id });
        await chunks.deleteMany({ files_id: found._id });
        return deletedCount > 0;
      }),
  };
}
