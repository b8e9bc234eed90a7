/**
 * What erases is ended with -9 before its first write, its second, and so on, and started again: in the end nothing of a person
 * is left anywhere, in the search neither, what must stay stays, and each request stands once in the list of what was taken away.
 */
import { changeTicket } from '../../src/mailroom';
import { createStore } from '../../src/store/store';
import { createCitizen } from '../support/citizen';
import { describeKilled, killedAtItsWrites, runCommand, startReady, usePhonePlace } from '../support/killed';
import { REFERENCE, SMS } from '../support/phone-hall';
import { photo } from '../support/pictures';
import type { Rows } from '../support/rows';
import { until } from '../support/until';

const DAY = 24 * 3600_000;
const NAME = 'Balthazar';

/** Every row of every table in which some words stand. */
async function tablesWith({ database }: Rows, words: string): Promise<string[]> {
  const names = [
    ...['inbox', 'outbox', 'transcript', 'conversations', 'tickets', 'ledger', 'followers', 'drafts', 'misses'],
    ...['search_entries', 'search_words', 'subscriptions', 'alerts', 'poll_answers'],
  ];
  const found = await Promise.all(
    names.map(async (name) =>
      (await database.collection(name).find({})).some((row) => JSON.stringify(row).toLowerCase().includes(words.toLowerCase()))
        ? [name]
        : [],
    ),
  );
  return found.flat();
}

describeKilled('erasing', (newPlace) => {
  const place = usePhonePlace(newPlace);

  /** A request by text message, with a photo, and one on the page; both resolved, and in the search. */
  async function live(number: string) {
    const { carrier, env, rows } = place;
    const hall = await startReady(env);
    carrier.connect(hall.url);
    const phone = carrier.phone(number, SMS);
    await phone.sends(`lampadaire cassé devant le 14 rue des Lilas, demandez ${NAME}`);
    await phone.next(/OUI/, 60_000);
    await phone.sends('oui');
    const byPhone = REFERENCE.exec((await phone.next(REFERENCE, 30_000)).text)![0];
    await phone.sends(`voici une photo ${NAME}`, { media: [{ contentType: 'image/jpeg', bytes: await photo() }] });
    await phone.next(/./s, 30_000);
    await carrier.idle();
    const citizen = await createCitizen(hall.url, { locale: 'fr' });
    await citizen.says(`nid de poule devant le 4 rue Pasteur, signé ${NAME}`);
    let byWeb = '';
    for (let turns = 0; byWeb === '' && turns < 6; turns += 1) {
      const heard = await citizen.hears();
      byWeb = /référence : (\w{4}-\w{4})/.exec(heard)?.[1] ?? '';
      if (byWeb === '') await citizen.says(/oui|envoy/i.test(citizen.choices().join()) ? 'oui envoyez' : 'sans contact');
    }
    const store = createStore(rows.database);
    for (const reference of [byPhone, byWeb]) {
      const change = { state: 'resolved', comment: 'Réparé', isPublic: true } as const;
      expect(await changeTicket(store, 'bellerive', reference, change, new Date())).toBe('changed');
    }
    await until(async () => (await store.tickets.untold(1)).length === 0);
    await until(async () => (await tablesWith(rows, NAME)).includes('search_entries'));
    await carrier.idle();
    await rows.nothingLeaked();
    await hall.stop();
    place.arm();
    return { byPhone, byWeb, conversation: citizen.conversation };
  }

  /** What a town hall that is opened again brings into its search is looked at too: it is done once it has taken in a new request. */
  async function nothingIsLeft(words: string): Promise<void> {
    const { carrier, env, rows } = place;
    const hall = await startReady(env);
    carrier.connect(hall.url);
    const phone = carrier.phone('+33639985999', SMS);
    await phone.sends('lampadaire cassé devant le 20 rue des Lilas, demandez Eulalie');
    await phone.next(/OUI/, 60_000);
    await phone.sends('oui');
    await phone.next(REFERENCE, 30_000);
    await until(async () => (await tablesWith(rows, 'Eulalie')).includes('search_entries'));
    expect(await tablesWith(rows, words)).toEqual([]);
    await carrier.idle();
    await hall.stop();
  }

  test('a person, by their phone and by a reference: gone from every row, file and the carrier; listed once', async () => {
    const { carrier, env, rows } = place;
    const number = '+33639985101';
    const { byPhone, byWeb, conversation } = await live(number);
    const atCarrier = () => carrier.messages().filter((message) => JSON.stringify(message).includes(number));
    expect(atCarrier().length).toBeGreaterThan(3);
    const kills = [
      await killedAtItsWrites(env, {}, 'person', 'erase', 'bellerive', '--phone', number),
      await killedAtItsWrites(env, {}, 'person', 'erase', 'bellerive', '--ticket', byWeb),
    ];
    expect(Math.min(...kills)).toBeGreaterThan(4);
    expect(await tablesWith(rows, number)).toEqual([]);
    expect(atCarrier()).toEqual([]);
    expect(await rows.database.collection('conversations').find({ _id: conversation })).toEqual([]);
    await nothingIsLeft(NAME);
    const { out } = await runCommand(env, {}, 'retention', 'list', 'bellerive');
    for (const reference of [byPhone, byWeb]) expect(out.split(`ticket:${reference};`)).toHaveLength(2);
    const tickets = (await rows.tickets()).filter(({ erasedAt }) => erasedAt !== undefined);
    expect(tickets.map(({ state, words }) => [state, words])).toEqual([
      ['resolved', ''],
      ['resolved', ''],
    ]);
  }, 400_000);

  test('a night of retention: restricted, then erased, and quiet conversations gone; each listed once', async () => {
    const { env, rows } = place;
    const { byPhone, byWeb } = await live('+33639985201');
    expect(await killedAtItsWrites(place.passes(370 * DAY), {}, 'retention', 'run', 'bellerive')).toBeGreaterThan(2);
    expect((await rows.tickets()).map(({ restrictedAt, erasedAt }) => [typeof restrictedAt, erasedAt])).toEqual([
      ['number', undefined],
      ['number', undefined],
    ]);
    expect(await tablesWith(rows, NAME)).toEqual(['tickets', 'search_entries', 'search_words']);
    expect(await killedAtItsWrites(place.passes((370 + 1461) * DAY), {}, 'retention', 'run', 'bellerive')).toBeGreaterThan(2);
    await nothingIsLeft(NAME);
    const { out } = await runCommand(env, {}, 'retention', 'list', 'bellerive');
    for (const reference of [byPhone, byWeb]) expect(out.split(`ticket:${reference};`)).toHaveLength(2);
    expect(out).toMatch(/;conversations;;;2;erased;retention/);
  }, 400_000);
});
