/**
 * The fake carrier against Twilio's published contract, driven by Twilio's own SDK; then our
 * phone channels against the carrier: what leaves, what comes in, what a bad day does to both.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { RequestClient, Twilio } from 'twilio';
import { type Carrier, openCarrier } from '../../src/demo/carrier';
import { openContract } from '../../src/demo/carrier/contract';
import type { Letter } from '../../src/domain/message/courier';
import { openDatabase } from '../../src/store';
import { createMail, type OutboxRow } from '../../src/store/rows/mail';
import { createLastLook } from '../support/last-look';
import { ORPHAN, openPhoneDoor, type PhoneDoor, PUBLIC_URL, SERVICE_SMS, SMS, WHATSAPP } from '../support/phone-door';
import { aTown } from '../support/phone-town';

const PHONE = '+33639980001';
const CHAT = 'whatsapp:+33639980001';
const JPEG_START = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');

/** Twilio's SDK with nothing changed but where it goes. */
function sdk(carrier: Carrier, authToken = carrier.authToken): Twilio {
  class Elsewhere extends RequestClient {
    override request: RequestClient['request'] = (options) =>
      super.request({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, carrier.url) });
  }
  return new Twilio(carrier.accountSid, authToken, { httpClient: new Elsewhere({ timeout: 2000, keepAlive: false }) });
}

describe('the carrier, by its contract', () => {
  let carrier: Carrier;
  let twilio: Twilio;
  beforeAll(async () => {
    carrier = await openCarrier({ numbers: [SMS, `whatsapp:${WHATSAPP}`] });
    carrier.connect(PUBLIC_URL, 'http://127.0.0.1:9');
    twilio = sdk(carrier);
  });
  afterAll(() => carrier.close());

  const answer = (method: string, path: string, form?: Record<string, string>) =>
    fetch(carrier.url + path, {
      method,
      headers: { authorization: `Basic ${Buffer.from(`${carrier.accountSid}:${carrier.authToken}`).toString('base64')}` },
      body: form && new URLSearchParams(form),
    });

  test('the SDK makes, reads, lists, redacts and removes a message; every answer is within the contract', async () => {
    const contract = openContract();
    const root = `/2010-04-01/Accounts/${carrier.accountSid}`;
    const made = await twilio.messages.create({ to: PHONE, from: SMS, body: 'Bonjour' });
    expect(made).toMatchObject({
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
      status: 'queued',
      numSegments: '1',
      direction: 'outbound-api',
      errorCode: null,
    });
    await carrier.phone(PHONE).next('Bonjour');
    await carrier.idle();
    expect((await twilio.messages(made.sid).fetch()).status).toBe('delivered');
    const paths: Array<[string, string, Record<string, string>?]> = [
      ['GET', `${root}/Messages/${made.sid}.json`],
      ['GET', `${root}/Messages.json?To=${encodeURIComponent(PHONE)}&PageSize=1`],
      ['GET', `${root}/Messages/${made.sid}/Media.json`],
      ['POST', `${root}/Messages.json`, { To: PHONE, From: SMS, Body: 'x' }],
      ['POST', `${root}/Messages/${made.sid}/Feedback.json`, { Outcome: 'confirmed' }],
      ['POST', `${root}/Messages/${made.sid}.json`, { Body: '' }],
    ];
    for (const [method, path, form] of paths) {
      const response = await answer(method, path, form);
      expect(response.status).toBeLessThan(300);
      expect(contract.faultInAnswer(method, path.split('?')[0]!, await response.json())).toBeNull();
    }
    expect((await twilio.messages(made.sid).fetch()).body).toBe('');
    await twilio.messages(made.sid).remove();
    await expect(twilio.messages(made.sid).fetch()).rejects.toMatchObject({ status: 404 });
    expect(carrier.violations).toEqual([]);
  });

  test('a list goes on over pages', async () => {
    const to = '+33639980002';
    for (let count = 0; count < 5; count += 1) await twilio.messages.create({ to, from: SMS, body: `Numéro ${count}` });
    const listed = await twilio.messages.list({ to, pageSize: 2 });
    expect(listed.map(({ body }) => body)).toEqual([4, 3, 2, 1, 0].map((count) => `Numéro ${count}`));
    expect(await twilio.messages.list({ to, dateSentAfter: new Date(Date.now() + 60_000) })).toEqual([]);
  });

  test.each([
    ['a parameter that does not exist', { To: PHONE, From: SMS, Body: 'x', Colour: 'red' }],
    ['no recipient', { From: SMS, Body: 'x' }],
    ['a sid of another shape', { To: PHONE, MessagingServiceSid: 'MG1', Body: 'x' }],
    ['a word where a boolean stands', { To: PHONE, From: SMS, Body: 'x', SmartEncoded: 'perhaps' }],
    ['an unknown enumeration value', { To: PHONE, From: SMS, Body: 'x', ContentRetention: 'forever' }],
  ])('a request outside the contract is refused and remembered: %s', async (_what, form) => {
    const before = carrier.violations.length;
    const response = await answer(
      'POST',
      `/2010-04-01/Accounts/${carrier.accountSid}/Messages.json`,
      form as unknown as Record<string, string>,
    );
    expect([response.status, carrier.violations.length]).toEqual([400, before + 1]);
    carrier.violations.length = before;
  });

  test.each([
    [{ to: 'nobody', from: SMS, body: 'x' }, 21211],
    [{ to: PHONE, from: '+33100000000', body: 'x' }, 21606],
    [{ to: PHONE, from: SMS }, 21619],
    [{ to: PHONE, from: SMS, body: 'x'.repeat(1601) }, 21617],
    [{ to: CHAT, from: SMS, body: 'x' }, 21910],
    [{ to: CHAT, from: `whatsapp:${WHATSAPP}`, contentSid: `HX${'0'.repeat(32)}` }, 21655],
    [{ to: '+33639021408', from: SMS, body: 'x' }, 21408],
  ])('request %# is refused with its code', async (request, code) => {
    await expect(twilio.messages.create(request)).rejects.toMatchObject({ status: 400, code });
  });

  test('a wrong token is refused', async () => {
    await expect(sdk(carrier, 'wrong').messages.create({ to: PHONE, from: SMS, body: 'x' })).rejects.toMatchObject({
      status: 401,
      code: 20003,
    });
  });

  test('contents are made, listed, used with variables and removed', async () => {
    const request = {
      friendly_name: 'c',
      language: 'fr',
      types: { 'twilio/quick-reply': { body: 'Oui, {{1}} ?', actions: [{ title: 'Oui', id: 'o' }] } },
    };
    const { sid } = await twilio.content.v1.contents.create(request as never);
    expect((await twilio.content.v1.contents.list({ limit: 10 })).map((one) => [one.sid, one.friendlyName])).toEqual([
      [sid, 'c'],
    ]);
    const phone = carrier.phone(PHONE);
    await twilio.messages.create({ to: PHONE, from: SMS, contentSid: sid, contentVariables: '{"1":"Ana"}' });
    expect(await phone.next('Ana')).toMatchObject({ text: 'Oui, Ana ?', buttons: [{ title: 'Oui', id: 'o' }] });
    await expect(twilio.messages.create({ to: PHONE, from: SMS, contentSid: sid, contentVariables: '{' })).rejects.toMatchObject({
      code: 21656,
    });
    await twilio.content.v1.contents(sid).remove();
    expect(await twilio.content.v1.contents.list({ limit: 10 })).toEqual([]);
  });
});

