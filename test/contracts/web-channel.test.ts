/**
 * The web channel at its edges: expiry, an absent database, lines of other processes, slow and
 * too many clients. What it does in a whole town hall is in direct-line.test.ts.
 */
import { connect } from 'node:net';
import { createClient, openStream, streamStatus } from '../support/direct-line';
import { photo } from '../support/pictures';
import { until } from '../support/until';
import { openWebDoor, SERVER_SECRET, townOf, type WebDoor, type WebDoorOptions } from '../support/web-door';

const HOUR = 60 * 60 * 1000;
const doors: WebDoor[] = [];

async function open(options?: WebDoorOptions) {
  const door = await openWebDoor(options);
  doors.push(door);
  return { door, client: createClient(door.url) };
}

afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

describe('tokens', () => {
  test('asking for a token writes nothing; the first start is handed on once, as an arrival', async () => {
    const { door, client } = await open();
    const { body } = await client.token('bellerive');
    expect(door.received).toEqual([]);
    const first = await client.ask('/v3/directline/conversations', { token: body.token, body: { locale: 'en-GB', user: {} } });
    const second = await client.ask('/v3/directline/conversations', { token: body.token, body: {} });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(door.received).toHaveLength(1);
    expect(door.received[0]).toMatchObject({
      id: `web:${body.conversationId}:start`,
      town: 'bellerive',
      channel: 'web',
      conversation: body.conversationId,
      activity: { type: 'conversationUpdate', locale: 'en-GB' },
    });
  });

  test('an hour later the token is expired and says so; a refreshed one still works', async () => {
    const { door, client } = await open();
    const ana = await client.arrive('bellerive');
    door.setAhead(HOUR / 2);
    const fresh = await client.ask('/v3/directline/tokens/refresh', { method: 'POST', token: ana.token });
    expect(fresh.body).toMatchObject({ conversationId: ana.conversationId, expires_in: 3600 });
    door.setAhead(HOUR + 1000);
    for (const path of ['/activities', '']) {
      const late = await client.ask(client.inside(ana.conversationId, path), { token: ana.token });
      expect([late.status, late.body.error.code]).toEqual([403, 'TokenExpired']);
    }
    const lateRefresh = await client.ask('/v3/directline/tokens/refresh', { method: 'POST', token: ana.token });
    expect([lateRefresh.status, lateRefresh.body.error.code]).toEqual([403, 'TokenExpired']);
    expect((await client.read({ ...ana, token: fresh.body.token })).status).toBe(200);
  });

  test('a stream address is good for a minute, and for its own conversation only', async () => {
    const { door, client } = await open();
    const ana = await client.arrive('bellerive');
    const other = await client.arrive('bellerive');
    expect(await streamStatus(ana.streamUrl.replace(ana.conversationId, other.conversationId))).toBe(403);
    expect(await streamStatus(ana.streamUrl.replace(/t=.*/, `t=${ana.token}`))).toBe(403);
    expect(
      (await client.ask(client.inside(ana.conversationId), { token: new URL(ana.streamUrl).searchParams.get('t')! })).status,
    ).toBe(403);
    expect(await streamStatus(ana.streamUrl)).toBe(101);
    door.setAhead(61_000);
    expect(await streamStatus(ana.streamUrl)).toBe(403);
  });

  test('a stream ends when the token it came with does', async () => {
    const { door, client } = await open();
    const ana = await client.arrive('bellerive');
    const stream = await openStream(ana.streamUrl);
    door.setAhead(HOUR - 5000);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(stream.socket.readyState).toBe(stream.socket.OPEN);
    door.setAhead(HOUR);
    expect(await stream.closed).toBe(4001);
  });
});

