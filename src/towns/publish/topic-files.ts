/**
 * The files of topics where they lie: read, and written whole or not at all. A folder that cannot be written (an image, a
 * mount that is read-only) is no fault: then what was published stands in the rows alone, and can be taken away as a file.
 */
import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const ID = /^[a-z][a-z0-9_-]*$/;
const WRITTEN_ELSEWHERE = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOENT']);

export function createTopicFiles(townsDir: string) {
  function pathOf(town: string, topic: string): string {
    // Ids come from files and rows, and are looked at all the same: they become a path.
    if (!ID.test(town) || !ID.test(topic)) throw new Error('No such file of a topic');
    return join(townsDir, town, 'topics', `${topic}.yml`);
  }

  return {
    /** Null when there is no such file. */
    async read(town: string, topic: string): Promise<string | null> {
      try {
        return await readFile(pathOf(town, topic), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    /** Null takes it away. False where the folder takes no writes. */
    async write(town: string, topic: string, text: string | null): Promise<boolean> {
      const path = pathOf(town, topic);
      const draft = `${path}.${randomUUID()}.draft`;
      try {
        if (text === null) {
          await rm(path, { force: true });
          return true;
        }
        const file = await open(draft, 'wx');
        try {
          await file.writeFile(text);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, path);
        return true;
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {});
        if (WRITTEN_ELSEWHERE.has((error as NodeJS.ErrnoException).code ?? '')) return false;
        throw error;
      }
    },
  };
}
