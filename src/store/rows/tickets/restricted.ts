/** Requests that only few may still see: in the second phase of the archives law, or set aside until somebody has decided. */
import type { Filter } from '../../collection';

export const SEEN_BY_ALL: Filter = { restrictedAt: { $exists: false }, isSetAside: { $exists: false } };

/** The others, none of them twice. */
export const SEEN_BY_FEW: readonly Filter[] = [
  { restrictedAt: { $exists: true } },
  { restrictedAt: { $exists: false }, isSetAside: { $exists: true } },
];