describe('towns and pages', () => {
  const towns = () => [townOf('bellerive', ['https://ville.example']), townOf('montclair', ['https://mairie.example'])];

  test('a token is given to the pages of the town only; in live mode not to a page on this machine', async () => {
    const { client } = await open({ towns: towns(), mode: 'live' });
    const ask = async (town: string, origin?: string) => {
      const { status, body, headers } = await client.ask(`/widget/${town}/token`, { method: 'POST', origin });
      return [status, body.error?.code, headers.get('access-control-allow-origin'), headers.get('vary')];
    };
    expect(await ask('bellerive', 'https://ville.example')).toEqual([200, undefined, 'https://ville.example', 'Origin']);
    expect(await ask('montclair', 'https://ville.example')).toEqual([403, 'OriginNotAllowed', null, 'Origin']);
    expect(await ask('bellerive', 'http://localhost:8080')).toEqual([403, 'OriginNotAllowed', null, 'Origin']);
    expect(await ask('bellerive', 'https://ville.example.evil.example')).toEqual([403, 'OriginNotAllowed', null, 'Origin']);
    expect(await ask('bellerive', 'null')).toEqual([403, 'OriginNotAllowed', null, 'Origin']);
    expect(await ask('bellerive')).toEqual([403, 'OriginMissing', null, 'Origin']);
    expect(await ask('nowhere', 'https://ville.example')).toEqual([404, 'UnknownTown', null, 'Origin']);
  });

  test('a token of one town does not speak from the page of another', async () => {
    const { client } = await open({ towns: towns(), mode: 'live' });
    const { body } = await client.token('bellerive', 'https://ville.example');
    const start = (origin: string) => client.ask('/v3/directline/conversations', { method: 'POST', token: body.token, origin });
    expect((await start('https://mairie.example')).status).toBe(403);
    const started = await start('https://ville.example');
    expect(started.status).toBe(201);
    expect(await streamStatus(started.body.streamUrl, 'https://mairie.example')).toBe(403);
    expect(await streamStatus(started.body.streamUrl, 'https://evil.example')).toBe(403);
    expect(await streamStatus(started.body.streamUrl, 'https://ville.example')).toBe(101);
  });

  test('a page can read why its body was refused, another page cannot', async () => {
    const { client } = await open({ towns: towns(), mode: 'live' });
    const refusal = async (body: string, origin: string) => {
      const { status, headers } = await client.ask('/v3/directline/conversations/x/activities', { method: 'POST', origin, body });
      return [status, headers.get('access-control-allow-origin')];
    };
    for (const [status, body] of [
      [400, 'not json'],
      [413, JSON.stringify('x'.repeat(1024 * 1024))],
    ] as const) {
      expect(await refusal(body, 'https://ville.example')).toEqual([status, 'https://ville.example']);
      expect(await refusal(body, 'https://evil.example')).toEqual([status, null]);
    }
  });

  test('a preflight is answered by the same lists', async () => {
    const { client } = await open({ towns: towns(), mode: 'live' });
    const preflight = async (path: string, origin: string) => {
      const { status, headers } = await client.ask(path, {
        method: 'OPTIONS',
        origin,
        headers: { 'Access-Control-Request-Method': 'POST' },
      });
      return { status, origin: headers.get('access-control-allow-origin'), asked: headers.get('access-control-allow-headers') };
    };
    const headers = 'Authorization, Content-Type, Accept, X-Requested-With, x-ms-bot-agent';
    const welcome = { status: 204, origin: 'https://ville.example', asked: headers };
    const refused = { status: 403, origin: null, asked: null };
    expect(await preflight('/widget/bellerive/token', 'https://ville.example')).toEqual(welcome);
    expect(await preflight('/widget/montclair/token', 'https://ville.example')).toEqual(refused);
    expect(await preflight('/v3/directline/conversations/x/activities', 'https://ville.example')).toEqual(welcome);
    expect(await preflight('/v3/directline/conversations', 'https://evil.example')).toEqual(refused);
  });
});

