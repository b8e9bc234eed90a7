/** At the desk's door: nobody learns who works there, nobody tries passwords for long, and no other page speaks for an agent. */
import { createDeskUser, demoPassword, signedIn } from '../support/desk';
import { useCityHall } from '../support/use-city-hall';

const { hall } = useCityHall({ env: { TRUSTED_PROXIES: '1' } });
let password: string;

beforeAll(async () => {
  password = await demoPassword(hall);
});

let networks = 0;
function elsewhere() {
  networks += 1;
  return { 'x-forwarded-for': `198.51.100.${networks}` };
}

const tryIn = (body: unknown, headers: Record<string, string> = elsewhere()) =>
  createDeskUser(hall.url).call('POST', 'session', body, headers);

test('a wrong password and a name that nobody has are answered alike', async () => {
  const [wrong, unknown] = await Promise.all([
    tryIn({ email: 'nadia@bellerive.example', password: 'not it at all' }),
    tryIn({ email: 'nobody@bellerive.example', password: 'not it at all' }),
  ]);
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(unknown.text).toBe(wrong.text);
  expect(wrong.headers.get('set-cookie')).toBeNull();
});

test.each(['nadia@bellerive.example', 'nobody@bellerive.example'])('after five attempts %s is told to wait', async (email) => {
  const headers = elsewhere();
  for (let n = 0; n < 5; n += 1) expect((await tryIn({ email, password: 'not it at all' }, headers)).status).toBe(401);
  const refused = await tryIn({ email, password }, headers);
  expect(refused.status).toBe(429);
  expect(refused.body.error).toMatchObject({ code: 'too-many-attempts', retryAfterSeconds: expect.any(Number) });
  // From her own network Nadia still comes in.
  if (email.startsWith('nadia')) expect((await tryIn({ email, password })).status).toBe(200);
});

test('one network cannot try many names', async () => {
  const headers = elsewhere();
  const statuses: number[] = [];
  for (let n = 0; n < 35; n += 1) statuses.push((await tryIn({ email: `p${n}@x.example`, password: 'p' }, headers)).status);
  expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401));
  expect(statuses.slice(30)).toEqual(Array(5).fill(429));
});

test.each([
  ['an operator for a password', { email: 'nadia@bellerive.example', password: { $ne: null } }],
  ['an operator for an e-mail', { email: { $regex: '^n' }, password: 'x' }],
  ['a list', { email: ['nadia@bellerive.example'], password: 'x' }],
  ['a name beside', { email: 'nadia@bellerive.example', password: 'x', roles: [{ role: 'admin', services: 'all' }] }],
  ['names of the language', '{"email":"nadia@bellerive.example","password":"x","__proto__":{"a":1}}'],
  ['a name with an operator', { 'email[$ne]': 'x', password: 'x' }],
  ['a very long password', { email: 'nadia@bellerive.example', password: 'x'.repeat(201) }],
  ['nothing', {}],
])('%s is refused as it is', async (_, body) => {
  expect((await tryIn(body)).status).toBe(400);
});

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['a site of the same name', { origin: 'https://127.0.0.1.evil.example' }],
  ['another port', { origin: 'http://127.0.0.1:1' }],
  ['no origin at all', { origin: '' }],
  ['an opaque one', { origin: 'null' }],
])('a call that changes something is refused from %s', async (_, headers) => {
  const nadia = await signedIn(hall, 'nadia');
  const answer = await nadia.call('PATCH', 'me', { status: 'available' }, headers);
  expect([answer.status, answer.body.error.code]).toEqual([403, 'wrong-origin']);
  expect((await nadia.get('me')).body.status).toBe('away');
});

test('a form of another kind is refused', async () => {
  const nadia = await signedIn(hall, 'nadia');
  const answer = await nadia.call('PATCH', 'me', '{"status":"available"}', { 'content-type': 'text/plain' });
  expect(answer.status).toBe(415);
});

test('the cookie is for this server and its own pages, and no script reads it', async () => {
  const answer = await tryIn({ email: 'nadia@bellerive.example', password });
  expect(answer.headers.get('set-cookie')).toMatch(/^desk=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.text).not.toMatch(/hash|argon2/);
});

test.each(['', 'desk=', `desk=${'a'.repeat(43)}`, 'desk=%00', `__Host-desk=${'a'.repeat(43)}`])(
  'the cookie %p opens nothing',
  async (cookie) => {
    for (const [method, path] of [
      ['GET', 'me'],
      ['PATCH', 'me'],
      ['DELETE', 'session'],
      ['GET', 'audit'],
      ['GET', 'audit.csv'],
      ['GET', 'anything/else'],
    ] as const) {
      const answer = await createDeskUser(hall.url, cookie).call(method, path, method === 'PATCH' ? {} : undefined);
      expect([path, answer.status]).toEqual([path, 401]);
    }
  },
);

test('signing in gives a new session and ends the one before; signing out ends it', async () => {
  const nadia = await signedIn(hall, 'nadia');
  const first = nadia.cookie;
  expect((await nadia.signIn('nadia@bellerive.example', password)).status).toBe(200);
  expect(nadia.cookie).not.toBe(first);
  expect((await createDeskUser(hall.url, first).get('me')).status).toBe(401);
  const second = nadia.cookie;
  expect((await nadia.call('DELETE', 'session')).status).toBe(204);
  expect((await createDeskUser(hall.url, second).get('me')).status).toBe(401);
});

test('an agent reads no audit log', async () => {
  const nadia = await signedIn(hall, 'nadia');
  for (const path of ['audit', 'audit.csv']) expect((await nadia.get(path)).status).toBe(403);
});

test('a name said twice in a query is refused', async () => {
  const karim = await signedIn(hall, 'karim');
  expect((await karim.get('audit?from=2026-01-01&from=2026-02-01')).status).toBe(400);
  expect((await karim.get('audit?from[$gt]=1')).status).toBe(400);
});
