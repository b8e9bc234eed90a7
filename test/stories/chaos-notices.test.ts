/**
 * The process is killed with -9 while news of a request is on its way to the citizen, at every step of its own, and
 * started again: the news arrives once, on one way only. The same for what is written once to many.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { openCarrier } from '../../src/demo/carrier';
import { freePort } from '../../tools/free-port';
import { createDeskUser } from '../support/desk';
import { accountOf, REFERENCE, SMS, WHATSAPP } from '../support/phone-hall';
import { type HallProcess, startHall } from '../support/processes';
import { openRows } from '../support/rows';
import { until } from '../support/until';

type Phone = ReturnType<Awaited<ReturnType<typeof openCarrier>>['phone']>;

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

test('killed in the middle of a campaign and again before its cursor moves, each gets it once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-chaos-'));
  const carrier = await openCarrier({ numbers: [SMS, WHATSAPP] });
  const env = { DATA_DIR: dataDir, PORT: String(await freePort()), ...accountOf(carrier) };
  let hall: HallProcess = await startHall({ ...env, CRASH_AT: 'campaign:received', CRASH_TURN: '2' });
  try {
    carrier.connect(hall.url);
    const phones = ['1', '2', '3'].map((n) => carrier.phone(`+3363998120${n}`, SMS));
    for (const phone of phones) {
      await phone.sends('prévenez-moi des travaux');
      await phone.next(/C'est noté/, 30_000);
    }
    await carrier.idle();
    const { deskPassword } = JSON.parse(readFileSync(join(dataDir, 'demo-secrets.json'), 'utf8'));
    const karim = createDeskUser(hall.url);
    expect((await karim.signIn('karim@bellerive.example', deskPassword)).status).toBe(200);
    const order = {
      ...{ title: 'Travaux', texts: { fr: 'Pont fermé mardi.', en: 'Bridge closed on Tuesday.' }, themes: ['works'] },
      ...{ sectors: [], isUrgent: true, key: 'killed-twice', people: 3 },
    };
    // It may die before it has answered.
    await karim.call('POST', 'campaigns', order).catch(() => {});
    expect(await hall.ended).toBe('SIGKILL');
    // It may die before it has said that it is open.
    const second = startHall({ ...env, CRASH_AT: 'campaign:handed' });
    expect(
      await second.then(
        ({ ended }) => ended,
        (error: Error) => error.message,
      ),
    ).toContain('SIGKILL');
    hall = await startHall(env);
    for (const phone of phones) await phone.next(/Pont fermé/, 60_000);
    const rows = await openRows({ config: readConfig(env) });
    await until(async () => (await rows.database.collection('campaigns').find({ state: 'sent' })).length === 1);
    await carrier.idle();
    await rows.nothingLeaked();
    for (const phone of phones) expect(phone.received().filter(({ text }) => /Pont fermé/.test(text))).toHaveLength(1);
    const [campaign] = await rows.database.collection('campaigns').find({});
    expect(campaign).toMatchObject({ people: 3, handed: 3, skipped: 0 });
    await rows.close();
  } finally {
    await hall.kill9();
    await carrier.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 240_000);

test('killed when somebody agreed to a helper, and again when they took it back: each is done and told once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-chaos-'));
  const carrier = await openCarrier({ numbers: [SMS, WHATSAPP] });
  const env = { DATA_DIR: dataDir, PORT: String(await freePort()), ...accountOf(carrier) };
  let hall: HallProcess = await startHall({ ...env, CRASH_AT: 'effect:actFor' });
  try {
    carrier.connect(hall.url);
    const [owner, helper] = ['+33639981301', '+33639981302'].map((number) => carrier.phone(number, SMS)) as [Phone, Phone];
    await owner.sends('lampadaire cassé devant le 14 rue des Lilas');
    await owner.next(/OUI/, 30_000);
    await owner.sends('oui');
    const [reference = ''] = REFERENCE.exec((await owner.next(REFERENCE, 30_000)).text) ?? [];
    await helper.sends(`j'agis pour ma voisine ${reference}`);
    await helper.next(/votre nom/, 30_000);
    await helper.sends('Léa Martin');
    await helper.next(/deux codes/, 30_000);
    const code = /\b\d{6}\b/.exec((await owner.next(/Léa Martin veut agir/, 30_000)).text)![0];
    await helper.sends(code);
    expect(await hall.ended).toBe('SIGKILL');
    hall = await startHall({ ...env, CRASH_AT: 'effect:endHelp' });
    await helper.next(/recevrez aussi/, 60_000);
    await owner.sends('retirez mon aidant');
    await owner.next(/retirer cet accord/, 30_000);
    await owner.sends('oui');
    expect(await hall.ended).toBe('SIGKILL');
    hall = await startHall(env);
    await owner.next(/n'agit plus/, 60_000);
    await helper.next(/l'accord a pris fin/, 60_000);
    await carrier.idle();
    const rows = await openRows({ config: readConfig(env) });
    await rows.nothingLeaked();
    const [ticket] = (await rows.tickets()).filter((one) => one.reference === reference);
    expect(ticket!.helper).toBeNull();
    expect(ticket!.history.map(({ kind }) => kind)).toEqual(['opened', 'helped', 'unhelped']);
    expect(await rows.database.collection('followers').find({})).toEqual([]);
    const heard = (phone: Phone, words: RegExp) => phone.received().filter(({ text }) => words.test(text)).length;
    expect([heard(helper, /recevrez aussi/), heard(helper, /pris fin/), heard(owner, /n'agit plus/)]).toEqual([1, 1, 1]);
    await rows.close();
  } finally {
    await hall.kill9();
    await carrier.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 240_000);

test('killed when the moment to recall a request that was left has come, and again when it left: it is recalled once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-chaos-'));
  let passedMs = 0;
  const carrier = await openCarrier({ numbers: [SMS], clock: () => new Date(Date.now() + passedMs) });
  const env = { DATA_DIR: dataDir, PORT: String(await freePort()), ...accountOf(carrier) };
  const later = () => ({ ...env, TEST_CLOCK_SHIFT_MS: String(Number(process.env.TEST_CLOCK_SHIFT_MS ?? 0) + passedMs) });
  let hall: HallProcess = await startHall(env);
  try {
    carrier.connect(hall.url);
    const phone = carrier.phone('+33639981401', SMS);
    await phone.sends('poubelles pas ramassées');
    await phone.next(/./s, 30_000);
    await carrier.idle();
    await hall.kill9();
    passedMs = 21 * 60_000;
    for (const step of ['turn:saved', 'outbox:delivered']) {
      // It may die before it has said that it is open.
      const dying = startHall({ ...later(), CRASH_AT: step }).then(
        ({ ended }) => ended,
        (error: Error) => error.message,
      );
      expect(await dying).toContain('SIGKILL');
    }
    hall = await startHall(later());
    await phone.next(/pas encore envoyée/, 60_000);
    await carrier.idle();
    const rows = await openRows({ config: readConfig(env) });
    await until(async () => (await rows.database.collection('outbox').find({ state: 'sent' })).length === 2);
    await rows.nothingLeaked();
    expect(phone.received().filter(({ text }) => /pas encore envoyée/.test(text))).toHaveLength(1);
    await rows.close();
  } finally {
    await hall.kill9();
    await carrier.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 240_000);
