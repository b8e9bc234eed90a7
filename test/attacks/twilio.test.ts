/**
 * Attacks 1 to 4 and 16 of protocols.md section 6 on the phone channels: forged webhooks, credentials
 * lured away, servers of our own network reached through a picture, replays and races.
 */
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import type { Received } from '../../src/channels/channel';
import { openPhoneDoor, type PhoneDoor, PUBLIC_URL, SMS } from '../support/phone-door';

const PHONE = '+33639980001';
const sid = (digit: string) => `SM${digit.repeat(32)}`;

/** Closed after each test, last opened first, also when it failed half-way. */
const opened: Array<{ close(): unknown }> = [];
function keep<T extends { close(): unknown }>(one: T): T {
  opened.push(one);
  return one;
}

let door: PhoneDoor;
beforeEach(async () => {
  door = keep(await openPhoneDoor({ twilio: { mediaLimits: { totalMs: 1500, retries: 0 } } }));
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

describe('1. forged webhooks', () => {
  const path = '/hooks/twilio/message';
  const params = () => ({
    AccountSid: door.carrier.accountSid,
    MessageSid: sid('a'),
    From: PHONE,
    To: SMS,
    Body: ' Bonjour ',
    NumMedia: '0',
  });
  const sign = (form: Record<string, string>, url = PUBLIC_URL + path, token = door.carrier.authToken) =>
    getExpectedTwilioSignature(token, url, form);

  async function post(form: Record<string, string> | string, headers: Record<string, string>, target = path): Promise<number> {
    const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
    const response = await fetch(door.url + target, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    return response.status;
  }
  const signed = (signature: string) => ({ 'x-twilio-signature': signature });
  const nothingWritten = () => {
    expect(door.received).toEqual([]);
    expect(door.receipts).toEqual([]);
  };

  test('the genuine one passes, so that the others fail for their own reason', async () => {
    expect(await post(params(), signed(sign(params())))).toBe(200);
    expect(door.received).toHaveLength(1);
  });

  test('unsigned, empty or garbled signatures', async () => {
    expect(await post(params(), {})).toBe(400);
    expect(await post(params(), signed(''))).toBe(400);
    for (const signature of ['AAAA', `${sign(params())}A`, sign(params()).toUpperCase(), '0'.repeat(100_00)])
      expect(await post(params(), signed(signature))).toBe(403);
    nothingWritten();
  });

  test('one parameter more, less, trimmed or changed', async () => {
    const genuine = params();
    const signature = signed(sign(genuine));
    const { Body: _, ...less } = genuine;
    for (const form of [
      { ...genuine, Extra: '1' },
      less,
      { ...genuine, Body: 'Bonjour' },
      { ...genuine, From: '+33639980002' },
    ]) {
      expect(await post(form, signature)).toBe(403);
    }
    expect(await post(`${new URLSearchParams(genuine)}&Body=x`, signature)).toBe(403);
    nothingWritten();
  });

  test('the signature of another address, host or token', async () => {
    const form = params();
    for (const url of [
      `${PUBLIC_URL}/hooks/twilio/status`,
      `https://attacker.example${path}`,
      `http://guichet.example${path}`,
      `${door.url}${path}`,
      `${PUBLIC_URL}${path}/`,
      `${PUBLIC_URL}${path}?x=1`,
    ]) {
      const { host } = new URL(url);
      const headers = {
        ...signed(sign(form, url)),
        'x-forwarded-host': host,
        'x-forwarded-proto': new URL(url).protocol.slice(0, -1),
      };
      expect(await post(form, headers)).toBe(403);
    }
    expect(await post(form, signed(sign(form, undefined, 'another token')))).toBe(403);
    expect(await post(form, signed(sign(form)), `${path}?bodySHA256=0`)).toBe(403);
    nothingWritten();
  });

  test('a receipt is not a message: its signature is its own', async () => {
    const form = { AccountSid: door.carrier.accountSid, MessageSid: sid('b'), MessageStatus: 'delivered' };
    const url = `${PUBLIC_URL}/hooks/twilio/status?oid=row%231`;
    expect(await post(form, signed(sign(form, url)), '/hooks/twilio/status?oid=row%232')).toBe(403);
    nothingWritten();
    expect(await post(form, signed(sign(form, url)), '/hooks/twilio/status?oid=row%231')).toBe(200);
    expect(door.receipts).toEqual([{ outboxId: 'row#1', providerId: sid('b'), status: 'delivered', isFinal: true }]);
  });

  test('another account with our token', async () => {
    for (const AccountSid of [`AC${'f'.repeat(32)}`, '', door.carrier.accountSid.toUpperCase()]) {
      const form = { ...params(), AccountSid };
      expect(await post(form, signed(sign(form)))).toBe(403);
    }
    const { AccountSid: _, ...without } = params();
    expect(await post(without, signed(sign(without as never)))).toBe(403);
    nothingWritten();
  });

  test('without a configured token nothing passes, not even what is signed with nothing', async () => {
    const carrier = door.carrier;
    const open = keep(await openPhoneDoor({ twilio: { authToken: '', accountSid: carrier.accountSid } }));
    const form = params();
    const response = await fetch(open.url + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: signed(sign(form, PUBLIC_URL + path, '')),
    });
    expect([response.status, open.received]).toEqual([500, []]);
  });

  test('signed nonsense is refused, not guessed at', async () => {
    for (const changes of [
      { MessageSid: 'SM1' },
      { MessageSid: '' },
      { From: '' },
      { To: '+33100000000' },
      { From: 'x'.repeat(201) },
    ]) {
      const form = { ...params(), ...changes };
      expect(await post(form, signed(sign(form)))).toBeGreaterThanOrEqual(400);
    }
    nothingWritten();
  });

  test('a body beyond the limit is not read', async () => {
    expect(await post({ ...params(), Body: 'x'.repeat(1024 * 1024) }, signed('x'))).toBe(413);
    nothingWritten();
  });

  test('GET is not a way in', async () => {
    const form = params();
    const query = new URLSearchParams(form);
    const response = await fetch(`${door.url}${path}?${query}`, { headers: signed(sign({}, `${PUBLIC_URL}${path}?${query}`)) });
    expect(response.status).toBeGreaterThanOrEqual(400);
    nothingWritten();
  });
});

function serve<T extends http.Server | https.Server>(server: T): T {
  keep({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return server;
}

/** A server of our own network that remembers who called. */
async function openBystander() {
  const calls: Array<{ url: string; authorization: string | undefined }> = [];
  let redirect: string | null = null;
  const server = http.createServer((request, response) => {
    calls.push({ url: request.url ?? '', authorization: request.headers.authorization });
    if (redirect) response.writeHead(302, { Location: redirect });
    response.end('secret of the inner network');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    calls,
    redirectTo(url: string) {
      redirect = url;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('2 and 3. a picture that is somewhere else', () => {
  const withMedia = (contentUrl: string): Received => ({
    id: 'whatsapp:MM1',
    town: 'valmont',
    channel: 'whatsapp',
    conversation: 'c',
    address: 'whatsapp:+33639980001',
    activity: {
      type: 'message',
      text: 'Voici',
      attachments: [{ contentType: 'image/png', contentUrl }],
      channelData: { mediaPending: true },
    },
  });
  const root = () => `/2010-04-01/Accounts/${door.carrier.accountSid}/Messages/MM1/Media/ME1`;
  const unavailable = async (url: string) => (await door.twilio.fetchMedia(withMedia(url))).attachments?.[0]?.content;

  test('our credentials go to no other host, however it is dressed up', async () => {
    const bystander = keep(await openBystander());
    const own = new URL(door.carrier.url);
    for (const url of [
      `http://127.0.0.1:${bystander.port}${root()}`,
      `http://localhost:${own.port}${root()}`,
      `http://${own.host}@127.0.0.1:${bystander.port}${root()}`,
      `http://x:y@${own.host}${root()}`,
      `https://${own.host}${root()}`,
      `http://api.twilio.com.evil.example${root()}`,
      `https://api.twilio.com@evil.example${root()}`,
      `https://api.twilio.com${root()}`,
      `http://169.254.169.254/latest/meta-data`,
      `http://[::1]:${bystander.port}${root()}`,
      `file:///etc/passwd`,
      `data:image/png;base64,AAAA`,
      '//evil.example/x',
      '',
    ]) {
      expect([url, await unavailable(url)]).toEqual([url, { unavailable: 'untrusted-address' }]);
    }
    expect(bystander.calls).toEqual([]);
  });

  test("another account's folder, and a way out of ours, are not asked for", async () => {
    for (const path of [
      root().replace(door.carrier.accountSid, `AC${'f'.repeat(32)}`),
      '/v1/Content',
      root().replace('/Messages', '/../../x'),
      '//evil.example/x',
    ]) {
      expect([path, await unavailable(door.carrier.url + path)]).toEqual([path, { unavailable: 'untrusted-address' }]);
    }
  });

  test('a redirect into our own network is not followed, however the address is written', async () => {
    const bystander = keep(await openBystander());
    const twilio = keep(await openBystander());
    const target = keep(
      await openPhoneDoor({
        twilio: {
          apiUrl: `http://127.0.0.1:${twilio.port}`,
          accountSid: door.carrier.accountSid,
          mediaLimits: { totalMs: 1500, retries: 0 },
          resolve: async () => ['8.8.8.8'],
        },
      }),
    );
    for (const to of [
      `http://127.0.0.1:${bystander.port}/`,
      `https://127.0.0.1:${bystander.port}/`,
      `https://2130706433:${bystander.port}/`,
      `https://0x7f.0.0.1:${bystander.port}/`,
      `https://0177.0.0.1:${bystander.port}/`,
      `https://127.1:${bystander.port}/`,
      `https://[::1]:${bystander.port}/`,
      `https://[::ffff:127.0.0.1]:${bystander.port}/`,
      `https://[::ffff:7f00:1]:${bystander.port}/`,
      'https://169.254.169.254/latest/meta-data',
      'https://10.0.0.1/',
      'http://example.com/',
      'ftp://example.com/',
      'https://[',
    ]) {
      twilio.redirectTo(to);
      const activity = await target.twilio.fetchMedia(withMedia(`http://127.0.0.1:${twilio.port}${root()}`));
      expect([to, activity.attachments?.[0]?.content]).toEqual([to, { unavailable: 'untrusted-address' }]);
      expect(activity.text).toBe('Voici');
    }
    expect(twilio.calls.every(({ authorization }) => authorization?.startsWith('Basic '))).toBe(true);
    expect(bystander.calls).toEqual([]);
  });

  test('going round in circles ends, and no hop but the first carries credentials', async () => {
    const twilio = keep(await openBystander());
    const target = keep(
      await openPhoneDoor({
        twilio: { apiUrl: `http://127.0.0.1:${twilio.port}`, accountSid: door.carrier.accountSid },
      }),
    );
    twilio.redirectTo(`http://127.0.0.1:${twilio.port}/again`);
    const activity = await target.twilio.fetchMedia(withMedia(`http://127.0.0.1:${twilio.port}${root()}`));
    expect(activity.attachments?.[0]?.content).toEqual({ unavailable: 'untrusted-address' });
    expect(twilio.calls.map(({ authorization }) => authorization !== undefined)).toEqual([true, false, false, false]);
  });

  test('a server that never ends, or never begins, is left after a while', async () => {
    const slow = serve(
      http.createServer((request, response) => {
        if (request.url?.endsWith('ME1')) response.write('x');
      }),
    );
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const { port } = slow.address() as AddressInfo;
    const target = keep(
      await openPhoneDoor({
        twilio: { apiUrl: `http://127.0.0.1:${port}`, accountSid: door.carrier.accountSid, mediaLimits: { totalMs: 300 } },
      }),
    );
    const startedAt = Date.now();
    const messages = [root(), root().replace('ME1', 'ME2')].map((path) => withMedia(`http://127.0.0.1:${port}${path}`));
    const activities = await Promise.all(messages.map((message) => target.twilio.fetchMedia(message)));
    expect(activities.map(({ attachments }) => attachments?.[0]?.content)).toEqual([
      { unavailable: 'no-answer' },
      { unavailable: 'no-answer' },
    ]);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });

  test('bytes without end or an honest length stop at the limit', async () => {
    let written = 0;
    const endless = serve(
      http.createServer((_request, response) => {
        const more = () => {
          written += 65536;
          if (!response.destroyed && response.write(Buffer.alloc(65536))) setImmediate(more);
          else response.once('drain', more);
        };
        more();
      }),
    );
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    const { port } = endless.address() as AddressInfo;
    const target = keep(
      await openPhoneDoor({
        twilio: { apiUrl: `http://127.0.0.1:${port}`, accountSid: door.carrier.accountSid, mediaLimits: { bytes: 1_000_000 } },
      }),
    );
    const activity = await target.twilio.fetchMedia(withMedia(`http://127.0.0.1:${port}${root()}`));
    expect(activity.attachments?.[0]?.content).toEqual({ unavailable: 'too-large' });
    expect(written).toBeLessThan(20_000_000);
  });
});

describe('4. a name that changes its mind', () => {
  test('public when asked, private when connected to: the connection goes to what was vetted', async () => {
    const inner = keep(await openBystander());
    const twilio = keep(await openBystander());
    const asked: string[] = [];
    const answers = [['192.0.2.1'], ['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::ffff:127.0.0.1']];
    const target = keep(
      await openPhoneDoor({
        twilio: {
          apiUrl: `http://127.0.0.1:${twilio.port}`,
          accountSid: door.carrier.accountSid,
          mediaLimits: { totalMs: 1000, retries: 0 },
          async resolve(name) {
            asked.push(name);
            return answers.shift() ?? ['127.0.0.1'];
          },
        },
      }),
    );
    twilio.redirectTo(`https://rebind.example:${inner.port}/`);
    const message: Received = {
      id: 'whatsapp:MM1',
      town: 'valmont',
      channel: 'whatsapp',
      conversation: 'c',
      address: 'whatsapp:+33639980001',
      activity: {
        type: 'message',
        attachments: [
          {
            contentType: 'image/png',
            contentUrl: `http://127.0.0.1:${twilio.port}/2010-04-01/Accounts/${door.carrier.accountSid}/Messages/MM1/Media/ME1`,
          },
        ],
        channelData: { mediaPending: true },
      },
    };
    for (let count = 0; count < 4; count += 1) {
      const activity = await target.twilio.fetchMedia(message);
      expect(activity.attachments?.[0]?.content).toEqual({ unavailable: 'untrusted-address' });
    }
    expect(asked).toEqual(Array(4).fill('rebind.example'));
    expect(inner.calls).toEqual([]);
  });

  test('one question only: the second answer, a private address, is never heard', async () => {
    // `localhost` is what the system would answer; the vetted answer is a public address nobody listens on here.
    const asked: string[] = [];
    const twilio = keep(await openBystander());
    const trap = serve(https.createServer({}, () => {}));
    let knocks = 0;
    trap.on('connection', () => {
      knocks += 1;
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const { port } = trap.address() as AddressInfo;
    const target = keep(
      await openPhoneDoor({
        twilio: {
          apiUrl: `http://127.0.0.1:${twilio.port}`,
          accountSid: door.carrier.accountSid,
          mediaLimits: { totalMs: 800, retries: 0 },
          async resolve(name) {
            asked.push(name);
            return ['8.8.8.8'];
          },
        },
      }),
    );
    twilio.redirectTo(`https://localhost:${port}/`);
    const contentUrl = `http://127.0.0.1:${twilio.port}/2010-04-01/Accounts/${door.carrier.accountSid}/Messages/MM1/Media/ME1`;
    const activity = await target.twilio.fetchMedia({
      id: 'whatsapp:MM1',
      town: 'valmont',
      channel: 'whatsapp',
      conversation: 'c',
      address: 'x',
      activity: { type: 'message', attachments: [{ contentType: 'image/png', contentUrl }], channelData: { mediaPending: true } },
    });
    expect(activity.attachments?.[0]?.content).toEqual({ unavailable: 'no-answer' });
    expect(asked).toEqual(['localhost']);
    expect(knocks).toBe(0);
  });
});

describe('16. replays and races', () => {
  test('one message a hundred times at once, and once more later, is one message', async () => {
    const phone = door.carrier.phone(PHONE);
    const sending = await phone.sends('Fuite d’eau');
    const again = await Promise.all(Array.from({ length: 100 }, () => sending.again()));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([200]));
    expect(door.received).toHaveLength(1);
    door.later(40 * 60_000);
    expect((await sending.again()).status).toBe(200);
    expect(door.received.map(({ id }) => id)).toEqual([`sms:${sending.sid}`]);
  });

  test('a receipt is no message, however often it comes', async () => {
    await door.deliver(door.outgoing(PHONE, 'Bonjour', 'row'));
    await door.carrier.idle();
    expect(door.received).toEqual([]);
    expect(door.receipts.map(({ status }) => status)).toEqual(['sent', 'delivered']);
  });

  test('messages that overtake each other keep their own ids, and none is lost', async () => {
    const phones = Array.from({ length: 20 }, (_, index) => door.carrier.phone(`+336399810${String(index).padStart(2, '0')}`));
    await Promise.all(phones.flatMap((phone) => ['a', 'b', 'c', 'd', 'e'].map((text) => phone.sends(text))));
    expect(door.received).toHaveLength(100);
    expect(new Set(door.received.map(({ id }) => id)).size).toBe(100);
    expect(new Set(door.received.map(({ conversation }) => conversation)).size).toBe(20);
  });
});
