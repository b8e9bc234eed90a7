/**
 * Every courier keeps the same contract, whatever carries its letters: what was taken is 'sent', what may be put right is
 * tried again, what never will be is given up, and nothing leaves once the letter is another process's. Then the outbox
 * over all lanes: the same order, tries and end for each.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmailCourier } from '../../src/channels/email/courier';
import { createWebhookCourier } from '../../src/couriers/webhook';
import { createMemory } from '../../src/domain/conversation';
import type { Bot } from '../../src/domain/decision';
import type { Courier, Delivery, Lane, Letter } from '../../src/domain/message/courier';
import { createMailroom } from '../../src/mailroom';
import { createStore } from '../../src/store/store';
import { createLastLook } from '../support/last-look';
import { type MailServer, openMailServer } from '../support/mail-server';
import { describeBacks } from '../support/scratch';
import { until } from '../support/until';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, yes').toString('base64')}`;

/** A courier with somebody at the other end. */
interface Driven {
  courier: Courier;
  letter(id: string, address?: string): Letter;
  /** What stands at the other end, one per letter that was taken: ids that stay the same over tries. */
  taken(): string[];
  /** The next try is refused: for now, or for good. */
  refuse(howLong: 'now' | 'ever'): void;
  /** Nobody listens any more. */
  vanish(): Promise<void>;
  close(): Promise<void>;
}

async function openWebhook(): Promise<Driven> {
  const taken: string[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const status = answers.shift() ?? 204;
      if (status < 300) taken.push(String(request.headers['webhook-id']));
      response.writeHead(status, { connection: 'close' });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    courier: createWebhookCourier({ secret: SECRET, hooksOf: () => [], privateHosts: ['127.0.0.1'], clock: () => new Date() }),
    letter: (id, address = at) => ({
      ...{ id, town: 't', channel: 'webhook', conversation: 'hook', address },
      activity: { type: 'event', value: { id } },
    }),
    taken: () => taken,
    refuse: (howLong) => answers.push(howLong === 'ever' ? 410 : 503),
    vanish: close,
    close,
  };
}

async function openEmail(): Promise<Driven & { server: MailServer }> {
  const server = await openMailServer();
  const courier = createEmailCourier({
    url: server.url,
    from: 'mairie@ville.example',
    townOf: () => ({ name: 'Ville de Tilleul', authority: {}, languages: [], senders: {} }),
  });
  return {
    server,
    courier,
    letter: (id, address = 'ana@example.org') => ({
      ...{ id, town: 't', channel: 'email', conversation: 'mail', address },
      activity: { type: 'message', text: `Bonjour ${id}`, locale: 'fr', channelData: { subject: 'Votre demande' } },
    }),
    taken: () => server.received.map(({ messageId = '' }) => messageId),
    refuse: (howLong) => server.refuse('RCPT', howLong === 'ever' ? 550 : 451),
    vanish: server.close,
    async close() {
      courier.close();
      await server.close();
    },
  };
}

const yes = () => true;

describe.each([
  ['webhook', openWebhook],
  ['email', openEmail],
] as Array<[Lane, () => Promise<Driven>]>)('the courier of %s', (lane, open) => {
  let driven: Driven;
  beforeEach(async () => {
    driven = await open();
  });
  afterEach(() => driven.close());

  test('delivers, under one id however often', async () => {
    const { courier, letter, taken } = driven;
    expect(courier.lane).toBe(lane);
    expect(await courier.deliver(letter('a'), yes)).toEqual({ outcome: 'sent', providerId: taken()[0] });
    expect(await courier.deliver(letter('a'), yes)).toMatchObject({ outcome: 'sent' });
    expect(await courier.deliver(letter('b'), yes)).toMatchObject({ outcome: 'sent' });
    const [first, again, other] = taken();
    expect([again === first, other === first, taken().length]).toEqual([true, false, 3]);
  });

  test('what is refused for now is tried again, what is refused for good never', async () => {
    driven.refuse('now');
    expect(await driven.courier.deliver(driven.letter('a'), yes)).toMatchObject({ outcome: 'later' });
    driven.refuse('ever');
    expect(await driven.courier.deliver(driven.letter('a'), yes)).toMatchObject({ outcome: 'never' });
    expect(driven.taken()).toEqual([]);
  });

  test('a letter that is another process’s by now does not leave', async () => {
    const back: Delivery = { outcome: 'later', reason: 'lease-over', isUntried: true };
    expect(await driven.courier.deliver(driven.letter('a'), () => false)).toEqual(back);
    expect(driven.taken()).toEqual([]);
  });

  test('nobody at the other end: not given up', async () => {
    await driven.vanish();
    expect((await driven.courier.deliver(driven.letter('a'), yes)).outcome).toMatch(/later|unknown/);
  });
});

