/**
 * Attacks on the web channel, each after a real incident (protocols.md 6: cases 5 to 11, 14,
 * 15, 17): one citizen reaching for another's conversation, forged tokens, strange pages,
 * poisoned bodies and files that are not what they say.
 */
import { createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { type Client, createClient, openStream, streamStatus, type Visitor } from '../support/direct-line';
import { until } from '../support/until';
import { useCityHall } from '../support/use-city-hall';

let client: Client;
let ana: Visitor;
let eve: Visitor;

const { hall } = useCityHall();

beforeAll(async () => {
  client = createClient(hall.url);
  ana = await client.arrive('bellerive');
  eve = await client.arrive('bellerive');
  await until('the greetings', async () => (await heard(ana)).length > 0 && (await heard(eve)).length > 0);
  await client.say(ana, 'Mon adresse est 12 rue secrète');
});

// biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
const heard = async (who: Visitor): Promise<any[]> => (await client.read(who)).body.activities;

const part = (bytes: Uint8Array, type: string) => new Blob([new Uint8Array(bytes)], { type });

function upload(who: Visitor, bytes: Uint8Array, name: string, type: string, path = `/upload?userId=x`) {
  const form = new FormData();
  form.append('file', part(bytes, type), name);
  return client.ask(client.inside(who.conversationId, path), { token: who.token, body: form });
}

describe("another citizen's conversation (cases 6, 7, 10)", () => {
  test("is closed to every call with the token of one's own", async () => {
    const path = (rest: string) => client.inside(ana.conversationId, rest);
    const answers = await Promise.all([
      client.ask(path('/activities'), { token: eve.token }),
      client.ask(path('/activities?watermark=0'), { token: eve.token }),
      client.ask(path('/activities'), { token: eve.token, body: { type: 'message', text: 'je suis Ana' } }),
      client.ask(path(''), { token: eve.token }),
      client.ask(path('?watermark=0'), { token: eve.token }),
      upload(ana, await pixel(), 'a.png', 'image/png').then(() =>
        upload({ ...ana, token: eve.token }, Buffer.from('x'), 'a.png', 'image/png'),
      ),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(403);
      expect(JSON.stringify(body)).not.toContain('secrète');
    }
    expect((await heard(ana)).some((one) => one.text === 'je suis Ana')).toBe(false);
  });

  test('does not open by putting two ids in one address', async () => {
    for (const id of [
      `${eve.conversationId}%2F..%2F${ana.conversationId}`,
      `${eve.conversationId}%00${ana.conversationId}`,
      '..%2f..%2f',
      '%7B%22%24ne%22:null%7D',
    ]) {
      const { status } = await client.ask(client.inside(id, '/activities'), { token: eve.token });
      expect([id, status >= 400 && status < 500]).toEqual([id, true]);
    }
  });

  test("is not heard on a stream: not by its id, not with one's own ticket, not from a strange page", async () => {
    const streamOf = ({ streamUrl }: Visitor) => new URL(streamUrl);
    const ticket = streamOf(eve).searchParams.get('t');
    const address = (id: string, t: string | null) =>
      `${streamOf(eve).origin}/v3/directline/conversations/${id}/stream${t === null ? '' : `?t=${t}`}`;
    expect(await streamStatus(address(ana.conversationId, ticket))).toBe(403);
    expect(await streamStatus(address(ana.conversationId, eve.token))).toBe(403);
    expect(await streamStatus(address(ana.conversationId, null))).toBe(403);
    const { body } = await client.ask(client.inside(ana.conversationId), { token: ana.token });
    expect(await streamStatus(body.streamUrl, 'https://evil.example')).toBe(403);
    expect(await streamStatus(body.streamUrl, 'null')).toBe(403);
    expect(await streamStatus(body.streamUrl, hall.url)).toBe(101);
  });

  test('its stream brings its own lines only, whatever is sent up the wire', async () => {
    const { body } = await client.ask(client.inside(eve.conversationId, '?watermark='), { token: eve.token });
    const stream = await openStream(body.streamUrl);
    stream.socket.send(JSON.stringify({ subscribe: ana.conversationId, watermark: '0' }));
    await client.say(ana, 'toujours secrète');
    await client.say(eve, 'Bonjour', 'eve-1');
    await until('her own echo', () => stream.activities().some((one) => one.channelData?.clientActivityID === 'eve-1'));
    expect(new Set(stream.activities().map((one) => one.conversation.id))).toEqual(new Set([eve.conversationId]));
    stream.socket.close();
  });
});

describe('forged tokens', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('without a signature, with another key or with changed claims open nothing', async () => {
    const [header = '', claims = '', signature = ''] = eve.token.split('.');
    const meant = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), conv: ana.conversationId, exp: 9_999_999_999 };
    const signed = (head: object, key: string) => {
      const content = `${encode(head)}.${encode(meant)}`;
      return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
    };
    const forged = [
      `${encode({ alg: 'none', typ: 'JWT' })}.${encode(meant)}.`,
      `${encode({ alg: 'NONE' })}.${encode(meant)}.${signature}`,
      `${header}.${encode(meant)}.${signature}`,
      signed({ alg: 'HS256', typ: 'JWT' }, ''),
      signed({ alg: 'HS256', typ: 'JWT' }, 'secret'),
      signed({ alg: 'HS256', typ: 'JWT', kid: '../../../dev/null' }, ''),
      signed({ alg: 'HS256', jwk: { kty: 'oct', k: '' } }, ''),
      signed({ alg: 'RS256' }, 'secret'),
      'undefined',
      'null',
      '[object Object]',
    ];
    for (const token of forged) {
      const { status, body } = await client.ask(client.inside(ana.conversationId, '/activities'), { token });
      expect([token.slice(0, 40), status]).toEqual([token.slice(0, 40), status === 401 ? 401 : 403]);
      expect(body).not.toHaveProperty('activities');
    }
  });

  test('a ticket for a stream or a file is not a token, nor the other way round', async () => {
    const ticket = new URL(eve.streamUrl).searchParams.get('t') ?? '';
    expect((await client.read({ ...eve, token: ticket })).status).toBe(403);
    expect((await client.ask('/v3/directline/tokens/refresh', { method: 'POST', token: ticket })).status).toBe(403);
    const sent = await upload(eve, await pixel(), 'a.png', 'image/png');
    const echo = await until('the echo', async () => (await heard(eve)).find((one) => one.id === sent.body.id));
    const address = new URL(echo.attachments[0].contentUrl);
    expect((await client.read({ ...eve, token: address.searchParams.get('t') ?? '' })).status).toBe(403);
    for (const t of [eve.token, ticket, ''])
      expect((await fetch(`${address.origin}${address.pathname}?t=${t}`)).status).toBe(403);
    const other = `${address.origin}/files/${'0'.repeat(32)}${address.search}`;
    expect((await fetch(other)).status).toBe(403);
  });

  test('a user id cannot be chosen: not at the start, not in a message, not in an upload (case 14)', async () => {
    const { body } = await client.token('bellerive');
    await client.ask('/v3/directline/conversations', {
      token: body.token,
      body: { user: { id: 'dl_the-mayor', name: 'Le maire' } },
    });
    const mallory = { conversationId: body.conversationId, token: body.token, streamUrl: '' };
    await client.ask(client.inside(body.conversationId, '/activities'), {
      token: body.token,
      body: { type: 'message', text: 'Bonjour', from: { id: 'dl_the-mayor', name: 'Le maire', role: 'bot' } },
    });
    await upload(mallory, await pixel(), 'a.png', 'image/png', '/upload?userId=dl_the-mayor');
    const mine = await until('both', async () => {
      const said = (await heard(mallory)).filter((one) => one.from.role === 'user');
      return said.length === 2 ? said : null;
    });
    for (const one of mine)
      expect(one.from).toEqual({
        id: JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString()).user,
        role: 'user',
      });
  });
});

