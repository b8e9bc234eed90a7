/**
 * The whole town hall in one call: the real app on a free port, a folder of its own, a clock the
 * story sets. Closing it asserts that nothing leaked.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppParts, createApp } from '../../src/app';
import { type Config, readConfig } from '../../src/config';
import type { Town } from '../../src/domain/town';
import type { Towns } from '../../src/towns';
import { type TownData, townsOf } from '../../src/towns/opened';
import { openTownsInThread } from '../../src/towns/read/read-in-thread';
import { createRounds } from './rounds';

export interface CityHall {
  url: string;
  dataDir: string;
  config: Config;
  /** Every route and who may call it: 'POST /hooks/twilio/message', 'provider'. */
  callers: App['callers'];
  /** The directLineSecret of this demo. */
  clock: TestClock;
  /** How to come in at the desk, as the start prints it. */
  welcome(): Promise<string[]>;
  /** Resolves once everything that it does again and again has been begun and ended since: what was to follow has begun. */
  wentRound(): Promise<void>;
  /** Stops the app and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface CityHallOptions extends Omit<AppParts, 'clock' | 'towns'> {
  /** The moment the story begins, ISO; the real time when absent. */
  at?: string;
  env?: Record<string, string>;
  /** Whom the towns tell of a danger, by town; nobody when absent, so that a story hears the bot alone. */
  alerts?: Record<string, Town['alerts']>;
  /** The towns otherwise than their files say. */
  change?: (town: Town) => Town;
}

export interface TestClock {
  now(): Date;
  pass(milliseconds: number): void;
}

/** Real time shifted to the story's moment: timers run as they do, dates are the story's. */
function createTestClock(at: string | undefined): TestClock {
  let shift = at ? Date.parse(at) - Date.now() : 0;
  return {
    now: () => new Date(Date.now() + shift),
    pass(milliseconds) {
      shift += milliseconds;
    },
  };
}

export async function openCityHall({
  at,
  env = {},
  alerts = {},
  change,
  onStep,
  ...parts
}: CityHallOptions = {}): Promise<CityHall> {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-'));
  const clock = createTestClock(at);
  const read = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    MESSAGES_PER_MINUTE: '10000',
    CONVERSATIONS_PER_HOUR: '100000',
    ANSWERS_PER_HOUR: '10000',
    ANSWERS_PER_DAY: '10000',
    ...env,
  });
  // Learnt once for all test files: the same phrases give the same model.
  const config = { ...read, modelsDir: join(__dirname, '../../node_modules/.cache/guichet-models') };
  const rounds = createRounds('mailroom:swept', 'desk:swept');
  async function open(): Promise<App> {
    const opened = await createApp(config, {
      towns: readTowns(config, env).then((towns) =>
        changed(towns, (town) => ({ ...(change?.(town) ?? town), alerts: alerts[town.id] })),
      ),
      clock: clock.now,
      sweepMs: 200,
      onStep(step) {
        rounds.count(step);
        onStep?.(step);
      },
      // Stories type faster than anybody.
      machinePace: Number.POSITIVE_INFINITY,
      ...parts,
    });
    // A store that is not there yet is a story of its own; otherwise a story begins when the bot is ready.
    if (config.store.kind === 'sqlite') await opened.refused;
    return opened;
  }
  let app: App = await open();
  return {
    get url() {
      return app.url;
    },
    dataDir,
    config,
    get callers() {
      return app.callers;
    },
    clock,
    welcome: () => app.welcome,
    wentRound: rounds.next,
    async restart() {
      await app.close();
      app = await open();
    },
    async close() {
      try {
        await app.close();
      } finally {
        rmSync(dataDir, { recursive: true, force: true });
      }
    },
  };
}

/** The towns of this repository, whose files no story changes: read once for all city halls of a test process. */
let ours: Promise<TownData> | undefined;

async function readTowns(config: Config, env: Record<string, string>): Promise<Towns> {
  const read = () => openTownsInThread(config, config.modelsDir);
  if (env.TOWNS_DIR || env.LOCALES_DIR) return read();
  ours ??= read().then((towns) => ({
    towns: towns.list().map((town) => ({ town, topics: towns.topics(town.id) })),
    locales: towns.locales(),
    foreign: towns.foreign(),
  }));
  return townsOf(await ours);
}

function changed(towns: Towns, change: (town: Town) => Town): Towns {
  const all = new Map(towns.list().map((town) => [town.id, change(town)]));
  return { ...towns, list: () => [...all.values()], get: (id) => all.get(id) };
}
