/**
 * A question for many, asked and answered while the town hall is ended with -9 before one write after another: each is asked once,
 * each answer stands once, and its results come once.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDeskUser } from '../support/desk';
import { describeKilled, killedHalls, startReady, usePhonePlace } from '../support/killed';
import { SMS } from '../support/phone-hall';

const HOUR = 3600_000;

describeKilled('polls', (newPlace) => {
  const place = usePhonePlace(newPlace);

  test('a question for many: asked once, answered once, and its results come once', async () => {
    const { carrier, env, rows, arm, count, isAtRest } = place;
    const first = await startReady({ ...env, KILL_AT_WRITE: '3' });
    carrier.connect(first.url);
    const phones = ['1', '2', '3'].map((n) => carrier.phone(`+3363998640${n}`, SMS));
    for (const phone of phones) {
      await phone.sends('prévenez-moi des travaux');
      await phone.next(/C'est noté/, 60_000);
    }
    await carrier.idle();
    const { deskPassword } = JSON.parse(readFileSync(join(env.DATA_DIR!, 'demo-secrets.json'), 'utf8'));
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
    const isSent = async () => (await count('campaigns', { state: 'sent' })) >= 1 && (await isAtRest());
    const asked = await killedHalls(env, first, async () => {
      if ((await count('campaigns', {})) === 0) await karim.call('POST', 'campaigns', order).catch(() => {});
      return isSent();
    });
    for (const phone of phones) await phone.next(/Quel jour pour le marché/, 30_000);
    for (const phone of phones) await phone.sends('2');
    const answered = await killedHalls(
      env,
      asked.hall,
      async () => (await count('poll_answers', {})) === 3 && (await isAtRest()),
    );
    for (const phone of phones) await phone.next(/notée/, 30_000);
    await answered.hall.kill9();
    const later = place.passes(3 * HOUR);
    const isOver = async () => (await count('campaigns', { state: 'sent' })) === 2 && (await isAtRest());
    const over = await killedHalls(later, null, isOver);
    expect(asked.kills).toBeGreaterThan(1);
    for (const phone of phones) {
      await phone.next(/Résultat/, 30_000);
      const times = (words: RegExp) => phone.received().filter(({ text }) => words.test(text)).length;
      expect([times(/^(?!.*Résultat).*Quel jour pour le marché/s), times(/notée/), times(/Résultat/)]).toEqual([1, 1, 1]);
    }
    const answers = await rows.database.collection('poll_answers').find({});
    expect(answers).toHaveLength(3);
    // Each was counted once, and who it was is forgotten, however often it was ended in between.
    const sent = await rows.database.collection('campaigns').find({});
    expect(sent.map(({ people, handed, skipped }) => [people, handed, skipped])).toEqual([
      [3, 3, 0],
      [3, 3, 0],
    ]);
    expect(answers.map(({ address, conversation }) => [address, conversation])).toEqual(Array(3).fill([undefined, undefined]));
    await over.hall.stop();
  }, 300_000);
});
