/**
 * The phone channels alone, between the real HTTP server and the fake carrier, before an inbox
 * in memory: for what a whole town hall cannot be made to do on command.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectMedia } from '../../src/channels/media';
import { createTwilio, type Receipt, type TwilioParts } from '../../src/channels/twilio';
import { type CarrierOptions, openCarrier } from '../../src/demo/carrier';
import type { Activity } from '../../src/domain/message/activity';
import type { Delivery, Letter } from '../../src/domain/message/courier';
import type { Received } from '../../src/domain/message/letter';
import type { Town } from '../../src/domain/town';
import { createServer } from '../../src/http/server';
import { openFileFolder } from '../../src/store/files/folder';
import { aTown } from './phone-town';

export const PUBLIC_URL = 'https://guichet.example';
export const SMS = '+33939000001';
export const WHATSAPP = '+33939000002';
export const SERVICE = `MG${'0'.repeat(32)}`;
export const SERVICE_SMS = '+33939000009';
/** A number of the account that no town has. */
export const ORPHAN = '+33939000088';

const TOWNS = [
  aTown('valmont', { sms: SMS, whatsapp: WHATSAPP }),
  aTown('lamotte', { sms: '+33939000003', whatsapp: '+33939000004' }),
  aTown('servians', { sms: SERVICE }),
];

export interface PhoneDoorOptions {
  carrier?: Partial<CarrierOptions>;
  twilio?: Partial<TwilioParts>;
  towns?: Town[];
}

export async function openPhoneDoor({ carrier: carrierOptions, twilio: twilioParts, towns = TOWNS }: PhoneDoorOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'guichet-phones-'));
  let aheadMs = 0;
  const clock = () => new Date(Date.now() + aheadMs);
  const numbers = [SMS, `whatsapp:${WHATSAPP}`, '+33939000003', 'whatsapp:+33939000004', SERVICE_SMS, ORPHAN];
  const carrier = await openCarrier({ numbers, services: { [SERVICE]: [SERVICE_SMS] }, clock, ...carrierOptions });
  const received: Received[] = [];
  const receipts: Receipt[] = [];
  const consents: unknown[] = [];
  const logged: Array<[string, Record<string, unknown>]> = [];
  let isAway = false;
  const whenThere = () => {
    if (isAway) throw new Error('The database is away');
  };
  const files = await openFileFolder(join(folder, 'files'));
  const open = () =>
    createTwilio({
      accountSid: carrier.accountSid,
      authToken: carrier.authToken,
      apiUrl: carrier.url,
      publicUrl: () => PUBLIC_URL,
      towns: { list: () => towns },
      async receive(message) {
        whenThere();
        if (received.some(({ id }) => id === message.id)) return 'known';
        received.push(message);
        return 'new';
      },
      clock,
      log: (event, fields) => void logged.push([event, fields]),
      async onReceipt(receipt) {
        whenThere();
        receipts.push(receipt);
      },
      async onConsent(consent) {
        consents.push(consent);
      },
      files,
      media: inspectMedia,
      timeoutMs: 2000,
      rates: { sms: 1000, whatsapp: 1000 },
      ...twilioParts,
    });
  const twilio = open();
  let deliverer = twilio;
  const server = createServer({ routes: twilio.routes, upgrade: () => false, isLive: false, log: () => {}, onAnswer: () => {} });
  const port = await server.listen('127.0.0.1', 0);
  const url = `http://127.0.0.1:${port}`;
  carrier.connect(PUBLIC_URL, url);
  let sent = 0;

  return {
    carrier,
    url,
    twilio,
    files,
    received,
    receipts,
    consents,
    logged,
    clock,
    /** Moves everyone's clock on. */
    later(ms: number) {
      aheadMs += ms;
    },
    storeAway(isIt: boolean) {
      isAway = isIt;
    },
    channel: (name: 'sms' | 'whatsapp') => deliverer.channels.find((one) => one.name === name)!,
    /** Forgets what a process forgets when it dies; webhooks still find the door. */
    async restart() {
      const before = deliverer;
      deliverer = open();
      if (before !== twilio) before.close();
    },
    outgoing(address: string, activity: Partial<Activity> | string, id = `inbox#${++sent}`, town = 'valmont'): Letter {
      const channel = address.startsWith('whatsapp:') ? 'whatsapp' : 'sms';
      const said = typeof activity === 'string' ? { text: activity } : activity;
      const timestamp = clock().toISOString();
      return { id, town, channel, conversation: 'c', address, activity: { type: 'message', locale: 'fr', timestamp, ...said } };
    },
    deliver(message: Letter, isOurs = () => true): Promise<Delivery> {
      return this.channel(message.channel as 'sms').courier!.deliver(message, isOurs);
    },
    reconcile(message: Letter): Promise<Delivery> {
      return this.channel(message.channel as 'sms').courier!.reconcile!(message);
    },
    async close() {
      await carrier.idle();
      await carrier.close();
      await server.close();
      for (const one of new Set([twilio, deliverer])) one.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type PhoneDoor = Awaited<ReturnType<typeof openPhoneDoor>>;
