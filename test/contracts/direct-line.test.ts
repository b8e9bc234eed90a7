/**
 * Direct Line 3.0 as its own description has it, against the whole town hall: every answer is
 * held against the published Swagger, and what the Swagger only tells in prose is told here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { type Asked, type Client, createClient, openStream, type Reply, type Visitor } from '../support/direct-line';
import { until } from '../support/until';
import { useCityHall } from '../support/use-city-hall';

const SECRET = 'a-secret-that-only-servers-know-of';
const PREFIX = '/v3/directline';

let client: Client;

const { hall, rows } = useCityHall({ env: { DIRECTLINE_SECRET: SECRET } });

beforeAll(() => {
  client = createClient(hall.url);
});

// biome-ignore lint/suspicious/noExplicitAny: a Swagger document
const swagger: any = JSON.parse(readFileSync(join(__dirname, 'directline-3.0.swagger.json'), 'utf8'), (_key, value) =>
  // Where the description says "object" and no more, any JSON is meant: a button's value is a text.
  value?.type === 'object' && !value.properties ? {} : value,
);

/** Asks, and holds status and body against the Swagger's entry for that path. */
async function asked(path: string, what: Asked = {}): Promise<Reply> {
  const reply = await client.ask(`${PREFIX}${path}`, what);
  const bare = path.replace(/\?.*/, '').replace(/^(\/conversations)\/[^/]+/, '$1/{conversationId}');
  const method = (what.method ?? (what.body === undefined ? 'GET' : 'POST')).toLowerCase();
  const described = swagger.paths[`${PREFIX}${bare}`]?.[method]?.responses?.[reply.status];
  if (!described)
    throw new Error(`${method} ${bare} answered ${reply.status}, which Direct Line does not know: ${JSON.stringify(reply.body)}`);
  if (described.schema) {
    const schema = { ...described.schema, definitions: swagger.definitions, $schema: 'http://json-schema.org/draft-07/schema#' };
    const read = z.fromJSONSchema(schema).safeParse(reply.body);
    if (!read.success) throw new Error(`${method} ${bare} ${reply.status}: ${z.prettifyError(read.error)}`);
  }
  if (reply.status >= 400)
    expect(reply.body).toEqual({ error: { code: expect.any(String), message: expect.stringMatching(/\w+/) } });
  return reply;
}

const inside = ({ conversationId }: Visitor, rest = '') => `/conversations/${conversationId}${rest}`;

/** Everything said so far, page by page, until there is no more. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
async function history(who: Visitor, watermark?: string): Promise<any[]> {
  const activities = [];
  for (let mark = watermark; ; ) {
    const { body } = await asked(inside(who, `/activities${mark === undefined ? '' : `?watermark=${mark}`}`), {
      token: who.token,
    });
    if (body.activities.length === 0) return activities;
    activities.push(...body.activities);
    mark = body.watermark;
  }
}

const fromBot = (activity: { from?: { role?: string } }) => activity.from?.role === 'bot';

/** A visitor who has been greeted. */
async function greeted(): Promise<Visitor> {
  const ana = await client.arrive('bellerive');
  await until('the greeting', async () => (await history(ana)).some(fromBot));
  return ana;
}

