/** The town hall of a simulated year, in a thread of its own: the citizens who write and the carrier take nothing from its time. */
import { parentPort, workerData } from 'node:worker_threads';
import { createApp } from '../../../src/app';
import type { Config } from '../../../src/config';
import { openTownsInThread } from '../../../src/towns/read/read-in-thread';

export interface HallJob {
  config: Config;
  /** Shared: one number, milliseconds that the clock is ahead. */
  ahead: Float64Array;
  sweepMs: number;
}

export interface HallOpened {
  url: string;
  /** Of those who sign in at the desk. */
  password: string;
}

async function open({ config, ahead, sweepMs }: HallJob): Promise<void> {
  const app = await createApp(config, {
    towns: openTownsInThread(config, config.modelsDir),
    clock: () => new Date(Date.now() + (ahead[0] ?? 0)),
    ...{ sweepMs, machinePace: Number.POSITIVE_INFINITY },
  });
  await app.refused;
  const password = /password (\S+)/.exec((await app.welcome).join('\n'))?.[1] ?? '';
  parentPort?.postMessage({ url: app.url, password } satisfies HallOpened);
  parentPort?.once('message', () => void app.close());
}

void open(workerData);
