/**
 * A question for many, asked and answered while the town hall is ended with -9 before one write after another: each is asked once,
 * each answer stands once, and its results come once.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCarrier } from '../../src/demo/carrier';
import { createDeskUser } from '../support/desk';
import { describeKilled, killedHalls, type Place, startReady } from '../support/killed';
import { accountOf, SMS, WHATSAPP } from '../support/phone-hall';
import { endHalls } from '../support/processes';
import type { Rows } from '../support/rows';

const HOUR = 3600_000;

describeKilled('polls', (newPlace) => {
  let place: Place;
  let carrier: Awaited<ReturnType<typeof openCarrier>>;
  let env: Record<string, string>;
  let armed: string;
  let rows: Rows;
  let passedMs = 0;

  beforeEach(async () => {
    passedMs = 0;
    place = await newPlace();
    carrier = await openCarrier({ numbers: [SMS, WHATSAPP], clock: () => new Date(Date.now() + passedMs) });
    armed = join(place.env.DATA_DIR!, 'armed');
    env = { ...place.env, ...accountOf(carrier), KILL_WHEN: armed, PHONE_PAUSE_MS: '0' };
    rows = await place.rows();
  });
  afterEach(async () => {
    endHalls();
    await rows?.close();
    await carrier.close();
    place.end();
  });

  const arm = () => writeFileSync(armed, '');
  const waits = async (name: string, filter: object) => (await rows.database.collection(name).find({ ...filter })).length;
  /** Nothing is left to be heard or sent. */
  async function isAtRest(): Promise<boolean> {
    const left = await Promise.all([
      waits('inbox', { state: 'new' }),
      waits('outbox', { state: { $in: ['due', 'sending', 'unknown'] } }),
      waits('conversations', { leaseUntil: { $gt: 0 } }),
    ]);
    return left.every((count) => count === 0);
  }

  test('a question for many: asked once, answered once, and its results come once', async () => {
    const first = await startReady({ ...env, KILL_AT_WRITE: '3' });
    carrier.connect(first.url);
    const phones = ['1', '2', '3'].map((n) => carrier.phone(`+3363998640${n}`, SMS));
    for (const phone of phones) {
      await phone.sends('prévenez-moi des travaux');
      await phone.next(/C'est noté/, 60_000);
    }
    await carrier.idle();
    const { deskPassword } = JSON.parse(readFileSync(join(place.env.DATA_DIR!, 'demo-secrets.json'), 'utf8'));
    const karim = createDeskUser(first.url);
    expect((await karim.signIn('karim@bellerive.example', deskPassword)).status).toBe(200);
    const choices = [
      { fr: 'Le mercredi', en: 'Wednesday' },
      { fr: 'Le vendredi', en: 'Friday' },
    ];
    const closesAt = Date.now() + 2 * HOUR;
    const order = {
      ...{ title: 'Marché', texts: { fr: 'Quel jour pour le marché ?', en: 'Which day?' }, themes: ['works'], sectors: [] },
      ...{ isUrgent: true, key: 'killed-often', people: 3, poll: { choices, closesAt } },
    };
    arm();
    // It may die before it has answered: asked again, it is the same question.
    await karim.call('POST', 'campaigns', order).catch(() => {});
    const isSent = async () => (await waits('campaigns', { state: 'sent' })) >= 1 && (await isAtRest());
    const asked = await killedHalls(env, first, async () => {
      if ((await waits('campaigns', {})) === 0) await karim.call('POST', 'campaigns', order).catch(() => {});
      return isSent();
    });
    for (const phone of phones) await phone.next(/Quel jour pour le marché/, 30_000);
    for (const phone of phones) await phone.sends('2');
    const answered = await killedHalls(
      env,
      asked.hall,
      async () => (await waits('poll_answers', {})) === 3 && (await isAtRest()),
    );
    for (const phone of phones) await phone.next(/notée/, 30_000);
    await answered.hall.kill9();
    passedMs = 3 * HOUR;
    const later = { ...env, TEST_CLOCK_SHIFT_MS: String(Number(process.env.TEST_CLOCK_SHIFT_MS ?? 0) + passedMs) };
    const isOver = async () => (await waits('campaigns', { state: 'sent' })) === 2 && (await isAtRest());
    const over = await killedHalls(later, null, isOver);
    expect(asked.kills).toBeGreaterThan(1);
    for (const phone of phones) {
      await phone.next(/Résultat/, 30_000);
      const times = (words: RegExp) => phone.received().filter(({ text }) => words.test(text)).length;
      expect([times(/^(?!.*Résultat).*Quel jour pour le marché/s), times(/notée/), times(/Résultat/)]).toEqual([1, 1, 1]);
    }
    const answers = await rows.database.collection('poll_answers').find({});
    expect(answers).toHaveLength(3);
    await over.hall.stop();
  }, 300_000);
});
