/**
 * What the API tells of an account, as far as somebody who checks an installation asks: the account
 * itself, its numbers (api.twilio.com), its Messaging Services and WhatsApp senders (messaging.twilio.com).
 * Shapes and parameters are those of twilio-oai; a parameter outside them is refused.
 */
import { type Console, type OwnNumber, type OwnService, type OwnWhatsApp, serviceOf } from './account';
import { type Answer, type Call, json, refusal } from './answer';
import { isWhatsApp } from './messages';

export interface AccountApiParts {
  accountSid: string;
  origin(): string;
  console: Console;
  /** Whether this message came from a citizen's WhatsApp. */
  isFromWhatsApp(messageSid: string): boolean;
  /** A citizen sees that their message was read and that somebody is writing. */
  showTyping(messageSid: string): void;
  onViolation(what: string): void;
}

const CREATED = 'Mon, 05 Jan 2026 08:00:00 +0000';
const PAGING = ['PageSize', 'Page', 'PageToken'];

export function createAccountApi({ accountSid, origin, console, onViolation, ...parts }: AccountApiParts) {
  const root = `/2010-04-01/Accounts/${accountSid}`;

  /** One page holds everything: an account of the carrier is small. */
  function listed(key: string, items: unknown[], path: string): Answer {
    const url = `${origin()}${path}?PageSize=50&Page=0`;
    const meta = { page: 0, page_size: 50, url, first_page_url: url, previous_page_url: null, next_page_url: null, key };
    return json(200, { [key]: items, meta });
  }

  function numbers({ query, path }: Call): Answer {
    const wanted = query.get('PhoneNumber');
    const found = console.numbers.filter(({ number }) => !wanted || number.includes(wanted));
    const paging = { page: 0, page_size: 50, start: 0, end: Math.max(found.length - 1, 0) };
    return json(200, {
      incoming_phone_numbers: found.map((one) => presentNumber(one, accountSid)),
      ...paging,
      uri: path,
      first_page_uri: path,
      previous_page_uri: null,
      next_page_uri: null,
    });
  }

  function typing(body: string): Answer {
    const form = new URLSearchParams(body);
    const sid = form.get('messageId') ?? '';
    if (form.get('channel') !== 'whatsapp' || !/^(SM|MM)[0-9a-f]{32}$/.test(sid)) {
      onViolation('A typing indicator needs channel=whatsapp and the messageId of a WhatsApp message');
      return refusal(400, 20001, 'Invalid parameter');
    }
    if (!parts.isFromWhatsApp(sid)) return refusal(404, 20404, 'There is no such message');
    parts.showTyping(sid);
    return json(200, { success: true });
  }

  /** Null where somebody else answers. */
  return (call: Call): Answer | null => {
    const { method, path, query, body } = call;
    if (path === '/v2/Indicators/Typing.json' && method === 'POST') return typing(body);
    const [, serviceSid, part] = /^\/v1\/Services(?:\/(MG[0-9a-fA-F]{32})(?:\/(\w+))?)?$/.exec(path) ?? [];
    const service = console.services.find(({ sid }) => sid === serviceSid);
    const answers: Record<string, { parameters: string[]; answer: () => Answer }> = {
      [`${root}.json`]: { parameters: [], answer: () => json(200, presentAccount(console, accountSid)) },
      [`${root}/IncomingPhoneNumbers.json`]: {
        parameters: [...PAGING, 'Beta', 'FriendlyName', 'PhoneNumber', 'Origin'],
        answer: () => numbers(call),
      },
      '/v2/Channels/Senders': {
        parameters: [...PAGING, 'Channel'],
        answer: () =>
          listed(
            'senders',
            console.whatsApp.map((one) => presentWhatsApp(one, origin())),
            path,
          ),
      },
      '/v1/Services': {
        parameters: PAGING,
        answer: () =>
          listed(
            'services',
            console.services.map((one) => presentService(one, accountSid, origin())),
            path,
          ),
      },
      ...(service && {
        [`/v1/Services/${serviceSid}`]: {
          parameters: [],
          answer: () => json(200, presentService(service, accountSid, origin())),
        },
        [`/v1/Services/${serviceSid}/PhoneNumbers`]: {
          parameters: PAGING,
          answer: () => listed('phone_numbers', membersOf(console, service, false), path),
        },
        [`/v1/Services/${serviceSid}/ChannelSenders`]: {
          parameters: PAGING,
          answer: () => listed('senders', membersOf(console, service, true), path),
        },
      }),
    };
    const found = answers[path];
    if (!found) return serviceSid || part ? refusal(404, 20404, 'There is no such Messaging Service') : null;
    const strange = [...query.keys()].filter((name) => !found.parameters.includes(name));
    if (method === 'GET' && strange.length === 0) return found.answer();
    const what = `${method} ${path} is not in the contract${strange.map((name) => ` with ${name}`).join()}`;
    onViolation(what);
    return refusal(400, 20001, what);
  };
}

