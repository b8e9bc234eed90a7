/**
 * What an operator is told when the program cannot start, or does: each fault of the machine is a sentence with its
 * cure, and no stack. The real program, as `npm start` runs it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const STACK = /\n\s+at .+:\d+:\d+/;
const LIVE = {
  MODE: 'live',
  PUBLIC_URL: 'https://guichet.ville.example',
  TOKEN_SECRET: 'k'.repeat(40),
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'only-this-test-knows',
  TWILIO_API_URL: 'http://127.0.0.1:9',
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-start-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  code: number | null;
  said: string;
}

/** Runs it until it ends by itself or `until` has been said. */
async function start(env: Record<string, string>, until?: RegExp, program = 'src/main.js'): Promise<Run> {
  const child = spawn(process.execPath, [join(ROOT, 'dist', program)], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', PORT: '0', DATA_DIR: folder, ...env },
  });
  let said = '';
  // Once: a second signal ends it before it has closed.
  let isTold = false;
  const code = await new Promise<number | null>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += String(chunk);
        if (!isTold && until?.test(said)) isTold = child.kill('SIGTERM');
      });
    }
    child.on('exit', resolve);
  });
  return { code, said };
}

async function refuses(env: Record<string, string>, sentence: RegExp): Promise<void> {
  const { code, said } = await start(env);
  expect(said).toMatch(sentence);
  expect(said).not.toMatch(STACK);
  expect(code).toBe(2);
}

test('a port that is taken is told before the towns are read', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await refuses({ PORT: String(port), TOWNS_DIR: join(folder, 'nowhere') }, /^Port \d+ of 127\.0\.0\.1 is taken.*set PORT/);
  await new Promise((resolve) => server.close(resolve));
});

test('an address that this machine has not', () =>
  refuses({ ...LIVE, PORT: '39781', HOST: '203.0.113.7' }, /^HOST: 203\.0\.113\.7 is no address of this machine/));

test('a folder that cannot be one', async () => {
  writeFileSync(join(folder, 'data'), '');
  await refuses(
    { DATA_DIR: join(folder, 'data') },
    /^DATA_DIR \(.*\) cannot be written: a file stands in its place\. Move the file away, or set DATA_DIR/,
  );
  await refuses({ DATA_DIR: join(folder, 'data/below') }, /^DATA_DIR \(.*\) cannot be written: a file stands in its place/);
  if (process.platform === 'linux')
    await refuses({ DATA_DIR: '/proc/nowhere' }, /^DATA_DIR \(.*\) cannot be written: no folder can be made there/);
});

/** Where tests run as root, who may write everything, the program goes on as nobody once it is loaded. */
const AS_NOBODY = 'if (process.getuid?.() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }';

