/**
 * The outlines of a town's sectors, `sectors.geojson`: a FeatureCollection of Polygons and MultiPolygons, each with the id of
 * its sector among its properties. Names stand in town.yml. What a map program would draw wrongly is said here.
 */
import kinks from '@turf/kinks';
import { z } from 'zod';
import type { Fault } from '../fault';
import { parseJson } from './fields';

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number());
const rings = z.array(z.array(position)).min(1);
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: rings }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(rings).min(1) }),
]);
const collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()).max(500) });
const feature = z.object({ type: z.literal('Feature'), properties: z.object({ id: z.string().min(1) }), geometry });

/** By the id of the sector; several features of one id are its parts. */
export type Outlines = Map<string, number[][][][]>;

/** `lineOf`: where a sector stands in the file. */
export interface ReadSectors {
  outlines: Outlines;
  lineOf: (id: string) => number;
  faults: Fault[];
}

export function readSectors(file: string, written: string): ReadSectors {
  const outlines: Outlines = new Map();
  const faults: Fault[] = [];
  const lines = written.split('\n');
  const lineOf = (id: string) => lines.findIndex((line) => line.includes(JSON.stringify(id))) + 1 || 1;
  const complain = (line: number, message: string, fix: string) =>
    faults.push({ file, line, severity: 'fault', code: 'bad-sector', message, fix });
  const whole = collection.safeParse(parseJson(written));
  if (!whole.success) {
    complain(
      1,
      'This is not a GeoJSON FeatureCollection.',
      'Export the sectors from a map program as GeoJSON, one feature each.',
    );
    return { outlines, lineOf, faults };
  }
  for (const [index, one] of whole.data.features.entries()) {
    const read = feature.safeParse(one);
    if (!read.success) {
      const id = z.object({ properties: z.object({ id: z.string() }) }).safeParse(one).data?.properties.id;
      const what = id ? `The sector "${id}"` : `Feature ${index + 1}`;
      const message = id
        ? `${what} is no Polygon or MultiPolygon of [longitude, latitude] pairs.`
        : `${what} does not say which sector it is, or is not one.`;
      complain(
        id ? lineOf(id) : 1,
        message,
        'Write {"id": "…"} into its properties, the id as in town.yml, and draw it as a polygon.',
      );
      continue;
    }
    const { properties, geometry: shape } = read.data;
    const parts = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
    const fault = parts.map(faultOf).find((why) => why !== null);
    if (fault) complain(lineOf(properties.id), `The outline of the sector "${properties.id}" ${fault[0]}.`, fault[1]);
    else outlines.set(properties.id, [...(outlines.get(properties.id) ?? []), ...parts]);
  }
  return { outlines, lineOf, faults };
}

/** What is wrong with a polygon, and how it is mended; null when nothing is. */
function faultOf(polygon: number[][][]): [string, string] | null {
  for (const ring of polygon) {
    const [first, last] = [ring[0], ring.at(-1)];
    if (ring.length < 4 || !first || !last) return ['has fewer than three corners', 'Draw it with three corners or more.'];
    if (first[0] !== last[0] || first[1] !== last[1])
      return ['is not closed', 'Let each ring end with the position it begins with.'];
  }
  return kinks({ type: 'Polygon', coordinates: polygon }).features.length > 0
    ? ['crosses itself', 'Draw it again without crossing a side.']
    : null;
}