describe('a server with the Direct Line secret', () => {
  test('makes tokens for its users, bound to the pages it names', async () => {
    const { client } = await open();
    const make = (body: object, token = SERVER_SECRET) => client.ask('/v3/directline/tokens/generate', { token, body });
    const made = await make({ user: { id: 'dl_marie' }, trustedOrigins: ['http://localhost:4000/page'] });
    expect(made.body).toMatchObject({ expires_in: 3600, conversationId: expect.stringMatching(/^[0-9a-f]{32}-bellerive$/) });
    const start = (origin: string) =>
      client.ask('/v3/directline/conversations', { method: 'POST', token: made.body.token, origin });
    expect((await start('http://localhost:5000')).status).toBe(403);
    expect((await start('http://localhost:4000')).status).toBe(201);
    expect((await make({ user: { id: 'marie' } })).body.error.code).toBe('BadUser');
    expect((await make({}, made.body.token)).status).toBe(403);
    expect((await make({}, 'a-secret-that-only-servers-know-oF')).status).toBe(403);
  });

  test('starts conversations and speaks for its own users, never for those of a token, and never from a page', async () => {
    const { door, client } = await open();
    const started = await client.ask('/v3/directline/conversations', { token: SERVER_SECRET, body: { user: { id: 'crm-7' } } });
    expect(started.status).toBe(201);
    const path = client.inside(started.body.conversationId, '/activities');
    const say = (id: string | undefined) =>
      client.ask(path, { token: SERVER_SECRET, body: { type: 'message', text: 'Bonjour', from: id ? { id } : undefined } });
    expect((await say('crm-7')).status).toBe(200);
    expect(door.received.at(-1)).toMatchObject({ address: 'crm-7', activity: { from: { id: 'crm-7', role: 'user' } } });
    expect((await say('dl_marie')).body.error.code).toBe('ReservedUser');
    expect((await say(undefined)).status).toBe(400);
    const fromPage = await client.ask(path, { token: SERVER_SECRET, origin: door.url });
    expect([fromPage.status, fromPage.body.error.code]).toEqual([403, 'SecretInBrowser']);
  });

  test('must say which town when there are several', async () => {
    const { client } = await open({ towns: [townOf('bellerive'), townOf('montclair')] });
    const make = (query: string) =>
      client.ask(`/v3/directline/tokens/generate${query}`, { method: 'POST', token: SERVER_SECRET });
    expect((await make('')).body.error.code).toBe('TownMissing');
    expect((await make('?town=nowhere')).status).toBe(404);
    expect((await make('?town=montclair')).body.conversationId).toMatch(/-montclair$/);
  });
});

describe('when the database is away', () => {
  test('a message is refused so that it is sent again; a poll sees nothing new; a stream catches up by itself', async () => {
    const { door, client } = await open();
    const ana = await client.arrive('bellerive');
    const stream = await openStream(ana.streamUrl);
    door.says(ana.conversationId, { id: 'one', text: 'Bonjour' });
    await until('the greeting', () => stream.activities().length === 1);

    door.setAway(true);
    const refused = await client.say(ana, 'Un trou rue Hugo', 'c1');
    expect([refused.status, refused.body.error.code, refused.headers.get('retry-after')]).toEqual([503, 'NotWrittenDown', '1']);
    const poll = await client.read(ana, '1');
    expect([poll.status, poll.body]).toEqual([200, { activities: [], watermark: '1' }]);
    door.says(ana.conversationId, { id: 'two', text: 'Pardon du retard' });

    door.setAway(false);
    expect((await client.say(ana, 'Un trou rue Hugo', 'c1')).status).toBe(200);
    await until('both lines', () => stream.activities().length === 3);
    expect(stream.activities().map((one) => one.text)).toEqual(['Bonjour', 'Pardon du retard', 'Un trou rue Hugo']);
    expect(door.faults).toEqual([]);
    stream.socket.close();
  });
});

