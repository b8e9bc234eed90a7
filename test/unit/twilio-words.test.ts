/** Pure parts of the phone channels: codes, receipts, senders, shapes of WhatsApp messages, addresses we may connect to. */

import { vet } from '../../src/channels/twilio/incoming/public-address';
import { isForward, readReceipt, readStanding } from '../../src/channels/twilio/incoming/receipt';
import { deliveryForCode, deliveryForFault } from '../../src/channels/twilio/outgoing/error-codes';
import { addressFor } from '../../src/channels/twilio/sdk';
import { conversationOf, senderOf, townWrittenTo } from '../../src/channels/twilio/senders';
import { whatsAppShape } from '../../src/channels/whatsapp';
import { isPublicAddress } from '../../src/domain/http/public-address';
import type { Activity } from '../../src/domain/message/activity';
import { windowLeftMs } from '../../src/domain/message/whatsapp';
import { aTown } from '../support/phone-town';

describe('error codes (protocols.md 1.7)', () => {
  test('opted out: never, and said so', () =>
    expect(deliveryForCode(21610)).toEqual({ outcome: 'never', reason: 'opted-out', optedOut: true }));
  test('window closed: never as it is, under a name a fallback can look for', () =>
    expect(deliveryForCode(63016)).toEqual({ outcome: 'never', reason: 'window-closed' }));
  test.each([20429, 30001, 30003, 30008, 30022, 30034, 63010, 63012, 63017, 63018, 63038])('%i is tried again, later', (code) => {
    const delivery = deliveryForCode(code);
    expect(delivery).toMatchObject({ outcome: 'later', afterMs: expect.any(Number) });
  });
  test.each([
    21211, 21408, 21612, 21614, 21617, 21635, 21656, 30004, 30005, 30006, 30007, 63003, 63007, 63021, 63024, 63027, 63028, 63030,
    63033, 63051, 99999,
  ])('%i is given up', (code) => expect(deliveryForCode(code)).toMatchObject({ outcome: 'never' }));
  test('a wrong token delays messages until the operator corrects it', () =>
    expect(deliveryForFault({ status: 401, code: 20003 })).toMatchObject({ outcome: 'later' }));
  test.each([
    [{ status: 429, code: 20429 }, 'later'],
    [{ status: 429 }, 'later'],
    [{ status: 500, code: 20500 }, 'unknown'],
    [{ status: 503 }, 'unknown'],
    [{ status: 400, code: 21211 }, 'never'],
    [{ status: 404 }, 'never'],
    [{ code: 'ECONNREFUSED' }, 'later'],
    [{ code: 'ENOTFOUND' }, 'later'],
    [{ code: 'ECONNABORTED' }, 'unknown'],
    [{ code: 'ECONNRESET' }, 'unknown'],
    [new SyntaxError('not JSON'), 'unknown'],
  ])('%j', (fault, outcome) => expect(deliveryForFault(fault).outcome).toBe(outcome));
});

