/** A good file is read in a fifth of the time by another parser: it must say the same as the one that knows lines. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readWithLines } from '../../src/towns/yaml/yaml-lines';
import { readYaml } from '../../src/towns/yaml/yaml-source';

const ROOT = join(__dirname, '../..');
const files = ['locales', 'towns'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.yml'))
    .map((entry) => join(entry.parentPath, entry.name)),
);

test('every file of towns and languages is read alike by both', () => {
  expect(files.length).toBeGreaterThan(50);
  for (const file of files) {
    const [name, text] = [relative(ROOT, file), readFileSync(file, 'utf8')];
    const [one, other] = [readYaml(name, text), readWithLines(name, text)];
    expect([name, one.faults, one.source?.value]).toEqual([name, other.faults, other.source?.value]);
  }
});

test.each([
  ...['1_000', '010', '0o17', '0x1F', '1e3', '.5', '5.', '+33', '-0', '12:30', '2026-01-01', '~', 'null', 'yes', 'on', 'TRUE'],
  ...[
    '.inf',
    '1.',
    '08',
    '=',
    '12345678901234567890',
    '"a\\u00e9"',
    "'it''s'",
    'a # c',
    '[a, b,]',
    '| \n  a\n',
    '>-\n  a\n  b\n\n  c',
  ],
  ...['{a: 1, a: 2}', '[a,,b]', '[\n  b\n]', '!foo x', '*x', '&x [1]', '"a\n  b"', '@a', 'a: b', '', '"open', '[open'],
])('%j is the same value to both, or the same fault', (written) => {
  const text = `field: ${written}`;
  const [one, other] = [readYaml('town.yml', text), readWithLines('town.yml', text)];
  expect(one.faults).toEqual(other.faults);
  expect(one.source?.value).toEqual(other.source?.value);
});

test('a good file knows the line of every word when asked', () => {
  const { source } = readYaml('town.yml', 'name: Bellerive\nphones:\n  general: "0102"\n');
  expect(source!.lineOf(['phones', 'general'])).toBe(3);
  expect(source!.texts()).toMatchObject([
    { text: 'Bellerive', line: 1 },
    { text: '0102', line: 3 },
  ]);
});

test('aliases that unfold without end are a fault, however quickly they could be read', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (let n = 1; n < 9; n += 1) {
    const [from, to] = ['abcdefghi'[n - 1], 'abcdefghi'[n]];
    bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`);
  }
  expect(readYaml('town.yml', bomb.join('\n')).faults).toMatchObject([
    { code: 'yaml', message: expect.stringMatching(/unfold/) },
  ]);
});
