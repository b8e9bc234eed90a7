/** A town that knows no place, for what is read in words without one. */
import type { PlaceFinder } from '../../src/understanding/places/place-finder';

export const NO_PLACES: Omit<PlaceFinder, 'isStreetType'> = {
  find: () => null,
  nearest: () => null,
  isAlone: () => false,
  named: () => null,
  doors: () => [],
  crossing: () => null,
  denied: () => [],
  saysWhere: () => false,
};
