/**
 * SMS and WhatsApp: through the operator's Twilio account, or in a demo without one through a carrier of its own, with
 * phones to write from at /demo/phones.
 */
import type { Channel } from '../../channels/channel';
import { inspectMedia } from '../../channels/media';
import { createTwilio } from '../../channels/twilio';
import { openCarrier } from '../../demo/carrier';
import { createPhoneRoutes } from '../../demo/phones';
import type { Route } from '../../domain/http/route';
import type { House } from '../house';

export interface Phones {
  /** Undefined without an account. */
  sms?: Channel;
  whatsapp?: Channel;
  routes: Route[];
  /** Whether WhatsApp has approved a template in a language; throws where the carrier cannot be asked. */
  isApproved?(name: string, language: string): Promise<boolean>;
  /** Deletes a message at the carrier by its sid. */
  erase?(sid: string): Promise<void>;
  /** Tells the demo's carrier where to bring messages. */
  connect(publicUrl: string, url: string): void;
  close(): Promise<void>;
}

const NONE: Phones = { routes: [], connect: () => {}, close: async () => {} };

type FileUrl = (conversation: string, contentUrl: string | undefined) => string | null;

/** @param fileUrl where the carrier fetches a file of a conversation, for an hour. */
export async function openPhones(house: House, fileUrl: FileUrl): Promise<Phones> {
  const { config, towns, clock } = house;
  if (config.twilio) return phonesOf(house, config.twilio, fileUrl);
  if (config.mode !== 'demo') return NONE;
  const numbers = towns
    .list()
    .flatMap(({ senders: { sms, whatsapp } }) => [...(sms ? [sms] : []), ...(whatsapp ? [`whatsapp:${whatsapp}`] : [])]);
  const carrier = await openCarrier({ numbers, clock });
  const phones = phonesOf(house, { accountSid: carrier.accountSid, authToken: carrier.authToken, apiUrl: carrier.url }, fileUrl);
  return {
    ...phones,
    // It forgets its messages with this process: none can be missed.
    ...{
      sms: phones.sms && { ...phones.sms, catchUp: undefined },
      whatsapp: phones.whatsapp && { ...phones.whatsapp, catchUp: undefined },
    },
    routes: [...phones.routes, ...createPhoneRoutes(carrier, towns)],
    connect: carrier.connect,
    async close() {
      await phones.close();
      await carrier.close();
    },
  };
}

function phonesOf(
  { config, towns, store, files, clock, log, mailroom, publicUrl }: House,
  account: Account,
  fileUrl: FileUrl,
): Phones {
  const { channels, routes, isApproved, erase, close } = createTwilio({
    ...account,
    publicUrl,
    towns,
    receive: (message) => mailroom().receive(message),
    pauseMs: config.phonePauseMs,
    onReceipt: (receipt, isForward) => mailroom().receipt(receipt, isForward),
    onConsent: (consent) => mailroom().consent(consent),
    heardAt: (conversation) => mailroom().heardAt(conversation),
    isAnswering: (conversation) => mailroom().isAnswering(conversation),
    isTaken: (sid, outboxId) => store.mail.isTaken(sid, outboxId),
    files,
    fileLink(url, conversation) {
      const signed = fileUrl(conversation, url);
      return signed && `${publicUrl().replace(/\/$/, '')}${signed}`;
    },
    media: inspectMedia,
    rates: config.phoneRates,
    clock,
    log: (event, fields) => log('warn', `phone.${event}`, fields),
  });
  return {
    ...NONE,
    sms: channels.find(({ name }) => name === 'sms'),
    whatsapp: channels.find(({ name }) => name === 'whatsapp'),
    routes,
    isApproved,
    erase,
    close: async () => close(),
  };
}

interface Account {
  accountSid: string;
  authToken: string;
  apiUrl?: string;
}
