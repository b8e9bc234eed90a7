/** The file store on every back: whole or not at all, once for the same key, and nothing outside its place. */
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, ObjectId } from 'mongodb';
import type { FileStore } from '../../src/domain/message/file';
import type { Database } from '../../src/store';
import { openFileFolder } from '../../src/store/files/folder';
import { describeBacks, newName } from '../support/scratch';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const trou = { town: 'bellerive', conversation: 'c1', contentType: 'image/jpeg', name: 'trou « énorme ».jpg' };

async function bytesOf(files: FileStore, id: string): Promise<Buffer | null> {
  const found = await files.get(id);
  if (!found) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of found.stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describeBacks('files', (back, scratch) => {
  let name: string;
  let database: Database;
  let files: FileStore;
  const place = () => join(folder, 'files');
  beforeEach(async () => {
    name = newName();
    database = await scratch().open(name);
    files = await database.openFiles(place());
  });

  test('what is put is found again, also by another process and in another order of magnitude, with its facts', async () => {
    const meta = await files.put(Buffer.from('octets'), trou);
    expect(meta).toEqual({ ...trou, id: expect.stringMatching(/^[0-9a-f]{32}$/), size: 6 });
    const large = Buffer.alloc(3_000_000, 'é');
    const { id } = await files.put(large, trou);
    const other = await (await scratch().open(name)).openFiles(place());
    expect((await other.get(meta.id))?.meta).toEqual(meta);
    expect(await other.look(meta.id)).toEqual(meta);
    expect(await other.look(meta.id.replace(/./g, '0'))).toBeNull();
    expect((await bytesOf(other, meta.id))?.toString()).toBe('octets');
    expect((await bytesOf(other, id))?.equals(large)).toBe(true);
  });

  test('the same key in a conversation is the same file, put many times at once or later; elsewhere it is another', async () => {
    const put = (conversation: string, content: string) =>
      files.put(Buffer.from(content), { ...trou, conversation, key: 'm1/0' });
    const same = await Promise.all(Array.from({ length: 20 }, () => put('c1', 'octets')));
    expect(new Set(same.map(({ id }) => id)).size).toBe(1);
    await put('c1', 'autres octets');
    expect((await bytesOf(files, same[0]!.id))?.toString()).toBe('octets');
    expect((await put('c2', 'octets')).id).not.toBe(same[0]!.id);
    expect(await files.find({ conversation: 'c1', key: 'm1/0' })).toEqual(same[0]);
    expect(await files.find({ conversation: 'c1', key: 'm1/1' })).toBeNull();
  });

  test('what is removed is gone; an unknown or crooked id is nobody', async () => {
    const { id } = await files.put(Buffer.from('octets'), trou);
    expect([await files.remove(id), await files.remove(id), await files.get(id)]).toEqual([true, false, null]);
    for (const crooked of ['', '../secret', `${'0'.repeat(31)}/`, '0'.repeat(32), 'A'.repeat(32)]) {
      expect([await files.get(crooked), await files.remove(crooked)]).toEqual([null, false]);
    }
  });

  test('what an earlier version kept in the folder is still found there', async () => {
    const earlier = await openFileFolder(place());
    const kept = await earlier.put(Buffer.from('octets'), { ...trou, key: 'm1/0' });
    files = await database.openFiles(place());
    expect(await files.find({ conversation: 'c1', key: 'm1/0' })).toEqual(kept);
    expect((await bytesOf(files, kept.id))?.toString()).toBe('octets');
    expect([await files.remove(kept.id), await files.get(kept.id)]).toEqual([true, null]);
  });

  test(`they stand ${back.kind === 'sqlite' ? 'in the folder' : 'in the database, and no machine needs the folder of another'}`, async () => {
    const { id } = await files.put(Buffer.from('octets'), trou);
    const elsewhere = await (await scratch().open(name)).openFiles(join(folder, 'of another machine'));
    expect((await bytesOf(elsewhere, id))?.toString() ?? null).toBe(back.kind === 'sqlite' ? null : 'octets');
  });

  if (back.kind === 'mongo')
    test('chunks without facts, as a crash leaves them, are swept when a day old; young ones are left to their writer', async () => {
      const client = await MongoClient.connect(scratch().uri!, { runtimeAdapters: { os } });
      const chunks = client.db(name).collection('files.chunks');
      const began = (hoursAgo: number) => ObjectId.createFromTime(Math.floor(Date.now() / 1000) - hoursAgo * 3600);
      const left = [began(30), began(1)].map((files_id) => ({ files_id, n: 0, data: Buffer.from('octets') }));
      await chunks.insertMany(left);
      const { id } = await files.put(Buffer.from('octets'), trou);
      expect(await chunks.countDocuments({ files_id: left[0]!.files_id })).toBe(0);
      expect(await chunks.countDocuments({ files_id: left[1]!.files_id })).toBe(1);
      expect((await bytesOf(files, id))?.toString()).toBe('octets');
      await client.close();
    });
});

test('bytes without facts, as a crash leaves them, are no file; old drafts are swept, young ones left to their writer', async () => {
  const files = await openFileFolder(folder);
  const { id } = await files.put(Buffer.from('octets'), trou);
  await rm(join(folder, id.slice(0, 2), `${id}.json`));
  expect(await files.get(id)).toBeNull();
  const drafts = join(folder, 'unfinished');
  await writeFile(join(drafts, 'old'), 'x');
  await writeFile(join(drafts, 'young'), 'x');
  // The disk writes the machine's time; the tests live in a day of their own.
  const now = new Date();
  const yesterday = new Date(now.getTime() - 24 * 3600 * 1000);
  await utimes(join(drafts, 'young'), now, now);
  await utimes(join(drafts, 'old'), yesterday, yesterday);
  await openFileFolder(folder);
  expect(await readdir(drafts)).toEqual(['young']);
});
