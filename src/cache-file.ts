/**
 * Files of what takes long to work out: models, vectors of phrases, towns that were read and checked. A file that is
 * missing, torn or from another version is no fault, it only costs the time again; one half written is never read.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export async function recall<T>(file: string, read: (bytes: Buffer) => T): Promise<T | null> {
  try {
    return read(await readFile(file));
  } catch {
    return null;
  }
}

export async function store(file: string, bytes: Buffer): Promise<void> {
  const draft = `${file}.${process.pid}.draft`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, bytes);
    await rename(draft, file);
  } catch {
    // A full or read-only disk costs time at the next start, nothing else.
  }
}
