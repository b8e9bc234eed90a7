/** What stories need in which a process is ended with -9: a place to keep rows on each store, and commands that are killed write by write. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { type Carrier, openCarrier } from '../../src/demo/carrier';
import { freePort } from '../../tools/free-port';
import { HOW_TO_GET_MONGO, hasMongo, type MongoServer, startMongo } from '../../tools/mongo-server';
import { accountOf, SMS, WHATSAPP } from './phone-hall';
import { endHalls, type HallProcess, startHall } from './processes';
import { openRows, type Rows } from './rows';
import { newName, noteSkip } from './scratch';
import { until } from './until';

const STORES = ['the embedded store', 'a MongoDB server'] as const;
const KILLER = join(__dirname, 'kill-at-write.js');

export interface Place {
  /** Where a town hall, or a command, keeps everything; the same port after each start. */
  env: Record<string, string>;
  rows(): Promise<Rows>;
  end(): void;
}

/** Declares the same stories for each store; one that is not at hand is skipped aloud. */
export function describeKilled(title: string, declare: (newPlace: () => Promise<Place>) => void): void {
  for (const store of STORES) {
    const isMissing = store === 'a MongoDB server' && !hasMongo();
    if (isMissing) noteSkip(HOW_TO_GET_MONGO);
    (isMissing ? describe.skip : describe)(`${title}, on ${store}`, () => {
      let server: MongoServer | null = null;
      if (store === 'a MongoDB server') {
        beforeAll(async () => {
          server = await startMongo();
        }, 60_000);
        afterAll(() => server?.stop());
      }
      declare(() => newPlace(server));
    });
  }
}

async function newPlace(server: MongoServer | null): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-killed-'));
  const env: Record<string, string> = { DATA_DIR: folder, PORT: String(await freePort()) };
  if (server) {
    const uri = new URL(server.uri);
    uri.pathname = `/${newName()}`;
    Object.assign(env, { STORE: 'mongo', MONGODB_URI: uri.href });
  }
  return {
    env,
    rows: () => openRows({ config: readConfig(env) }),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A place with a carrier beside it, new for each test of a `describeKilled`. */
export interface PhonePlace {
  readonly carrier: Carrier;
  /** With the carrier's account. A hall of it counts its writes from `arm` on. */
  readonly env: Record<string, string>;
  readonly rows: Rows;
  /** From now on writes are counted. */
  arm(): void;
  /** The carrier's clock, and that of halls that are started with this from now on. */
  passes(ms: number): Record<string, string>;
  /** How many rows of a collection there are. */
  count(collection: string, filter: object): Promise<number>;
  /** Nothing is left to be heard, sent or told. */
  isAtRest(): Promise<boolean>;
}

const WAITING: Array<[collection: string, filter: object]> = [
  ['inbox', { state: 'new' }],
  ['outbox', { state: { $in: ['due', 'sending', 'unknown'] } }],
  ['conversations', { leaseUntil: { $gt: 0 } }],
  ['tickets', { untoldFrom: { $gt: 0 } }],
  ['tickets', { unheardFrom: { $gt: 0 } }],
  ['tickets', { 'forward.state': { $in: ['to-send', 'on-its-way'] } }],
];

/** @param more settings of its halls, made for each test once there is a place. */
export function usePhonePlace(
  newPlace: () => Promise<Place>,
  more: (place: Place) => Promise<Record<string, string>> = async () => ({}),
): PhonePlace {
  let place: Place;
  let carrier: Carrier;
  let rows: Rows;
  let env: Record<string, string>;
  let passedMs = 0;
  const armed = () => join(place.env.DATA_DIR!, 'armed');
  const count = async (collection: string, filter: object) =>
    (await rows.database.collection(collection).find({ ...filter })).length;

  beforeEach(async () => {
    passedMs = 0;
    place = await newPlace();
    carrier = await openCarrier({ numbers: [SMS, WHATSAPP], clock: () => new Date(Date.now() + passedMs) });
    env = { ...place.env, ...accountOf(carrier), KILL_WHEN: armed(), PHONE_PAUSE_MS: '0', ...(await more(place)) };
    rows = await place.rows();
  });
  afterEach(async () => {
    endHalls();
    await rows?.close();
    await carrier.close();
    place.end();
  });

  return {
    get carrier() {
      return carrier;
    },
    get env() {
      return env;
    },
    get rows() {
      return rows;
    },
    arm: () => writeFileSync(armed(), ''),
    passes(ms) {
      passedMs = ms;
      return { ...env, TEST_CLOCK_SHIFT_MS: String(Number(process.env.TEST_CLOCK_SHIFT_MS ?? 0) + ms) };
    },
    count,
    async isAtRest() {
      const left = await Promise.all(WAITING.map(([collection, filter]) => count(collection, filter)));
      return left.every((waiting) => waiting === 0);
    },
  };
}

/** A town hall that answers: on a MongoDB server it is open before its store is, and whoever writes then is told to come back. */
export async function startReady(env: Record<string, string>): Promise<HallProcess> {
  const hall = await startHall(env);
  await until('it to be ready', async () => (await fetch(`${hall.url}/readyz`)).ok, 60_000);
  return hall;
}

export interface Ran {
  /** It came to its end by itself. */
  isOver: boolean;
  out: string;
}

/** Runs a command of the operator's, handed `input`, which ends with -9 right before its `killAt`-th write; to its end when 0. */
export function runCommand(
  env: Record<string, string>,
  { killAt = 0, input = '' }: { killAt?: number; input?: string },
  name: string,
  ...args: string[]
): Promise<Ran> {
  const all = { ...process.env, ...env, ...(killAt > 0 ? { KILL_AT_WRITE: String(killAt) } : {}) };
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      ['--require', KILLER, join(__dirname, `../../dist/tools/${name}.js`), ...args],
      { env: all },
      (error, out, told) => {
        // Cut off right before its end, it finds nothing more to do.
        const isNothingLeft = error?.code === 1 && /^Nothing is kept/.test(out);
        if (!error || isNothingLeft || error.signal === 'SIGKILL') resolve({ isOver: error?.signal !== 'SIGKILL', out });
        else reject(new Error(`${name} ${args.join(' ')}: ${told || error.message}`));
      },
    );
    child.stdin?.end(input);
  });
}

