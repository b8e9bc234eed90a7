/**
 * Days of a town's year, the stormy evening among them, lived through by citizens on every way and by the services: nobody is
 * left with nothing, every change is told once and in time, and the town's own figures add up. `npm run bench -- --only year`
 * lives through all of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { yearColumn } from '../../tools/bench/year';
import { contactsOf, planYear } from '../../tools/bench/year/plan';

const MODELS = join(__dirname, '../../node_modules/.cache/guichet-models');

test('two days at a hundredth of a town: nothing lost, nothing told twice, nothing late; stopped after the first, it goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-year-'));
  const parts = { contacts: 475_000, scale: 0.01, days: 2, folder, modelsDir: MODELS };
  try {
    expect(await yearColumn({ ...parts, says: () => true })).toBeNull();
    const year = await yearColumn(parts);
    expect([year?.faults, year?.lived.lost, year?.checked.named, year?.lived.services.worked.refused]).toEqual([[], [], [], []]);
    expect(year?.checked.news).toBeGreaterThan(0);
    expect(year?.lived.contacts).toBeGreaterThan(15);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);

test('the year that is planned: so many contacts, 62 of 100 out of hours, one hour with nine times the usual', () => {
  const { hours, worst } = planYear(20_000, '2026-09-01');
  const all = hours.flatMap((hour) => contactsOf(hour).map((contact) => hour.open[contact.at - hour.from < 1800_000 ? 0 : 1]));
  expect(all.length).toBe(20_000);
  expect(all.filter((isOpen) => !isOpen).length / all.length).toBeCloseTo(0.62, 1);
  expect((hours[worst]?.count ?? 0) / (20_000 / hours.length)).toBeCloseTo(9, 0);
  expect(Math.max(...hours.map(({ count }) => count))).toBe(hours[worst]?.count);
});
