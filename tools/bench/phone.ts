/**
 * The phone column: from the signed webhook to the reply that the carrier has accepted, and how
 * soon the webhook itself is answered. Ours beside the shortest echo bot that keeps nothing, and the durable floor.
 */
import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { type CarrierLink, citizensPhone, openCarrierLink, SENDER } from './carrier-link';
import { FLOOR, type Measured, type Plan, pace, postText, type Speaker, saturate, warmUp } from './driver';
import { settled, start } from './server';

const WEBHOOK = '/hooks/twilio/message';
const STEADY = 100;
const WEBHOOKS_STEADY = 200;
const REPLY_LIMIT_MS = 20_000;

export interface PhoneColumn {
  name: string;
  /** Webhook to accepted reply. */
  saturated: Measured;
  steady: Measured;
  /** Webhook to its own answer. */
  webhook: Measured;
  /** Replies nobody was waiting for: a message answered twice, or counted late. */
  surplus: number;
  /** Milliseconds of processor time the server takes for one message, at saturation: what a busy machine does not blur. */
  cpuMs: number;
  megabytes: number;
}

/** A town's sender has a speed, fragments a pause, and what a town spends on texts its ceilings: none is what is measured here. */
export const UNHURRIED = {
  ...{ PHONE_PAUSE_MS: '0', SMS_PER_SECOND: '10000' },
  ...{ ANSWERS_PER_HOUR: '100000', ANSWERS_PER_DAY: '100000', PIECES_PER_DAY: '10000000' },
};

/** Each citizen writes from so many phones in turn: one phone that answers at once, again and again, is taken for a machine. */
const PHONES_EACH = 250;

export async function phoneColumns(plan: Plan, dataDir: (name: string) => string): Promise<PhoneColumn[]> {
  const ours = (name: string, receipts: boolean) =>
    phoneColumn(name, 'dist/src/main.js', { DATA_DIR: dataDir(`phone-${receipts}`), ...UNHURRIED }, receipts, plan);
  return [
    await phoneColumn('echo bot, nothing kept (yardstick)', 'dist/tools/bench/processes/phone-yardstick.js', {}, false, plan),
    await phoneColumn(FLOOR, 'dist/tools/bench/processes/phone-floor.js', { DATA_DIR: dataDir('phone-floor') }, false, plan),
    await ours('Guichet, embedded store', false),
    await ours('the same, two receipts of each reply coming back', true),
  ];
}

/** @param beside processor time of what runs beside the server, a database. */
export async function phoneColumn(
  name: string,
  script: string,
  env: Record<string, string>,
  receipts: boolean,
  { citizens, texts, forMs }: Plan,
  beside: () => number = () => 0,
): Promise<PhoneColumn> {
  const carrier = await openCarrierLink();
  const server = await start([script], { ...env, ...carrier.env });
  try {
    await settled(server.url);
    const phones = Array.from({ length: citizens * PHONES_EACH }, (_, n) => citizensPhone(n));
    await carrier.connect({ service: server.url, receipts, phones });
    const subscribers = Array.from({ length: citizens }, (_, n) => {
      const own = phones.slice(n * PHONES_EACH, (n + 1) * PHONES_EACH);
      const next = inTurn(own.map((phone) => createSubscriber(server.url, phone, carrier)));
      return { say: (text: string) => next().say(text), knock: (text: string) => next().knock(newText(text)) };
    });
    const replied = subscribers.map(({ say }): Speaker => ({ say, close() {} }));
    const answered = subscribers.map(({ knock }): Speaker => ({ say: knock, close() {} }));
    await warmUp(replied, texts);
    const cpuSeconds = () => server.cpuSeconds() + beside();
    const cpuBefore = cpuSeconds();
    const saturated = await saturate(replied, texts, forMs);
    const cpuMs = ((cpuSeconds() - cpuBefore) * 1000) / saturated.count;
    await quiet();
    const steady = await pace(replied, texts, STEADY, forMs);
    const surplus = carrier.surplus();
    const webhook = await pace(answered, texts, WEBHOOKS_STEADY, forMs);
    await quiet();
    return { name, saturated, steady, webhook, surplus, cpuMs, megabytes: server.megabytes() };
  } finally {
    await server.stop();
    carrier.close();
  }
}

function inTurn<T>(all: T[]): () => T {
  let turn = 0;
  return () => {
    turn += 1;
    return all[turn % all.length] as T;
  };
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 1000));

/** A text as the carrier knows it: sent again it has the same sid. */
export interface PhoneText {
  sid: string;
  body: string;
}

export const newText = (body: string): PhoneText => ({ sid: `SM${randomBytes(16).toString('hex')}`, body });

/** A telephone: `say` is done when its reply is accepted, `knock` when the webhook is answered. */
export function createSubscriber(url: string, phone: string, carrier: CarrierLink) {
  const { TWILIO_ACCOUNT_SID: AccountSid, TWILIO_AUTH_TOKEN: authToken } = carrier.env;

  async function knock({ sid, body }: PhoneText): Promise<void> {
    const form = {
      AccountSid,
      ApiVersion: '2010-04-01',
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      SmsStatus: 'received',
      From: phone,
      To: SENDER,
      Body: body,
      NumSegments: '1',
      NumMedia: '0',
      FromCountry: 'FR',
    };
    await postText(url, WEBHOOK, new URLSearchParams(form).toString(), {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': getExpectedTwilioSignature(authToken, url + WEBHOOK, form),
    });
  }

  /** The reply is waited for from the beginning: it may be accepted before the webhook is answered. */
  async function say(text: string): Promise<void> {
    const reply = carrier.nextReply(phone, REPLY_LIMIT_MS);
    await Promise.all([reply, knock(newText(text))]);
  }
  return { say, knock };
}

export function phoneTable(columns: PhoneColumn[]): string[] {
  const rateOf = (wanted: string | undefined) => columns.find(({ name }) => name === wanted)?.saturated.rate ?? 1;
  const [yardstick, floor] = [rateOf(columns[0]?.name), rateOf(FLOOR)];
  const pair = ({ p50, p95 }: Measured) => `${p50.toFixed(1)}, ${p95.toFixed(1)}`;
  return [
    'Phone: signed webhook to reply accepted by the carrier (which is a process of its own, without delays). The pause for',
    `fragments is off (PHONE_PAUSE_MS=0) and the sender is not slowed down (SMS_PER_SECOND=${UNHURRIED.SMS_PER_SECOND}).`,
    '',
    '| | messages/s | of yardstick | of the floor | p50, p95 saturated (ms) | p50, p95 at 100/s (ms) | webhook answered, p50, p95 at 200/s (ms) | CPU a message (ms) | failed | memory (MB) |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...columns.map(
      ({ name, saturated, steady, webhook, cpuMs, megabytes }) =>
        `| ${name} | ${saturated.rate.toFixed(0)} | ${(saturated.rate / yardstick).toFixed(2)} | ${(saturated.rate / floor).toFixed(2)} | ${pair(saturated)} | ${pair(steady)} | ${pair(webhook)} | ${cpuMs.toFixed(1)} | ${saturated.failed + steady.failed + webhook.failed} | ${megabytes.toFixed(0)} |`,
    ),
    ...columns.filter(({ surplus }) => surplus > 0).map(({ name, surplus }) => `${name}: ${surplus} replies nobody waited for.`),
  ];
}
