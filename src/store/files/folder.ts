/**
 * Where photos and documents are kept beside the embedded database: one file of bytes and one
 * of facts each, under `DATA_DIR/files`. Bytes are on disk before the facts are, and nothing is
 * found without its facts, so a crash leaves either the whole file or none.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FileMeta, FileStore } from '../../domain/message/file';
import { idFor, isFileId } from './file-id';

const HOUR = 60 * 60 * 1000;

const facts = z.object({
  id: z.string(),
  town: z.string(),
  conversation: z.string(),
  contentType: z.string(),
  name: z.string(),
  size: z.number(),
});

export async function openFileFolder(folder: string): Promise<FileStore> {
  const unfinished = join(folder, 'unfinished');
  await mkdir(unfinished, { recursive: true });
  await sweep(unfinished);
  const shelf = (id: string) => join(folder, id.slice(0, 2));
  const bytesOf = (id: string) => join(shelf(id), id);
  const factsOf = (id: string) => join(shelf(id), `${id}.json`);

  async function write(path: string, content: Uint8Array): Promise<void> {
    const draft = join(unfinished, randomBytes(16).toString('hex'));
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  }

  async function look(id: string): Promise<FileMeta | null> {
    if (!isFileId(id)) return null;
    try {
      return facts.parse(JSON.parse(await readFile(factsOf(id), 'utf8')));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  return {
    async put(bytes, file) {
      const id = idFor(file);
      const known = await look(id);
      if (known) return known;
      const { town, conversation, contentType, name } = file;
      const meta: FileMeta = { id, town, conversation, contentType, name, size: bytes.byteLength };
      await mkdir(shelf(id), { recursive: true });
      await write(bytesOf(id), bytes);
      await write(factsOf(id), Buffer.from(JSON.stringify(meta)));
      await syncFolder(shelf(id));
      return meta;
    },

    find: (file) => look(idFor(file)),

    look,

    async get(id) {
      const meta = await look(id);
      return meta && { meta, stream: createReadStream(bytesOf(id)) };
    },

    async remove(id) {
      if (!(await look(id))) return false;
      // Facts first: half removed is not found, as half written is not.
      await rm(factsOf(id), { force: true });
      await rm(bytesOf(id), { force: true });
      await syncFolder(shelf(id));
      return true;
    },
  };
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** A rename is only on disk once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What a crash left half written; young drafts may be another process's. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const draft = await stat(path).catch(() => null);
    if (draft && Date.now() - draft.mtimeMs > HOUR) await rm(path, { force: true });
  }
}
