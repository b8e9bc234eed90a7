/**
 * A process falls asleep (a machine that is moved, a container held back) with answers on their way, for longer than it
 * may have them to itself; another one sends them; then it wakes. Nobody gets an answer twice, and nobody none.
 * And a clock that is set back keeps nobody waiting.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { openCarrier } from '../../src/demo/carrier';
import { freePort } from '../../tools/free-port';
import { accountOf, openPhoneHall, SMS } from '../support/phone-hall';
import { type HallProcess, startHall } from '../support/processes';
import { openRows } from '../support/rows';
import { until } from '../support/until';

const HOUR = 60 * 60 * 1000;
const CITIZENS = 14;
/** In the middle of the queue: some answers have left, some wait for their sender's turn, some are not yet taken. */
const ASLEEP_AT = 9;
/** A third of it is for the call that is under way, which a busy machine may take seconds for. */
const LEASE_MS = 15_000;

/** 'T' while a process is stopped. */
const stateOf = (pid: number) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A process that is stopped in the middle of a transaction keeps SQLite's lock, and nobody else gets in: it is let go on for a moment. */
async function openBeside(sleeper: HallProcess, opening: Promise<HallProcess>): Promise<HallProcess> {
  for (;;) {
    const opened = await Promise.race([opening, wait(10_000)]);
    if (opened) return opened;
    process.kill(sleeper.pid, 'SIGCONT');
    await wait(50);
    process.kill(sleeper.pid, 'SIGSTOP');
  }
}

test('two processes, one asleep past its lease with a full queue: every answer arrives once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-asleep-'));
  const carrier = await openCarrier({ numbers: [SMS] });
  const env = {
    DATA_DIR: dataDir,
    ...accountOf(carrier),
    PHONE_PAUSE_MS: '0',
    SMS_PER_SECOND: '2',
    SEND_LEASE_MS: String(LEASE_MS),
  };
  const asleep = { CRASH_AT: 'outbox:claimed', CRASH_TURN: String(ASLEEP_AT), CRASH_WITH: 'SIGSTOP' };
  const sleeper = await startHall({ ...env, PORT: String(await freePort()), ...asleep });
  let other: HallProcess | undefined;
  try {
    carrier.connect(sleeper.url);
    const phones = Array.from({ length: CITIZENS }, (_, n) => carrier.phone(`+336399815${String(n).padStart(2, '0')}`, SMS));
    const sent = Promise.all(phones.map((phone) => phone.sends('combien coûte un passeport ?')));
    await until(() => stateOf(sleeper.pid) === 'T');
    const before = phones.flatMap((phone) => phone.received()).length;
    // Another one takes over what is free at once and, when the sleeper's leases have run out, the rest: it may have sent all by then.
    other = await openBeside(sleeper, startHall({ ...env, PORT: String(await freePort()) }));
    const asleepSince = performance.now();
    await until(() => phones.flatMap((phone) => phone.received()).length >= before + 4);
    await until(() => performance.now() - asleepSince > LEASE_MS);
    process.kill(sleeper.pid, 'SIGCONT');
    await sent;
    const rows = await openRows({ config: readConfig(env) });
    await until(() => phones.every((phone) => phone.received().length > 0));
    await rows.nothingLeaked();
    await carrier.idle();
    expect(phones.map((phone) => phone.received().length)).toEqual(phones.map(() => 1));
    await rows.close();
  } finally {
    await Promise.all([sleeper.kill9(), other?.kill9()]);
    await carrier.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 240_000);

test.each([false, true])(
  'a clock set back an hour while a fragment waits keeps nobody waiting (restarted: %s)',
  async (isRestarted) => {
    const opened = await openPhoneHall({ env: { PHONE_PAUSE_MS: '1500' } });
    const { carrier, hall, rows } = opened;
    try {
      const phone = carrier.phone('+33639981600', SMS);
      await phone.sends('bonjour');
      hall.clock.pass(-HOUR);
      if (isRestarted) {
        await hall.restart();
        carrier.connect(hall.url);
      }
      await phone.next(/Mairie de Bellerive/);
      await phone.sends('combien coûte un passeport ?');
      // An answer that was written down before the clock was set back once more leaves as well.
      await phone.next(/86/);
      await rows.nothingLeaked();
    } finally {
      await carrier.idle();
      await opened.close();
    }
  },
);