describe('getting in', () => {
  test('a visitor of the page gets a token, starts, and is greeted', async () => {
    const { status, body } = await client.token('bellerive');
    expect([status, body]).toEqual([
      200,
      {
        conversationId: expect.stringMatching(/^[0-9a-f]{32}-bellerive$/),
        token: expect.any(String),
        expires_in: 3600,
        town: expect.objectContaining({ name: 'Bellerive', languages: ['fr', 'en'] }),
      },
    ]);
    const claims = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({
      conv: body.conversationId,
      user: expect.stringMatching(/^dl_[0-9a-f]{32}$/),
      town: 'bellerive',
    });
    const first = await asked('/conversations', { token: body.token, body: { locale: 'fr-FR', user: {} } });
    const again = await asked('/conversations', { token: body.token, method: 'POST' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(first.body).toMatchObject({
      conversationId: body.conversationId,
      expires_in: 3600,
      streamUrl: expect.stringMatching(/^ws:\/\//),
    });
    const ana = { conversationId: body.conversationId, token: first.body.token, streamUrl: first.body.streamUrl };
    await until('the greeting', async () => (await history(ana)).some(fromBot));
    expect(await history(ana)).toEqual(
      expect.arrayContaining([expect.objectContaining({ type: 'message', from: expect.objectContaining({ role: 'bot' }) })]),
    );
  });

  test('a server makes a token with the secret, and the token is refreshed', async () => {
    const made = await asked('/tokens/generate?town=bellerive', { token: SECRET, body: { user: { id: 'dl_agenda' } } });
    expect(made.status).toBe(200);
    const fresh = await asked('/tokens/refresh', { token: made.body.token, method: 'POST' });
    expect(fresh.body).toMatchObject({ conversationId: made.body.conversationId, expires_in: 3600 });
    expect((await asked('/conversations', { token: fresh.body.token, method: 'POST' })).status).toBe(201);
  });

  test('a session id can be asked for', async () => {
    const ana = await greeted();
    expect((await asked('/session/getsessionid', { token: ana.token })).body.sessionId).toMatch(/^[0-9a-f]{32}$/);
  });

  test('no header is 401, a wrong one 403, an hour-old token is expired', async () => {
    const ana = await greeted();
    const code = async (what: Asked) => {
      const { status, body } = await asked(inside(ana, '/activities'), what);
      return [status, body.error.code];
    };
    expect(await code({})).toEqual([401, 'MissingToken']);
    expect(await code({ headers: { Authorization: 'Basic YTpi' } })).toEqual([401, 'MissingToken']);
    expect(await code({ token: `${ana.token}x` })).toEqual([403, 'Forbidden']);
    expect(await code({ token: (await greeted()).token })).toEqual([403, 'Forbidden']);
    hall.clock.pass(3601 * 1000);
    expect(await code({ token: ana.token })).toEqual([403, 'TokenExpired']);
  });

  test('an unknown address is 404 and a wrong verb 405, in the same shape', async () => {
    for (const [path, method, status] of [
      [`${PREFIX}/elsewhere`, 'GET', 404],
      [`${PREFIX}/conversations`, 'DELETE', 405],
      [`${PREFIX}/tokens/refresh`, 'GET', 405],
    ] as const) {
      const reply = await client.ask(path, { method });
      expect([path, reply.status, reply.body]).toEqual([
        path,
        status,
        { error: { code: expect.any(String), message: expect.any(String) } },
      ]);
    }
  });
});

describe('saying and hearing', () => {
  test('a message gets an id, comes back under it with its client id, and is answered', async () => {
    const ana = await greeted();
    const before = (await history(ana)).length;
    const sent = await asked(inside(ana, '/activities'), {
      token: ana.token,
      body: {
        type: 'message',
        text: 'Quels sont les horaires de la mairie ?',
        from: { id: 'somebody-else', name: 'Le maire', role: 'bot' },
        serviceUrl: 'https://evil.example',
        locale: 'xx-unknown',
        timestamp: 'yesterday',
        channelData: { clientActivityID: 'c1', isAdmin: true },
      },
    });
    expect([sent.status, typeof sent.body.id]).toEqual([200, 'string']);
    await until('an answer', async () => (await history(ana)).slice(before).some(fromBot));
    const [echo, answer] = (await history(ana)).slice(before);
    expect(echo).toMatchObject({
      id: sent.body.id,
      text: 'Quels sont les horaires de la mairie ?',
      channelId: 'directline',
      conversation: { id: ana.conversationId },
      channelData: { clientActivityID: 'c1' },
      timestamp: expect.stringMatching(/Z$/),
    });
    expect(echo.from).toEqual({ id: expect.stringMatching(/^dl_/), role: 'user' });
    expect(echo).not.toHaveProperty('serviceUrl');
    expect(echo.channelData).not.toHaveProperty('isAdmin');
    expect(answer).toMatchObject({ replyToId: sent.body.id, from: { role: 'bot' }, text: expect.any(String) });
  });

  test('the same sending twice is one message and one answer', async () => {
    const ana = await greeted();
    const before = (await history(ana)).length;
    const ids = await Promise.all([1, 2, 3, 4].map(async () => (await client.say(ana, 'Bonjour', 'resent')).body.id));
    expect(new Set(ids).size).toBe(1);
    await until('an answer', async () => (await history(ana)).slice(before).some(fromBot));
    await rows.settled();
    const said = (await history(ana)).slice(before);
    expect(said.filter((one) => one.from.role === 'user')).toHaveLength(1);
    expect(new Set(said.map((one) => one.replyToId ?? 'mine')).size).toBe(2);
  });

  test('a watermark is a text that is never empty, and replays what came after it', async () => {
    const ana = await greeted();
    const all = await asked(inside(ana, '/activities'), { token: ana.token });
    const empty = await asked(inside(ana, '/activities?watermark='), { token: ana.token });
    expect(empty.body).toEqual(all.body);
    const none = await asked(inside(ana, `/activities?watermark=${all.body.watermark}`), { token: ana.token });
    expect(none.body).toEqual({ activities: [], watermark: all.body.watermark });
    expect(all.body.watermark).toMatch(/./);
    await client.say(ana, 'Merci');
    await until('an answer', async () => (await history(ana, all.body.watermark)).some(fromBot));
    expect((await history(ana, all.body.watermark))[0].text).toBe('Merci');
    for (const bad of ['abc', '-1', '1.5', '{"$gt":0}', '1%00']) {
      const reply = await asked(inside(ana, `/activities?watermark=${encodeURIComponent(bad)}`), { token: ana.token });
      expect([bad, reply.status, reply.body.error.code]).toEqual([bad, 400, 'BadWatermark']);
    }
  });

  test('kinds of activity that nobody knows are taken and ignored; nothing of them comes back', async () => {
    const ana = await greeted();
    const before = (await history(ana)).length;
    for (const type of ['typing', 'invoke', 'trace', 'from-the-future', 'conversationUpdate']) {
      const reply = await asked(inside(ana, '/activities'), { token: ana.token, body: { type, from: { id: 'x' } } });
      expect([type, reply.status]).toEqual([type, 200]);
    }
    await rows.settled();
    expect((await history(ana)).length).toBe(before);
  });

  test('what cannot be a message is refused with a reason', async () => {
    const ana = await greeted();
    const code = async (body: unknown) => {
      const reply = await asked(inside(ana, '/activities'), {
        token: ana.token,
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json' },
      });
      return [reply.status, reply.body.error.code];
    };
    expect(await code({ type: 'message', text: 'x'.repeat(10_001) })).toEqual([400, 'MessageTooLong']);
    expect(await code({ type: 'message', text: '   ' })).toEqual([400, 'EmptyMessage']);
    expect(await code({ type: 'message' })).toEqual([400, 'EmptyMessage']);
    expect(await code({ text: 'Bonjour' })).toEqual([400, 'BadActivity']);
    expect(await code({ type: 'message', text: 7 })).toEqual([400, 'BadActivity']);
    expect(await code({ type: 'event' })).toEqual([400, 'BadActivity']);
    expect(await code([])).toEqual([400, 'BadActivity']);
    expect(await code({ type: 'message', entities: [{ type: 'Place', geo: { latitude: 200, longitude: 5 } }] })).toEqual([
      400,
      'BadActivity',
    ]);
    expect(
      await code({
        type: 'message',
        text: 'voyez',
        attachments: [{ contentType: 'image/png', contentUrl: 'https://evil.example/a.png' }],
      }),
    ).toEqual([400, 'AttachmentsNotUploaded']);
    expect((await code('{"type": "mess'))[0]).toBe(400);
  });

  test('a place goes in and comes back; NUL and halves of characters do not', async () => {
    const ana = await greeted();
    const place = { type: 'Place', geo: { type: 'GeoCoordinates', latitude: 48.1, longitude: 5.2, accuracy: 12 }, name: 'ici' };
    const body = { type: 'message', text: 'Là\0 \ud83d !', entities: [{ type: 'ClientCapabilities' }, place] };
    const { body: sent } = await asked(inside(ana, '/activities'), { token: ana.token, body });
    const echo = await until('the echo', async () => (await history(ana)).find((one) => one.id === sent.id));
    expect(echo).toMatchObject({ text: 'Là \ufffd !', entities: [place] });
    expect(echo.entities).toHaveLength(1);
  });
});

describe('the stream', () => {
  test('brings the greeting, the echo and the answer in order, and after a drop only what is new', async () => {
    const ana = await client.arrive('bellerive');
    const stream = await openStream(ana.streamUrl);
    await until('the greeting', () => stream.activities().some(fromBot));
    await client.say(ana, 'Bonjour', 'over-the-wire');
    const echo = await until('the echo', () =>
      stream.activities().find((one) => one.channelData?.clientActivityID === 'over-the-wire'),
    );
    await until('an answer', () => stream.activities().some((one) => one.replyToId === echo.id));
    const watermark = stream.watermark();
    stream.socket.terminate();

    await client.say(ana, 'Vous êtes là ?', 'while-away');
    const { body } = await asked(inside(ana, `?watermark=${watermark}`), { token: ana.token });
    expect(body).toMatchObject({ conversationId: ana.conversationId, token: expect.any(String), streamUrl: expect.any(String) });
    const again = await openStream(body.streamUrl);
    await until('an answer', () => again.activities().some(fromBot));
    const whole = [...stream.activities(), ...again.activities()].map((one) => one.id);
    expect(new Set(whole).size).toBe(whole.length);
    expect(whole).toEqual((await history(ana)).map((one) => one.id).slice(0, whole.length));
    expect(again.activities()[0]).toMatchObject({ text: 'Vous êtes là ?' });
    again.socket.close();
  });

  test('a restart of the town hall ends the stream and loses nothing', async () => {
    const ana = await client.arrive('bellerive');
    const stream = await openStream(ana.streamUrl);
    await until('the greeting', () => stream.activities().some(fromBot));
    await hall.restart();
    await stream.closed;
    const after = createClient(hall.url);
    expect((await after.read(ana, stream.watermark())).body).toEqual({ activities: [], watermark: stream.watermark() });
    await after.say(ana, 'Bonjour', 'after-restart');
    await until('an answer', async () => (await after.read(ana, stream.watermark())).body.activities.some(fromBot));
    client = after;
  });
});

describe('files', () => {
  const photo = () =>
    sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
      .withExif({ IFD0: { Copyright: 'secret-owner' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 0/1' } })
      .jpeg()
      .toBuffer();
  const part = (bytes: Uint8Array, type: string) => new Blob([new Uint8Array(bytes)], { type });

  test('photos come with their message, drawn afresh, and open by a signed address only', async () => {
    const ana = await greeted();
    const original = await photo();
    expect(original.includes('secret-owner')).toBe(true);
    const form = new FormData();
    const activity = {
      type: 'message',
      text: 'Voici le trou',
      from: { id: 'x' },
      channelData: { clientActivityID: 'photo-1', attachmentSizes: [1, 2] },
    };
    form.append('activity', part(Buffer.from(JSON.stringify(activity)), 'application/vnd.microsoft.activity'));
    form.append('file', part(original, 'image/jpeg'), 'C:\\Users\\ana\\trou <b>.JPG');
    form.append('file', part(Buffer.from('%PDF-1.7\nplan\n%%EOF'), 'text/html'), 'plan.html');
    const sent = await asked(inside(ana, '/upload?userId=x'), { token: ana.token, body: form });
    expect(sent.status).toBe(200);
    const echo = await until('the echo', async () => (await history(ana)).find((one) => one.id === sent.body.id));
    expect(echo).toMatchObject({ text: 'Voici le trou', channelData: { clientActivityID: 'photo-1' } });
    expect(echo.attachments).toEqual([
      {
        contentType: 'image/jpeg',
        name: 'trou b.jpg',
        thumbnailUrl: echo.attachments[0].contentUrl,
        contentUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/files\/[0-9a-f]{32}\?t=/),
      },
      { contentType: 'application/pdf', name: 'plan.pdf', contentUrl: expect.any(String) },
    ]);

    const [image, document] = await Promise.all(echo.attachments.map((one: { contentUrl: string }) => fetch(one.contentUrl)));
    const drawn = Buffer.from(await image.arrayBuffer());
    expect(await sharp(drawn).metadata()).toMatchObject({ format: 'jpeg', width: 60, height: 40 });
    expect(drawn.includes('secret-owner')).toBe(false);
    expect((await sharp(drawn).metadata()).exif).toBeUndefined();
    expect(image.headers.get('content-disposition')).toMatch(/^inline/);
    expect(document.headers.get('content-disposition')).toMatch(/^attachment; filename="plan.pdf"/);
    for (const answer of [image, document]) {
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    }
    const bare = echo.attachments[0].contentUrl.replace(/\?.*/, '');
    expect((await fetch(bare)).status).toBe(403);
    expect((await fetch(`${bare}?t=${ana.token}`)).status).toBe(403);
    await document.arrayBuffer();
  });

  test('a single file may be the whole body; a resend keeps one', async () => {
    const ana = await greeted();
    const body = new Uint8Array(await photo());
    const headers = { 'Content-Type': 'image/jpeg', 'Content-Disposition': 'name="file"; filename="nid de poule.jpg"' };
    const sent = await asked(inside(ana, '/upload'), { token: ana.token, body, headers });
    const echo = await until('the echo', async () => (await history(ana)).find((one) => one.id === sent.body.id));
    expect(echo.attachments).toEqual([expect.objectContaining({ name: 'nid de poule.jpg', contentType: 'image/jpeg' })]);

    const send = async () => {
      const form = new FormData();
      form.append(
        'activity',
        part(
          Buffer.from(JSON.stringify({ type: 'message', channelData: { clientActivityID: 'twice' } })),
          'application/vnd.microsoft.activity',
        ),
      );
      form.append('file', part(body, 'image/jpeg'), 'a.jpg');
      return (await asked(inside(ana, '/upload'), { token: ana.token, body: form })).body.id;
    };
    expect(await send()).toBe(await send());
    await until('the echo', async () => (await history(ana)).some((one) => one.channelData?.clientActivityID === 'twice'));
    expect((await history(ana)).filter((one) => one.channelData?.clientActivityID === 'twice')).toHaveLength(1);
  });
});
