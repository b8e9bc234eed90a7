/** How long what citizens wrote is kept, and what becomes of it: the nightly work of one process. */
import { createAsked, createErasing, createPersons, createPlan, createRetention } from '../rights';
import type { House } from './house';

/** @param eraseAtCarrier deletes a message where it was carried; absent without an account. */
export function openRights(
  { store, files, towns, clock, log }: House,
  eraseAtCarrier: ((sid: string) => Promise<void>) | undefined,
  everyMs?: number,
) {
  const erasing = createErasing({ ...store, files, eraseAtCarrier, clock });
  const persons = createPersons({ ...store, files, erasing, towns, clock });
  return {
    persons,
    planOf: createPlan({ ...store, towns, clock }),
    asked: createAsked({ ...store, persons, clock, log, everyMs }),
    retention: createRetention({ ...store, towns, erasing, clock, log, everyMs }),
  };
}
