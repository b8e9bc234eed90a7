/** The people behind the bot: how the first of them comes in, how a password is chosen, and how somebody is shown out at once. */

import { startMongo } from '../../tools/mongo-server';
import { type CityHall, openCityHall } from '../support/city-hall';
import { createDeskUser, demoPassword, signedIn } from '../support/desk';
import { openRows } from '../support/rows';
import { backs, noteSkip } from '../support/scratch';

const LIVE = { MODE: 'live', PUBLIC_URL: 'https://guichet.bellerive.example', TOKEN_SECRET: 'k'.repeat(40) };
const HOUR = 60 * 60 * 1000;

/** What a page at the public address sends. */
const fromLive = { origin: LIVE.PUBLIC_URL };
const codeIn = (lines: string[], town: string) => new RegExp(`${town} .*#([\\w-]{43})`).exec(lines.join('\n'))?.[1] ?? '';

for (const back of backs) {
  if (back.missing) noteSkip(back.missing);
  (back.missing ? describe.skip : describe)(`on ${back.kind}`, () => {
    let mongo: Awaited<ReturnType<typeof startMongo>> | undefined;
    const opened: CityHall[] = [];
    let databases = 0;

    beforeAll(async () => {
      if (back.kind === 'mongo') mongo = await startMongo();
    }, 60_000);
    afterEach(async () => {
      for (const hall of opened.splice(0)) await hall.close();
    });
    afterAll(() => mongo?.stop());

    async function open(env: Record<string, string> = {}): Promise<CityHall> {
      databases += 1;
      const store: Record<string, string> = mongo
        ? { STORE: 'mongo', MONGODB_URI: mongo.uri.replace(/\/?(\?|$)/, `/people${databases}$1`) }
        : {};
      const hall = await openCityHall({ env: { ...store, ...env } });
      opened.push(hall);
      return hall;
    }

    test('a live town hall prints a link; by it its first admin comes in, once', async () => {
      const hall = await open(LIVE);
      const lines = await hall.welcome();
      const code = codeIn(lines, 'Bellerive');
      expect(lines.join('\n')).toContain(`${LIVE.PUBLIC_URL}/desk/invitation#${code}`);

      const rows = await openRows(hall);
      expect(JSON.stringify(await rows.database.collection('invitations').find({}))).not.toContain(code);
      await rows.close();

      const odile = createDeskUser(hall.url);
      const look = await odile.call('POST', 'invitation', { code }, fromLive);
      expect(look.body).toEqual({ town: { id: 'bellerive', name: 'Bellerive' } });
      const me = { code, name: 'Odile Marchand', email: 'Odile@Bellerive.example' };
      const weak = await odile.call('POST', 'invitation/accept', { ...me, password: 'bellerive2026' }, fromLive);
      expect([weak.status, weak.body.error.code]).toEqual([400, 'password-too-simple']);
      const password = 'une tasse de thé vert';
      const accepted = await odile.call('POST', 'invitation/accept', { ...me, password }, fromLive);
      expect(accepted.body).toMatchObject({ email: 'odile@bellerive.example', roles: [{ role: 'admin', services: 'all' }] });
      expect(accepted.headers.get('set-cookie')).toMatch(
        /^__Host-desk=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
      expect((await odile.get('me')).status).toBe(200);

      const again = await createDeskUser(hall.url).call('POST', 'invitation/accept', { ...me, password }, fromLive);
      expect([again.status, again.body.error.code]).toEqual([404, 'no-such-link']);
      // The same accent, put together from a letter and a mark, is the same password.
      const spelled = { email: me.email, password: password.normalize('NFD') };
      expect((await createDeskUser(hall.url).call('POST', 'session', spelled, fromLive)).status).toBe(200);
      await hall.restart();
      expect(codeIn(await hall.welcome(), 'Bellerive')).toBe('');
    });

    test('two links of two starts make one admin', async () => {
      const hall = await open(LIVE);
      const first = codeIn(await hall.welcome(), 'Bellerive');
      await hall.restart();
      const second = codeIn(await hall.welcome(), 'Bellerive');
      const accept = (code: string, n: number) =>
        createDeskUser(hall.url).call(
          'POST',
          'invitation/accept',
          { code, name: `Admin ${n}`, email: `a${n}@b.example`, password: 'quatre chevaux bleus' },
          fromLive,
        );
      const statuses = (await Promise.all([accept(first, 1), accept(second, 2)])).map(({ status }) => status);
      expect(statuses.sort()).toEqual([200, 404]);
    });

    test('a link is worth nothing after a day', async () => {
      const hall = await open(LIVE);
      const code = codeIn(await hall.welcome(), 'Bellerive');
      hall.clock.pass(25 * HOUR);
      const late = await createDeskUser(hall.url).call('POST', 'invitation', { code }, fromLive);
      expect(late.status).toBe(404);
    });

    test('a demo has two agents, who stay after a restart; what they like is kept', async () => {
      const hall = await open();
      const nadia = await signedIn(hall, 'nadia');
      expect(nadia.me).toMatchObject({ name: 'Nadia Benali', status: 'away', load: 0, town: { id: 'bellerive' } });
      const settings = { theme: 'dark', density: 'compact' };
      const changed = await nadia.call('PATCH', 'me', { status: 'available', settings });
      expect(changed.body).toMatchObject({ status: 'available', settings: { ...settings, keys: true } });
      const password = await demoPassword(hall);
      await hall.restart();
      expect(await demoPassword(hall)).toBe(password);
      const back = createDeskUser(hall.url, nadia.cookie);
      expect((await back.get('me')).body).toEqual(changed.body);
    });

    test('a session ends after twelve hours of silence, and after seven days in any case', async () => {
      const hall = await open();
      const nadia = await signedIn(hall, 'nadia');
      hall.clock.pass(13 * HOUR);
      expect((await nadia.get('me')).status).toBe(401);
      const karim = await signedIn(hall, 'karim');
      for (let hours = 0; hours < 7 * 24; hours += 11) {
        expect((await karim.get('me')).status).toBe(200);
        hall.clock.pass(11 * HOUR);
      }
      expect((await karim.get('me')).status).toBe(401);
    });

    test('a new password ends every other session, and the old one opens nothing', async () => {
      const hall = await open();
      const old = await demoPassword(hall);
      const [here, there] = [await signedIn(hall, 'nadia'), await signedIn(hall, 'nadia')];
      const wrong = await here.call('PATCH', 'me', { password: { old: 'not this one', new: 'un vélo sous la pluie' } });
      expect([wrong.status, wrong.body.error.code]).toEqual([403, 'wrong-password']);
      const right = await here.call('PATCH', 'me', { password: { old, new: 'un vélo sous la pluie' } });
      expect(right.status).toBe(200);
      expect([(await here.get('me')).status, (await there.get('me')).status]).toEqual([200, 401]);
      expect((await createDeskUser(hall.url).signIn('nadia@bellerive.example', old)).status).toBe(401);
    });

    test('who came and went stands in the audit log, for the admin, on screen and as a file', async () => {
      const hall = await open();
      const nadia = await signedIn(hall, 'nadia');
      await nadia.call('DELETE', 'session');
      const karim = await signedIn(hall, 'karim');
      const { items } = (await karim.get('audit')).body;
      const seen = items.map(({ what, by }: { what: string; by: { name: string } }) => `${by.name} ${what}`);
      expect(seen).toEqual(expect.arrayContaining(['Nadia Benali session.opened', 'Nadia Benali session.closed']));
      const file = await karim.get('audit.csv');
      expect(file.headers.get('content-disposition')).toBe('attachment; filename="audit-bellerive.csv"');
      expect(file.text).toContain('Nadia Benali;session.closed;agent:bellerive:');
      expect((await karim.get('audit?to=2020-01-01')).body.items).toEqual([]);
    });
  });
}
