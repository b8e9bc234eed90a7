/**
 * The town hall of a simulated year: the real app behind its real door in a thread of its own, the carrier beside it, and a clock
 * that runs as all clocks do but can be moved on, so that nobody waits for a night to pass.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ROOT } from '../../../src/built-file';
import { readConfig } from '../../../src/config';
import { type Carrier, openCarrier } from '../../../src/demo/carrier';
import { type Database, openDatabase } from '../../../src/store';
import type { Towns } from '../../../src/towns';
import { openTownsInThread } from '../../../src/towns/read/read-in-thread';
import { SENDER } from '../carrier-link';
import type { HallJob, HallOpened } from './hall-thread';

const WHATSAPP = 'whatsapp:+33639982000';
const SWEEP_MS = 25;
const THREAD = 'dist/tools/bench/year/hall-thread.js';
/** What the due watch and its like wait between two looks, of the clock. */
const LOOK_MS = 6000;
const LONGEST_REST_MS = 120_000;

export interface YearHall {
  url: string;
  towns: Towns;
  carrier: Carrier;
  database: Database;
  password: string;
  now(): number;
  /** Somebody writes by this address, or is noted under this id. */
  wrote(address: string): void;
  /** To a moment; never back. */
  moveTo(at: number): void;
  /**
   * Resolves once nothing is left to do at this moment: no message unheard or unsent, no news untold, no request to be looked at.
   * @param wasQuiet nothing was done since the last time: only what falls due by itself is waited for.
   */
  rest(wasQuiet: boolean): Promise<void>;
  close(): Promise<void>;
}

/** @param modelsDir where what was learnt from phrases is kept between runs. */
export async function openYearHall(folder: string, at: number, wrote: YearHall['wrote'], modelsDir?: string): Promise<YearHall> {
  // One clock for both threads: how far it is ahead, in milliseconds.
  const ahead = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  ahead[0] = at - Date.now();
  const now = () => Date.now() + (ahead[0] ?? 0);
  const carrier = await openCarrier({
    ...{ numbers: [SENDER, WHATSAPP], webhookRetries: 0, clock: () => new Date(now()) },
    receipts: { delayMs: 0, order: 'lost' },
  });
  const read = readConfig({
    ...{ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error', PHONE_PAUSE_MS: '0', SMS_PER_SECOND: '10000' },
    ...{ MESSAGES_PER_MINUTE: '100000', CONVERSATIONS_PER_HOUR: '1000000', PIECES_PER_DAY: '10000000' },
    ...{ ANSWERS_PER_HOUR: '10000', ANSWERS_PER_DAY: '10000' },
    ...{ TWILIO_ACCOUNT_SID: carrier.accountSid, TWILIO_AUTH_TOKEN: carrier.authToken, TWILIO_API_URL: carrier.url },
  });
  const config = { ...read, modelsDir: modelsDir ?? join(folder, 'models') };
  const workerData: HallJob = { config, ahead, sweepMs: SWEEP_MS };
  const thread = new Worker(join(ROOT, THREAD), { workerData });
  const [{ url, password }] = (await once(thread, 'message')) as [HallOpened];
  carrier.connect(url);
  const towns = await openTownsInThread(config, config.modelsDir);
  const database = await openDatabase(config.store);
  const some = async (name: string, filter: object) =>
    (await database.collection(name).find({ ...filter }, { limit: 1 })).length > 0;

  async function isBusy(): Promise<boolean> {
    const dueAt = { $lte: now() };
    const busy = await Promise.all([
      some('inbox', { state: 'new', dueAt }),
      some('outbox', { state: 'due', dueAt }),
      some('outbox', { state: 'sending' }),
      some('tickets', { untoldFrom: { $gt: 0 } }),
    ]);
    return busy.includes(true);
  }

  return {
    ...{ url, towns, carrier, database, password, now, wrote },
    moveTo(moment) {
      if (moment > now()) ahead[0] = moment - Date.now();
    },
    async rest(wasQuiet) {
      const until = performance.now() + LONGEST_REST_MS;
      for (let isFirst = true; ; isFirst = false) {
        // What is due is looked at by the next sweep, and what that writes by the one after.
        if (!isFirst || !wasQuiet) await new Promise((resolve) => setTimeout(resolve, SWEEP_MS));
        if (!(await isBusy())) {
          if (!(await some('tickets', { lookAt: { $gt: 0, $lte: now() } }))) return;
          ahead[0] = (ahead[0] ?? 0) + LOOK_MS;
        }
        if (performance.now() > until) throw new Error(`After ${LONGEST_REST_MS / 1000} s there is still something to do`);
      }
    },
    async close() {
      await database.close();
      const isOver = once(thread, 'exit');
      thread.postMessage('close');
      await isOver;
      await carrier.close();
    },
  };
}
