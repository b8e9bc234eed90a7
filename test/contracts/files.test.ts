/** The file store: whole or not at all, once for the same key, and nothing outside its folder. */
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileStore } from '../../src/domain/file';
import { openFiles } from '../../src/store/files';

let folder: string;
let files: FileStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-files-'));
  files = await openFiles(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const trou = { town: 'bellerive', conversation: 'c1', contentType: 'image/jpeg', name: 'trou « énorme ».jpg' };

async function bytesOf(id: string): Promise<string | null> {
  const found = await files.get(id);
  if (!found) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of found.stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('what is put is found again, also after a restart, with its facts', async () => {
  const meta = await files.put(Buffer.from('octets'), trou);
  expect(meta).toEqual({ ...trou, id: expect.stringMatching(/^[0-9a-f]{32}$/), size: 6 });
  files = await openFiles(folder);
  expect((await files.get(meta.id))?.meta).toEqual(meta);
  expect(await bytesOf(meta.id)).toBe('octets');
});

test('the same key in a conversation is the same file, put many times at once or later; elsewhere it is another', async () => {
  const put = (conversation: string, content: string) => files.put(Buffer.from(content), { ...trou, conversation, key: 'm1/0' });
  const same = await Promise.all(Array.from({ length: 20 }, () => put('c1', 'octets')));
  expect(new Set(same.map(({ id }) => id)).size).toBe(1);
  await put('c1', 'autres octets');
  expect(await bytesOf(same[0]!.id)).toBe('octets');
  expect((await put('c2', 'octets')).id).not.toBe(same[0]!.id);
});

test('what is removed is gone; an unknown or crooked id is nobody', async () => {
  const { id } = await files.put(Buffer.from('octets'), trou);
  expect([await files.remove(id), await files.remove(id), await files.get(id)]).toEqual([true, false, null]);
  for (const crooked of ['', '../secret', `${'0'.repeat(31)}/`, '0'.repeat(32), 'A'.repeat(32)]) {
    expect([await files.get(crooked), await files.remove(crooked)]).toEqual([null, false]);
  }
});

test('bytes without facts, as a crash leaves them, are no file; old drafts are swept, young ones left to their writer', async () => {
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
  await openFiles(folder);
  expect(await readdir(drafts)).toEqual(['young']);
});
