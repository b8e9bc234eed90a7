/**
 * What citizens write while the town hall's server is away for longer than the carrier tries is answered when it is back:
 * once, in order, with its photo; and not where another server was called for it.
 */
import { describeKilled, startReady, usePhonePlace } from '../support/killed';
import { REFERENCE, SMS, WHATSAPP } from '../support/phone-hall';
import { photo } from '../support/pictures';
import { until } from '../support/until';

const MINUTE = 60_000;

describeKilled('texts that nobody took', (newPlace) => {
  const place = usePhonePlace(newPlace);
  afterEach(() => expect(place.carrier.violations).toEqual([]));

  /** Open until it has said up to when nothing is missing. */
  async function openOnce(): Promise<string> {
    const { env, rows } = place;
    const hall = await startReady(env);
    const jobs = rows.database.collection('jobs');
    await until('it to have asked', async () => (await jobs.find({ _id: { $gte: 'catch-up:', $lt: 'catch-up;' } })).length === 2);
    // As if it had gone an hour ago.
    for (const _id of ['catch-up:sms', 'catch-up:whatsapp'])
      await jobs.changeIf({ _id }, { $set: { reached: Date.now() - 60 * MINUTE } });
    await hall.kill9();
    return hall.url;
  }

  test('are answered when it is back, once and in order', async () => {
    const { carrier, env, rows } = place;
    carrier.connect(await openOnce());
    const phone = carrier.phone('+33639983301', SMS);
    const other = carrier.phone('whatsapp:+33639983302', WHATSAPP);
    place.passes(-30 * MINUTE);
    expect((await phone.sends('combien coûte un passeport ?')).status).toBe(0);
    const twice = await other.sends('un lampadaire est cassé devant le 14 rue des Lilas', {
      media: [{ contentType: 'image/jpeg', bytes: await photo() }],
    });
    place.passes(-20 * MINUTE);
    await phone.sends('et la piscine, elle ouvre à quelle heure ?');
    place.passes(0);
    const hall = await startReady(env);
    await phone.next(/86/, 60_000);
    await phone.next(/piscine|bassin/i, 60_000);
    await other.next(/OUI|Envoyer/i, 60_000);
    // The carrier hands one over after all.
    expect((await twice.again()).status).toBe(200);
    await other.sends('oui');
    const reference = REFERENCE.exec((await other.next(REFERENCE, 60_000)).text)![0];
    await carrier.idle();
    expect(phone.received()).toHaveLength(2);
    expect(await rows.tickets()).toMatchObject([{ reference, files: [expect.any(String)] }]);
    await rows.nothingLeaked();
    await hall.stop();
  }, 180_000);

  test('are left to whoever was called for them', async () => {
    const { carrier, env, rows } = place;
    const url = await openOnce();
    carrier.connect('https://another.example', 'http://127.0.0.1:9');
    place.passes(-30 * MINUTE);
    await carrier.phone('+33639983301', SMS).sends('combien coûte un passeport ?');
    place.passes(0);
    const hall = await startReady(env);
    const asked = async () => Number((await rows.database.collection('jobs').find({ _id: 'catch-up:sms' }))[0]?.reached);
    await until('it to have asked', async () => (await asked()) > Date.now() - MINUTE);
    expect(await rows.database.collection('inbox').count({})).toBe(0);
    expect(hall.url).toBe(url);
    await hall.stop();
  }, 120_000);
});
