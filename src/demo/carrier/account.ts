/**
 * What stands in the console of a Twilio account: its numbers, its WhatsApp senders, its Messaging
 * Services, and where each sends what comes in. All of it can be changed, as an operator would.
 */
import { isWhatsApp, newSid } from './messages';

/** Where incoming messages go, and what is tried when that fails. */
export interface Webhook {
  url: string;
  method: 'POST' | 'GET';
  fallbackUrl: string;
}

export interface OwnNumber extends Webhook {
  sid: string;
  number: string;
  canSms: boolean;
  /** A TwiML app that takes its messages instead of the webhook. */
  applicationSid: string;
}

export interface OwnWhatsApp extends Webhook {
  sid: string;
  /** `whatsapp:+33…` */
  id: string;
  /** ONLINE when messages pass. */
  status: string;
}

export interface OwnService extends Webhook {
  sid: string;
  numbers: string[];
  /** Leaves what comes in to the webhook of the number it came to. */
  defersToNumber: boolean;
}

export interface Console {
  status: 'active' | 'suspended' | 'closed';
  type: 'Full' | 'Trial';
  numbers: OwnNumber[];
  whatsApp: OwnWhatsApp[];
  services: OwnService[];
}

const SERVICE = /^(?:whatsapp:)?(MG[0-9a-fA-F]{32})$/;
/** Overrides of a connection, in an address's fragment, which is neither sent nor signed (protocols.md 1.3). */
const OVERRIDES = '#rc=3&rp=ct,rt,5xx&rt=4000';

/** A sender that is a Messaging Service is given a number of its own: a demo's town may name one. */
export function createConsole(senders: string[], services: Record<string, string[]>): Console {
  const pools = new Map(Object.entries(services));
  const numbers = senders.flatMap((sender, index) => {
    const service = SERVICE.exec(sender)?.[1];
    if (!service) return [sender];
    const number = `${isWhatsApp(sender) ? 'whatsapp:' : ''}+3393900${String(9000 + index).padStart(4, '0')}`;
    pools.set(service, [...(pools.get(service) ?? []), number]);
    return [number];
  });
  const webhook = (): Webhook => ({ url: '', method: 'POST', fallbackUrl: '' });
  return {
    status: 'active',
    type: 'Full',
    numbers: numbers
      .filter((number) => !isWhatsApp(number))
      .map((number) => ({ sid: newSid('PN'), number, canSms: true, applicationSid: '', ...webhook() })),
    whatsApp: numbers.filter(isWhatsApp).map((id) => ({ sid: newSid('XE'), id, status: 'ONLINE', ...webhook() })),
    services: [...pools].map(([sid, pool]) => ({ sid, numbers: pool, defersToNumber: false, ...webhook() })),
  };
}

/** Everything set as it should be for a service at this address. */
export function pointAt(publicUrl: string, { numbers, whatsApp, services }: Console): void {
  const url = `${publicUrl}/hooks/twilio/message${OVERRIDES}`;
  for (const one of [...numbers, ...whatsApp, ...services]) Object.assign(one, { url, method: 'POST', fallbackUrl: url });
}

export function ownsSender({ numbers, whatsApp }: Console, sender: string): boolean {
  return numbers.some(({ number }) => number === sender) || whatsApp.some(({ id }) => id === sender);
}

/** The Messaging Service a sender is in. */
export function serviceOf({ services }: Console, sender: string): OwnService | undefined {
  return services.find(({ numbers }) => numbers.includes(sender));
}

/** Where a message to this sender is announced. */
export function webhookOf(console: Console, sender: string): Webhook | undefined {
  const service = serviceOf(console, sender);
  if (service && !service.defersToNumber) return service;
  return console.numbers.find(({ number }) => number === sender) ?? console.whatsApp.find(({ id }) => id === sender);
}
