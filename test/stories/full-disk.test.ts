/**
 * The disk is full, or takes no writes: at the start, and while citizens write. The operator is told so in the log, by /readyz and in the
 * figures, nothing that was acknowledged is lost, and with room again it goes on. Files may grow to a limit only, which
 * a program meets like the end of a disk, on any machine.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoServerError } from 'mongodb';
import { createReadiness } from '../../src/app/readiness';
import { StoreUnavailable } from '../../src/store';
import { translate } from '../../src/store/mongo/errors';
import { watchWrites } from '../../src/store/write-watch';
import { freePort } from '../../tools/free-port';
import { createClient, type Visitor } from '../support/direct-line';
import { until } from '../support/until';

const ROOT = join(__dirname, '../..');
let folder: string;
let child: ChildProcess | undefined;
let said = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-full-'));
  // Learnt once for all tests.
  symlinkSync(join(ROOT, 'node_modules/.cache/guichet-models'), join(folder, 'models'));
});

afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the door where no file may be larger; resolves with its address. */
async function start(mostKib?: number): Promise<string> {
  said = '';
  const port = await freePort();
  const limit = mostKib ? `ulimit -f ${mostKib}; ` : '';
  child = spawn('bash', ['-c', `${limit}exec "$@"`, 'bash', process.execPath, join(ROOT, 'dist/src/main.js')], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', PORT: String(port), DATA_DIR: folder, MESSAGES_PER_MINUTE: '100000' },
  });
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  }
  const url = `http://127.0.0.1:${port}`;
  await until(`the door to open: ${said}`, () =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return url;
}

async function stop(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child!.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

const readiness = async (url: string) => {
  const answer = await fetch(`${url}/readyz`);
  return { status: answer.status, reason: ((await answer.json()) as { reason?: string }).reason };
};
/** How often an event was counted, as an operator's machines read it. */
const counted = async (url: string, event: string) => {
  const figures = await (await fetch(`${url}/metrics`)).text();
  return Number(
    new RegExp(`^guichet_events_total\\{event="${event.replace('.', '\\.')}"\\} (\\d+)$`, 'm').exec(figures)?.[1] ?? 0,
  );
};
const events = () => [...said.matchAll(/"event":"(store\.[a-z-]+|ready)"/g)].map(([, event]) => event);

test('at the start: it waits, and says what for', async () => {
  const url = await start(128);
  await until('the event', () => events().includes('store.full'));
  expect(await readiness(url)).toEqual({ status: 503, reason: 'store-full' });
  expect(said).not.toMatch(/Ready:/);
});

test('while citizens write: they are refused, the operator is told once each time, and nothing that was acknowledged is lost', async () => {
  const url = await start(7000);
  await until('it to be ready', async () => (await readiness(url)).status === 200);
  const client = createClient(url);
  const ana: Visitor = await client.arrive('bellerive');
  const kept: string[] = [];
  const refused = await until('the disk to be full', async () => {
    const { status, body } = await client.say(ana, `${kept.length} ${'mot '.repeat(2400)}`);
    if (status === 200) kept.push(body.id);
    return status === 200 ? null : { status, code: body.error.code };
  });
  expect(refused).toEqual({ status: 503, code: 'NotWrittenDown' });
  await until('readiness to notice', async () => (await readiness(url)).reason === 'store-full');
  // Where a long row finds no room a short one may: then it is full, takes writes again, and is full again, each said once.
  const turns = events().filter((event) => event !== 'ready' && event !== 'store.created');
  expect(turns).toEqual(turns.map((_, at) => (at % 2 === 0 ? 'store.full' : 'store.up')));
  expect(turns).toContain('store.full');
  const figures = await (await fetch(`${url}/metrics`)).text();
  for (const name of ['disk_free_bytes', 'wal_bytes', 'oldest_row_seconds{pile="inbox"}', 'ready_seconds'])
    expect(figures).toMatch(new RegExp(`^guichet_${name.replace(/[{}]/g, '\\$&')} \\d`, 'm'));
  await stop();

  const again = await start();
  await until('it to be ready', async () => (await readiness(again)).status === 200);
  const read = async () => {
    const ids: string[] = [];
    for (let watermark = '0', last = ''; watermark !== last; ) {
      last = watermark;
      const { body } = await createClient(again).read(ana, watermark);
      ids.push(...body.activities.map(({ id }: { id: string }) => id));
      watermark = body.watermark;
    }
    return ids;
  };
  await until('all that was acknowledged to be answered', async () => {
    const heard = new Set(await read());
    return kept.every((id) => heard.has(id));
  });
  expect(kept.length).toBeGreaterThan(5);
}, 240_000);

/**
 * A file that is open takes no more writes: made immutable, which holds for root as well, where this machine lets one; else it
 * may not grow any more, which any process may ask of itself. What it is called then, and how it ends.
 */
function takesNoWrites(file: string): { reason: string; event: string; end(): void } {
  try {
    execFileSync('chattr', ['+i', file], { stdio: 'ignore' });
    return { reason: 'store-readonly', event: 'store.readonly', end: () => void execFileSync('chattr', ['-i', file]) };
  } catch {
    const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(child?.pid), `--fsize=${bytes}:`]);
    limit('4096');
    return { reason: 'store-full', event: 'store.full', end: () => void limit('unlimited') };
  }
}