describe('messages that leave', () => {
  let door: PhoneDoor;
  beforeEach(async () => {
    door = await openPhoneDoor();
  });
  afterEach(async () => {
    expect(door.carrier.violations).toEqual([]);
    await door.close();
  });

  test('a text message: plain alphabet, receipts with our own id, in whatever order', async () => {
    const message = door.outgoing(PHONE, 'L’accueil est ouvert…', 'sms:SM1#0 é');
    const sent = await door.deliver(message);
    expect(sent).toEqual({ outcome: 'sent', providerId: expect.stringMatching(/^SM/), pieces: 1 });
    expect(await door.carrier.phone(PHONE).next()).toMatchObject({ text: "L'accueil est ouvert...", from: SMS });
    await door.carrier.idle();
    const providerId = sent.outcome === 'sent' ? sent.providerId : '';
    const receipt = { outboxId: 'sms:SM1#0 é', providerId };
    expect(door.receipts).toEqual([
      { ...receipt, status: 'sent' },
      { ...receipt, status: 'delivered', isFinal: true },
    ]);
    door.receipts.length = 0;
    door.carrier.setReceipts({ order: 'reversed' });
    await door.deliver(door.outgoing(PHONE, 'Encore', 'b'));
    await door.carrier.idle();
    expect(door.receipts.map(({ status }) => status)).toEqual(['delivered', 'sent']);
  });

  test('what is not ours any more when its turn comes is given back unsent', async () => {
    const message = door.outgoing(PHONE, 'Bonjour');
    const back = { outcome: 'later', reason: 'lease-over', isUntried: true };
    const look = createLastLook(door.carrier.url);
    expect(await door.deliver(message, look.isOurs)).toEqual(back);
    // A process may be stopped while it connects, and be woken when the message is another's.
    expect(look.stood).toEqual([true]);
    // A long text stops in the middle, too.
    let asked = 0;
    const long = door.outgoing(PHONE, 'Une phrase assez longue pour être partagée. '.repeat(50));
    expect(await door.deliver(long, () => ++asked < 2)).toEqual(back);
    await door.carrier.phone(PHONE).next(/partag/);
    expect(door.carrier.messages()).toHaveLength(1);
    expect(await door.deliver(long)).toMatchObject({ outcome: 'sent' });
    expect(door.carrier.messages()).toHaveLength(2);
  });

  test('a Messaging Service chooses the number', async () => {
    const { id: _, ...rest } = door.outgoing(PHONE, 'Bonjour', 'x', 'servians');
    expect(await door.deliver({ id: 'x', ...rest })).toMatchObject({ outcome: 'sent' });
    expect(await door.carrier.phone(PHONE, SERVICE_SMS).next()).toMatchObject({ text: 'Bonjour', from: SERVICE_SMS });
    await door.carrier.idle();
    expect(door.receipts.map(({ status }) => status)).toEqual(['queued', 'sent', 'delivered']);
  });

  test('one Messaging Service for both channels: what comes in by it is the town’s, replies go by it', async () => {
    const service = `MG${'5'.repeat(32)}`;
    const numbers = [SERVICE_SMS, 'whatsapp:+33939000010'];
    const towns = [aTown('valmont', { sms: SMS }), aTown('servians', { sms: service, whatsapp: service })];
    await door.close();
    door = await openPhoneDoor({ towns, carrier: { numbers: [SMS, ...numbers], services: { [service]: numbers } } });
    for (const [address, sender] of [
      [PHONE, numbers[0]],
      [CHAT, numbers[1]],
    ] as const) {
      const phone = door.carrier.phone(address, sender);
      expect((await phone.sends('Bonjour')).status).toBe(200);
      expect(door.received.at(-1)).toMatchObject({ town: 'servians', address });
      expect(await door.deliver(door.outgoing(address, 'À vous', undefined, 'servians'))).toMatchObject({ outcome: 'sent' });
      expect(await phone.next('vous')).toMatchObject({ from: sender });
    }
  });

  test('the carrier gives a Messaging Service of a demo town numbers of its own', async () => {
    const service = `MG${'6'.repeat(32)}`;
    await door.close();
    const towns = [aTown('servians', { sms: service, whatsapp: service })];
    door = await openPhoneDoor({ towns, carrier: { numbers: [service, `whatsapp:${service}`], services: {} } });
    const said = await door.carrier.phone(CHAT, `whatsapp:${service}`).sends('Bonjour');
    expect([said.status, door.received.at(-1)?.town]).toEqual([200, 'servians']);
    await door.carrier.phone(PHONE, service).sends('Bonjour');
    expect(door.received.at(-1)).toMatchObject({ town: 'servians', channel: 'sms' });
  });

  test('a town without a sender on the channel sends nothing', async () => {
    expect(await door.deliver(door.outgoing(CHAT, 'x', 'x', 'servians'))).toEqual({ outcome: 'never', reason: 'no-sender' });
  });

  test('buttons and lists on WhatsApp, made once, and what a tap brings back', async () => {
    const phone = door.carrier.phone(CHAT);
    await phone.sends('Bonjour');
    const actions = ['Oui', 'Non'].map((title) => ({ type: 'imBack' as const, title, value: `v:${title}` }));
    const asks = { text: 'On continue ?', suggestedActions: { actions } };
    await door.deliver(door.outgoing(CHAT, asks));
    await door.deliver(door.outgoing(CHAT, asks));
    expect(await phone.next('continue')).toMatchObject({ buttons: [{ title: 'Oui', id: 'v:Oui' }, { title: 'Non' }] });
    expect(await phone.next('continue')).toMatchObject({ text: 'On continue ?' });
    await phone.taps('Non');
    expect(door.received.at(-1)?.activity).toMatchObject({ text: 'Non', value: 'v:Non' });

    const many = Array.from({ length: 8 }, (_, index) => ({
      type: 'imBack' as const,
      title: `Choix ${index}`,
      value: `c${index}`,
    }));
    await door.deliver(door.outgoing(CHAT, { text: 'Lequel ?', suggestedActions: { actions: many } }));
    expect(await phone.next('Lequel')).toMatchObject({
      list: { items: expect.arrayContaining([{ item: 'Choix 7', id: 'c7' }]) },
    });
    await phone.taps('Choix 7');
    expect(door.received.at(-1)?.activity).toMatchObject({ text: 'Choix 7', value: 'c7' });
    const contents = await sdk(door.carrier).content.v1.contents.list({ limit: 50 });
    expect(contents).toHaveLength(2);
  });

  test('outside the 24-hour window Twilio refuses free words by a receipt', async () => {
    expect(await door.deliver(door.outgoing(CHAT, 'Trop tard'))).toMatchObject({ outcome: 'sent' });
    await door.carrier.idle();
    expect(door.receipts).toMatchObject([
      { status: 'failed', errorCode: 63016, verdict: { outcome: 'never', reason: 'window-closed' } },
    ]);
    expect(door.carrier.phone(CHAT).received()).toEqual([]);
  });

  test('where it is known when the citizen was last heard: free words within a day, then only the approved template', async () => {
    const heard = new Map<string, Date>();
    await door.close();
    door = await openPhoneDoor({ twilio: { heardAt: async (conversation) => heard.get(conversation) } });
    const phone = door.carrier.phone(CHAT);
    await phone.sends('Bonjour');
    heard.set('c', door.clock());
    expect(await door.deliver(door.outgoing(CHAT, 'Bonjour à vous'))).toMatchObject({ outcome: 'sent' });
    await phone.next('Bonjour à vous');
    door.later(25 * 60 * 60 * 1000);
    const news = { text: 'Votre demande 12 est close.', channelData: { template: { name: 'closed', variables: { 1: '12' } } } };
    expect(await door.deliver(door.outgoing(CHAT, 'Seulement des mots'))).toEqual({ outcome: 'never', reason: 'window-closed' });
    const missing = { outcome: 'never', reason: 'template-not-approved' };
    expect(await door.deliver(door.outgoing(CHAT, news))).toEqual(missing);
    door.carrier.approve({
      friendly_name: 'guichet_closed_fr',
      language: 'fr',
      types: { 'twilio/text': { body: 'Votre demande {{1}} est close.' } },
    });
    // What is missing is asked for once a minute at most.
    expect(await door.deliver(door.outgoing(CHAT, news))).toEqual(missing);
    door.later(61_000);
    expect(await door.deliver(door.outgoing(CHAT, news))).toMatchObject({ outcome: 'sent' });
    expect(await phone.next('close')).toMatchObject({ text: 'Votre demande 12 est close.' });
    expect(await door.deliver(door.outgoing(CHAT, { ...news, locale: 'en' }))).toEqual(missing);
    // Known for an hour: the Content API may be away meanwhile, and after it what was approved most likely still is.
    door.carrier.faults.outage(true, 'contents');
    expect(await door.deliver(door.outgoing(CHAT, news))).toMatchObject({ outcome: 'sent' });
    door.later(61 * 60_000);
    expect(await door.deliver(door.outgoing(CHAT, news))).toMatchObject({ outcome: 'sent' });
    expect(await door.deliver(door.outgoing(CHAT, { ...news, locale: 'en' }))).toMatchObject({
      outcome: 'later',
      reason: 'templates-unavailable',
    });
  });

  test('when no button can be made the choices are numbered, and the citizen does not wait', async () => {
    const phone = door.carrier.phone(CHAT);
    await phone.sends('Bonjour');
    door.carrier.faults.outage(true, 'contents');
    const actions = [{ type: 'imBack' as const, title: 'Oui', value: 'v' }];
    expect(await door.deliver(door.outgoing(CHAT, { text: 'Lequel ?', suggestedActions: { actions } }))).toMatchObject({
      outcome: 'sent',
    });
    expect((await phone.next('Lequel')).text).toBe('Lequel ?\n1. Oui');
    door.carrier.faults.outage(false, 'contents');
    await door.deliver(door.outgoing(CHAT, { text: 'Lequel ?', suggestedActions: { actions } }));
    expect((await phone.next('Lequel')).buttons).toMatchObject([{ title: 'Oui', id: 'v' }]);
  });

  test('a number that opted out at the carrier is not written to again', async () => {
    door.carrier.setOptOut('default');
    const phone = door.carrier.phone(PHONE);
    await phone.sends('STOP');
    expect(await door.deliver(door.outgoing(PHONE, 'Encore'))).toEqual({ outcome: 'never', reason: 'opted-out', optedOut: true });
    door.carrier.setOptOut('advanced');
    await door.deliver(door.outgoing(PHONE, 'Encore'));
    await door.carrier.idle();
    expect(door.consents).toEqual([
      { id: expect.stringMatching(/^receipt:SM/), town: 'valmont', channel: 'sms', address: PHONE, given: false },
    ]);
    await phone.sends('START');
    expect(await door.deliver(door.outgoing(PHONE, 'Rebonjour'))).toMatchObject({ outcome: 'sent' });
    await phone.next('Rebonjour');
  });

  test.each([
    ['+33639021211', { outcome: 'never', reason: 'bad-recipient' }],
    ['+33639021614', { outcome: 'never', reason: 'landline' }],
    ['+33639020429', { outcome: 'later', reason: 'too-many-requests' }],
    ['+33639050000', { outcome: 'unknown', reason: 'http-500' }],
  ])('a number that means trouble: %s', async (to, outcome) =>
    expect(await door.deliver(door.outgoing(to, 'x'))).toMatchObject(outcome),
  );

  test('a handset that cannot be reached is told by a receipt', async () => {
    await door.deliver(door.outgoing('+33639030003', 'x'));
    await door.carrier.idle();
    expect(door.receipts.map(({ status }) => status)).toEqual(['sent', 'undelivered']);
    expect(door.receipts[1]).toMatchObject({ errorCode: 30003, verdict: { outcome: 'later', reason: 'handset-unreachable' } });
  });

  test('a long text leaves as several messages, and a second try sends only what is missing', async () => {
    const text = Array.from({ length: 60 }, (_, index) => `Phrase numéro ${index} pour la mairie de la ville.`).join(' ');
    const message = door.outgoing(PHONE, text, 'long');
    door.carrier.faults.next({ kind: 'cut', accepted: true });
    expect((await door.deliver(message)).outcome).toBe('unknown');
    expect((await door.reconcile(message)).outcome).toBe('unknown');
    door.later(16_000);
    expect(await door.reconcile(message)).toMatchObject({ outcome: 'later', reason: 'did-not-leave' });
    expect(await door.deliver(message)).toMatchObject({ outcome: 'sent' });
    expect(await door.reconcile(message)).toMatchObject({ outcome: 'sent' });
    await door.carrier.idle();
    const texts = door.carrier
      .phone(PHONE)
      .received()
      .map((heard) => heard.text);
    expect(texts).toHaveLength(2);
    expect(texts.join(' ')).toBe(text);
  });

  test('faster than the sender may: the rest waits in the outbox', async () => {
    await door.close();
    door = await openPhoneDoor({ twilio: { rates: { sms: 5 } } });
    const outcomes = await Promise.all(Array.from({ length: 40 }, (_, index) => door.deliver(door.outgoing(PHONE, `n${index}`))));
    const waiting = outcomes.filter(({ outcome }) => outcome === 'later');
    expect(waiting.length).toBeGreaterThanOrEqual(20);
    expect(waiting.every((one) => one.outcome === 'later' && one.reason === 'sender-rate')).toBe(true);
    expect(outcomes.filter(({ outcome }) => outcome === 'sent').length + waiting.length).toBe(40);
  });
});

