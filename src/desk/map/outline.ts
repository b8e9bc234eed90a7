/** A town as lines to draw, from its own boundary, sectors, list of addresses and landmarks: worked out once for each town. */
import type { GeoPoint, Street, Town } from '../../domain/town';
import type { MapPoint, TownMap } from '../wire';

/** Bends of a street at most, and doors that make one: the two sides of a street come out as its middle. */
const MOST_BENDS = 12;
const DOORS_A_BEND = 4;

export type Outline = Pick<TownMap, 'boundary' | 'streets' | 'landmarks'>;

const known = new WeakMap<Town, Outline>();

export function outlineOf(town: Town): Outline {
  const there = known.get(town);
  if (there) return there;
  const outline: Outline = {
    boundary: town.boundary.map(pointOf),
    streets: town.streets.map((street) => ({ name: street.name, middle: pointOf(street.middle), line: lineOf(street) })),
    landmarks: town.landmarks.map((landmark) => ({ name: landmark.name, at: pointOf(landmark) })),
  };
  known.set(town, outline);
  return outline;
}

/** To about a metre. */
export function pointOf({ latitude, longitude }: GeoPoint): MapPoint {
  return [Number(latitude.toFixed(5)), Number(longitude.toFixed(5))];
}

function lineOf({ numbers }: Street): MapPoint[] {
  if (numbers.length < 2) return [];
  const doors = [...numbers].sort((one, other) => Number.parseInt(one.number, 10) - Number.parseInt(other.number, 10));
  const bends = Math.min(MOST_BENDS, Math.max(2, Math.floor(doors.length / DOORS_A_BEND)));
  return Array.from({ length: bends }, (_, n) => {
    const part = doors.slice(Math.floor((n * doors.length) / bends), Math.floor(((n + 1) * doors.length) / bends));
    return pointOf({ latitude: mean(part.map((door) => door.latitude)), longitude: mean(part.map((door) => door.longitude)) });
  });
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