describe('streams', () => {
  test('lines arrive in order, none twice and none left out, however they are written', async () => {
    const { door, client } = await open();
    const ana = await client.arrive('bellerive');
    const stream = await openStream(ana.streamUrl);
    for (let n = 1; n <= 500; n += 1) {
      door.says(ana.conversationId, { text: String(n) }, n % 7 === 0);
      if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await until('500 lines', () => stream.activities().length >= 500);
    expect(stream.activities().map((one) => one.text)).toEqual(Array.from({ length: 500 }, (_, n) => String(n + 1)));
    expect(stream.watermark()).toBe('500');
    stream.socket.close();
  });

  test('a line that another process wrote is found by the sweep', async () => {
    const { door, client } = await open();
    const ana = await client.arrive('bellerive');
    const stream = await openStream(ana.streamUrl);
    door.says(ana.conversationId, { text: 'du guichet voisin' }, true);
    await until('the line', () => stream.activities().length === 1, 3000);
    stream.socket.close();
  });

  test('however many streams are idle, the store is asked once in a sweep', async () => {
    const { door, client } = await open();
    const idle = [];
    for (let n = 0; n < 40; n += 1) idle.push(await openStream((await client.arrive('bellerive')).streamUrl));
    const ana = await client.arrive('bellerive');
    const stream = await openStream(ana.streamUrl);
    const hears = (line: number) => {
      door.says(ana.conversationId, { text: String(line) }, true);
      return until(`line ${line}`, () => stream.activities().length === line, 3000);
    };
    await hears(1);
    const before = door.asked();
    for (const line of [2, 3, 4]) await hears(line);
    // Three lines take at least two sweeps, and one of them may be late: one question a sweep, two for each line that is found.
    expect(door.asked() - before).toBeLessThan(40);
    for (const { socket } of [...idle, stream]) socket.close();
  });

  test('reconnecting with a watermark replays what came after it; without one only what is new; with an empty one all', async () => {
    const { door, client } = await open();
    const ana = await client.arrive('bellerive');
    for (const text of ['un', 'deux', 'trois']) door.says(ana.conversationId, { text });
    const heard = async (query: string) => {
      const { body } = await client.ask(client.inside(ana.conversationId, query), { token: ana.token });
      expect(body.token).toEqual(expect.any(String));
      const stream = await openStream(body.streamUrl);
      const last = `dernier ${query}`;
      door.says(ana.conversationId, { text: last });
      await until('the last line', () => stream.activities().some((one) => one.text === last));
      stream.socket.close();
      return stream.activities().map((one) => one.text);
    };
    expect(await heard('?watermark=2')).toEqual(['trois', 'dernier ?watermark=2']);
    expect(await heard('')).toEqual(['dernier ']);
    expect((await heard('?watermark=')).slice(0, 3)).toEqual(['un', 'deux', 'trois']);
    const bad = await client.ask(client.inside(ana.conversationId, '?watermark=%7B%22%24gt%22%3A0%7D'), { token: ana.token });
    expect([bad.status, bad.body.error.code]).toEqual([400, 'BadWatermark']);
  });

  test('one conversation cannot hold more streams than it has tabs, nor one address more than a hall', async () => {
    const { client } = await open({ limits: { streams: 2, streamsPerAddress: 3 } });
    const ana = await client.arrive('bellerive');
    const ben = await client.arrive('bellerive');
    const streams = [await openStream(ana.streamUrl), await openStream(ana.streamUrl)];
    expect(await streamStatus(ana.streamUrl)).toBe(429);
    streams.push(await openStream(ben.streamUrl));
    expect(await streamStatus(ben.streamUrl)).toBe(429);
    streams[0]!.socket.close();
    await streams[0]!.closed;
    await until('room for one', async () => (await streamStatus(ben.streamUrl)) === 101);
    for (const stream of streams) stream.socket.close();
  });

  test('a client that stops reading does not hold the town up, nor its memory', async () => {
    const { door, client } = await open();
    const ana = await client.arrive('bellerive');
    const slow = await openStream(ana.streamUrl);
    slow.socket.pause();
    const before = process.memoryUsage().rss;
    const page = 'x'.repeat(10_000);
    for (let n = 0; n < 3000; n += 1) door.says(ana.conversationId, { text: page });
    const ben = await client.arrive('bellerive');
    const quick = await openStream(ben.streamUrl);
    const asked = Date.now();
    door.says(ben.conversationId, { text: 'vite' });
    await until('the other citizen', () => quick.activities().length === 1);
    expect(Date.now() - asked).toBeLessThan(5000);
    // 30 MB were said; what waits for this client is a page of lines, not all of it.
    expect(process.memoryUsage().rss - before).toBeLessThan(20 * 1024 * 1024);
    slow.socket.terminate();
    quick.socket.close();
  });

  test("an address that is nobody's is left to others, and rubbish on the wire closes only itself", async () => {
    const { door, client } = await open();
    expect(await streamStatus(`${door.url.replace('http', 'ws')}/elsewhere`)).toBe(404);
    expect(await streamStatus(`${door.url.replace('http', 'ws')}/v3/directline/conversations/x/stream?t=x`)).toBe(403);
    const ana = await client.arrive('bellerive');
    const stream = await openStream(ana.streamUrl);
    stream.socket.send('y'.repeat(100_000));
    expect(await stream.closed).toBe(1009);
    for (const path of ['/v3/directline/conversations/%E0%A4%A/stream?t=%zz', '//', 'http://[']) {
      const raw = connect(Number(new URL(door.url).port), '127.0.0.1');
      raw.end(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
      await new Promise((resolve) => raw.on('close', resolve).resume());
    }
    expect((await client.read(ana)).status).toBe(200);
  });
});

describe('limits', () => {
  test('messages, conversations and reads past the limit are refused with a time to wait', async () => {
    const few = { count: 2, seconds: 30 };
    const { client } = await open({ limits: { messages: few, conversations: few, reads: { count: 4, seconds: 30 } } });
    const ana = await client.arrive('bellerive');
    expect([(await client.say(ana, 'un')).status, (await client.say(ana, 'deux')).status]).toEqual([200, 200]);
    const third = await client.say(ana, 'trois');
    expect([third.status, third.body.error.code]).toEqual([429, 'TooManyRequests']);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    await client.arrive('bellerive');
    expect((await client.token('bellerive')).status).toBe(429);
    const reads = await Promise.all([1, 2, 3, 4, 5].map(() => client.read(ana)));
    expect(reads.filter((one) => one.status === 429)).not.toHaveLength(0);
  });

  test('a client that polls five times a second is never refused', async () => {
    const { client } = await open();
    const ana = await client.arrive('bellerive');
    for (let n = 0; n < 50; n += 1) expect((await client.read(ana)).status).toBe(200);
  });

  test('uploads are bounded in memory and in number, and what one took is given back when it ends or breaks off', async () => {
    const many = { count: 10_000, seconds: 60 };
    const { door, client } = await open({
      limits: { uploadBytes: 4096, uploadsPerAddress: 1, messages: many, messagesPerAddress: many },
    });
    const ana = await client.arrive('bellerive');
    const path = client.inside(ana.conversationId, '/upload');
    const send = async (bytes: number) => {
      const { status, body } = await client.ask(path, { token: ana.token, body: Buffer.from('%PDF-1.7\n'.padEnd(bytes, ' ')) });
      return body.error?.code ?? status;
    };
    expect([await send(5000), await send(1000)]).toEqual(['Busy', 200]);

    const half = connect(Number(new URL(door.url).port), '127.0.0.1');
    half.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ana.token}\r\nContent-Length: 4000\r\n\r\n`);
    half.write('%PDF-1.7'.padEnd(3500, ' '));
    // Nothing shows from outside that it arrived, and each try counts.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await send(100)).toBe('TooManyRequests');
    half.destroy();
    await until('its room to be free', async () => (await send(3900)) === 200);
    expect(door.received.filter(({ activity }) => activity.attachments).length).toBeGreaterThan(1);
  });

  test('the pixels that are drawn for one address are bounded, however few bytes they take', async () => {
    const { door, client } = await open({ limits: { megapixels: { count: 20, seconds: 30 } } });
    const ana = await client.arrive('bellerive');
    const picture = await photo({ width: 4000, height: 2000 });
    const send = async () => {
      const path = client.inside(ana.conversationId, '/upload');
      const { status, headers } = await client.ask(path, { token: ana.token, body: picture });
      return [status, Number(headers.get('retry-after')) > 0];
    };
    expect([await send(), await send(), await send()]).toEqual([
      [200, false],
      [200, false],
      [429, true],
    ]);
    expect(door.received.filter(({ activity }) => activity.attachments)).toHaveLength(2);
  });
});
