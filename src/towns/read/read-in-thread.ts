/**
 * Towns read while the rest of the program is still being loaded: a second of a start. What reading needs (a YAML
 * parser that knows lines, the checks) never comes into the memory of the thread that serves citizens.
 */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../../built-file';
import { type Fault, TownFaults } from '../fault';
import type { TownFolders } from '../index';
import { type TownData, type Towns, townsOf } from '../opened';

export interface ThreadJob {
  folders: TownFolders;
  /** Where what was read is kept between starts. */
  cacheDir: string;
}

export type ThreadResult = { data: TownData } | { faults: Fault[] };

/** As `openTowns`. */
export function openTownsInThread({ townsDir, localesDir }: TownFolders, cacheDir: string): Promise<Towns> {
  const workerData: ThreadJob = { folders: { townsDir, localesDir }, cacheDir };
  return new Promise((resolve, reject) => {
    const worker = new Worker(builtFile('towns.worker.js'), { workerData });
    worker.once('message', (read: ThreadResult) => {
      if ('faults' in read) reject(new TownFaults(read.faults));
      else resolve(townsOf(read.data));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The towns were not read to their end')));
  });
}
