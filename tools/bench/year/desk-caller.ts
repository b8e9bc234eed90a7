/** Somebody of the town hall in a simulated year, at the desk's own addresses; signs in again when the clock has run past their session. */

export interface DeskCaller {
  call(method: 'GET' | 'POST', path: string, body?: object): Promise<{ status: number; body: unknown }>;
}

export function createDeskCaller(url: string, password: string, email = 'karim@bellerive.example'): DeskCaller {
  let session: Promise<string> | undefined;

  async function signIn(): Promise<string> {
    const headers = { origin: url, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/desk/api/session`, { method: 'POST', headers, body: JSON.stringify({ email, password }) });
    if (!answer.ok) throw new Error(`Nobody could sign in: ${answer.status}`);
    return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  }

  async function ask(method: string, path: string, body: object | undefined) {
    session ??= signIn();
    const cookie = await session;
    const headers = { cookie, origin: url, ...(body ? { 'content-type': 'application/json' } : {}) };
    const answer = await fetch(`${url}/desk/api/${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const text = await answer.text();
    return { status: answer.status, body: text ? (JSON.parse(text) as unknown) : {} };
  }

  return {
    async call(method, path, body) {
      const before = session;
      const answer = await ask(method, path, body);
      if (answer.status !== 401) return answer;
      // Several calls may find out at once; one of them signs in.
      if (session === before) session = undefined;
      return ask(method, path, body);
    },
  };
}