describe('outcomes that stay unknown', () => {
  let door: PhoneDoor;
  beforeEach(async () => {
    door = await openPhoneDoor();
  });
  afterEach(async () => {
    expect(door.carrier.violations).toEqual([]);
    await door.close();
  });
  const arrived = () =>
    door.carrier
      .phone(PHONE)
      .received()
      .map(({ text }) => text);

  test.each([
    ['a server error after it left', { kind: 'status' as const, status: 500, accepted: true }],
    ['silence after it left', { kind: 'hang' as const, accepted: true }],
    ['a connection cut after it left', { kind: 'cut' as const, accepted: true }],
  ])('%s: the list says that it left, and it is not sent again', async (_what, fault) => {
    door.carrier.faults.next(fault);
    const message = door.outgoing(PHONE, 'Bien noté.', 'a');
    delete message.activity.timestamp;
    expect((await door.deliver(message)).outcome).toBe('unknown');
    expect(await door.reconcile(message)).toMatchObject({ outcome: 'sent', providerId: expect.stringMatching(/^SM/) });
    await door.carrier.idle();
    expect(arrived()).toEqual(['Bien noté.']);
  });

  test.each([
    ['a server error', { kind: 'status' as const, status: 503 }],
    ['silence', { kind: 'hang' as const }],
    ['a connection cut', { kind: 'cut' as const }],
  ])('%s before it left: first given time to appear, then sent again', async (_what, fault) => {
    door.carrier.faults.next(fault);
    const message = door.outgoing(PHONE, 'Bien noté.', 'a');
    expect((await door.deliver(message)).outcome).toBe('unknown');
    expect(await door.reconcile(message)).toEqual({ outcome: 'unknown', reason: 'not-listed-yet' });
    door.later(16_000);
    expect(await door.reconcile(message)).toEqual({ outcome: 'later', reason: 'did-not-leave', afterMs: 0 });
    expect(await door.deliver(message)).toMatchObject({ outcome: 'sent' });
    await door.carrier.idle();
    expect(arrived()).toEqual(['Bien noté.']);
  });

  test('the same words said before are not taken for it', async () => {
    await door.deliver(door.outgoing(PHONE, 'D’accord.', 'a'));
    door.carrier.faults.next({ kind: 'cut' });
    const second = door.outgoing(PHONE, 'D’accord.', 'b');
    expect((await door.deliver(second)).outcome).toBe('unknown');
    door.later(16_000);
    expect(await door.reconcile(second)).toMatchObject({ outcome: 'later', reason: 'did-not-leave' });
  });

  test.each([
    ['with the store to ask', true, { outcome: 'later', reason: 'did-not-leave' }],
    ['without it, the earlier one is', false, { outcome: 'sent' }],
  ])('nor after a restart that forgot whose they were: %s', async (_what, hasStore, outcome) => {
    const folder = await mkdtemp(join(tmpdir(), 'guichet-outbox-'));
    const database = await openDatabase({ kind: 'sqlite', file: join(folder, 'guichet.db') });
    const mail = createMail(database);
    await mail.outbox.prepare();
    await door.close();
    door = await openPhoneDoor({ twilio: hasStore ? { isTaken: mail.isTaken } : {} });
    const write = (message: Letter, more: Partial<OutboxRow>) => {
      const { id: _id, ...letter } = message;
      return mail.outbox.write({ _id, ...letter, order: _id, attempts: 1, dueAt: 0, leaseUntil: 0, state: 'sent', ...more });
    };
    const [first, second, third] = ['a', 'b', 'c'].map((id) => door.outgoing(PHONE, 'D’accord.', id)) as [Letter, Letter, Letter];
    const sidOf = async (message: Letter) => {
      const sent = await door.deliver(message);
      return sent.outcome === 'sent' ? sent.providerId : undefined;
    };
    await write(first, { providerId: await sidOf(first) });
    // The third left once, failed, and is to go again: that sending says nothing of the next.
    await write(third, { failedId: await sidOf(third), state: 'due' });
    door.carrier.faults.next({ kind: 'cut' });
    expect((await door.deliver(second)).outcome).toBe('unknown');
    await write(second, { state: 'unknown' });
    await door.restart();
    door.later(16_000);
    expect(await door.reconcile(second)).toMatchObject(outcome);
    expect(await door.reconcile(third)).toMatchObject(outcome);
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('a receipt that came first settles it without asking', async () => {
    door.carrier.faults.next({ kind: 'hang', accepted: true });
    const message = door.outgoing(PHONE, 'Bien noté.', 'a');
    expect((await door.deliver(message)).outcome).toBe('unknown');
    await door.carrier.idle();
    door.carrier.faults.outage(true);
    expect(await door.reconcile(message)).toMatchObject({ outcome: 'sent', providerId: door.receipts[0]!.providerId });
  });

  test('while Twilio is out nothing is decided; afterwards everything leaves once', async () => {
    door.carrier.faults.outage(true);
    const messages = Array.from({ length: 5 }, (_, index) => door.outgoing(PHONE, `Message ${index}`, `m${index}`));
    for (const message of messages) expect((await door.deliver(message)).outcome).toBe('unknown');
    for (const message of messages) expect((await door.reconcile(message)).outcome).toBe('unknown');
    door.later(10 * 60_000);
    door.carrier.faults.outage(false);
    for (const message of messages) {
      expect(await door.reconcile(message)).toMatchObject({ outcome: 'later' });
      expect(await door.deliver(message)).toMatchObject({ outcome: 'sent' });
    }
    await door.carrier.idle();
    expect(arrived()).toEqual(messages.map(({ activity }) => activity.text));
  });

  test('nobody there at all: nothing can have left', async () => {
    await door.close();
    door = await openPhoneDoor({ twilio: { apiUrl: 'http://127.0.0.1:9' } });
    expect(await door.deliver(door.outgoing(PHONE, 'x'))).toMatchObject({ outcome: 'later', reason: 'no-connection' });
  });
});

describe('messages that come in', () => {
  let door: PhoneDoor;
  beforeAll(async () => {
    door = await openPhoneDoor();
  });
  afterAll(() => door.close());
  const last = () => door.received.at(-1)!;

  test('words by SMS: written down, then answered with an empty response', async () => {
    const sent = await door.carrier.phone(PHONE).sends('Un lampadaire \0est en panne ✨');
    expect(sent).toMatchObject({ status: 200, body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' });
    expect(last()).toMatchObject({
      id: `sms:${sent.sid}`,
      town: 'valmont',
      channel: 'sms',
      address: PHONE,
      activity: {
        type: 'message',
        id: sent.sid,
        text: 'Un lampadaire est en panne ✨',
        textFormat: 'plain',
        channelId: 'sms',
        from: { id: PHONE, role: 'user' },
      },
    });
    expect(last().activity.conversation?.id).toBe(last().conversation);
    expect(last().activity.timestamp).toMatch(/Z$/);
  });

  test('the number written to is the town; each has its own conversation', async () => {
    await door.carrier.phone(PHONE).sends('a');
    const { conversation } = last();
    await door.carrier.phone(PHONE, '+33939000003').sends('b');
    expect(last().town).toBe('lamotte');
    await door.carrier.phone(PHONE, SERVICE_SMS).sends('c');
    expect(last().town).toBe('servians');
    await door.carrier.phone(CHAT).sends('d');
    expect(last()).toMatchObject({ town: 'valmont', channel: 'whatsapp', activity: { from: { name: 'Phone' } } });
    expect(new Set(door.received.map((one) => one.conversation)).size).toBe(4);
    await door.carrier.phone(PHONE).sends('e');
    expect(last().conversation).toBe(conversation);
  });

  test('a webhook that fails leaves the message to the fallback, signed for that address', async () => {
    const number = door.carrier.console.numbers.find((one) => one.number === SMS)!;
    const { url } = number;
    number.url = 'http://127.0.0.1:9/nobody';
    expect((await door.carrier.phone(PHONE).sends('Par le second chemin')).status).toBe(200);
    expect(last().activity.text).toBe('Par le second chemin');
    Object.assign(number, { fallbackUrl: '' });
    expect((await door.carrier.phone(PHONE).sends('Par aucun')).status).toBe(0);
    expect(last().activity.text).toBe('Par le second chemin');
    Object.assign(number, { url, fallbackUrl: url });
  });

  test('a number no town has is refused where the operator sees it', async () => {
    const before = door.received.length;
    expect((await door.carrier.phone(PHONE, ORPHAN).sends('Allo')).status).toBe(404);
    expect(door.received).toHaveLength(before);
  });

  test('on WhatsApp the citizen sees that it was read and is being answered, where it is', async () => {
    const held = new Set<string>();
    await door.close();
    door = await openPhoneDoor({ twilio: { isAnswering: async (conversation) => !held.has(conversation) } });
    const phone = door.carrier.phone(CHAT);
    const seen = async (count: number) => {
      for (const until = Date.now() + 5000; phone.seenByTown().length < count && Date.now() < until; ) await pause(10);
      return phone.seenByTown();
    };
    const first = await phone.sends('Bonjour');
    expect(await seen(1)).toEqual([first.sid]);
    // A retry is no second message, a text message has no such sign, and Twilio's own answer to STOP needs none.
    await first.again();
    await door.carrier.phone(PHONE).sends('Bonjour');
    door.carrier.setOptOut('advanced');
    await phone.sends('STOP');
    door.carrier.setOptOut('none');
    held.add(door.received[0]!.conversation);
    await phone.sends('Vous êtes là ?');
    held.clear();
    const last = await phone.sends('Allo ?');
    expect(await seen(2)).toEqual([first.sid, last.sid]);
    // Without it everything goes on, and it is said once.
    door.carrier.faults.outage(true);
    for (const text of ['Un', 'Deux', 'Trois']) expect((await phone.sends(text)).status).toBe(200);
    for (const until = Date.now() + 5000; door.logged.length === 0 && Date.now() < until; ) await pause(10);
    expect(door.logged).toEqual([['typing-unavailable', { reason: '503' }]]);
    door.carrier.faults.outage(false);
  });

  test('a pin, with its name', async () => {
    await door.carrier
      .phone(CHAT)
      .sends('', { location: { latitude: 48.8049, longitude: 2.1204, label: 'École', address: '3 rue des Lilas' } });
    expect(last().activity).toMatchObject({
      entities: [
        {
          type: 'Place',
          geo: { type: 'GeoCoordinates', latitude: 48.8049, longitude: 2.1204 },
          name: 'École',
          address: '3 rue des Lilas',
        },
      ],
    });
    expect(last().activity.text).toBeUndefined();
    await door.carrier.phone(CHAT).sends('x', { more: { Latitude: '', Longitude: '2' } });
    expect(last().activity.entities).toBeUndefined();
    await door.carrier.phone(CHAT).sends('x', { more: { Latitude: '95', Longitude: '2' } });
    expect(last().activity.entities).toBeUndefined();
  });

  test('a business-scoped id instead of a number', async () => {
    const hidden = 'whatsapp:FR.1502576394655843';
    const phone = door.carrier.phone(hidden);
    await phone.sends('Bonjour', { more: { ExternalUserId: 'FR.1502576394655843' } });
    expect(last()).toMatchObject({ address: hidden, activity: { channelData: { externalUserId: 'FR.1502576394655843' } } });
    expect(await door.deliver(door.outgoing(hidden, 'Bonjour'))).toMatchObject({ outcome: 'sent' });
    await phone.next('Bonjour');
  });

  test('an opt-out that Twilio has already answered is said to be one', async () => {
    door.carrier.setOptOut('advanced');
    const phone = door.carrier.phone('+33639980009');
    await phone.sends('arrêt');
    expect(last().activity).toMatchObject({ text: 'arrêt', channelData: { optOut: 'stop' } });
    expect(phone.received()).toHaveLength(1);
    await phone.sends('START');
    expect(last().activity.channelData).toEqual({ optOut: 'start' });
    door.carrier.setOptOut('none');
    await phone.sends('STOP');
    expect(last().activity.channelData).toBeUndefined();
  });

  test.each([
    ['empty', ''],
    ['emoji', '👍'],
    ['1,600 characters', 'à'.repeat(1600)],
    ['line ends', 'a\r\nb'],
  ])('%s', async (_what, text) => {
    expect((await door.carrier.phone(PHONE).sends(text, { more: { SomethingNew: 'é', 'Odd[name]': '' } })).status).toBe(200);
    expect(last().activity.text ?? '').toBe(text);
  });

  test('while nothing can be written down the answer is 503, and the retry is kept once', async () => {
    door.storeAway(true);
    const before = door.received.length;
    const sending = door.carrier.phone(PHONE).sends('Important');
    setTimeout(() => door.storeAway(false), 60);
    expect((await sending).status).toBe(200);
    expect(door.received.length).toBe(before + 1);
    expect(door.logged.some(([event]) => event === 'webhook-not-written')).toBe(true);
  });

  test('no word and no number of a citizen is logged', async () => {
    const log = JSON.stringify(door.logged);
    for (const secret of [PHONE, 'Important', 'lampadaire', door.carrier.authToken]) expect(log).not.toContain(secret);
  });
});

describe('pictures', () => {
  let door: PhoneDoor;
  beforeAll(async () => {
    door = await openPhoneDoor({ twilio: { mediaLimits: { bytes: 200_000, totalMs: 3000 } } });
  });
  afterAll(() => door.close());

  test('a picture is brought in with our credentials, which its redirect does not see', async () => {
    const withPlace = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
      .withExif({ IFD0: { Copyright: 'x' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 48/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect((await sharp(withPlace).metadata()).exif).toBeDefined();
    const pdf = Buffer.from('%PDF-1.4\n%%EOF\n');
    const media = [
      { contentType: 'image/jpeg', bytes: withPlace },
      { contentType: 'application/pdf', bytes: pdf },
    ];
    await door.carrier.phone(CHAT).sends('Voilà', { media });
    const message = door.received.at(-1)!;
    expect(message.activity.channelData).toEqual({ mediaPending: true });
    const activity = await door.twilio.fetchMedia(message);
    expect(activity).toMatchObject({
      text: 'Voilà',
      attachments: [
        { contentType: 'image/jpeg', contentUrl: expect.stringMatching(/^\/files\/[0-9a-f]{32}$/), name: '1.jpg' },
        { contentType: 'application/pdf', name: '2.pdf' },
      ],
    });
    expect(activity.channelData).toBeUndefined();
    const kept = await door.files.get(activity.attachments![0]!.contentUrl!.slice('/files/'.length));
    const bytes = await buffer(kept!.stream);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect(door.carrier.leaks()).toBe(0);
    expect(await door.twilio.fetchMedia(message)).toEqual(activity);
    expect(await door.twilio.fetchMedia({ ...message, activity })).toBe(activity);
  });

  test('a photo that is stored here is deleted at Twilio; the message stays, until it is erased itself', async () => {
    const media = [{ contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF\n') }];
    const atTwilio = () => door.carrier.messages().find(({ sid }) => sid === door.received.at(-1)?.activity.id);
    await door.carrier.phone(CHAT).sends('Voilà', { media });
    const message = door.received.at(-1)!;
    expect(atTwilio()?.media).toHaveLength(1);
    // What cannot be deleted just now holds nobody up, and is told.
    door.carrier.faults.outage(true, 'erasures');
    const activity = await door.twilio.fetchMedia(message);
    expect(activity.attachments).toMatchObject([{ contentUrl: expect.stringMatching(/^\/files\//) }]);
    expect(atTwilio()?.media).toHaveLength(1);
    expect(door.logged).toContainEqual(['media-not-erased', { message: message.id, index: 0, reason: '503' }]);
    door.carrier.faults.outage(false, 'erasures');
    // A crash before the message was written down with its photo: the same again, though nothing is left to fetch.
    expect(await door.twilio.fetchMedia(message)).toEqual(activity);
    expect(atTwilio()).toMatchObject({ body: 'Voilà', media: [] });
    expect(await door.twilio.fetchMedia(message)).toEqual(activity);
    await door.twilio.erase(String(message.activity.id));
    expect(atTwilio()).toBeUndefined();
    await door.twilio.erase(String(message.activity.id));
    expect(door.carrier.violations).toEqual([]);
  });

  test('what could not be stored stays at Twilio', async () => {
    const media = [{ contentType: 'audio/ogg', bytes: Buffer.from('OggS\0\u0002voice') }];
    const { sid } = await door.carrier.phone(CHAT).sends('', { media });
    await door.twilio.fetchMedia(door.received.at(-1)!);
    expect(door.carrier.messages().find((one) => one.sid === sid)?.media).toHaveLength(1);
  });

  test('an erasure that Twilio does not carry out is told to whoever asked', async () => {
    const { sid } = await door.carrier.phone(PHONE).sends('Oubliez-moi');
    door.carrier.faults.outage(true, 'erasures');
    await expect(door.twilio.erase(sid)).rejects.toMatchObject({ status: 503 });
    door.carrier.faults.outage(false, 'erasures');
    await door.twilio.erase(sid);
    expect(door.carrier.messages().some((one) => one.sid === sid)).toBe(false);
  });

  test.each([
    ['a video too large', { contentType: 'video/mp4', bytes: Buffer.alloc(300_000) }, 'too-large'],
    ['a voice note', { contentType: 'audio/ogg', bytes: Buffer.from('OggS\0\u0002voice') }, 'not-allowed'],
    ['a contact card', { contentType: 'text/vcard', bytes: Buffer.from('BEGIN:VCARD\nEND:VCARD') }, 'not-allowed'],
    ['half a picture', { contentType: 'image/jpeg', bytes: JPEG_START }, 'damaged'],
  ])('%s becomes a note, and the message is kept', async (_what, media, unavailable) => {
    await door.carrier.phone(CHAT).sends('Regardez', { media: [media] });
    const activity = await door.twilio.fetchMedia(door.received.at(-1)!);
    expect(activity).toMatchObject({
      text: 'Regardez',
      attachments: [{ contentType: media.contentType, content: { unavailable } }],
    });
    expect(activity.attachments![0]!.contentUrl).toBeUndefined();
  });

  test('a picture that Twilio no longer has becomes a note', async () => {
    const { sid } = await door.carrier
      .phone(CHAT)
      .sends('', { media: [{ contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') }] });
    await sdk(door.carrier).messages(sid).remove();
    const activity = await door.twilio.fetchMedia(door.received.at(-1)!);
    expect(activity.attachments).toEqual([{ contentType: 'application/pdf', content: { unavailable: 'not-found' } }]);
  });

  test('five at once, and NumMedia that promises more than there is', async () => {
    const media = Array.from({ length: 5 }, () => ({ contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') }));
    await door.carrier.phone(CHAT).sends('', { media, more: { NumMedia: '9999' } });
    expect((await door.twilio.fetchMedia(door.received.at(-1)!)).attachments).toHaveLength(5);
  });
});