describe('poisoned requests (cases 5, 12, 15, 17)', () => {
  const post = (body: unknown, headers = {}) =>
    client.ask(client.inside(eve.conversationId, '/activities'), {
      token: eve.token,
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
    });

  test('operators where a text belongs, and names a database or JavaScript could act on, are refused', async () => {
    for (const body of [
      { type: { $ne: null }, text: 'x' },
      { type: 'message', text: { $gt: '' } },
      { type: 'message', text: 'x', value: { $where: 'sleep(5000)' } },
      { type: 'message', value: { a: [{ b: { $ne: 1 } }] } },
      { type: 'message', text: 'x', channelData: { clientActivityID: { $ne: null } } },
      '{"type":"message","value":{"__proto__":{"isAdmin":true}}}',
      '{"type":"message","value":{"constructor":{"prototype":{"isAdmin":true}}}}',
      { type: 'message', value: Array.from({ length: 40 }).reduce((inner) => ({ inner }), 'x') },
      { type: 'message', value: { _bsontype: 'ObjectId' } },
      { type: 'message', value: [{ 'a.b': 1 }] },
      { type: 'message', value: { 'a\0': 1 } },
    ]) {
      const { status, body: answer } = await post(body);
      expect([JSON.stringify(body).slice(0, 60), status, answer.error.code]).toEqual([
        JSON.stringify(body).slice(0, 60),
        400,
        'BadActivity',
      ]);
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    for (const query of ['watermark[$gt]=0', 'watermark=%7B%22%24gt%22%3A0%7D', 'watermark=1e9', 'watermark=%00']) {
      const { status, body } = await client.ask(client.inside(eve.conversationId, `/activities?${query}`), { token: eve.token });
      // A name that is not ours is no watermark at all, which reads one's own conversation from the start.
      expect([query, status]).toEqual([query, query.startsWith('watermark=') ? 400 : 200]);
      if (status === 200)
        expect(body.activities.every((one: { conversation: { id: string } }) => one.conversation.id === eve.conversationId)).toBe(
          true,
        );
    }
    for (const body of [{ user: { id: { $ne: null } } }, { user: 'dl_x' }, { town: { $ne: '' } }]) {
      expect((await client.ask('/v3/directline/conversations', { token: eve.token, body })).status).toBe(400);
    }
  });

  test('a body of a megabyte, a body that never was JSON and a nest of brackets are turned away, and the house still answers', async () => {
    expect((await post({ type: 'message', text: 'x'.repeat(1024 * 1024) })).status).toBe(413);
    expect((await post('not json')).status).toBe(400);
    expect((await post(`{"type":"message","value":${'['.repeat(60_000)}${']'.repeat(60_000)}}`)).status).toBe(400);
    const asked = Date.now();
    expect((await client.read(eve)).status).toBe(200);
    expect(Date.now() - asked).toBeLessThan(5000);
  });

  test('free fields have room for what clients say in them, and no more: every reading would carry it', async () => {
    const large = 'x'.repeat(5000);
    for (const body of [
      { type: 'message', value: large },
      { type: 'message', value: { of: large } },
      { type: 'message', value: Array(1500).fill(1000) },
      { type: 'message', text: 'x', channelData: { large } },
      { type: 'message', text: 'x', entities: Array(50).fill({ type: 'Place', name: 'x'.repeat(100) }) },
      { type: 'message', text: 'x', attachments: [{ contentType: 'text/plain', content: large }] },
    ]) {
      const { status, body: answer } = await post(body);
      expect([Object.keys(body).at(-1), status, answer.error.message]).toEqual([
        Object.keys(body).at(-1),
        400,
        expect.stringContaining('4096 bytes'),
      ]);
    }
    expect((await post({ type: 'message', value: Array(2500).fill(0) })).status).toBe(400);
    expect((await post({ type: 'message', value: { of: 'x'.repeat(3900) } })).status).toBe(200);
  });

  test('a script in words, names and buttons comes back as the words it is', async () => {
    const text = '<img src=x onerror=alert(1)> [clic](javascript:alert(1))';
    const { body } = await post({ type: 'message', text, textFormat: 'xml', name: '<b>' });
    const echo = await until('the echo', async () => (await heard(eve)).find((one) => one.id === body.id));
    expect([echo.text, echo.textFormat]).toEqual([text, 'plain']);
  });

  test("a file cannot be claimed by its address: neither another's nor one elsewhere", async () => {
    const sent = await upload(ana, await pixel(), 'a.png', 'image/png');
    const echo = await until('the echo', async () => (await heard(ana)).find((one) => one.id === sent.body.id));
    const address = new URL(echo.attachments[0].contentUrl).pathname;
    for (const contentUrl of [
      address,
      `${hall.url}${address}`,
      'http://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
      'javascript:alert(1)',
    ]) {
      const attachments = [{ contentType: 'image/png', contentUrl }];
      expect((await post({ type: 'message', text: 'voyez', attachments })).body.error.code).toBe('AttachmentsNotUploaded');
    }
    // Beside a file of one's own the activity's list counts for nothing.
    const form = new FormData();
    const claim = {
      type: 'message',
      attachments: [{ contentType: 'image/png', contentUrl: address }],
      channelData: { clientActivityID: 'claim' },
    };
    form.append('activity', part(Buffer.from(JSON.stringify(claim)), 'application/vnd.microsoft.activity'));
    form.append('file', part(await pixel(), 'image/png'), 'mine.png');
    const mine = await client.ask(client.inside(eve.conversationId, '/upload'), { token: eve.token, body: form });
    const mineEcho = await until('the echo', async () => (await heard(eve)).find((one) => one.id === mine.body.id));
    expect(mineEcho.attachments).toHaveLength(1);
    expect(new URL(mineEcho.attachments[0].contentUrl).pathname).not.toBe(address);
  });
});

describe('files that are not what they say (cases 9, 11, 17)', () => {
  const stored = () =>
    readdirSync(join(hall.dataDir, 'files'), { recursive: true }).filter((name) => /[0-9a-f]{32}$/.test(String(name))).length;

  test('pages, drawings with scripts, programs, archives and HEIC photos are refused by content, whatever they are called', async () => {
    const before = stored();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const cases: Array<[string, Buffer, string, number, string]> = [
      ['photo.png', Buffer.from(svg), 'image/png', 415, 'FileNotAllowed'],
      ['photo.jpg', Buffer.from('<html><script>alert(1)</script></html>'), 'image/jpeg', 415, 'FileNotAllowed'],
      ['plan.pdf', Buffer.from('MZ\x90\x00'.padEnd(200, '\0'), 'latin1'), 'application/pdf', 415, 'FileNotAllowed'],
      ['plan.pdf', Buffer.from('PK\x03\x04'.padEnd(200, '\0'), 'latin1'), 'application/pdf', 415, 'FileNotAllowed'],
      ['IMG_1.HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'image/heic', 415, 'FileHeic'],
      ['vide.jpg', Buffer.alloc(0), 'image/jpeg', 400, 'FileEmpty'],
      ['page.gif', Buffer.from('GIF89a/*<script>alert(1)</script>*/=1;'), 'image/gif', 400, 'FileDamaged'],
    ];
    for (const [name, bytes, type, status, code] of cases) {
      const reply = await upload(eve, bytes, name, type);
      expect([name, reply.status, reply.body.error.code]).toEqual([name, status, code]);
    }
    expect(stored()).toBe(before);
  });

  test('a page hidden behind a picture is gone from what is kept', async () => {
    const polyglot = Buffer.concat([
      await sharp(await pixel())
        .jpeg()
        .toBuffer(),
      Buffer.from('<script>alert("polyglot")</script>'),
    ]);
    const sent = await upload(eve, polyglot, 'photo.html', 'text/html');
    const echo = await until('the echo', async () => (await heard(eve)).find((one) => one.id === sent.body.id));
    expect(echo.attachments[0]).toMatchObject({ contentType: 'image/jpeg', name: 'photo.jpg' });
    const answer = await fetch(echo.attachments[0].contentUrl);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await answer.arrayBuffer()).includes('polyglot')).toBe(false);
  });

  test('a small file that unfolds into a sea of pixels is refused before it does', async () => {
    const bomb = pixelBomb(12_000, 12_000);
    expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
    const asked = Date.now();
    const { status, body } = await upload(eve, bomb, 'bombe.png', 'image/png');
    expect([status, body.error.code]).toEqual([413, 'FileTooManyPixels']);
    expect(Date.now() - asked).toBeLessThan(10_000);
  });

  test('too large, too many and half an upload leave nothing behind', async () => {
    const before = stored();
    const large = Buffer.alloc(10 * 1024 * 1024 + 1);
    large.set(
      await sharp(await pixel())
        .jpeg()
        .toBuffer(),
    );
    const tooLarge = await upload(eve, large, 'grand.jpg', 'image/jpeg');
    expect([tooLarge.status, tooLarge.body.error.code]).toEqual([413, 'FileTooLarge']);

    const six = new FormData();
    for (let n = 0; n < 6; n += 1) six.append('file', part(await pixel(), 'image/png'), `${n}.png`);
    const tooMany = await client.ask(client.inside(eve.conversationId, '/upload'), { token: eve.token, body: six });
    expect([tooMany.status, tooMany.body.error.code]).toEqual([413, 'TooManyFiles']);

    const mixed = new FormData();
    mixed.append('file', part(await pixel(), 'image/png'), 'bon.png');
    mixed.append('file', part(Buffer.from('<html>'), 'image/png'), 'mauvais.png');
    expect((await client.ask(client.inside(eve.conversationId, '/upload'), { token: eve.token, body: mixed })).status).toBe(415);

    const headers = { 'Content-Type': 'multipart/form-data; boundary=abc' };
    for (const body of [
      '--abc\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nhalf',
      'rubbish',
      '--abc--',
    ]) {
      const { status } = await client.ask(client.inside(eve.conversationId, '/upload'), { token: eve.token, body, headers });
      expect([body.slice(0, 10), status]).toEqual([body.slice(0, 10), 400]);
    }
    const broken = { 'Content-Type': 'multipart/form-data' };
    expect(
      (await client.ask(client.inside(eve.conversationId, '/upload'), { token: eve.token, body: 'x', headers: broken })).status,
    ).toBe(400);
    expect(stored()).toBe(before);
  });

  test('names climb nowhere and break no header', async () => {
    const names = [
      '../../../etc/passwd.png',
      '..\\..\\boot.png',
      'a"\r\nSet-Cookie: x=1.png',
      '\u202egnp.exe',
      `${'é'.repeat(300)}.png`,
      '.png',
    ];
    const ben = await client.arrive('bellerive');
    for (const name of names) {
      const sent = await upload(ben, await pixel(), name, 'image/png');
      const echo = await until('the echo', async () => (await heard(ben)).find((one) => one.id === sent.body.id));
      expect(echo.attachments[0].name).toMatch(/^[^/\\"\p{C}]{1,84}\.png$/u);
      const answer = await fetch(echo.attachments[0].contentUrl);
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
      await answer.arrayBuffer();
    }
    expect((await client.ask(`/files/..%2f..%2fdemo-secrets.json?t=x`)).status).toBe(403);
  });
});

function pixel(): Promise<Buffer> {
  return sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
}

/** A PNG of one grey, whose header is honest about a size no telephone has. */
function pixelBomb(width: number, height: number): Buffer {
  const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const crc = (bytes: Buffer) =>
    (bytes.reduce((c, byte) => table[(c ^ byte) & 0xff]! ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
  const chunk = (name: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(name), data]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length, 0);
    around.writeUInt32BE(crc(named), 4);
    return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
