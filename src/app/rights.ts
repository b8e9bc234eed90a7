/** How long what citizens wrote is kept, and what becomes of it: the nightly work of one process. */
import { createErasing, createPersons, createRetention } from '../rights';
import type { House } from './house';

/** @param eraseAtCarrier deletes a message where it was carried; absent without an account. */
export function openRights(
  { store, files, towns, clock, log }: House,
  eraseAtCarrier: ((sid: string) => Promise<void>) | undefined,
  everyMs?: number,
) {
  const erasing = createErasing({ ...store, files, eraseAtCarrier, clock });
  return {
    persons: createPersons({ ...store, files, erasing, clock }),
    retention: createRetention({ ...store, towns, erasing, clock, log, everyMs }),
  };
}