/** What opening the data folder, and the database in it, is refused with by somebody who may not write there. */
function refusedToOthers(): string {
  const program = `
    const { openDataDir } = require('./dist/src/app/data-dir.js');
    const { openFile } = require('./dist/src/store/sqlite/database-file.js');
    ${AS_NOBODY}
    const [dataDir] = process.argv.slice(1);
    try { openDataDir({ dataDir, mode: 'live' }); openFile(dataDir + '/guichet.db'); } catch (error) { console.log(error.message); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', program, folder], { cwd: ROOT, encoding: 'utf8' });
  return stdout + stderr;
}

test('a folder, or a database file in it, that may only be read', () => {
  chmodSync(folder, 0o555);
  expect(refusedToOthers()).toMatch(/^DATA_DIR \(.*\) cannot be written: this user may not write there/);
  chmodSync(folder, 0o777);
  writeFileSync(join(folder, 'guichet.db'), '', { mode: 0o444 });
  expect(refusedToOthers()).toMatch(/^The database file .*guichet\.db cannot be opened: it may only be read.*rights/);
});

test('a database that is harmed', async () => {
  writeFileSync(join(folder, 'guichet.db'), 'This is not a database. '.repeat(1000));
  await refuses({}, /^The database file .*guichet\.db cannot be opened.*backup/);
});

test.each(['mongodb://', 'mongodb://user:sesame@host:none/', 'mongodb://user:sesame@host/?nonsense=1'])(
  'an address of a database server that cannot be one: %s',
  async (uri) => {
    await refuses({ STORE: 'mongo', MONGODB_URI: uri }, /^MONGODB_URI cannot be used: (?!.*sesame).*Write it as mongodb:\/\//);
  },
);

test('secrets of a demo that were cut short', async () => {
  writeFileSync(join(folder, 'demo-secrets.json'), '{"tokenSecret":"ab');
  await refuses({}, /demo-secrets\.json cannot be read.*Remove it/);
});

test("aliases in a town's file that unfold without end are a fault with file and line", async () => {
  cpSync(join(ROOT, 'towns/bellerive'), join(folder, 'towns/bellerive'), { recursive: true });
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let at = 1; at < 9; at += 1)
    bomb.push(
      `a${at}: &a${at} [${Array(9)
        .fill(`*a${at - 1}`)
        .join(', ')}]`,
    );
  writeFileSync(join(folder, 'towns/bellerive/topics/bomb.yml'), `${bomb.join('\n')}\n`);
  const env = { TOWNS_DIR: join(folder, 'towns') };
  await refuses(env, /bomb\.yml:2: fault: The aliases .* unfold/);
  // And the check looks where the server looks.
  const checked = await start(env, undefined, 'tools/check-town.js');
  expect(checked.said).toMatch(/bomb\.yml:2: fault: The aliases/);
  expect(checked.code).toBe(1);
});

test('the languages are looked for where LOCALES_DIR says, by the server and by the check', async () => {
  for (const program of ['src/main.js', 'tools/check-town.js']) {
    const { code, said } = await start({ LOCALES_DIR: join(folder, 'nowhere') }, undefined, program);
    expect(said).toMatch(/nowhere:1: fault: There is no such folder/);
    expect(code).toBe(2);
  }
});

test('all faults of the settings at once, in plain words', async () => {
  const { code, said } = await start({ PORT: 'abc', MODE: 'Live', LOG_LEVEL: 'loud', PUBLIC_URL: 'https://ville.example/chat' });
  expect(code).toBe(2);
  expect(said).toMatch(/has 5 faults/);
  expect(said).toMatch(/PORT: must be a whole number from 0 to 65535/);
  expect(said).toMatch(/MODE: write it as live, in small letters/);
  expect(said).toMatch(/LOG_LEVEL: must be debug, info, warn, error or silent/);
  expect(said).toMatch(/PUBLIC_URL: must be an address without a path/);
  expect(said).toMatch(/TOKEN_SECRET: needed when MODE=live/);
  expect(said).not.toMatch(STACK);
});

test('a start in live mode says what it serves, where it keeps it, that both are new, and when it is ready', async () => {
  mkdirSync(join(folder, 'data'));
  // Learnt once for all tests.
  symlinkSync(join(ROOT, 'node_modules/.cache/guichet-models'), join(folder, 'data/models'));
  chmodSync(join(folder, 'data'), 0o755);
  const env = { ...LIVE, DATA_DIR: join(folder, 'data') };
  const { code, said } = await start(env, /Ready: /);
  expect(code).toBe(0);
  expect(said).toMatch(/for citizens at https:\/\/guichet\.ville\.example/);
  expect(said).toMatch(/Live\. Kept in .*guichet\.db/);
  expect(said).toMatch(/"event":"store\.created"/);
  expect(said).toMatch(/"event":"data\.open-to-all".*chmod 700/);
  expect(said).toMatch(/"event":"ready","seconds":/);
  chmodSync(join(folder, 'data'), 0o700);
  const again = await start(env, /Ready: /);
  expect(again.said).not.toMatch(/store\.created|data\.open-to-all/);
  expect(statSync(join(folder, 'data/guichet.db')).mode & 0o077).toBe(0);
});

test('the server that serves citizens is one file, and of packages only what is compiled stands beside it', () => {
  const list = "require('./dist/src/server.js'); process.stdout.write(Object.keys(require.cache).join('\\n'))";
  const loaded = spawnSync(process.execPath, ['-e', list], { cwd: ROOT, encoding: 'utf8' }).stdout.split('\n');
  expect(loaded).toContain(join(ROOT, 'dist/src/server.js'));
  expect(loaded.length).toBeLessThan(20);
});

test('what only reads the files of clerks is not loaded by the thread that serves citizens', () => {
  const list = "require('./dist/src/app.js'); process.stdout.write(Object.keys(require.cache).join('\\n'))";
  const loaded = spawnSync(process.execPath, ['-e', list], { cwd: ROOT, encoding: 'utf8' }).stdout;
  expect(loaded).toContain('/restify/');
  expect(loaded).not.toMatch(
    /node_modules\/(yaml|js-yaml|date-holidays|date-holidays-parser|nodemailer)\/|\/src\/towns\/(check|read\/read-town)/,
  );
});
