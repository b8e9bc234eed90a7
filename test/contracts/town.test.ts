/**
 * The contract every town folder keeps: nothing to mend, and what the town says of itself works.
 * A new folder under `towns/` is under contract without a line here.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isWithin } from '../../src/domain/geography';
import { checkFolders, faultText, openTowns } from '../../src/towns';
import { createCalendar } from '../../src/towns/calendar/calendar';
import { createPlaceFinder } from '../../src/understanding/places/place-finder';
import { asSaid, placeWordsOf } from '../support/packs';
import { openScreening } from '../support/screening';

const root = join(__dirname, '../..');
const townsDir = join(root, 'towns');
const localesDir = join(root, 'locales');
const ids = readdirSync(townsDir, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
const HOUR_MS = 60 * 60 * 1000;

test('there are towns to check', () => {
  expect(ids.length).toBeGreaterThanOrEqual(2);
});

test('the towns and languages of this installation have no fault', async () => {
  const folders = ids.map((id) => join(townsDir, id));
  const faults = (await checkFolders(folders, localesDir, new Date(), openScreening)).filter(
    (fault) => fault.severity === 'fault',
  );
  expect(faults.map(faultText)).toEqual([]);
});

describe.each(ids)('%s', (id) => {
  const opened = openTowns({ townsDir, localesDir });
  const read = async () => {
    const towns = await opened;
    return { towns, town: towns.get(id)!, topics: towns.topics(id) };
  };

  test('has topics to report and to ask, each with its own file', async () => {
    const { topics } = await read();
    expect(topics.filter((topic) => topic.kind === 'report').length).toBeGreaterThanOrEqual(1);
    expect(topics.filter((topic) => topic.kind === 'question').length).toBeGreaterThanOrEqual(1);
    expect(new Set(topics.map((topic) => topic.file)).size).toBe(topics.length);
    // Other offices may be another town's files (`offices:` in town.yml).
    for (const { kind, file, id: topic } of topics)
      expect(file).toMatch(new RegExp(`^towns/${kind === 'elsewhere' ? '[a-z-]+' : id}/topics/${topic}\\.yml$`));
  });

  test('speaks only languages that have a pack and sentences', async () => {
    const { towns, town } = await read();
    for (const language of town.languages) {
      const locale = towns.locale(language);
      expect(locale?.pack).toBeTruthy();
      expect(Object.keys(locale!.sentences).length).toBeGreaterThan(0);
      expect(Object.keys(locale!.controlPhrases).length).toBeGreaterThan(0);
    }
  });

  test('every service can be reached and opens again within a fortnight of any hour of the coming year', async () => {
    const { town } = await read();
    const calendar = createCalendar();
    const start = Date.now();
    for (const service of town.services) {
      expect(service.phone ?? service.email).toBeTruthy();
      for (let week = 0; week < 52; week++) {
        const moment = new Date(start + week * 7 * 24 * HOUR_MS + (week % 24) * HOUR_MS);
        const state = calendar.at(town, service, moment);
        if (state.isOpen) continue;
        expect(state.opens).toBeDefined();
        expect(Date.parse(state.opens!.date) - moment.getTime()).toBeLessThan(14 * 24 * HOUR_MS);
      }
    }
  });

  test('every street is found by its own name, and its doors by their numbers', async () => {
    const town = asSaid((await read()).town);
    const finder = createPlaceFinder(town, placeWordsOf(town));
    for (const street of town.streets) {
      expect(finder.find(street.name)).toMatchObject({ text: street.name, others: [] });
      for (const door of [street.numbers.at(0), street.numbers.at(-1)]) {
        if (!door) continue;
        const found = finder.find(`c'est au ${door.number} ${street.name}`);
        expect(found).toMatchObject({ text: `${door.number} ${street.name}`, precision: 'number', isInside: true });
        expect(found!.point).toEqual({ latitude: door.latitude, longitude: door.longitude });
      }
    }
  });

  test('every landmark is found by its own name and stands in the town', async () => {
    const { town } = await read();
    const finder = createPlaceFinder(town, placeWordsOf(town));
    for (const landmark of town.landmarks) {
      const found = finder.find(`devant ${landmark.name}`);
      expect([found?.landmark ?? found?.street, ...(found?.others ?? [])].join('\n')).toContain(landmark.name);
      if (town.boundary.length > 0) expect(isWithin(landmark, town.boundary)).toBe(true);
    }
  });
});
