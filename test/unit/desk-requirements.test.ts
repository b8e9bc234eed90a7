/** What the list of the desk's requirements says of tests is true: each is there, under this name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const rows = readFileSync(join(ROOT, 'docs/desk-requirements.md'), 'utf8')
  .split('\n')
  .flatMap((line) => (/^\| (\d+) \|.*\| (.*) \|$/.exec(line)?.slice(1) ? [line.split('|').map((cell) => cell.trim())] : []))
  .map(([, number = '', , held = '']) => ({ number, held }));

test('all fifty are there, in their order', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 1)));
});

test.each(rows)('$number is held by tests that are there, or says why not', ({ held }) => {
  const named = [...held.matchAll(/`((?:stories|browser|attacks|contracts|unit)\/[\w-]+)`: ([^·;]+)/g)];
  expect(named.length > 0 || held.length > 10).toBe(true);
  for (const [, file = '', name = ''] of named)
    expect(readFileSync(join(ROOT, `test/${file}.test.ts`), 'utf8')).toMatch(new RegExp(`['"\`]${escaped(name.trim())}`));
});

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
