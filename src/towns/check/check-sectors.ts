/**
 * Whether the sectors of town.yml and their outlines belong together, and whether whom requests go to by sector, topic and hour
 * is all there.
 */
import area from '@turf/area';
import intersect from '@turf/intersect';
import { sectorOf } from '../../domain/land/sector';
import type { Topic } from '../../domain/topic/topic';
import type { Sector, Town } from '../../domain/town';
import type { Complain, Fault } from '../fault';
import type { ReadSectors } from '../read/read-sectors';
import { checkLocalised } from './check-topic';

/** Square metres: less is how two hands draw one border. */
const OVERLAP = 1000;

/** `read`: the file of outlines, where there is one. */
export function checkSectors(town: Town, read: (ReadSectors & { file: string }) | null, complain: Complain): Fault[] {
  const sectors = town.sectors ?? [];
  const faults: Fault[] = [];
  const inOutlines = (id: string, severity: Fault['severity'], code: string, message: string, fix: string) =>
    read && faults.push({ file: read.file, line: read.lineOf(id), severity, code, message, fix });
  for (const [index, { id, name, outline }] of sectors.entries()) {
    checkLocalised(['sectors', index, 'name'], name, town.languages, complain);
    if (sectors.findIndex((other) => other.id === id) < index)
      complain(['sectors', index, 'id'], 'twice', `Two sectors are called "${id}".`, 'Give each sector its own id.');
    // A broken outline is told where it stands.
    if (outline.length === 0 && !read?.faults.length)
      complain(
        ['sectors', index],
        'no-outline',
        `The sector "${id}" has no outline.`,
        'Draw it in sectors.geojson, with its id.',
      );
  }
  for (const id of read?.outlines.keys() ?? [])
    if (!sectors.some((one) => one.id === id))
      inOutlines(
        id,
        'fault',
        'unknown-sector',
        `town.yml has no sector "${id}".`,
        'Name it there under "sectors", or take it out.',
      );
  for (const [index, one] of sectors.entries())
    for (const other of sectors.slice(index + 1)) {
      const square = Math.round(overlapOf(one, other));
      if (square < OVERLAP) continue;
      const message = `The sectors "${one.id}" and "${other.id}" overlap by ${square} square metres, which are of "${one.id}".`;
      inOutlines(other.id, 'warning', 'overlap', message, 'Draw one border between them.');
    }
  const outside = sectors.length > 0 ? town.streets.filter(({ middle }) => !sectorOf(town, middle)) : [];
  if (outside.length > 0 && sectors.every(({ outline }) => outline.length > 0))
    inOutlines(
      '',
      'warning',
      'in-no-sector',
      `${outside.length} street(s) lie in no sector, the first of them "${outside[0]?.name}".`,
      'Draw the sectors up to the edge of the town, unless that is meant.',
    );
  return faults;
}

/** Whom requests go to: each name in a rule is somebody, and each rule leads somewhere. */
export function checkRouting(town: Town, topics: readonly Topic[], complain: Complain): void {
  const services = town.services.map(({ id }) => id);
  const sectors = (town.sectors ?? []).map(({ id }) => id);
  const known = new Set(topics.map(({ id }) => id));
  const each = (
    at: PropertyKey[],
    names: string[] | undefined,
    there: { has(id: string): boolean },
    kind: string,
    fix: string,
  ) => {
    for (const [index, id] of (names ?? []).entries())
      if (!there.has(id)) complain([...at, index], `unknown-${kind}`, `The town has no ${kind} "${id}".`, fix);
  };
  for (const [index, rule] of (town.routing ?? []).entries()) {
    const at = ['routing', index];
    each([...at, 'topics'], rule.topics, known, 'topic', 'Write the name of a file in topics/, without .yml.');
    each([...at, 'sectors'], rule.sectors, new Set(sectors), 'sector', `Sectors of the town: ${sectors.join(', ') || 'none'}.`);
    if (rule.service !== undefined && !services.includes(rule.service))
      complain(
        [...at, 'service'],
        'unknown-service',
        `The town has no service "${rule.service}".`,
        `Services of the town: ${services.join(', ')}.`,
      );
    if (rule.service === undefined && rule.agent === undefined)
      complain(at, 'leads-nowhere', 'This rule names neither a service nor an agent.', 'Add "service", "agent", or both.');
    if (!rule.topics && !rule.sectors && !rule.when && index < (town.routing ?? []).length - 1)
      complain(at, 'hides-others', 'This rule fits every request, so those below it never do.', 'Move it to the end.', 'warning');
  }
}

function overlapOf(one: Sector, other: Sector): number {
  const shapes = [one, other].map(({ outline }) => ({
    type: 'Feature' as const,
    properties: {},
    geometry: { type: 'MultiPolygon' as const, coordinates: outline },
  }));
  if (shapes.some(({ geometry }) => geometry.coordinates.length === 0)) return 0;
  const shared = intersect({ type: 'FeatureCollection', features: shapes });
  return shared ? area(shared) : 0;
}