describe('receipts (protocols.md 1.6)', () => {
  const sid = `SM${'a'.repeat(32)}`;
  test('a failure carries what to do', () => {
    const read = readReceipt(
      { MessageSid: sid, MessageStatus: 'undelivered', ErrorCode: '30008', To: '+33600000000', From: '+33700000000' },
      'sms:SM1#0',
    );
    expect(read?.receipt).toEqual({
      outboxId: 'sms:SM1#0',
      providerId: sid,
      status: 'undelivered',
      errorCode: 30008,
      isFinal: true,
      verdict: { outcome: 'later', reason: 'unknown-error', afterMs: 60_000 },
    });
    expect(readReceipt({ MessageSid: sid, MessageStatus: 'failed', ErrorCode: '' }, null)?.receipt).toEqual({
      providerId: sid,
      status: 'failed',
      isFinal: true,
      verdict: { outcome: 'never', reason: 'failed' },
    });
    expect(readReceipt({ MessageSid: sid, MessageStatus: 'delivered' }, null)?.receipt.verdict).toBeUndefined();
  });
  test.each([
    {},
    { MessageSid: sid },
    { MessageSid: 'x', MessageStatus: 'sent' },
    { MessageSid: sid, MessageStatus: 'exploded' },
    { MessageSid: [sid, sid], MessageStatus: 'sent' },
  ])('unreadable: %j', (form) => expect(readReceipt(form as never, null)).toBeNull());

  test('what is answered hours later is applied like a receipt, but nothing is sent anew', () => {
    const standing = (status: string, errorCode?: number) =>
      readStanding({ sid, body: '', status, errorCode, createdAt: new Date() }, 'row');
    expect(standing('delivered')).toEqual({ outboxId: 'row', providerId: sid, status: 'delivered', isFinal: true });
    expect(standing('sent')).toEqual({ outboxId: 'row', providerId: sid, status: 'sent' });
    expect(standing('undelivered', 30003)?.verdict).toEqual({ outcome: 'never', reason: 'handset-unreachable' });
    expect(standing('failed', 21610)?.verdict).toMatchObject({ outcome: 'never', optedOut: true });
    expect(standing('receiving')).toBeNull();
  });

  test('in whatever order they come, the end is the same', () => {
    const apply = (order: string[]) =>
      order.reduce<string | undefined>((last, next) => (isForward(last, next) ? next : last), undefined);
    const permute = (all: string[]): string[][] =>
      all.length < 2
        ? [all]
        : all.flatMap((one, at) => permute(all.filter((_, index) => index !== at)).map((rest) => [one, ...rest]));
    for (const order of permute(['queued', 'sending', 'sent', 'delivered', 'read'])) expect(apply(order)).toBe('read');
    for (const order of permute(['queued', 'sending', 'sent', 'undelivered'])) expect(apply(order)).toBe('undelivered');
    expect(apply(['delivered', 'failed'])).toBe('delivered');
    expect(apply(['failed', 'delivered'])).toBe('failed');
    expect(apply(['sent', 'sent', 'queued'])).toBe('sent');
  });
});

