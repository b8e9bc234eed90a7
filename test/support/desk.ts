/** Somebody of the town hall at the desk: signs in and calls its addresses as the page does, with the cookie it was given. */
import assert from 'node:assert/strict';
import type { Me } from '../../src/desk/wire';
import type { CityHall } from './city-hall';

export interface DeskAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  body: any;
  headers: Headers;
  text: string;
}

export interface DeskUser {
  /** What the browser holds: 'desk=…'. */
  cookie: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<DeskAnswer>;
  get(path: string): Promise<DeskAnswer>;
  signIn(email: string, password: string): Promise<DeskAnswer>;
}

export function createDeskUser(url: string, cookie = ''): DeskUser {
  const user: DeskUser = {
    cookie,
    async call(method, path, body, headers = {}) {
      const answer = await fetch(`${url}/desk/api/${path}`, {
        method,
        headers: {
          ...(user.cookie ? { cookie: user.cookie } : {}),
          ...(method === 'GET' ? {} : { origin: url }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      });
      const set = answer.headers.get('set-cookie');
      if (set) user.cookie = set.split(';')[0] ?? '';
      const text = await answer.text();
      const isJson = /json/.test(answer.headers.get('content-type') ?? '');
      return { status: answer.status, text, body: isJson ? JSON.parse(text) : undefined, headers: answer.headers };
    },
    get: (path) => user.call('GET', path),
    signIn: (email, password) => user.call('POST', 'session', { email, password }),
  };
  return user;
}

/** The password of the demo's agents, as the start prints it. */
export async function demoPassword(hall: Pick<CityHall, 'welcome'>): Promise<string> {
  const found = /password (\S+)/.exec((await hall.welcome()).join('\n'))?.[1];
  assert.ok(found, 'The start of a demo prints how to sign in');
  return found;
}

/** Signed in as one of the demo's two: nadia answers, karim is the admin as well. */
export async function signedIn(
  hall: Pick<CityHall, 'url' | 'welcome'>,
  who: 'nadia' | 'karim',
  town = 'bellerive',
): Promise<DeskUser & { me: Me }> {
  const user = createDeskUser(hall.url);
  const answer = await user.signIn(`${who}@${town}.example`, await demoPassword(hall));
  assert.equal(answer.status, 200, answer.text);
  return Object.assign(user, { me: answer.body as Me });
}
