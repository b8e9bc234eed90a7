/**
 * Where a town ends and what people name instead of an address: its outline as GeoJSON
 * (`boundary.geojson`) and its landmarks, a school, the stadium, a bakery (`landmarks.yml`).
 */
import { z } from 'zod';
import type { GeoPoint, Landmark } from '../../domain/town';
import type { Fault } from '../fault';
import { fitTo, readYaml, type Source } from '../yaml/yaml-source';
import { parseJson, rule, text } from './fields';

const at = rule(
  z.tuple([z.number(), z.number()]),
  ([latitude, longitude]) => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180,
  'is not a position',
  'Write [latitude, longitude] in degrees, for example [48.8049, 2.1204].',
);
const landmarks = z.array(z.strictObject({ name: text, also_called: z.array(text).optional(), street: text.optional(), at }));

export function readLandmarks(file: string, written: string): { landmarks: Landmark[]; source: Source | null; faults: Fault[] } {
  const { source, faults } = readYaml(file, written);
  if (!source) return { landmarks: [], source, faults };
  const { value, faults: misfits } = fitTo(landmarks, source);
  const read = (value ?? []).map(
    ({ name, also_called, street, at: [latitude, longitude] }): Landmark => ({
      name,
      ...(also_called && { alsoCalled: also_called }),
      ...(street && { street }),
      latitude,
      longitude,
    }),
  );
  return { landmarks: read, source, faults: misfits };
}

const ring = z.array(z.tuple([z.number(), z.number()]).rest(z.number())).min(4);
const polygon = z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) });
const multiPolygon = z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) });
const feature = z.object({ type: z.literal('Feature'), geometry: z.union([polygon, multiPolygon]) });
const geoJson = z.union([
  polygon,
  multiPolygon,
  feature,
  z.object({ type: z.literal('FeatureCollection'), features: z.array(feature).min(1) }),
]);

/** The outer ring with the most points: the main land when a town has islands or enclaves. */
export function readBoundary(file: string, written: string): { boundary: GeoPoint[]; faults: Fault[] } {
  const parsed = geoJson.safeParse(parseJson(written));
  if (!parsed.success) {
    const message = 'This is not a GeoJSON outline of the town.';
    const fix = 'Save a Polygon or MultiPolygon (or a Feature that holds one) with [longitude, latitude] pairs.';
    return { boundary: [], faults: [{ file, line: 1, severity: 'fault', code: 'bad-boundary', message, fix }] };
  }
  const json = parsed.data;
  const shapes =
    json.type === 'FeatureCollection'
      ? json.features.map((one) => one.geometry)
      : [json.type === 'Feature' ? json.geometry : json];
  const rings = shapes.flatMap((shape) =>
    shape.type === 'Polygon' ? [shape.coordinates[0]!] : shape.coordinates.map((one) => one[0]!),
  );
  const outer = rings.reduce((longest, one) => (one.length > longest.length ? one : longest));
  return { boundary: outer.map(([longitude, latitude]) => ({ latitude, longitude })), faults: [] };
}