describe('senders', () => {
  const service = `MG${'a'.repeat(32)}`;
  const towns = [
    aTown('valmont', { sms: '+33 9 39 00 00 01', whatsapp: '+33939000001' }),
    aTown('lamotte', { sms: '+33939000002' }),
    aTown('servians', { sms: service }),
  ];
  const [valmont, lamotte, servians] = towns as [(typeof towns)[0], (typeof towns)[0], (typeof towns)[0]];
  test.each([
    ['+33939000001', undefined, valmont],
    ['+33939000002', undefined, lamotte],
    ['whatsapp:+33939000001', undefined, valmont],
    ['whatsapp:+33939000002', undefined, undefined],
    ['+33939000077', service, servians],
    ['+33939000077', undefined, undefined],
    ['+33939000002', service, lamotte],
  ])('%s by %s', (to, by, town) => expect(townWrittenTo(towns, to, by)?.id).toBe(town?.id));

  test('who a message is sent from', () => {
    expect(senderOf(valmont, 'sms')).toEqual({ from: '+33939000001' });
    expect(senderOf(valmont, 'whatsapp')).toEqual({ from: 'whatsapp:+33939000001' });
    expect(senderOf(servians, 'sms')).toEqual({ messagingServiceSid: service });
    expect(senderOf(lamotte, 'whatsapp')).toBeNull();
  });

  test('a conversation is one citizen on one channel with one sender, and does not tell the number', () => {
    const account = `AC${'1'.repeat(32)}`;
    const id = conversationOf(valmont, 'sms', '+33612345678', account);
    expect(id).toMatch(/^sms-[0-9a-f]{32}$/);
    expect(conversationOf(valmont, 'sms', '+33612345678', account)).toBe(id);
    const others = [
      conversationOf(valmont, 'sms', '+33612345679', account),
      conversationOf(lamotte, 'sms', '+33612345678', account),
      conversationOf(valmont, 'whatsapp', 'whatsapp:+33612345678', account),
      conversationOf(valmont, 'sms', '+33612345678', `AC${'2'.repeat(32)}`),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
  });
});

describe('shape of a WhatsApp message (protocols.md 1.9)', () => {
  const choices = (titles: string[]) => titles.map((title, index) => ({ type: 'imBack' as const, title, value: `v${index}` }));
  const shape = (text: string, titles: string[], more: Partial<Activity> = {}) =>
    whatsAppShape({ type: 'message', text, suggestedActions: { actions: choices(titles) }, ...more }, (url) => url);
  const letters = (count: number) => Array.from({ length: count }, (_, index) => `Choix ${index}`);

  test('up to three short choices are buttons', () =>
    expect(shape('On continue ?', ['Oui', 'Non'])).toEqual({
      kind: 'buttons',
      body: 'On continue ?',
      actions: [
        { title: 'Oui', id: 'v0' },
        { title: 'Non', id: 'v1' },
      ],
      plain: 'On continue ?\n1. Oui\n2. Non',
    }));
  test('up to ten are a list', () => expect(shape('Quoi ?', letters(10))).toMatchObject({ kind: 'list', items: { length: 10 } }));
  test('eleven are numbered', () =>
    expect(shape('Quoi ?', letters(11))).toMatchObject({ kind: 'text', bodies: [expect.stringContaining('11. Choix 10')] }));
  test('a title too long for a button makes a list, with the whole title underneath', () =>
    expect(shape('Quoi ?', ['Signaler un lampadaire en panne', 'Autre'])).toMatchObject({
      kind: 'list',
      items: [{ item: 'Signaler un lampadaire…', description: 'Signaler un lampadaire en panne', id: 'v0' }, { item: 'Autre' }],
    }));
  test.each([
    ['two choices that look the same', shape('Quoi ?', ['Oui', 'Oui'])],
    ['choices that would be cut alike', shape('Quoi ?', ['Le très long chemin du moulin A', 'Le très long chemin du moulin B'])],
    ['a body beyond 1,024', shape('a'.repeat(1025), ['Oui'])],
    ['no words', shape('', ['Oui'])],
    ['what Twilio would take for a variable', shape('Vous avez écrit {{1}}', ['Oui'])],
    ['a title beyond any list', shape('Quoi ?', ['x'.repeat(73)])],
    [
      'a file beside',
      shape('Quoi ?', ['Oui'], { attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/1.png' }] }),
    ],
  ])('%s: numbered text', (_why, made) => expect(made.kind).toBe('text'));

  test('the window is a day, less a minute for the way', () => {
    const heard = new Date('2026-03-01T10:00:00Z');
    expect(windowLeftMs(heard, new Date('2026-03-02T09:58:59Z'))).toBe(1000);
    expect(windowLeftMs(heard, new Date('2026-03-02T09:59:00Z'))).toBe(0);
  });
});

describe('addresses we may connect to', () => {
  test.each(['8.8.8.8', '151.101.1.1', '2606:4700::1111', '2a01:e0a::1'])('%s is public', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001::1',
    'not an address',
    '',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));

  test.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::1]/',
  ])(
    'however it is written: %s',
    async (url) => await expect(vet(new URL(url), async () => ['8.8.8.8'])).rejects.toThrow('not a public'),
  );
  test('a name with one private answer among public ones is refused', async () => {
    await expect(vet(new URL('https://x.example/'), async () => ['8.8.8.8', '10.0.0.1'])).rejects.toThrow('not a public');
    await expect(vet(new URL('https://x.example/'), async () => [])).rejects.toThrow('not a public');
    await expect(vet(new URL('https://x.example/'), async () => ['8.8.8.8', '2606:4700::1'])).resolves.toEqual([
      '8.8.8.8',
      '2606:4700::1',
    ]);
  });
});

describe('where a request goes', () => {
  const message = 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json?To=%2B33';
  const content = 'https://content.twilio.com/v1/Content';
  test.each([
    [undefined, message, content],
    ['https://api.twilio.com', message, content],
    ['https://api.dublin.ie1.twilio.com', message.replace('api.', 'api.dublin.ie1.'), content],
    ['http://127.0.0.1:9', 'http://127.0.0.1:9/2010-04-01/Accounts/AC1/Messages.json?To=%2B33', 'http://127.0.0.1:9/v1/Content'],
    [
      'https://twilio.com.evil.example/',
      'https://twilio.com.evil.example/2010-04-01/Accounts/AC1/Messages.json?To=%2B33',
      'https://twilio.com.evil.example/v1/Content',
    ],
  ])('%s', (apiUrl, messageAt, contentAt) => {
    expect(addressFor(message, apiUrl)).toBe(messageAt);
    expect(addressFor(content, apiUrl)).toBe(contentAt);
  });
});
