/**
 * The guides tell the truth: what they point at is there, what they name exists, and no setting,
 * metric or event of the server is left out of what an operator reads.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { checkTopic } from '../../src/towns/check/check-topic';
import { readFolder } from '../../src/towns/read/read-folder';
import { readTopic } from '../../src/towns/read/read-topic';
import { readTown } from '../../src/towns/read/read-town';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const under = (folder: string, ending: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));

const GUIDES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'web/widget/README.md', ...under('docs', '.md')];
const OPERATE = read('docs/operate.md');

/** The guide without its blocks of code, in which nothing is a link. */
const prose = (guide: string) => read(guide).replace(/^```[\s\S]*?^```/gm, '');

/** As the forge makes them: lower case, punctuation gone, spaces to dashes. */
const anchorsOf = (guide: string) =>
  [...prose(guide).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-'),
  );

test.each(GUIDES)('%s points only at what is there', (guide) => {
  const broken = [...prose(guide).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? guide : join(dirname(guide), path);
      return !existsSync(join(ROOT, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
    });
  expect(broken).toEqual([]);
});

test.each(GUIDES)('%s names only files that are there', (guide) => {
  const named = [...prose(guide).matchAll(/`((?:src|web|tools|test|docs|towns|locales|\.ci)\/[^`\s]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => !/[<*…]/.test(path));
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('every command of the guides is one of the package, and the README has them all', () => {
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
  const commandsOf = (guide: string) =>
    [...read(guide).matchAll(/\bnpm (?:run (?:--silent )?([a-z][a-z-]*)|(start|test)\b)/g)].map(
      ([, run, short]) => run ?? short ?? '',
    );
  for (const guide of GUIDES) expect(scripts).toEqual(expect.arrayContaining(commandsOf(guide)));
  expect(commandsOf('README.md')).toEqual(expect.arrayContaining(scripts));
});

/** Each variable of src/config.ts with its default, as written there; undefined when it has none. */
function settings(): Array<[name: string, usual: string | undefined]> {
  const schema = /const Environment = z\.object\(\{\n([\s\S]*?)\n\}\);/.exec(read('src/config.ts'))?.[1] ?? '';
  return schema.split(/^ {2}(?=[A-Z][A-Z_]+:)/m).flatMap((part): Array<[string, string | undefined]> => {
    const name = /^([A-Z][A-Z_]+):/.exec(part)?.[1];
    return name ? [[name, /\.default\('?([^')]*)'?\)/.exec(part)?.[1]?.replace(/(?<=\d)_(?=\d)/g, '')]] : [];
  });
}

test('every setting stands in the operator’s table, with its default, and in .env.example; and no other', () => {
  const rows = new Map(
    [...OPERATE.matchAll(/^\| `([A-Z][A-Z_]+)` \|.*\| ([^|]*) \|$/gm)].map(([, name = '', usual = '']) => [name, usual]),
  );
  const example = [...read('.env.example').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
  const names = settings().map(([name]) => name);
  expect(names.length).toBeGreaterThan(15);
  expect([...rows.keys()].sort()).toEqual([...names].sort());
  expect([...new Set(example)].sort()).toEqual([...names].sort());
  const wrong = settings().filter(([name, usual]) =>
    usual ? rows.get(name) !== `\`${usual}\`` : !/^none/.test(rows.get(name) ?? ''),
  );
  expect(wrong).toEqual([]);
});

test('every metric and every event of the log is told to operators', () => {
  const source = under('src', '.ts').map(read).join('\n');
  const metrics = [...source.matchAll(/name: '(guichet_[a-z_]+)'/g)].map(([, name = '']) => name);
  const events = [...source.matchAll(/\blog\('(?:info|warn|error)', '([a-z.-]+)'/g)].map(([, name = '']) => name);
  // A channel's own events are logged by the app under a word of its own, `phone.`; one that is not mounted says nothing yet.
  const app = under('src/app', '.ts').map(read).join('\n');
  const ofChannels = under('src/channels', '.ts')
    .filter((file) => app.includes(`../${file.split('/').slice(1, 3).join('/')}'`))
    .flatMap((file) => [...read(file).matchAll(/\blog\('([a-z-]+)', \{/g)].map(([, name]) => `.${name}`));
  expect(metrics.length).toBeGreaterThan(3);
  expect(events.length).toBeGreaterThan(8);
  expect(ofChannels.length).toBeGreaterThan(3);
  const told = (name: string) => OPERATE.includes(`${name.startsWith('.') ? '' : '`'}${name}\``);
  expect([...new Set([...metrics, ...events, ...ofChannels])].filter((name) => !told(name))).toEqual([]);
});

test('the tree of the architecture is the tree of the repository', () => {
  const drawn: string[] = [];
  const way: string[] = [];
  const tree = /## The tree\n\n```\n([\s\S]*?)```/.exec(read('docs/architecture.md'))?.[1] ?? '';
  for (const [, indent = '', name = ''] of tree.matchAll(/^( *)([a-z0-9-]+)\/ /gm)) {
    way.length = indent.length / 2;
    way.push(name);
    drawn.push(way.join('/'));
  }
  expect(drawn.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([]);
  // A folder that has files of its own and is not drawn is one a newcomer will not find.
  const withSource = [...under('src', '.ts'), ...under('tools', '.ts'), ...under('web', '.ts')].map((file) => dirname(file));
  const undrawn = [...new Set(withSource)].filter((folder) => !drawn.includes(folder));
  expect(undrawn).toEqual([]);
});

test('the topics of the clerk’s guide are read by the town’s own reader, and lack nothing', async () => {
  const files = await readFolder(join(ROOT, 'towns/bellerive'));
  const { town } = readTown(files);
  const examples = [...read('docs/topics.md').matchAll(/^```yaml\n(# (towns\/bellerive\/topics\/\S+)\n[\s\S]*?)^```/gm)];
  expect(examples).toHaveLength(3);
  for (const [, written = '', file = ''] of examples) {
    const { topic, source, faults } = readTopic(file, written);
    expect(faults).toEqual([]);
    const found = checkTopic(topic!, source!, town!, new Set(), '2026-11-22');
    expect(found).toEqual([]);
  }
});

const COMMANDS = Object.values(JSON.parse(read('package.json')).scripts as Record<string, string>).flatMap((script) => {
  const [, command] = /node dist\/(tools\/\S+)\.js/.exec(script) ?? [];
  return command ? [command] : [];
});

test('every command reads what is typed by one rule', () => {
  expect(COMMANDS.length).toBeGreaterThan(12);
  const readsByItself = COMMANDS.filter(
    (command) => !/runCommand\(\{ usage|runCommand\(\{\n {2}usage/.test(read(`${command}.ts`)),
  );
  expect(readsByItself).toEqual([]);
});

test('every command reads its settings as the server does, so that what it looks at is what runs', () => {
  const asking = COMMANDS.filter((command) => read(`${command}.ts`).includes('process.env'));
  expect(asking.length).toBeGreaterThan(8);
  const bySelf = asking.filter((command) => {
    const text = read(`${command}.ts`);
    return !/\bread(Config|Folders)\(/.test(text) || /process\.env(\.|\[)/.test(text);
  });
  expect(bySelf).toEqual([]);
});

test('whoever copies what is kept is told first to keep the copies to themselves', () => {
  const backup = OPERATE.slice(OPERATE.indexOf('\n## Backup'));
  const [first = ''] = /```sh\n[\s\S]*?```/.exec(backup) ?? [];
  expect(first).toMatch(/^umask 077\b/m);
});

test.each([
  [['--help'], 0, /^npm run chat /, /^$/],
  [['--nonsense'], 2, /^$/, /^Unknown option '--nonsense'[\s\S]*\n\nnpm run chat /],
  [['a word'], 2, /^$/, /^Unexpected argument 'a word'[\s\S]*\n\nnpm run chat /],
  [['--url', 'http://127.0.0.1:65534'], 1, /^$/, /start it first with npm start\n$/],
] as const)('a command that is given %p says what it takes, or what is wrong', (typed, code, out, err) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'dist/tools/chat.js'), ...typed], {
    encoding: 'utf8',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  expect({ status, stdout, stderr }).toEqual({
    status: code,
    stdout: expect.stringMatching(out),
    stderr: expect.stringMatching(err),
  });
});

test('tests that are asked for by folder are these and no others, also where browser tests are left out', () => {
  const typed = ['tools/test.mjs', '--tests-only', 'test/stories', 'test/browser', '--no-browser', '--list'];
  const { stdout } = spawnSync(process.execPath, typed, { cwd: ROOT, encoding: 'utf8' });
  const listed = stdout.trim().split('\n').sort();
  const stories = readdirSync(join(ROOT, 'test/stories')).map((name) => join(ROOT, 'test/stories', name));
  expect(listed).toEqual(stories.filter((file) => file.endsWith('.test.ts')).sort());
});

test('each decision has a number of its own, and its heading has the same', () => {
  const numbers = under('docs/decisions', '.md').map((path) => [
    /(\d{4})-[^/]+$/.exec(path)?.[1],
    /^# (\d{4}) /.exec(read(path))?.[1],
  ]);
  expect(numbers.filter(([file, heading]) => file !== heading)).toEqual([]);
  expect(new Set(numbers.map(([file]) => file)).size).toBe(numbers.length);
});

test('the version is the same wherever it stands, and what changed in it is told', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const [, told, date] = /^## (\d+\.\d+\.\d+), (\S+)$/m.exec(read('CHANGELOG.md')) ?? [];
  expect([told, JSON.parse(read('package-lock.json')).version]).toEqual([version, version]);
  expect(read('publiccode.yml')).toContain(`softwareVersion: ${version}\nreleaseDate: "${date}"`);
});
