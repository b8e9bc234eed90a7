/**
 * What is written once to many, on two themes, while the town hall is ended with -9 before one write after another: everybody who
 * asked gets it once, whoever asked for both too; whoever said STOP gets nothing; and the desk's count is right.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Phone } from '../../src/demo/carrier/phone';
import { createDeskUser } from '../support/desk';
import { describeKilled, killedHalls, startReady, usePhonePlace } from '../support/killed';
import { SMS } from '../support/phone-hall';

describeKilled('campaigns', (newPlace) => {
  const place = usePhonePlace(newPlace);

  test('it reaches each once, and nobody who said STOP', async () => {
    const { carrier, env, rows, arm, count, isAtRest } = place;
    const first = await startReady({ ...env, KILL_AT_WRITE: '3' });
    carrier.connect(first.url);
    const [ana, bob, eve, zoe] = ['1', '2', '3', '4'].map((n) => carrier.phone(`+3363998650${n}`, SMS)) as [
      Phone,
      Phone,
      Phone,
      Phone,
    ];
    for (const [phone, themes] of [
      [ana, ['travaux']],
      [bob, ['travaux', 'crues']],
      [eve, ['crues']],
      [zoe, ['travaux', 'crues']],
    ] as const)
      for (const theme of themes) {
        await phone.sends(`prévenez-moi des ${theme}`);
        await phone.next(/C'est noté/, 60_000);
      }
    await zoe.sends('STOP');
    await zoe.next(/ne recevrez plus/, 30_000);
    await carrier.idle();
    const { deskPassword } = JSON.parse(readFileSync(join(env.DATA_DIR!, 'demo-secrets.json'), 'utf8'));
    const karim = createDeskUser(first.url);
    expect((await karim.signIn('karim@bellerive.example', deskPassword)).status).toBe(200);
    const order = {
      ...{
        title: 'Quai',
        texts: { fr: 'Le quai est fermé.', en: 'The quay is closed.' },
        themes: ['works', 'floods'],
        sectors: [],
      },
      ...{ isUrgent: true, key: 'killed-often', people: 3 },
    };
    const asks = () =>
      karim.call('POST', 'campaigns', order).then(
        ({ status }) => status,
        () => 0,
      );
    arm();
    const { hall, kills } = await killedHalls(env, first, async () => {
      // It may have died before it was kept: sent again under its key it is the same one.
      if ((await count('campaigns', {})) === 0) expect(await asks()).not.toBe(409);
      return (await count('campaigns', { state: 'sent' })) === 1 && (await isAtRest());
    });
    expect(kills).toBeGreaterThan(2);
    await carrier.idle();
    const times = (phone: Phone) => phone.received().filter(({ text }) => /quai est fermé/.test(text)).length;
    expect([ana, bob, eve, zoe].map(times)).toEqual([1, 1, 1, 0]);
    const [campaign] = await rows.database.collection('campaigns').find({});
    expect(campaign).toMatchObject({ state: 'sent', people: 3, handed: 3, skipped: 1 });
    await hall.stop();
  }, 300_000);
});
