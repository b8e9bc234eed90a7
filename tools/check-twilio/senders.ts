/**
 * Whether each town's senders are the account's, can do what they are there for, and hand what
 * comes in to us. A sender inside a Messaging Service obeys the service's settings, not its own.
 */
import type { Twilio } from 'twilio';
import { listServices, membersOf, type Services } from '../../src/channels/twilio/services';
import type { Town } from '../../src/domain/town';
import { bad, type Finding, good, note } from './finding';
import { judgeWebhook, type WebhookSettings } from './webhook';

const LISTED = 1000;
const SERVICE = /^MG/;
const WHATSAPP_PLACE = 'in the console under Messaging, Senders, WhatsApp senders';

export interface SenderParts {
  twilio: Twilio;
  towns: Town[];
  publicUrl: string;
}

export async function checkSenders({ twilio, towns, publicUrl }: SenderParts): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (!towns.some(({ senders }) => senders.sms || senders.whatsapp)) {
    const cure = 'write the number under "senders:" in the town.yml of its town: docs/twilio.md, step 5.';
    return [bad('No town has a sender for SMS or WhatsApp.', cure)];
  }
  const services = await listServices(twilio);
  const serviceOf = await membersOf(twilio, services);
  for (const { id, senders } of towns) {
    if (!senders.sms && !senders.whatsapp) findings.push(note(`${id} has no senders: nobody can write to it by phone.`));
    for (const channel of ['sms', 'whatsapp'] as const) {
      const sender = senders[channel];
      if (!sender) continue;
      const of = { twilio, publicUrl, services, serviceOf, town: id, channel, sender };
      findings.push(
        ...(await (SERVICE.test(sender) ? checkService(of) : channel === 'sms' ? checkNumber(of) : checkWhatsApp(of))),
      );
    }
  }
  return findings;
}

interface One {
  twilio: Twilio;
  publicUrl: string;
  services: Services;
  /** The Messaging Service that takes what comes in to a sender, by the sender's address. */
  serviceOf: Map<string, Services[number]>;
  town: string;
  channel: 'sms' | 'whatsapp';
  sender: string;
}

async function checkNumber(one: One): Promise<Finding[]> {
  const { twilio, town, sender, publicUrl } = one;
  const found = await twilio.incomingPhoneNumbers.list({ phoneNumber: sender, limit: LISTED });
  const number = found.find(({ phoneNumber }) => phoneNumber === sender);
  if (!number) {
    const cure = `buy it under Phone Numbers, or correct senders.sms in towns/${town}/town.yml.`;
    return [bad(`${sender}: the account has no such number (SMS of ${town}).`, cure)];
  }
  if (!number.capabilities.sms) {
    return [
      bad(
        `${sender}: this number cannot send or receive SMS.`,
        'choose a number whose capabilities include SMS: docs/twilio.md, step 3.',
      ),
    ];
  }
  const service = one.serviceOf.get(sender);
  if (service)
    return [good(`${sender}: a number of the account that can SMS.`), ...judgeService(service, publicUrl, ` (of ${sender})`)];
  const place = `in the console under Phone Numbers, ${sender}, Messaging, "a message comes in"`;
  if (number.smsApplicationSid) {
    const what = `${sender}: the TwiML app ${number.smsApplicationSid} takes its messages.`;
    return [bad(what, `${place}, choose Webhook instead of TwiML App.`)];
  }
  const settings = webhookOf(number.smsUrl, number.smsMethod, number.smsFallbackUrl, number.smsFallbackMethod);
  return [good(`${sender}: a number of the account that can SMS.`), ...judgeWebhook(sender, settings, publicUrl, place)];
}

async function checkWhatsApp(one: One): Promise<Finding[]> {
  const { twilio, town, sender, publicUrl } = one;
  const address = `whatsapp:${sender}`;
  const found = await twilio.messaging.v2.channelsSenders.list({ channel: 'whatsapp', limit: LISTED });
  const whatsApp = found.find(({ senderId }) => senderId === address);
  if (!whatsApp) {
    const cure = `register it (docs/twilio.md, step 4), or correct senders.whatsapp in towns/${town}/town.yml.`;
    return [bad(`${address}: the account has no such WhatsApp sender.`, cure)];
  }
  if (!whatsApp.status.startsWith('ONLINE')) {
    const reasons = (whatsApp.offlineReasons ?? []).map(({ code, message }) => ` ${message} (${code}).`).join('');
    const cure = `${WHATSAPP_PLACE}: finish its registration, or see there why it is off.`;
    return [bad(`${address}: the sender is ${whatsApp.status} and not ONLINE.${reasons}`, cure)];
  }
  const service = one.serviceOf.get(address);
  if (service) return [good(`${address}: online.`), ...judgeService(service, publicUrl, ` (of ${address})`)];
  const { callbackUrl, callbackMethod, fallbackUrl, fallbackMethod } = whatsApp.webhook ?? {};
  const settings = webhookOf(callbackUrl, callbackMethod, fallbackUrl, fallbackMethod);
  return [
    good(`${address}: online.`),
    ...judgeWebhook(address, settings, publicUrl, `${WHATSAPP_PLACE}, ${sender}, "endpoint for incoming messages"`),
  ];
}

async function checkService({ twilio, services, town, channel, sender, publicUrl }: One): Promise<Finding[]> {
  const service = services.find(({ sid }) => sid === sender);
  if (!service) {
    const cure = `correct senders.${channel} in towns/${town}/town.yml; the console shows the sid under Messaging, Services.`;
    return [bad(`${sender}: the account has no such Messaging Service.`, cure)];
  }
  const members = twilio.messaging.v1.services(sender);
  const pool = await (channel === 'sms' ? members.phoneNumbers.list({ limit: 1 }) : members.channelSenders.list({ limit: 1 }));
  if (pool.length === 0) {
    const what = channel === 'sms' ? 'phone number' : 'WhatsApp sender';
    return [bad(`${sender}: its sender pool has no ${what}.`, `in the console under Messaging, Services, Sender Pool, add one.`)];
  }
  // What is set at the number itself would take over; it would have to be set at each of them.
  return judgeService(service, publicUrl, '');
}

function judgeService(service: Services[number], publicUrl: string, whose: string): Finding[] {
  const name = `${service.sid}${whose}`;
  const place = `in the console under Messaging, Services, ${service.friendlyName}, Integration`;
  if (service.useInboundWebhookOnNumber) {
    const what = `${name}: the Messaging Service leaves incoming messages to the webhook of each number.`;
    return [bad(what, `${place}, choose "send a webhook" and set it there, once for all its senders.`)];
  }
  const settings = webhookOf(service.inboundRequestUrl, service.inboundMethod, service.fallbackUrl, service.fallbackMethod);
  return judgeWebhook(name, settings, publicUrl, place);
}

/** Twilio leaves a setting that was never made null or empty; its methods are then POST. */
function webhookOf(
  url: string | null | undefined,
  method: string | null | undefined,
  fallbackUrl: string | null | undefined,
  fallbackMethod: string | null | undefined,
): WebhookSettings {
  return { url: url ?? '', method: method ?? 'POST', fallbackUrl: fallbackUrl ?? '', fallbackMethod: fallbackMethod ?? 'POST' };
}
