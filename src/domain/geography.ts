/**
 * Where things are: how far a pin is from a door, and whether it is in the town at all.
 * Plain arithmetic on points; distances in metres.
 */
import type { GeoPoint } from './town';

const EARTH_RADIUS_METRES = 6_371_008.8;
const RADIANS = Math.PI / 180;

/** Great-circle distance in metres (haversine). */
export function metresBetween(from: GeoPoint, to: GeoPoint): number {
  const northward = Math.sin(((to.latitude - from.latitude) * RADIANS) / 2);
  const eastward = Math.sin(((to.longitude - from.longitude) * RADIANS) / 2);
  const chord = northward ** 2 + Math.cos(from.latitude * RADIANS) * Math.cos(to.latitude * RADIANS) * eastward ** 2;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Whether a point lies in a ring (closed or not), by counting the sides crossed going east. */
export function isWithin(point: GeoPoint, ring: readonly GeoPoint[]): boolean {
  let isInside = false;
  for (let index = 0, last = ring.length - 1; index < ring.length; last = index++) {
    const from = ring[index]!;
    const to = ring[last]!;
    if (from.latitude > point.latitude === to.latitude > point.latitude) continue;
    const share = (point.latitude - from.latitude) / (to.latitude - from.latitude);
    if (point.longitude < from.longitude + share * (to.longitude - from.longitude)) isInside = !isInside;
  }
  return isInside;
}
