/**
 * From a place in words to a point on the map and back: where a door stands when its number is
 * known, or between its neighbours when it is not; which door is nearest to a shared position.
 */
import { metresBetween } from '../../domain/geography';
import type { GeoPoint, Street } from '../../domain/town';

interface Door extends GeoPoint {
  street: Street;
  number: string;
}

/** Past the last known number by more than this, a number says nothing about where it is. */
const FURTHEST_NUMBER = 20;

/** Where a number stands on a street; null when the street's known numbers do not tell. */
export function doorPoint(street: Street, number: string): GeoPoint | null {
  const exact = street.numbers.find((door) => door.number === number);
  if (exact) return pointOf(exact);
  const wanted = Number.parseInt(number, 10);
  let [below, above]: Array<(Street['numbers'][number] & { digits: number }) | null> = [null, null];
  for (const door of street.numbers) {
    const digits = Number.parseInt(door.number, 10);
    if (digits === wanted) return pointOf(door);
    // Odd and even numbers face each other, so only the same side tells.
    if ((digits - wanted) % 2 !== 0) continue;
    if (digits < wanted && (!below || digits > below.digits)) below = { ...door, digits };
    if (digits > wanted && (!above || digits < above.digits)) above = { ...door, digits };
  }
  if (below && above) return between(below, above, (wanted - below.digits) / (above.digits - below.digits));
  const nearest = below ?? above;
  return nearest && Math.abs(nearest.digits - wanted) <= FURTHEST_NUMBER ? pointOf(nearest) : null;
}

/** Streets whose nearest doors are this near meet each other. */
const CROSSING_METRES = 120;

/** Where two streets meet, to the nearest doors; null when they do not. */
export function crossingOf(one: Street, other: Street): GeoPoint | null {
  let best: { from: GeoPoint; to: GeoPoint; square: number } | null = null;
  const others = pointsOf(other);
  const narrowing = Math.cos((one.middle.latitude * Math.PI) / 180) ** 2;
  for (const from of pointsOf(one)) {
    for (const to of others) {
      const square = (from.latitude - to.latitude) ** 2 + narrowing * (from.longitude - to.longitude) ** 2;
      if (!best || square < best.square) best = { from, to, square };
    }
  }
  return best && metresBetween(best.from, best.to) <= CROSSING_METRES ? between(best.from, best.to, 0.5) : null;
}

/** About 110 m by 75 m in France: a handful of doors in each. */
const CELL_DEGREES = 0.001;
/** A pin further than this from every door has no address. */
const FURTHEST_METRES = 500;
const METRES_PER_DEGREE = 111_195;

/** Finds the door nearest to a point among tens of thousands by looking only at the cells around it. */
export function createNearestDoor(streets: readonly Street[]): (point: GeoPoint) => Door | null {
  const cells = new Map<number, Door[]>();
  for (const street of streets) {
    const doors = street.numbers.length > 0 ? street.numbers : [{ number: '', ...street.middle }];
    for (const { number, latitude, longitude } of doors) {
      const key = cellKey(cellOf(latitude), cellOf(longitude));
      const cell = cells.get(key) ?? [];
      cells.set(key, cell);
      cell.push({ street, number, latitude, longitude });
    }
  }
  return (point) => {
    const [row, column] = [cellOf(point.latitude), cellOf(point.longitude)];
    const narrowing = Math.max(0.1, Math.cos((point.latitude * Math.PI) / 180));
    // Over a few hundred metres the earth is flat: degrees compared, squared, are enough to tell which is nearer.
    const away = (door: GeoPoint) =>
      (door.latitude - point.latitude) ** 2 + (narrowing * (door.longitude - point.longitude)) ** 2;
    const cellDegrees = CELL_DEGREES * narrowing;
    const rings = Math.ceil(FURTHEST_METRES / METRES_PER_DEGREE / cellDegrees) + 1;
    let best: Door | null = null;
    let nearest = Number.POSITIVE_INFINITY;
    for (let ring = 0; ring <= rings; ring++) {
      // Everything in this ring and beyond is further than what was found.
      if (ring > 0 && nearest <= ((ring - 1) * cellDegrees) ** 2) break;
      for (const key of ringCells(row, column, ring)) {
        for (const door of cells.get(key) ?? []) {
          const square = away(door);
          if (square < nearest) [best, nearest] = [door, square];
        }
      }
    }
    return best && metresBetween(point, best) <= FURTHEST_METRES ? best : null;
  };
}

function cellOf(degrees: number): number {
  return Math.floor(degrees / CELL_DEGREES);
}

function cellKey(row: number, column: number): number {
  return row * 1_000_000 + column;
}

/** Keys of the cells on the square ring at a distance from a cell. */
function* ringCells(row: number, column: number, ring: number): Generator<number> {
  for (let across = -ring; across <= ring; across++) {
    yield cellKey(row - ring, column + across);
    if (ring > 0) yield cellKey(row + ring, column + across);
  }
  for (let up = -ring + 1; up < ring; up++) {
    yield cellKey(row + up, column - ring);
    yield cellKey(row + up, column + ring);
  }
}

function pointsOf(street: Street): readonly GeoPoint[] {
  return street.numbers.length > 0 ? street.numbers : [street.middle];
}

function pointOf({ latitude, longitude }: GeoPoint): GeoPoint {
  return { latitude, longitude };
}

function between(from: GeoPoint, to: GeoPoint, share: number): GeoPoint {
  return {
    latitude: from.latitude + share * (to.latitude - from.latitude),
    longitude: from.longitude + share * (to.longitude - from.longitude),
  };
}
