/** Reads and checks the towns' folders in a thread of its own: plain data out, or what is wrong with them. */
import { parentPort, workerData } from 'node:worker_threads';
import { TownFaults } from '../fault';
import type { ThreadJob, ThreadResult } from './read-in-thread';
import { readOnce } from './read-once';

const { folders, cacheDir } = workerData as ThreadJob;

readOnce(folders, cacheDir).then(
  (data) => parentPort?.postMessage({ data } satisfies ThreadResult),
  (error: Error) => {
    if (!(error instanceof TownFaults)) throw error;
    parentPort?.postMessage({ faults: error.faults } satisfies ThreadResult);
  },
);
