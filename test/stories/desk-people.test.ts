/** The people behind the bot: how the first of them comes in, how a password is chosen, and how somebody is shown out at once. */
import { startMongo } from '../../tools/mongo-server';
import { addAgent, signIn } from '../support/agent-at-desk';
import { createDeskUser, demoPassword, signedIn } from '../support/desk';
import { openRows } from '../support/rows';
import { backs, noteSkip } from '../support/scratch';
import { useCityHall, useOpened } from '../support/use-city-hall';

const LIVE = { MODE: 'live', PUBLIC_URL: 'https://guichet.bellerive.example', TOKEN_SECRET: 'k'.repeat(40) };
const HOUR = 60 * 60 * 1000;

/** What a page at the public address sends. */
const fromLive = { origin: LIVE.PUBLIC_URL };
const codeIn = (lines: string[], town: string) => new RegExp(`${town} .*#([\\w-]{43})`).exec(lines.join('\n'))?.[1] ?? '';

for (const back of backs) {
  if (back.missing) noteSkip(back.missing);
  (back.missing ? describe.skip : describe)(`on ${back.kind}`, () => {
    const mongo =
      back.kind === 'mongo'
        ? useOpened(
            async () => (await startMongo())!,
            (server) => server.stop(),
          )
        : undefined;
    const named = (name: string, env: Record<string, string> = {}) => {
      const uri = mongo?.uri.replace(/\/?(\?|$)/, `/${name}$1`);
      return { env: { ...(uri ? { STORE: 'mongo', MONGODB_URI: uri } : {}), ...env } };
    };
    const { hall: live } = useCityHall(() => named('live', LIVE));
    const { hall: demo } = useCityHall(() => named('demo'));

    // A database server may still be making its indexes.
    beforeAll(() => Promise.all([live.welcome(), demo.welcome()]));

    test('a link that was not used for a day is worth nothing', async () => {
      const code = codeIn(await live.welcome(), 'Bellerive');
      live.clock.pass(25 * HOUR);
      const late = await createDeskUser(live.url).call('POST', 'invitation', { code }, fromLive);
      expect([late.status, late.body.error.code]).toEqual([404, 'no-such-link']);
    });

    test('a live town hall prints a link at its start; by it its first admin comes in, once', async () => {
      await live.restart();
      const lines = await live.welcome();
      const code = codeIn(lines, 'Bellerive');
      expect(lines.join('\n')).toContain(`${LIVE.PUBLIC_URL}/desk/invitation#${code}`);

      const rows = await openRows(live);
      expect(JSON.stringify(await rows.database.collection('invitations').find({}))).not.toContain(code);
      await rows.close();

      const odile = createDeskUser(live.url);
      const look = await odile.call('POST', 'invitation', { code }, fromLive);
      expect(look.body).toEqual({ town: { id: 'bellerive', name: 'Bellerive' } });
      const me = { code, name: 'Odile Marchand', email: 'Odile@Bellerive.example' };
      const weak = await odile.call('POST', 'invitation/accept', { ...me, password: 'bellerive2026' }, fromLive);
      expect([weak.status, weak.body.error.code]).toEqual([400, 'password-too-simple']);

      const password = 'une tasse de thé vert';
      const accept = () => createDeskUser(live.url).call('POST', 'invitation/accept', { ...me, password }, fromLive);
      const both = await Promise.all([accept(), accept()]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
      const accepted = both.find(({ status }) => status === 200)!;
      expect(accepted.body).toMatchObject({ email: 'odile@bellerive.example', roles: [{ role: 'admin', services: 'all' }] });
      expect(accepted.headers.get('set-cookie')).toMatch(
        /^__Host-desk=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
      // The same accent, put together from a letter and a mark, is the same password.
      const spelled = { email: me.email, password: password.normalize('NFD') };
      expect((await odile.call('POST', 'session', spelled, fromLive)).status).toBe(200);
      expect((await odile.get('me')).body.name).toBe('Odile Marchand');
    });

    test('a demo has two agents, who stay after a restart; what they like is kept', async () => {
      const nadia = await signedIn(demo, 'nadia');
      expect(nadia.me).toMatchObject({ name: 'Nadia Benali', status: 'away', load: 0, town: { id: 'bellerive' } });
      const settings = { theme: 'dark', density: 'compact' };
      const changed = await nadia.call('PATCH', 'me', { status: 'available', settings });
      expect(changed.body).toMatchObject({ status: 'available', settings: { ...settings, keys: true } });
      const password = await demoPassword(demo);
      await demo.restart();
      expect(await demoPassword(demo)).toBe(password);
      expect((await createDeskUser(demo.url, nadia.cookie).get('me')).body).toEqual(changed.body);
    });

    test('a session ends after twelve hours of silence, and after seven days in any case', async () => {
      const nadia = await signedIn(demo, 'nadia');
      demo.clock.pass(13 * HOUR);
      expect((await nadia.get('me')).status).toBe(401);
      const karim = await signedIn(demo, 'karim');
      for (let hours = 0; hours < 7 * 24; hours += 11) {
        expect((await karim.get('me')).status).toBe(200);
        demo.clock.pass(11 * HOUR);
      }
      expect((await karim.get('me')).status).toBe(401);
    });

    test('a new password ends every other session, and the old one opens nothing', async () => {
      const old = await demoPassword(demo);
      const [here, there] = [await signedIn(demo, 'nadia'), await signedIn(demo, 'nadia')];
      const wrong = await here.call('PATCH', 'me', { password: { old: 'not this one', new: 'un vélo sous la pluie' } });
      expect([wrong.status, wrong.body.error.code]).toEqual([403, 'wrong-password']);
      const right = await here.call('PATCH', 'me', { password: { old, new: 'un vélo sous la pluie' } });
      expect(right.status).toBe(200);
      expect([(await here.get('me')).status, (await there.get('me')).status]).toEqual([200, 401]);
      expect((await createDeskUser(demo.url).signIn('nadia@bellerive.example', old)).status).toBe(401);
    });

    test('who came and went stands in the audit log, for the admin, on screen and as a file', async () => {
      const leaver = await signedIn(demo, 'karim');
      await leaver.call('DELETE', 'session');
      const karim = await signedIn(demo, 'karim');
      const { items } = (await karim.get('audit')).body;
      const seen = items.map(({ what, by }: { what: string; by: { name: string } }) => `${by.name} ${what}`);
      expect(seen).toEqual(expect.arrayContaining(['Nadia Benali session.opened', 'Karim Lefèvre session.closed']));
      const file = await karim.get('audit.csv');
      expect(file.headers.get('content-disposition')).toBe('attachment; filename="audit-bellerive.csv"');
      expect(file.text).toContain('Karim Lefèvre;session.closed;agent:bellerive:');
      expect((await karim.get('audit?to=2020-01-01')).body.items).toEqual([]);
    });

    test('of two admins who show each other out at once one stays', async () => {
      const rows = await openRows(demo);
      const karim = await signedIn(demo, 'karim');
      const roles = [{ role: 'admin' as const, services: 'all' as const }];
      const odile = await signIn(demo.url, await addAgent(rows.database, 'Odile Blanc', { roles }));
      const { items } = (await karim.get('people')).body as { items: Array<{ id: string; version: number }> };
      const versionOf = (id: string) => items.find((one) => one.id === id)?.version;
      const out = (id: string) => ({ version: versionOf(id), isDisabled: true });
      const answers = await Promise.all([
        karim.call('PATCH', `people/${odile.id}`, out(odile.id)),
        odile.call('PATCH', `people/${karim.me.id}`, out(karim.me.id)),
      ]);
      const admins = (await rows.database.collection('agents').find({ town: 'bellerive' })).filter(
        (row) => !row.disabledAt && (row.roles as Array<{ role: string }>).some(({ role }) => role === 'admin'),
      );
      expect(admins).toHaveLength(1);
      // The other was too late, or signed out by then.
      expect(answers.map(({ status }) => status).sort()).toEqual([200, expect.any(Number)]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      await rows.close();
    });
  });
}