test('a web hook is asked about once its connection stands', async () => {
  const { courier, letter, taken, close } = await openWebhook();
  const look = createLastLook(letter('a').address);
  expect(await courier.deliver(letter('a'), look.isOurs)).toMatchObject({ reason: 'lease-over' });
  expect([look.stood, taken()]).toEqual([[true], []]);
  await close();
});

test('an e-mail is asked about when the server wants its words, also over a connection that was used before', async () => {
  const { courier, letter, taken, server, close } = await openEmail();
  for (const before of [0, 1]) {
    const look = createLastLook(server.url);
    expect(await courier.deliver(letter('a'), look.isOurs)).toEqual({ outcome: 'later', reason: 'lease-over', isUntried: true });
    expect([look.stood, taken().length]).toEqual([[true], before]);
    expect(await courier.deliver(letter(`b${before}`), yes)).toMatchObject({ outcome: 'sent' });
  }
  expect(server.steps.filter((step) => step === 'DATA')).toHaveLength(4);
  await close();
});

describe('an e-mail', () => {
  test('comes from the town, says what is said, and nothing in it is a command', async () => {
    const { courier, letter, server, close } = await openEmail();
    const mail = letter('a');
    mail.activity.text = 'La référence est 7K3M-9QPX.\nÀ bientôt, l’équipe\r\n.\r\nDATA';
    mail.activity.channelData = { subject: 'Votre demande\r\nBcc: eve@example.org', replyTo: 'voirie@ville.example' };
    expect(await courier.deliver(mail, yes)).toMatchObject({ outcome: 'sent' });
    const [received] = server.received;
    expect(received).toMatchObject({
      from: { name: 'Ville de Tilleul', address: 'mairie@ville.example' },
      to: [{ address: 'ana@example.org' }],
      replyTo: [{ address: 'voirie@ville.example' }],
      subject: expect.stringMatching(/^Votre demande\s+Bcc: eve@example\.org$/),
    });
    expect(received?.bcc).toBeUndefined();
    expect(received?.text?.trim().split(/\r?\n/)).toEqual(['La référence est 7K3M-9QPX.', 'À bientôt, l’équipe', '.', 'DATA']);
    expect(received?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
    await close();
  });

  test.each([
    '',
    'ana',
    'ana@example.org, eve@example.org',
    '"Eve" <eve@example.org>',
    'ana@example.org\r\nRCPT TO:<eve@example.org>',
  ])('is not sent to what is no single address: %j', async (address) => {
    const { courier, letter, taken, close } = await openEmail();
    expect(await courier.deliver(letter('a', address), yes)).toEqual({ outcome: 'never', reason: 'bad-address' });
    expect(taken()).toEqual([]);
    await close();
  });

  test('a password that the server refuses, or would show to everybody, keeps the letter until it is put right', async () => {
    const server = await openMailServer({ user: 'guichet', password: 'p@ss word' });
    const courierAt = (url: string) =>
      createEmailCourier({
        url,
        from: 'mairie@ville.example',
        townOf: () => undefined,
      });
    const letter: Letter = {
      ...{ id: 'a', town: 't', channel: 'email', conversation: 'mail', address: 'ana@example.org' },
      activity: { type: 'message', text: 'Bonjour', channelData: { subject: 'Votre demande' } },
    };
    const cases = [
      [server.url.replace('guichet', 'nobody'), { outcome: 'later', reason: 'credentials-refused' }],
      [server.url.replace('127.0.0.1', '0.0.0.0'), { outcome: 'later', reason: 'no-encryption' }],
      [server.url, { outcome: 'sent' }],
    ] as const;
    for (const [url, expected] of cases) {
      const courier = courierAt(url);
      expect(await courier.deliver(letter, yes)).toMatchObject(expected);
      courier.close();
    }
    expect(server.received).toHaveLength(1);
    await server.close();
  });
});

const bot: Bot = {
  turn: async (_activity, { memory }) => ({ memory, holder: 'bot', effects: [], why: { rule: 'test', heard: [] } }),
  apologise: ({ memory }) => ({ memory, holder: 'bot', effects: [], why: { rule: 'apology', heard: [] } }),
  hush: ({ memory }) => ({ memory, holder: 'bot', effects: [], why: { rule: 'hush', heard: [] } }),
  open: () => ({ memory: createMemory('fr') }),
};

describeBacks('the outbox over all lanes', (_back, scratch) => {
  /** A mailroom that sends by these couriers, over a store of its own. */
  async function openMailroom(couriers: Courier[]) {
    const store = createStore(await scratch().open());
    await store.prepare();
    const told: Array<Record<string, unknown>> = [];
    const mailroom = createMailroom({
      ...store,
      ...{ bot, couriers, clock: () => new Date(), sweepMs: 50 },
      log: (level, event, fields) => {
        if (level === 'error') told.push({ event, ...fields });
      },
    });
    return { store, mailroom, told };
  }

  const patience = () => ({ attempts: 3, longestWaitMs: 20 });

  test('letters of a thread leave in order, once each; one that fails waits, and those behind it; other threads do not', async () => {
    const [hook, mail] = [await openWebhook(), await openEmail()];
    const { mailroom, store } = await openMailroom([hook.courier, mail.courier]);
    mailroom.start();
    hook.refuse('now');
    for (const id of ['1', '2', '3']) await mailroom.post(hook.letter(`h${id}`));
    for (const id of ['1', '2']) await mailroom.post(mail.letter(`m${id}`));
    expect(await mailroom.post(mail.letter('m1'))).toBe('known');
    await until(async () => (await store.mail.outbox.count('sent')) === 5);
    expect(mail.server.received.map(({ text }) => text?.trim())).toEqual(['Bonjour m1', 'Bonjour m2']);
    expect(hook.taken()).toHaveLength(3);
    expect(await store.mail.outbox.get('h1')).toMatchObject({ attempts: 2, state: 'sent' });
    await mailroom.stop();
    await Promise.all([hook.close(), mail.close()]);
  });

  test('never again, in every lane: dead, with the reason, told to the operator, and what stands behind it leaves', async () => {
    const [hook, mail] = [await openWebhook(), await openEmail()];
    const { mailroom, store, told } = await openMailroom([
      { ...hook.courier, patience },
      { ...mail.courier, patience },
    ]);
    mailroom.start();
    mail.refuse('ever');
    for (let tries = 0; tries < 3; tries += 1) hook.refuse('now');
    for (const one of [hook, mail])
      for (const id of ['first', 'second']) await mailroom.post(one.letter(`${one.courier.lane}-${id}`));
    await until(async () => (await store.mail.outbox.count('sent')) === 2);
    const dead = await store.mail.outbox.list('dead', 10);
    expect(dead.map(({ _id, reason, attempts }) => [_id, reason, attempts]).sort()).toEqual([
      ['email-first', 'smtp-550', 1],
      ['webhook-first', 'http-503', 3],
    ]);
    expect(told.filter(({ event }) => event === 'outbox.given-up').map(({ lane }) => lane)).toEqual(
      expect.arrayContaining(['email', 'webhook']),
    );
    await mailroom.stop();
    await Promise.all([hook.close(), mail.close()]);
  });

  test('a thousand letters behind a web hook that is down hide no other lane’s from the process that comes after', async () => {
    const mail = await openEmail();
    const down: Courier = { lane: 'webhook', deliver: async () => ({ outcome: 'later', reason: 'down', afterMs: 600_000 }) };
    const first = await openMailroom([]);
    const hook = await openWebhook();
    for (let n = 0; n < 1000; n += 1) await first.mailroom.post(hook.letter(`h${n}`));
    await first.mailroom.post(mail.letter('m1'));
    const second = createMailroom({
      ...first.store,
      ...{ bot, couriers: [down, mail.courier], clock: () => new Date(), log: () => {}, sweepMs: 20 },
    });
    second.start();
    await until(() => mail.taken().length === 1);
    await second.stop();
    await Promise.all([hook.close(), mail.close()]);
  });
});
