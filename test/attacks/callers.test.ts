/**
 * Whoever calls an address without showing who they are is refused there, before anything is done: every route of the
 * server but those for anyone, whichever part it belongs to, with the same shape of refusal.
 */
import { useCityHall } from '../support/use-city-hall';

const { hall } = useCityHall({
  env: {
    BOTFRAMEWORK_APP_ID: '11111111-2222-4333-8444-555555555555',
    BOTFRAMEWORK_APP_PASSWORD: 'never used',
    BOTFRAMEWORK_TOWN: 'bellerive',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'guichet@bellerive.example',
    MAIL_SECRET: 'a-secret-of-the-mail-server-and-of-us',
  },
});

/** Public by their nature, each for a reason of its own: what is added here is looked at twice. */
const OPEN = [
  /^GET \/(widget\.js|healthz|readyz|metrics)?$/,
  // The browser's question before a call.
  /^OPTIONS /,
  /^GET \/(desk|demo)(\/|$)/,
  /^(GET|POST) \/demo\/carrier\//,
  // Signing in, and a one-time link: each looks at what it is shown.
  /^(POST|DELETE|GET) \/desk\/api\/(session|invitations?)/,
  /^GET \/(open311|open-data|quality)\//,
  // What the law wants published.
  /^GET \/legal\//,
  // The contract.
  /^GET \/api\/(v1\/)?openapi\.json$/,
];

/** Asks with nothing that would show who is asking. */
async function ask(route: string): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const url = hall.url + path.replace(/:town/, 'bellerive').replace(/:\w+/g, 'abc').replace('*', 'x');
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return fetch(url, {
    method,
    headers: hasBody
      ? { 'content-type': /hooks|open311/.test(path) ? 'application/x-www-form-urlencoded' : 'application/json' }
      : {},
    ...(hasBody ? { body: /hooks|open311/.test(path) ? 'a=b' : '{}' } : {}),
    redirect: 'manual',
  });
}

test('every route says who may call it, and those for anyone are known', () => {
  const open = Object.entries(hall.callers).flatMap(([route, caller]) => (caller === 'anyone' ? [route] : []));
  expect(open.filter((route) => !OPEN.some((one) => one.test(route)))).toEqual([]);
});

test('nobody in particular is refused everywhere else, and told why in one shape', async () => {
  const closed = Object.entries(hall.callers).filter(([, caller]) => caller !== 'anyone');
  expect(closed.length).toBeGreaterThan(40);
  const wrong: unknown[] = [];
  for (const [route, caller] of closed) {
    const answer = await ask(route);
    const body = await answer.text();
    const isRefused = [400, 401, 403, 404].includes(answer.status);
    // A link answers people with a page, Open311 programs in its own words.
    const hasShape =
      /^\/(p|d|s|open311)\//.test(route.split(' ')[1] ?? '') || /^\{"error":\{"code":"[\w-]+","message":"[^"]+/.test(body);
    if (!isRefused || !hasShape) wrong.push({ route, caller, status: answer.status, body: body.slice(0, 120) });
  }
  expect(wrong).toEqual([]);
});