test('read-only under a running server: citizens are told to come back, the operator why, and it goes on by itself', async () => {
  const url = await start();
  await until('it to be ready', async () => (await readiness(url)).status === 200);
  const client = createClient(url);
  const ana = await client.arrive('bellerive');
  expect((await client.say(ana, 'bonjour')).status).toBe(200);
  const { reason, event, end } = takesNoWrites(join(folder, 'guichet.db-wal'));
  try {
    const { status, headers, body } = await client.say(ana, 'combien coûte un passeport ?', 'again');
    expect([status, body.error.code]).toEqual([503, 'NotWrittenDown']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.error.message).toMatch(/\w+ \w+/);
    await until('readiness to say why', async () => (await readiness(url)).reason === reason);
    expect(events()).toContain(event);
    expect([await counted(url, event), await counted(url, 'store.up')]).toEqual([1, 0]);
    // What was said before can be read all the same.
    expect((await client.read(ana)).status).toBe(200);
  } finally {
    end();
  }
  await until('it to be ready again', async () => (await readiness(url)).status === 200);
  expect((await client.say(ana, 'combien coûte un passeport ?', 'again')).status).toBe(200);
  const texts = async () => (await client.read(ana)).body.activities.map(({ text }: { text: string }) => text);
  await until('the answer', async () => (await texts()).some((text: string) => /86/.test(text)));
  expect((await texts()).filter((text: string) => /^combien/.test(text))).toHaveLength(1);
  expect(events().filter((one) => one === event || one === 'store.up')).toEqual([event, 'store.up']);
  expect([await counted(url, event), await counted(url, 'store.up')]).toEqual([1, 1]);
}, 240_000);

test('until citizens are answered, readiness says which step the start is at', async () => {
  const steps: string[] = [];
  const readiness = createReadiness(() => new Date(0));
  steps.push(readiness.standing());
  const prepared = readiness.prepare(async () => void steps.push(readiness.standing()));
  await prepared;
  let learn = () => {};
  const learnt = new Promise<void>((resolve) => {
    learn = resolve;
  });
  const opened = readiness.open(
    prepared,
    learnt,
    () => {},
    () => void steps.push(readiness.standing()),
  );
  await prepared;
  steps.push(readiness.standing());
  expect(readiness.since()).toBeUndefined();
  learn();
  expect(await opened).toBeNull();
  steps.push(readiness.standing());
  expect(steps).toEqual(['upgrading', 'upgrading', 'learning', 'learning', 'ready']);
});

test('it is said once that the disk is full or takes no writes, and once that it does again', () => {
  const told: string[] = [];
  const watch = watchWrites(({ state }) => told.push(state));
  const failing = (why: 'full' | 'read-only' | 'away') => new StoreUnavailable('no', { why });
  watch.wrote();
  for (const error of [failing('full'), failing('full'), new Error('else'), failing('away')]) watch.failed(error);
  watch.wrote();
  watch.wrote();
  watch.failed(failing('read-only'));
  watch.wrote();
  expect(told).toEqual(['full', 'up', 'readonly', 'up']);
});

test.each([
  ['OutOfDiskSpace', 14031, 'full'],
  ['UserWritesBlocked', 371, 'read-only'],
  ['NotWritablePrimary', 10107, 'away'],
  ['NotPrimaryNoSecondaryOk', 13435, 'away'],
])('a MongoDB server that answers %s is told apart', (codeName, code, why) => {
  expect(translate(new MongoServerError({ ok: 0, code, codeName, errmsg: 'no' }))).toMatchObject({
    code: 'store-unavailable',
    why,
  });
});
