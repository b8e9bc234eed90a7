/**
 * The process is killed with -9 while news of a request is on its way to the citizen, at every step of its own, and
 * started again: the news arrives once, on one way only.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { openCarrier } from '../../src/demo/carrier';
import { freePort } from '../../tools/free-port';
import { accountOf, REFERENCE, SMS, WHATSAPP } from '../support/phone-hall';
import { type HallProcess, startHall } from '../support/processes';
import { openRows } from '../support/rows';

const NUMBER = '+33639981088';

/** The third turn is that of the news; at the last step WhatsApp has refused it. */
test.each<[step: string, passing: number]>([
  ['notice:received', 1],
  ['turn:saved', 3],
  ['outbox:fallback', 1],
])(
  'killed at %s, the news arrives once',
  async (step, passing) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'guichet-chaos-'));
    const carrier = await openCarrier({ numbers: [SMS, WHATSAPP] });
    const env = {
      DATA_DIR: dataDir,
      PORT: String(await freePort()),
      ...accountOf(carrier),
    };
    let hall: HallProcess = await startHall({ ...env, CRASH_AT: step, CRASH_TURN: String(passing) });
    try {
      carrier.connect(hall.url);
      const [sms, whatsApp] = [carrier.phone(NUMBER, SMS), carrier.phone(`whatsapp:${NUMBER}`, WHATSAPP)];
      await whatsApp.sends('lampadaire cassé devant le 14 rue des Lilas');
      await whatsApp.next(/OUI/, 20_000);
      await whatsApp.sends('oui');
      const [reference = ''] = REFERENCE.exec((await whatsApp.next(REFERENCE, 20_000)).text) ?? [];
      await carrier.idle();
      const isRefused = step === 'outbox:fallback';
      if (isRefused) carrier.faults.next({ kind: 'refuse', code: 63024 });
      execFileSync(process.execPath, [join(__dirname, '../../dist/tools/ticket.js'), 'set', reference, 'resolved', 'Fait'], {
        env: { ...process.env, DATA_DIR: dataDir },
      });
      expect(await hall.ended).toBe('SIGKILL');
      hall = await startHall(env);
      await (isRefused ? sms : whatsApp).next(/terminée/, 60_000);
      await carrier.idle();
      const rows = await openRows({ config: readConfig(env) });
      await rows.nothingLeaked();
      const told = [...sms.received(), ...whatsApp.received()].filter(({ text }) => /terminée/.test(text));
      expect(told).toHaveLength(1);
      const sent = (await rows.database.collection('outbox').find({})).filter(({ _id }) => _id.startsWith('ticket:'));
      expect(sent.map(({ state }) => state).sort()).toEqual(isRefused ? ['cancelled', 'sent'] : ['sent']);
      await rows.close();
    } finally {
      await hall.kill9();
      await carrier.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
  240_000,
);