/**
 * Runs a command again and again, killed right before its first write, its second, its third, and from there ever further on,
 * until it comes to its end: how often it was killed.
 */
export async function killedAtItsWrites(
  env: Record<string, string>,
  { input }: { input?: string },
  name: string,
  ...args: string[]
): Promise<number> {
  for (let killAt = 1, kills = 0; ; kills += 1, killAt = Math.ceil(killAt * 1.7)) {
    if ((await runCommand(env, { killAt, input }, name, ...args)).isOver) return kills;
  }
}

/**
 * Opens a town hall again and again, each ended with -9 right before a later one of its writes, counted from when the file of
 * KILL_WHEN is there, until all is at rest in one: that one goes on. How often it was killed.
 */
export async function killedHalls(
  env: Record<string, string>,
  first: HallProcess | null,
  isAtRest: () => Promise<boolean>,
): Promise<{ hall: HallProcess; kills: number }> {
  let kills = 0;
  let killAt = 2;

  async function open(): Promise<HallProcess> {
    for (;;) {
      killAt = Math.ceil(killAt * 1.8);
      const opened = await startHall({ ...env, KILL_AT_WRITE: String(killAt) }).catch((error: Error) => {
        // It may die before it has said that it is open.
        if (!/SIGKILL/.test(error.message)) throw error;
        kills += 1;
        return null;
      });
      if (opened) return opened;
    }
  }

  for (let hall = first ?? (await open()); ; hall = await open()) {
    await until('all to be done', async () => !hall.isRunning() || (await isAtRest()), 120_000);
    if (hall.isRunning()) return { hall, kills };
    expect(await hall.ended).toBe('SIGKILL');
    kills += 1;
  }
}
