/** Reads and checks the towns' folders in a thread of its own: plain data out, or what is wrong with them. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadAside } from './aside';
import { readAll, TownFaults, type TownFolders } from './index';

readAll(workerData as TownFolders).then(
  (data) => parentPort?.postMessage({ data } satisfies ReadAside),
  (error: Error) => {
    if (!(error instanceof TownFaults)) throw error;
    parentPort?.postMessage({ faults: error.faults } satisfies ReadAside);
  },
);
