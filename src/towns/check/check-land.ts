/** What is wrong with the map of a town: streets and landmarks outside its boundary, names that are harmed, files that are missing. */
import { isWithin } from '../../domain/geography';
import { phraseKey } from '../../domain/language/words';
import type { Town } from '../../domain/town';
import type { Complain, Fault } from '../fault';
import type { TownFiles } from '../read/read-folder';
import type { TownSources } from '../read/read-town';
import { checkSigns } from './check-text';

/** @param complain about the file of landmarks, into the same `faults`. */
export function checkLand(files: TownFiles, town: Town, sources: TownSources, faults: Fault[], complain: Complain): void {
  const warn = (path: string, line: number, code: string, message: string, fix: string) =>
    faults.push({ file: files.nameOf(path), line, severity: 'warning', code, message, fix });
  for (const [path, parts] of [
    ['streets.csv', town.streets],
    ['boundary.geojson', town.boundary],
  ] as const) {
    if (!files.texts.has(path))
      warn(
        path,
        1,
        'missing-file',
        `The town has no ${path}, so places are kept as typed.`,
        'Add the file; see the folder of another town.',
      );
    else if (parts.length === 0)
      warn(path, 1, 'empty-file', `${path} holds nothing that can be used.`, 'Replace the file; see the folder of another town.');
  }
  // A street with a harmed name is a street all the same: the town opens.
  for (const [index, { name }] of town.streets.entries())
    checkSigns(name, (_, code, message, fix) => warn('streets.csv', sources.streetLines[index] ?? 1, code, message, fix));
  if (town.boundary.length > 0) {
    for (const [index, street] of town.streets.entries()) {
      const points = street.numbers.length > 0 ? street.numbers : [street.middle];
      const outside = points.filter((point) => !isWithin(point, town.boundary)).length;
      if (outside === 0) continue;
      const message = `"${street.name}" has ${outside} of ${points.length} point(s) outside the boundary.`;
      warn(
        'streets.csv',
        sources.streetLines[index] ?? 1,
        'outside',
        message,
        'Correct the positions, or the outline in boundary.geojson.',
      );
    }
  }
  const streets = new Set(town.streets.map((street) => phraseKey(street.name)));
  for (const [index, landmark] of town.landmarks.entries()) {
    if (landmark.street !== undefined && !streets.has(phraseKey(landmark.street))) {
      complain(
        [index, 'street'],
        'unknown-street',
        `The town has no street "${landmark.street}".`,
        'Write it as in streets.csv, or remove the line.',
      );
    }
    if (town.boundary.length > 0 && !isWithin(landmark, town.boundary)) {
      complain(
        [index, 'at'],
        'outside',
        `"${landmark.name}" lies outside the boundary.`,
        'Correct the position: [latitude, longitude].',
        'warning',
      );
    }
  }
}
