/**
 * The process is killed with -9 while a text message is on its way out, at every named step, and
 * started again: the citizen gets every answer once, in order.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { openCarrier } from '../../src/demo/carrier';
import { freePort } from '../../tools/free-port';
import { accountOf, SMS } from '../support/phone-hall';
import { type HallProcess, startHall } from '../support/processes';
import { openRows } from '../support/rows';

test.each(['outbox:claimed', 'outbox:delivered', 'outbox:sent'])(
  'killed at %s, the answer arrives once',
  async (step) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'guichet-chaos-'));
    const carrier = await openCarrier({ numbers: [SMS] });
    const env = {
      DATA_DIR: dataDir,
      PORT: String(await freePort()),
      ...accountOf(carrier),
    };
    let hall: HallProcess = await startHall({ ...env, CRASH_AT: step, CRASH_TURN: '2' });
    try {
      carrier.connect(hall.url);
      const phone = carrier.phone('+33639981077', SMS);
      await phone.sends('combien coûte un passeport ?');
      await phone.next(/86/, 20_000);
      await phone.sends("et pour la carte d'identité, c'est combien ?");
      expect(await hall.ended).toBe('SIGKILL');
      hall = await startHall(env);
      await phone.next(/identité/i, 60_000);
      await phone.sends('la piscine est ouverte à quelle heure ?');
      await phone.next(/piscine|bassin/i, 60_000);
      await carrier.idle();
      expect(phone.received()).toHaveLength(3);
      const rows = await openRows({ config: readConfig(env) });
      await rows.nothingLeaked();
      await rows.close();
    } finally {
      await hall.kill9();
      await carrier.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
  240_000,
);
