/**
 * Teams and the other Azure channels at their edges: who is believed, what is heard, where replies
 * go and what becomes of them. Tokens, keys, login and connector are real ones on this machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBotFramework } from '../../src/channels/botframework';
import { createServiceUrls, USUAL_SERVICE_URLS } from '../../src/channels/botframework/service-urls';
import type { Bot } from '../../src/domain/decision';
import type { Delivery } from '../../src/domain/message/courier';
import { createMailroom } from '../../src/mailroom';
import { openDatabase } from '../../src/store';
import { createStore } from '../../src/store/store';
import { APP_ID, APP_PASSWORD, openStranger, TENANT } from '../support/botframework-cloud';
import { openBotDoor } from '../support/botframework-door';
import { createLastLook } from '../support/last-look';
import { until } from '../support/until';

const MINUTE = 60 * 1000;
/** Nobody else has the message. */
const ours = () => true;
const endings: Array<() => Promise<void>> = [];

async function open(changes?: Parameters<typeof openBotDoor>[0]) {
  const door = await openBotDoor(changes);
  endings.push(door.close);
  return door;
}

let printed: jest.SpyInstance;
beforeEach(() => {
  printed = jest.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(async () => {
  // By itself the SDK prints its keys, or a stack trace, for each token it refuses.
  expect(printed).not.toHaveBeenCalled();
  jest.restoreAllMocks();
  for (const end of endings.splice(0).reverse()) await end();
});

describe('who is believed', () => {
  test('a message signed by the Bot Framework for us is handed on, once, however often it is sent', async () => {
    const door = await open();
    const answers = await Promise.all(Array.from({ length: 5 }, () => door.send(door.activity())));
    expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(5).fill([200, '']));
    expect(door.received).toHaveLength(1);
    expect(door.received[0]).toMatchObject({
      id: expect.stringMatching(/^botframework:[0-9a-f]{32}:1700000000001$/),
      town: 'valmont',
      channel: 'botframework',
      conversation: expect.stringMatching(/^botframework-[0-9a-f]{32}$/),
      activity: { type: 'message', text: 'Bonjour', textFormat: 'plain', locale: 'fr-FR', from: { id: '29:ana', role: 'user' } },
    });
  });

  test('without a right token nothing is heard', async () => {
    const door = await open();
    const now = Math.floor(Date.now() / 1000);
    const right = door.cloud.mint();
    const tampered = right.replace(/\.([^.]+)\./, (_, body: string) => {
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
      return `.${Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 1 })).toString('base64url')}.`;
    });
    const headers = [
      null,
      '',
      'Bearer',
      'Bearer ',
      right,
      `Basic ${right}`,
      `Bearer ${right} x`,
      'Bearer a.b.c',
      `Bearer ${tampered}`,
    ];
    for (const header of headers) {
      expect([header, (await door.send(door.activity(), header)).status]).toEqual([header, 401]);
    }
    const tokens = {
      expired: { claims: { exp: now - 6 * 60 } },
      'not yet valid': { claims: { nbf: now + 10 * 60 } },
      'for another bot': { claims: { aud: '22222222-2222-4333-8444-555555555555' } },
      'for several bots': { claims: { aud: [APP_ID, 'other'] } },
      'by another issuer': { claims: { iss: 'https://evil.example' } },
      'without issuer': { claims: { iss: undefined } },
      'for another service': { claims: { serviceurl: 'https://smba.trafficmanager.net/emea/' } },
      'for no service': { claims: { serviceurl: undefined } },
      unsigned: { algorithm: 'none' },
      'signed with the public key as a secret': { algorithm: 'HS256', key: door.cloud.publicPem },
      'signed by a stranger': { key: door.cloud.strangersKey },
      'signed with an unknown key': { keyId: 'unknown' },
    } as const;
    for (const [what, options] of Object.entries(tokens)) {
      expect([what, await door.withToken(options as never)]).toEqual([what, 401]);
    }
    // Five minutes of a clock that is late are forgiven; that the list above fails for its own reasons is shown by this one.
    expect(await door.withToken({ claims: { exp: now - 60 } })).toBe(200);
    expect(door.received).toHaveLength(1);
    expect(JSON.stringify(door.logged)).not.toMatch(/Bonjour|Ana|29:/);
  });

  test('a key that is good for Teams does not speak for another channel', async () => {
    const door = await open();
    const authorization = `Bearer ${door.cloud.mint({ keyId: 'teams-only', key: door.cloud.teamsOnlyKey })}`;
    expect((await door.send(door.activity({ channelId: 'webchat' }), authorization)).status).toBe(401);
    expect((await door.send(door.activity(), authorization)).status).toBe(200);
  });

  test("a token that the SDK would take for the emulator's, another bot's or the edge channel's is refused", async () => {
    const door = await open();
    const iss = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';
    expect(await door.withToken({ claims: { iss, ver: '1.0', appid: APP_ID } })).toBe(401);
    expect(await door.withToken({ claims: { iss, ver: '1.0', appid: 'a-skill' } })).toBe(401);
    const edge = door.activity({ channelId: 'AseChannel' });
    expect((await door.send(edge, `Bearer ${door.cloud.mint({ claims: { iss, ver: '1.0', appid: APP_ID } })}`)).status).toBe(401);
    expect(door.received).toEqual([]);
  });

  test('while the keys cannot be had nobody is believed, and everybody may come again', async () => {
    const door = await open({ verifyTimeoutMs: 300 });
    for (const state of ['down', 'silent'] as const) {
      door.cloud.setLogin(state);
      const refused = await door.send(door.activity());
      expect([refused.status, refused.code, refused.headers.get('retry-after')]).toEqual([503, 'KeysUnreachable', '1']);
    }
    expect(door.received).toEqual([]);
    door.cloud.setLogin('up');
    expect((await door.send(door.activity())).status).toBe(200);
  });

  test('it is not made without an app id, a password, a town or readable service URLs', async () => {
    const { parts } = await open();
    expect(() => createBotFramework({ ...parts, appId: '' })).toThrow(/app id/);
    expect(() => createBotFramework({ ...parts, appPassword: '' })).toThrow(/password/);
    expect(() => createBotFramework({ ...parts, town: 'nowhere' })).toThrow(/"nowhere"/);
    for (const origin of [
      'http://smba.trafficmanager.net',
      'https://smba.trafficmanager.net/emea',
      'https://*.com',
      '*',
      'smba',
    ]) {
      expect(() => createBotFramework({ ...parts, allowedServiceUrls: [origin] })).toThrow(/no service URL/);
    }
  });
});

describe('what is heard', () => {
  test('a serviceUrl that is not on the list is refused though it is signed, and nothing is written or posted', async () => {
    const stranger = await openStranger();
    const door = await open();
    for (const serviceUrl of [
      `${stranger.url}/`,
      `${door.cloud.connectorOrigin}.evil.example/`,
      door.cloud.connectorOrigin.replace('//', '//user:pass@'),
      'ftp://127.0.0.1/',
      'nowhere',
    ]) {
      const answer = await door.send(
        door.activity({ serviceUrl }),
        `Bearer ${door.cloud.mint({ claims: { serviceurl: serviceUrl } })}`,
      );
      expect([serviceUrl, answer.status, answer.code]).toEqual([serviceUrl, 403, 'ServiceUrlNotAllowed']);
    }
    expect(door.received).toEqual([]);
    expect(stranger.visits).toEqual([]);
    await stranger.close();
  });

  test("the usual list holds Azure's own names and nothing that looks like them", () => {
    const isAllowed = createServiceUrls(USUAL_SERVICE_URLS);
    const places = {
      'https://smba.trafficmanager.net/emea/': true,
      'https://webchat.botframework.com/': true,
      'https://europe.directline.botframework.com': true,
      'https://SMBA.TrafficManager.net/': true,
      'https://evil.trafficmanager.net/': false,
      'https://x.smba.trafficmanager.net/': false,
      'https://botframework.com.evil.example/': false,
      'https://evilbotframework.com/': false,
      'https://botframework.com@evil.example/': false,
      'https://webchat.botframework.com:8443/': false,
      'http://webchat.botframework.com/': false,
      'https://webchat.botframework.com./': false,
    };
    expect(Object.fromEntries(Object.keys(places).map((url) => [url, isAllowed(url)]))).toEqual(places);
  });

  test('what is not an activity is refused by name; another method too', async () => {
    const door = await open();
    const faults: Array<[Record<string, unknown>, string]> = [
      [{ type: undefined }, 'type'],
      [{ type: 7 }, 'type'],
      [{ type: '' }, 'type'],
      [{ serviceUrl: undefined }, 'serviceUrl'],
      [{ channelId: undefined }, 'channelId'],
      [{ conversation: undefined }, 'conversation'],
      [{ conversation: { id: { $ne: null } } }, 'conversation.id'],
      [{ from: {} }, 'from.id'],
      [{ recipient: undefined }, 'recipient'],
      [{ text: { $ne: '' } }, 'text'],
      [{ id: undefined }, 'id'],
      [{ attachments: 'none' }, 'attachments'],
    ];
    for (const [changed, field] of faults) {
      const answer = await door.send(door.activity(changed));
      expect([changed, answer.status, answer.code]).toEqual([changed, 400, 'BadActivity']);
      expect(answer.text).toContain(field);
    }
    for (const body of ['[]', 'null', '"message"', '{']) expect([body, (await door.send(body)).status]).toEqual([body, 400]);
    expect((await fetch(door.url)).status).toBe(405);
    expect((await fetch(door.url, { method: 'PUT', body: '{}' })).status).toBe(405);
    expect(door.received).toEqual([]);
  });

  test('other kinds of activity are acknowledged and put aside, groups too; what waits for an answer is told no', async () => {
    const door = await open();
    for (const type of [
      'typing',
      'event',
      'messageReaction',
      'installationUpdate',
      'endOfConversation',
      'handoff',
      'somethingNew',
    ]) {
      expect([type, (await door.send({ ...door.activity({ type }), from: undefined })).status]).toEqual([type, 200]);
    }
    for (const conversation of [{ isGroup: true }, { conversationType: 'groupChat' }, { conversationType: 'channel' }]) {
      expect((await door.send(door.activity({ conversation: { id: 'c', ...conversation } }))).status).toBe(200);
    }
    expect((await door.send(door.activity({ from: { id: '28:bot' } }))).status).toBe(200);
    expect((await door.send(door.activity({ type: 'invoke', name: 'adaptiveCard/action' }))).status).toBe(501);
    expect((await door.send(door.activity({ deliveryMode: 'expectReplies' }))).status).toBe(501);
    expect(door.received).toEqual([]);
  });

  test('an arrival is heard once: of a citizen, or in Teams of the bot that a citizen has added', async () => {
    const door = await open();
    const arrives = (id: string, membersAdded: unknown, more: object = {}) =>
      door.send(door.activity({ type: 'conversationUpdate', text: undefined, conversation: { id }, membersAdded, ...more }));
    await arrives('one', [{ id: '28:bot' }], { channelId: 'webchat' });
    await arrives('one', undefined);
    await arrives('one', [], { membersRemoved: [{ id: '29:ana' }] });
    expect(door.received).toEqual([]);
    await arrives('one', [{ id: '28:bot' }, { id: 'dl_ana' }], { channelId: 'webchat', id: undefined });
    await arrives('one', [{ id: 'dl_ana' }], { channelId: 'webchat', id: 'again' });
    await arrives('two', [{ id: '28:bot' }]);
    expect(door.received.map(({ id, activity }) => [id.split(':').at(-1), activity.type, activity.from?.id])).toEqual([
      ['start', 'conversationUpdate', 'dl_ana'],
      ['start', 'conversationUpdate', '29:ana'],
    ]);
  });

  test('the same id in two chats is two messages; the same citizen keeps their address', async () => {
    const door = await open();
    await door.send(door.activity());
    await door.send(door.activity({ from: { id: '29:ben' }, conversation: { id: 'a:chat-of-ben' } }));
    await door.send(door.activity({ id: '1700000000002', locale: 'en-GB', from: { id: '29:ana', name: 'A. Moreau' } }));
    await door.send(door.activity({ id: 'start' }));
    const [ana, ben, anaAgain, named] = door.received;
    expect(ben!.id).not.toBe(ana!.id);
    expect(ben!.conversation).not.toBe(ana!.conversation);
    expect([anaAgain!.conversation, anaAgain!.address]).toEqual([ana!.conversation, ana!.address]);
    expect(named!.id).not.toMatch(/:start$/);
    expect(ana!.address).toMatch(/^[\w-]+$/);
  });

  test('only what the house knows goes on: no marks of ours, no files, no markup of an XML text, places as pins', async () => {
    const door = await open();
    await door.send(
      door.activity({
        text: '<at>Mairie</at> Un trou &lt;profond&gt;<br/>rue Hugo &amp; place\u0000 \ud800Nord',
        textFormat: 'xml',
        channelData: { confirmsOptOut: true, mediaPending: true, optOut: 'stop' },
        value: { $ne: 1 },
        suggestedActions: { actions: [] },
        attachments: [
          { contentType: 'text/html', content: '<p>Un trou</p>' },
          { contentType: 'image/png', contentUrl: 'https://smba.trafficmanager.net/secret', name: 'trou.png' },
        ],
        entities: [
          { type: 'clientInfo', locale: 'fr-FR' },
          { type: 'Place', geo: { type: 'GeoCoordinates', latitude: 45.1, longitude: 5.7 }, name: 'ici' },
          { type: 'Place', geo: { latitude: 400, longitude: 5.7 } },
        ],
      }),
    );
    const { activity } = door.received[0]!;
    expect(activity).toEqual({
      type: 'message',
      id: door.received[0]!.id,
      timestamp: expect.stringMatching(/Z$/),
      channelId: 'botframework',
      conversation: { id: door.received[0]!.conversation },
      from: { id: '29:ana', role: 'user', name: 'Ana Moreau' },
      recipient: { id: '28:bot' },
      locale: 'fr-FR',
      textFormat: 'plain',
      text: 'Mairie Un trou <profond>\nrue Hugo & place \ufffdNord',
      attachments: [{ contentType: 'image/png', name: 'trou.png', content: { unavailable: 'not-fetched' } }],
      entities: [{ type: 'Place', geo: { type: 'GeoCoordinates', latitude: 45.1, longitude: 5.7 }, name: 'ici' }],
    });
    await door.send(door.activity({ id: 'plain', text: 'a <b> & &amp; c', locale: null, attachments: null }));
    expect(door.received[1]!.activity.text).toBe('a <b> & &amp; c');
    await door.send(door.activity({ id: 'long', text: 'x'.repeat(50_000) }));
    expect(door.received[2]!.activity.text).toHaveLength(10_000);
  });

  test('200 means written down: while the database is away the answer is 503, and the same message is new later', async () => {
    const door = await open();
    door.storeAway(true);
    const refused = await door.send(door.activity());
    expect([refused.status, refused.code, refused.headers.get('retry-after')]).toEqual([503, 'NotWrittenDown', '1']);
    expect(refused.text).not.toContain('database');
    door.storeAway(false);
    expect((await door.send(door.activity())).status).toBe(200);
    expect(door.received).toHaveLength(1);
  });
});

describe('where replies go', () => {
  test('a reply is posted to the chat it belongs to, with a token of ours, as plain text', async () => {
    const door = await open();
    const address = await door.addressOf();
    const text = '**Horaires** : [le site](https://valmont.example)';
    const delivery = await door.channel.courier!.deliver(
      door.outgoing(address, { text, textFormat: 'markdown', channelData: { why: 'x' } }),
      ours,
    );
    expect(delivery).toEqual({ outcome: 'sent', providerId: 'shown-1' });
    const { path, method, headers, body } = door.cloud.posts[0]!;
    expect([method, path]).toEqual(['POST', '/amer/v3/conversations/a%3Achat-of-ana/activities']);
    expect(headers.authorization).toBe('Bearer granted-1');
    expect(body).toMatchObject({
      type: 'message',
      text: 'Horaires : le site : https://valmont.example',
      textFormat: 'plain',
      locale: 'fr',
      channelId: 'msteams',
      conversation: { id: 'a:chat-of-ana' },
      from: { id: '28:bot' },
      recipient: { id: '29:ana' },
    });
    for (const ours of ['channelData', 'replyToId', 'id']) expect(body).not.toHaveProperty(ours);
    expect(door.cloud.tokensAsked).toEqual([
      {
        path: `/${TENANT}/oauth2/v2.0/token`,
        form: {
          grant_type: 'client_credentials',
          client_id: APP_ID,
          client_secret: APP_PASSWORD,
          scope: 'https://api.botframework.com/.default',
        },
      },
    ]);
  });

  test('choices are buttons where the channel shows that many, numbered lines elsewhere', async () => {
    const door = await open();
    const offer = (count: number) => ({
      text: 'Que voulez-vous ?',
      suggestedActions: {
        actions: Array.from({ length: count }, (_, n) => ({
          type: 'imBack' as const,
          title: `Choix ${n + 1}`,
          value: `choix-${n + 1}`,
        })),
      },
    });
    const shown = async (channelId: string, count: number) => {
      const address = await door.addressOf({ channelId, id: `${channelId}${count}` });
      await door.channel.courier!.deliver(door.outgoing(address, offer(count)), ours);
      const { text, suggestedActions } = door.cloud.posts.at(-1)!.body as {
        text: string;
        suggestedActions?: { actions: unknown[] };
      };
      return [text, suggestedActions?.actions.length ?? 0];
    };
    const numbered = (count: number) =>
      ['Que voulez-vous ?', ...Array.from({ length: count }, (_, n) => `${n + 1}. Choix ${n + 1}`)].join('\n');
    expect(await shown('msteams', 3)).toEqual(['Que voulez-vous ?', 3]);
    expect(await shown('msteams', 4)).toEqual([numbered(4), 0]);
    expect(await shown('webchat', 9)).toEqual(['Que voulez-vous ?', 9]);
    expect(await shown('email', 2)).toEqual([numbered(2), 0]);
  });

  test('what is not ours any more once the token is there is given back unsent', async () => {
    const door = await open();
    const address = await door.addressOf();
    const look = createLastLook(door.cloud.serviceUrl);
    const delivery = await door.channel.courier!.deliver(door.outgoing(address, 'Bonjour'), look.isOurs);
    expect(look.stood).toEqual([true]);
    expect(delivery).toEqual({ outcome: 'later', reason: 'lease-over', isUntried: true });
    expect([door.cloud.posts.length, door.cloud.tokensAsked.length]).toEqual([0, 1]);
  });

  test('an address that is not ours, or whose place has left the list, is written to by nobody', async () => {
    const door = await open();
    const address = await door.addressOf();
    const made = (reference: object) => Buffer.from(JSON.stringify(reference)).toString('base64url');
    const right = JSON.parse(Buffer.from(address, 'base64url').toString());
    for (const bad of ['', 'x', '+33600000000', made({}), made({ ...right, user: 7 }), made([])]) {
      expect(await door.channel.courier!.deliver(door.outgoing(bad, 'Bonjour'), ours)).toEqual({
        outcome: 'never',
        reason: 'bad-address',
      });
    }
    const later = createBotFramework({ ...door.parts, allowedServiceUrls: USUAL_SERVICE_URLS });
    expect(await later.channel.courier!.deliver(door.outgoing(address, 'Bonjour'), ours)).toEqual({
      outcome: 'never',
      reason: 'service-url-not-allowed',
    });
    expect(await door.channel.courier!.deliver(door.outgoing(address, '  '), ours)).toEqual({
      outcome: 'never',
      reason: 'nothing-to-say',
    });
    expect([door.cloud.posts, door.cloud.tokensAsked]).toEqual([[], []]);
  });

  test('a redirect is not followed, so neither words nor token reach another place', async () => {
    const stranger = await openStranger();
    const door = await open();
    const address = await door.addressOf();
    for (const status of [302, 307, 308]) {
      door.cloud.answerWith({ status, headers: { Location: `${stranger.url}/v3/conversations` } });
      expect(await door.channel.courier!.deliver(door.outgoing(address, 'Bonjour'), ours)).toEqual({
        outcome: 'never',
        reason: `http-${status}`,
      });
    }
    expect(stranger.visits).toEqual([]);
    await stranger.close();
  });

  test('each answer of the connector has its outcome, and nothing is posted twice by itself', async () => {
    const door = await open();
    const address = await door.addressOf();
    const soon = new Date(Date.now() + 90_000).toUTCString();
    const outcomes: Array<[Parameters<typeof door.cloud.answerWith>[0], unknown]> = [
      [
        { status: 200, body: '{"id":"one"}' },
        { outcome: 'sent', providerId: 'one' },
      ],
      [{ status: 202, body: '' }, { outcome: 'sent' }],
      [{ status: 201, body: '<html>' }, { outcome: 'sent' }],
      [{ status: 400 }, { outcome: 'never', reason: 'http-400' }],
      [{ status: 403 }, { outcome: 'never', reason: 'blocked-by-recipient' }],
      [{ status: 404 }, { outcome: 'never', reason: 'gone' }],
      [{ status: 413 }, { outcome: 'never', reason: 'http-413' }],
      [{ status: 401 }, { outcome: 'later', reason: 'credentials-refused', afterMs: 5 * MINUTE }],
      [
        { status: 429, headers: { 'Retry-After': '7' } },
        { outcome: 'later', reason: 'too-many-requests', afterMs: 7000 },
      ],
      [{ status: 429 }, { outcome: 'later', reason: 'too-many-requests', afterMs: 2000 }],
      [{ status: 500 }, { outcome: 'later', reason: 'http-500' }],
      [
        { status: 502, headers: { 'Retry-After': '999999' } },
        { outcome: 'later', reason: 'http-502', afterMs: 60 * MINUTE },
      ],
      [
        { status: 503, headers: { 'Retry-After': 'soon' } },
        { outcome: 'later', reason: 'http-503' },
      ],
      [{ status: 412 }, { outcome: 'later', reason: 'http-412' }],
      ['silence', { outcome: 'unknown', reason: 'no-answer' }],
      ['hang-up', { outcome: 'unknown', reason: expect.any(String) }],
    ];
    for (const [answer, outcome] of outcomes) {
      door.cloud.answerWith(answer);
      const before = door.cloud.posts.length;
      expect([answer, await door.channel.courier!.deliver(door.outgoing(address, 'Bonjour'), ours)]).toEqual([answer, outcome]);
      expect([answer, door.cloud.posts.length - before]).toEqual([answer, 1]);
    }
    door.cloud.answerWith({ status: 429, headers: { 'Retry-After': soon } });
    const { afterMs } = (await door.channel.courier!.deliver(door.outgoing(address, 'Bonjour'), ours)) as Extract<
      Delivery,
      { outcome: 'later' }
    >;
    expect(afterMs).toBeGreaterThan(60_000);
    expect(afterMs).toBeLessThanOrEqual(90_000);
    expect(JSON.stringify(door.logged)).not.toMatch(/Bonjour|29:ana|granted|knows~1/);
  });

  test('a channel that is not there is tried again later', async () => {
    const gone = await openStranger();
    const door = await open({ allowedServiceUrls: [gone.url] });
    const serviceUrl = `${gone.url}/`;
    await door.send(door.activity({ serviceUrl }), `Bearer ${door.cloud.mint({ claims: { serviceurl: serviceUrl } })}`);
    await gone.close();
    expect(await door.channel.courier!.deliver(door.outgoing(door.received[0]!.address, 'Bonjour'), ours)).toEqual({
      outcome: 'later',
      reason: 'no-connection',
      afterMs: 5000,
    });
  });
});

describe('the token we show', () => {
  test('is asked for once, kept until shortly before its end, and asked anew when it was refused', async () => {
    const door = await open();
    const address = await door.addressOf();
    const post = () => door.channel.courier!.deliver(door.outgoing(address, 'Bonjour'), ours);
    await Promise.all([post(), post(), post()]);
    await post();
    expect(door.cloud.tokensAsked).toHaveLength(1);
    door.later(56 * MINUTE);
    await post();
    expect(door.cloud.tokensAsked).toHaveLength(2);
    door.cloud.answerWith({ status: 401 });
    await post();
    await post();
    expect(door.cloud.tokensAsked).toHaveLength(3);
    expect(door.cloud.posts.at(-1)!.headers.authorization).toBe('Bearer granted-3');
  });

  test('when it cannot be had, nothing has left and the reply waits', async () => {
    const wrong = await open({ appPassword: 'expired', tenantId: undefined });
    const address = await wrong.addressOf();
    expect(await wrong.channel.courier!.deliver(wrong.outgoing(address, 'Bonjour'), ours)).toEqual({
      outcome: 'later',
      reason: 'credentials-refused',
      afterMs: 5 * MINUTE,
    });
    expect(wrong.cloud.tokensAsked[0]!.path).toBe('/botframework.com/oauth2/v2.0/token');
    wrong.cloud.setLogin('down');
    expect(await wrong.channel.courier!.deliver(wrong.outgoing(address, 'Bonjour'), ours)).toMatchObject({
      reason: 'login-http-503',
    });
    expect(wrong.cloud.posts).toEqual([]);
  });
});

describe('with the mailroom', () => {
  const memory = { offered: [] } as never;
  /** Says back what it heard. */
  const echo: Bot = {
    open: () => ({ memory }),
    hush: () => ({ memory, holder: 'bot', effects: [], why: { rule: 'hush', heard: [] } }),
    apologise: () => ({ memory, holder: 'bot', effects: [], why: { rule: 'apology', heard: [] } }),
    async turn(activity) {
      const said = {
        type: 'message' as const,
        text: `Vous avez dit : ${activity.text}`,
        textFormat: 'plain' as const,
        locale: 'fr',
      };
      return { memory, holder: 'bot', effects: [{ kind: 'say', activity: said }], why: { rule: 'echo', heard: [] } };
    },
  };

  test('a message comes back as one reply; a reply that could not leave does so after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-teams-'));
    const database = await openDatabase({ kind: 'sqlite', file: join(folder, 'guichet.db') });
    const store = createStore(database);
    await store.prepare();
    let mailroom: ReturnType<typeof createMailroom> | undefined;
    endings.push(async () => {
      await mailroom?.stop();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const door = await open({ receive: (message) => mailroom!.receive(message) });
    const openMailroom = () => {
      // A new channel knows nothing of the first: all it has is the address in the outbox row.
      const couriers = [createBotFramework(door.parts).channel.courier!];
      mailroom = createMailroom({ ...store, bot: echo, couriers, clock: door.parts.clock, log: () => {}, sweepMs: 50 });
      mailroom.start();
    };
    openMailroom();
    const once = door.activity();
    expect([(await door.send(once)).status, (await door.send(once)).status]).toEqual([200, 200]);
    await until('the reply', () => door.cloud.posts.length === 1);
    expect(door.cloud.posts[0]!.body).toMatchObject({ text: 'Vous avez dit : Bonjour', recipient: { id: '29:ana' } });
    await until('the first row', async () => (await store.mail.outbox.count('sent')) === 1);

    door.cloud.answerWith({ status: 503 });
    await door.send(door.activity({ id: '2', text: 'Encore' }));
    await until('the failed try', async () => door.cloud.posts.length === 2 && (await store.mail.outbox.count('due')) === 1);
    await mailroom!.stop();
    openMailroom();
    await until('the second reply', async () => (await store.mail.outbox.count('sent')) === 2);
    expect(door.cloud.posts.map(({ body }) => body.text)).toEqual([
      'Vous avez dit : Bonjour',
      'Vous avez dit : Encore',
      'Vous avez dit : Encore',
    ]);
  });
});
