/**
 * Agents sign in through the town's directory: those who are at the desk already and whom it vouches for, and nobody else;
 * signing out leaves both. The city hall is a process of its own, as the library is a module that tests cannot load.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { addAgent } from '../support/agent-at-desk';
import { createDeskUser } from '../support/desk';
import { CLIENT, openDirectory, type TestDirectory } from '../support/directory';
import { type HallProcess, startHall } from '../support/processes';
import { openRows, type Rows } from '../support/rows';
import { until } from '../support/until';

const SIRET = '21750001600019';

let directory: TestDirectory;
let dataDir: string;
let hall: HallProcess;
let rows: Rows;

beforeAll(async () => {
  directory = await openDirectory();
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-directory-'));
  const env = {
    PORT: '0',
    DATA_DIR: dataDir,
    OIDC_ISSUER: directory.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_NAME: 'Annuaire',
    OIDC_USERINFO_ALG: 'RS256',
    OIDC_SIRETS: SIRET,
  };
  hall = await startHall(env);
  await until('it is ready', async () => (await fetch(`${hall.url}/readyz`)).ok);
  rows = await openRows({ config: readConfig(env) });
  await addAgent(rows.database, 'Claire Moreau');
  await addAgent(rows.database, 'Paul Petit', { disabledAt: new Date(0).toISOString() });
});

afterAll(async () => {
  await rows?.close();
  await hall?.stop();
  await directory?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Visit {
  /** Where the browser ends up. */
  at: string;
  cookies: string[];
  /** The address it came back by. */
  callback: URL;
}

/** A browser at the desk's door that presses the button and follows where it is sent. */
async function comesIn(change: (callback: URL) => void = () => {}, carried?: string): Promise<Visit> {
  const start = await fetch(`${hall.url}/desk/api/directory/start`, { redirect: 'manual' });
  expect(start.status).toBe(302);
  const sealed = carried ?? start.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const there = await fetch(start.headers.get('location') ?? '', { redirect: 'manual' });
  const callback = new URL(there.headers.get('location') ?? '');
  change(callback);
  return comesBack(callback, sealed);
}

async function comesBack(callback: URL, sealed: string): Promise<Visit> {
  const back = await fetch(callback, { redirect: 'manual', headers: { cookie: sealed } });
  return { at: back.headers.get('location') ?? '', cookies: back.headers.getSetCookie(), callback };
}

const sessionOf = ({ cookies }: Visit) => cookies.find((one) => /^desk=\w/.test(one))?.split(';')[0] ?? '';

test('who is at the desk and vouched for comes in, is known by the directory’s own name ever after, and leaves both', async () => {
  directory.user = { sub: 'claire-1', email: 'Claire@Bellerive.example', email_verified: true, siret: SIRET };
  const visit = await comesIn();
  expect(visit.at).toBe('/desk/');
  const claire = createDeskUser(hall.url, sessionOf(visit));
  expect((await claire.get('me')).body).toMatchObject({ name: 'Claire Moreau' });
  // Its cookie is the desk's own: strict, and unread by scripts.
  expect(visit.cookies.find((one) => one.startsWith('desk='))).toMatch(/HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/);

  const out = await claire.call('DELETE', 'session');
  expect(out.status).toBe(200);
  const leaving = new URL(out.body.next);
  expect(leaving.origin).toBe(directory.issuer);
  expect(leaving.searchParams.get('post_logout_redirect_uri')).toBe(`${hall.url}/desk/`);
  expect(leaving.searchParams.get('id_token_hint')).toMatch(/^ey/);
  expect((await claire.get('me')).status).toBe(401);

  // Another address since, or none: the same person. The old address, now somebody else's, opens nothing.
  directory.user = { sub: 'claire-1', siret: SIRET };
  expect((await comesIn()).at).toBe('/desk/');
  directory.user = { sub: 'somebody-else', email: 'claire@bellerive.example', email_verified: true, siret: SIRET };
  expect((await comesIn()).at).toBe('/desk/?door=unknown');
});

test('nobody else comes in: not at the desk, shown out, an unproven address, another organisation', async () => {
  const cases = [
    [{ sub: 'x', email: 'stranger@bellerive.example', email_verified: true, siret: SIRET }, 'unknown'],
    [{ sub: 'p', email: 'paul@bellerive.example', email_verified: true, siret: SIRET }, 'unknown'],
    [{ sub: 'y', email: 'karim@bellerive.example', email_verified: false, siret: SIRET }, 'unknown'],
    [{ sub: 'y', email: 'karim@bellerive.example', siret: SIRET }, 'unknown'],
    [{ sub: 'y', email: 'karim@bellerive.example', email_verified: true, siret: '99999999900001' }, 'failed'],
    [{ sub: 'y', email: 'karim@bellerive.example', email_verified: true }, 'failed'],
  ] as const;
  for (const [user, door] of cases) {
    directory.user = user;
    const visit = await comesIn();
    expect([user, visit.at, sessionOf(visit)]).toEqual([user, `/desk/?door=${door}`, '']);
  }
});

test('what was not begun here, is used twice, or is signed by a stranger opens nothing', async () => {
  directory.user = { sub: 'claire-1', siret: SIRET };
  const failed = async (visit: Promise<Visit>) => {
    const { at, cookies, callback } = await visit;
    expect([at, sessionOf({ at, cookies, callback })]).toEqual(['/desk/?door=failed', '']);
  };
  await failed(comesIn((callback) => callback.searchParams.set('state', 'x'.repeat(43))));
  await failed(comesIn((callback) => callback.searchParams.set('code', 'guessed')));
  await failed(comesIn(() => {}, 'desk-directory=forged'));
  await failed(comesIn(() => {}, ''));
  let sealed = '';
  const start = await fetch(`${hall.url}/desk/api/directory/start`, { redirect: 'manual' });
  sealed = start.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const there = await fetch(start.headers.get('location') ?? '', { redirect: 'manual' });
  const callback = new URL(there.headers.get('location') ?? '');
  expect((await comesBack(callback, sealed)).at).toBe('/desk/');
  await failed(comesBack(callback, sealed));
  directory.signsWith = 'stranger';
  await failed(comesIn());
  directory.signsWith = 'own';
});
