/**
 * Who takes what comes in to a sender of the account: the Messaging Service that it is in, unless that leaves it to the
 * sender's own webhook (protocols.md 1.1).
 */
import type { Twilio } from 'twilio';
import type { PhoneChannel } from './senders';

export const MESSAGE_PATH = '/hooks/twilio/message';
const LISTED = 1000;

export type Services = Awaited<ReturnType<Twilio['messaging']['v1']['services']['list']>>;

export function listServices(twilio: Twilio): Promise<Services> {
  return twilio.messaging.v1.services.list({ limit: LISTED });
}

/** Who is in which Messaging Service, by the sender's address; a service that leaves incoming messages to its numbers takes none. */
export async function membersOf(twilio: Twilio, services: Services): Promise<Map<string, Services[number]>> {
  const found = new Map<string, Services[number]>();
  for (const service of services.filter((one) => !one.useInboundWebhookOnNumber)) {
    const members = twilio.messaging.v1.services(service.sid);
    const numbers = await members.phoneNumbers.list({ limit: LISTED });
    const senders = await members.channelSenders.list({ limit: LISTED });
    for (const { phoneNumber } of numbers) found.set(phoneNumber, service);
    for (const { sender } of senders) found.set(sender, service);
  }
  return found;
}

/** The address that is called, without what stands behind its sharp, for each sender on a channel: `+33…`, `whatsapp:+33…`. */
export async function calledFor(twilio: Twilio, channel: PhoneChannel): Promise<Map<string, string>> {
  const own = await (channel === 'sms' ? numbersOf(twilio) : whatsAppsOf(twilio));
  const services = await membersOf(twilio, await listServices(twilio));
  return new Map(
    [...own].map(([sender, url]) => [sender, (services.get(sender)?.inboundRequestUrl ?? url ?? '').split('#')[0] ?? '']),
  );
}

/** What a TwiML app takes is not handed to a webhook of the number. */
async function numbersOf(twilio: Twilio): Promise<Array<[string, string | undefined]>> {
  const found = await twilio.incomingPhoneNumbers.list({ limit: LISTED });
  return found.map(({ phoneNumber, smsUrl, smsApplicationSid }) => [phoneNumber, smsApplicationSid ? undefined : smsUrl]);
}

async function whatsAppsOf(twilio: Twilio): Promise<Array<[string, string | null | undefined]>> {
  const found = await twilio.messaging.v2.channelsSenders.list({ channel: 'whatsapp', limit: LISTED });
  return found.map(({ senderId, webhook }) => [senderId, webhook?.callbackUrl]);
}
