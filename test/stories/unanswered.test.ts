/** Receipts are lost on their way: half a day later the carrier is asked, once, what became of each message. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SMS } from '../support/phone-hall';
import { until } from '../support/until';
import { usePhoneHall } from '../support/use-city-hall';

const HOUR = 60 * 60 * 1000;

const { hall, carrier, rows } = usePhoneHall({ receipts: { order: 'lost' }, env: { PHONE_PAUSE_MS: '0' } }, 'test');

const outbox = () => rows.database.collection('outbox').find({});

/** Waits until every message that left stands as said. */
async function everyRow(what: Record<string, unknown>): Promise<void> {
  await until(`every message to be ${JSON.stringify(what)}`, async () => {
    const found = await outbox();
    return found.length > 0 && found.every((row) => Object.entries(what).every(([name, value]) => row[name] === value));
  });
}

/** A citizen with this number writes, and is answered. */
async function writes(number: string): Promise<void> {
  const phone = carrier.phone(number, SMS);
  await phone.sends('combien coûte un passeport ?');
  await everyRow({ state: 'sent' });
}

test('a message that arrived is known to have arrived, even after a restart in between', async () => {
  await writes('+33639980101');
  await carrier.idle();
  expect((await outbox()).map(({ receipt }) => receipt)).toEqual([undefined]);
  hall.clock.pass(11 * HOUR);
  await hall.restart();
  await rows.nothingLeaked();
  expect((await outbox()).map(({ receipt }) => receipt)).toEqual([undefined]);
  hall.clock.pass(2 * HOUR);
  await everyRow({ state: 'sent', receipt: 'delivered', askAt: undefined });
  // Once: what happens to it later is not asked about again.
  for (const message of carrier.messages()) message.status = 'read';
  hall.clock.pass(48 * HOUR);
  await writes('+33639980102');
  expect((await outbox()).map(({ receipt }) => receipt)).toEqual(['delivered', undefined]);
});

test('a message that never arrived does not pass for sent, and is not sent anew half a day late', async () => {
  await writes('+33639930003');
  await carrier.idle();
  const sent = carrier.messages().length;
  hall.clock.pass(13 * HOUR);
  await everyRow({ state: 'dead', receipt: 'undelivered', reason: 'handset-unreachable' });
  await carrier.idle();
  expect(carrier.messages()).toHaveLength(sent);
});

test('tried again by hand after a restart, it leaves once more: the sending that failed does not pass for it', async () => {
  carrier.faults.next({ kind: 'fail', code: 30003 });
  await writes('+33639980105');
  await carrier.idle();
  hall.clock.pass(13 * HOUR);
  await everyRow({ state: 'dead', receipt: 'undelivered' });
  await hall.restart();
  carrier.setReceipts({ order: 'usual' });
  const [row] = await outbox();
  const env = { PATH: process.env.PATH, DATA_DIR: hall.dataDir };
  await promisify(execFile)(process.execPath, [join(__dirname, '../../dist/tools/mail.js'), 'retry', row!._id], { env });
  await everyRow({ state: 'sent', receipt: 'delivered' });
  expect(carrier.phone('+33639980105', SMS).received()).toHaveLength(1);
});

test('while the carrier is out the question waits; a message that is gone there is asked about no more', async () => {
  await writes('+33639980103');
  carrier.faults.outage(true);
  hall.clock.pass(13 * HOUR);
  await hall.wentRound();
  expect(await outbox()).toMatchObject([{ state: 'sent', askAt: expect.any(Number) }]);
  carrier.faults.outage(false);
  const message = carrier.messages().find(({ direction }) => direction === 'outbound-api');
  await fetch(`${carrier.url}/2010-04-01/Accounts/${carrier.accountSid}/Messages/${message?.sid}.json`, {
    method: 'DELETE',
    headers: { authorization: `Basic ${Buffer.from(`${carrier.accountSid}:${carrier.authToken}`).toString('base64')}` },
  });
  hall.clock.pass(HOUR);
  await everyRow({ state: 'sent', receipt: undefined, askAt: undefined });
});

test('a receipt that comes after all makes the question needless', async () => {
  carrier.setReceipts({ order: 'usual' });
  await writes('+33639980104');
  await carrier.idle();
  await everyRow({ state: 'sent', receipt: 'delivered', askAt: undefined });
});