function presentAccount({ status, type }: Console, accountSid: string): Record<string, unknown> {
  return {
    sid: accountSid,
    friendly_name: 'A town hall',
    status,
    type,
    owner_account_sid: accountSid,
    // Twilio shows the token here; nobody who knows it needs to be told.
    auth_token: '',
    date_created: CREATED,
    date_updated: CREATED,
    subresource_uris: {},
    uri: `/2010-04-01/Accounts/${accountSid}.json`,
  };
}

function presentNumber(
  { sid, number, canSms, applicationSid, url, method, fallbackUrl }: OwnNumber,
  accountSid: string,
): Record<string, unknown> {
  return {
    sid,
    account_sid: accountSid,
    phone_number: number,
    friendly_name: number,
    capabilities: { voice: true, sms: canSms, mms: false, fax: false },
    sms_url: url,
    sms_method: method,
    sms_fallback_url: fallbackUrl,
    sms_fallback_method: method,
    sms_application_sid: applicationSid,
    status_callback: '',
    status_callback_method: 'POST',
    date_created: CREATED,
    date_updated: CREATED,
    uri: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${sid}.json`,
  };
}

function presentWhatsApp({ sid, id, status, url, method, fallbackUrl }: OwnWhatsApp, origin: string): Record<string, unknown> {
  return {
    sid,
    sender_id: id,
    status,
    webhook: {
      callback_url: url,
      callback_method: method,
      fallback_url: fallbackUrl,
      fallback_method: method,
      status_callback_url: '',
      status_callback_method: 'POST',
    },
    properties: {},
    offline_reasons: null,
    url: `${origin}/v2/Channels/Senders/${sid}`,
  };
}

function presentService(service: OwnService, accountSid: string, origin: string): Record<string, unknown> {
  return {
    sid: service.sid,
    account_sid: accountSid,
    friendly_name: 'Guichet',
    inbound_request_url: service.url,
    inbound_method: service.method,
    fallback_url: service.fallbackUrl,
    fallback_method: service.method,
    status_callback: '',
    use_inbound_webhook_on_number: service.defersToNumber,
    date_created: '2026-01-05T08:00:00Z',
    date_updated: '2026-01-05T08:00:00Z',
    url: `${origin}/v1/Services/${service.sid}`,
    links: {},
  };
}

function membersOf(console: Console, service: OwnService, isChannel: boolean): Array<Record<string, unknown>> {
  const members = service.numbers.filter((number) => isWhatsApp(number) === isChannel && serviceOf(console, number) === service);
  return members.map((number) =>
    isChannel
      ? { sid: console.whatsApp.find(({ id }) => id === number)?.sid, sender: number, sender_type: 'WhatsApp' }
      : { sid: console.numbers.find((one) => one.number === number)?.sid, phone_number: number, capabilities: ['SMS'] },
  );
}
