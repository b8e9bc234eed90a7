/** SMS and WhatsApp, as Twilio delivers them: signed forms in, the fake carrier's phones to read what came. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { conversationOf } from '../../../src/channels/twilio/senders';
import { type Carrier, openCarrier, type Phone } from '../../../src/demo/carrier';
import { newSid } from '../../../src/demo/carrier/messages';
import { accountOf } from '../phone-hall';
import type { ChannelDriver, Delivery, OpenDoor, Person } from './door';

type Form = Record<string, string>;

const SENDERS = {
  sms: { bellerive: '+33639981000', 'saint-aubin': '+33639984100' },
  whatsapp: { bellerive: 'whatsapp:+33639982000', 'saint-aubin': 'whatsapp:+33639984200' },
} as const;
const TOWNS = join(__dirname, '../../../towns');
const MESSAGE = '/hooks/twilio/message';
let last = 0;

interface Subscriber extends Person {
  number: string;
  /** A genuine message's parameters. */
  form(text: string): Form;
}

export const sms: ChannelDriver = {
  channel: 'sms',
  folder: 'twilio',
  can: {
    photos: true,
    positions: 'A text message carries no position: the street is asked for, and answered in words.',
    buttons: 'A text message has nothing to press: choices are numbered lines.',
    'two towns': true,
    'opt-out words': true,
    'signs of typing': 'A telephone network does not tell that somebody is typing a text message.',
    'signs of writing': 'A text message arrives when it is there; no telephone shows that one is being written.',
    'read receipts': 'A text message is known to have been delivered; that it was read is not told by any operator.',
  },
  start: () => start('sms'),
};

export const whatsapp: ChannelDriver = {
  channel: 'whatsapp',
  folder: 'twilio',
  can: {
    photos: true,
    positions: true,
    buttons: true,
    'two towns': true,
    'opt-out words': true,
    'signs of typing': 'Twilio does not pass on that a citizen is typing on WhatsApp.',
    'signs of writing': true,
    'read receipts': true,
  },
  start: () => start('whatsapp'),
};

async function start(channel: 'sms' | 'whatsapp') {
  // The village as it stands has no WhatsApp number.
  const townsDir = mkdtempSync(join(tmpdir(), 'guichet-towns-'));
  cpSync(TOWNS, townsDir, { recursive: true });
  const village = join(townsDir, 'saint-aubin/town.yml');
  const number = SENDERS.whatsapp['saint-aubin'].replace('whatsapp:', '');
  writeFileSync(village, readFileSync(village, 'utf8').replace(/^senders:$/m, `senders:\n  whatsapp: '${number}'`));
  const carrier = await openCarrier({ numbers: Object.values(SENDERS[channel]) });
  return {
    env: {
      ...accountOf(carrier),
      TOWNS_DIR: townsDir,
      PHONE_PAUSE_MS: '0',
    },
    open(url: string) {
      carrier.connect(url);
      return openDoor(channel, carrier, url, () => rmSync(townsDir, { recursive: true, force: true }));
    },
  };
}

function openDoor(channel: 'sms' | 'whatsapp', carrier: Carrier, url: string, finish: () => void): OpenDoor {
  const { accountSid, authToken } = carrier;
  const known = new Map<Person, Subscriber>();

  async function request(body: string, signature: string | null): Promise<Awaited<ReturnType<Delivery['post']>>> {
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
      ...(signature === null ? {} : { 'X-Twilio-Signature': signature }),
    };
    const response = await fetch(url + MESSAGE, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }
  const encoded = (form: Form) => new URLSearchParams(form).toString();
  const signature = (form: Form, of = url + MESSAGE, token = authToken) => getExpectedTwilioSignature(token, of, form);
  const genuine = (form: Form): Delivery => ({ post: () => request(encoded(form), signature(form)) });

  async function someone(town = 'bellerive', like?: Person): Promise<Person> {
    last += 1;
    const number = like ? known.get(like)!.number : `+3363998${String(5000 + last)}`;
    const name = `Zoé Quille ${last}`;
    const address = channel === 'sms' ? number : `whatsapp:${number}`;
    const to = SENDERS[channel][town as keyof (typeof SENDERS)['sms']];
    const phone = carrier.phone(address, to);
    const form = (text: string): Form => {
      const sid = newSid('SM');
      return {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        MessageSid: sid,
        SmsSid: sid,
        SmsMessageSid: sid,
        SmsStatus: 'received',
        From: address,
        To: to,
        Body: text,
        NumSegments: '1',
        NumMedia: '0',
        ...(channel === 'whatsapp' ? { ProfileName: name, WaId: number.slice(1) } : { FromCountry: 'FR' }),
      };
    };
    const sender = to.replace('whatsapp:', '');
    const aTown = { senders: { [channel]: sender } } as Parameters<typeof conversationOf>[0];
    const person: Subscriber = {
      town,
      number,
      form,
      conversation: conversationOf(aTown, channel, address, accountSid),
      secrets: [number.slice(3), name, authToken],
      writes: (text, extra = {}) => genuine({ ...form(text), ...withoutNulls(extra) }),
      sends: (photo, text) => repeated(phone, text, photo),
      pins: (latitude, longitude) =>
        genuine({ ...form(''), Latitude: String(latitude), Longitude: String(longitude), MessageType: 'location' }),
      presses: (title) => ({
        async post() {
          const { status, body } = await phone.taps(title);
          return { status, text: body, headers: new Headers() };
        },
      }),
      types: () => genuine(form('')),
      isShownWriting: () => phone.seenByTown().length > 0,
      reads: () => phone.reads(),
      wire: async () => JSON.stringify(phone.received()),
      seen: async () =>
        phone.received().map(({ text, buttons, list }) => ({
          text,
          buttons: [...(buttons ?? []).map(({ title }) => title), ...(list?.items ?? []).map(({ item }) => item)],
        })),
    };
    known.set(person, person);
    // Sent by the phone itself, so that the carrier knows of a citizen who may be written to.
    await phone.sends('bonjour');
    return person;
  }

  return {
    someone,
    forged(person) {
      const form = known.get(person)!.form('Une phrase inventée');
      const signed = signature(form);
      const other = { ...form, AccountSid: `AC${'f'.repeat(32)}` };
      return [
        ['without a signature', { post: () => request(encoded(form), null) }],
        ['with a signature of nothing', { post: () => request(encoded(form), 'AAAA') }],
        ['signed with another token', { post: () => request(encoded(form), signature(form, undefined, 'other')) }],
        ['signed for another address', { post: () => request(encoded(form), signature(form, 'https://evil.example')) }],
        ['changed after it was signed', { post: () => request(encoded({ ...form, Body: 'Autre chose' }), signed) }],
        ["of somebody else's account", { post: () => request(encoded(other), signature(other)) }],
      ];
    },
    malformed(person) {
      const { form } = known.get(person)!;
      const { From: _, ...nobody } = form('x');
      const forms: Array<[string, Form]> = [
        ['no parameters', {}],
        ['no sender', nobody as Form],
        ['an empty sender', { ...form('x'), From: '' }],
        ['a sid of another shape', { ...form('x'), MessageSid: 'SM1' }],
        ['a sid that is an operator', { ...form('x'), MessageSid: '{"$ne":null}' }],
        ['a number of no town', { ...form('x'), To: '+33100000000' }],
        ['a body of 300 kB', form('x'.repeat(300_000))],
      ];
      return forms.map(([what, sent]) => [what, genuine(sent)]);
    },
    // A phone shows its own messages, and asks for nobody's.
    intrusions: () => [],
    empty: (person) => ({ delivery: person.writes(''), status: 200 }),
    idle: () => carrier.idle(),
    async close() {
      await carrier.idle();
      expect(carrier.violations).toEqual([]);
      expect(carrier.leaks()).toBe(0);
      await carrier.close();
      finish();
    },
  };
}

/** A form has no null: a parameter is there or not. */
function withoutNulls(extra: Record<string, string | null>): Form {
  return Object.fromEntries(Object.entries(extra).filter((field): field is [string, string] => field[1] !== null));
}

/** A picture lies at the carrier's, so the first posting is the phone's own; later ones are its retries. */
function repeated(phone: Phone, text: string, bytes: Buffer): Delivery {
  let sent: ReturnType<Phone['sends']> | undefined;
  return {
    async post() {
      const first = sent === undefined;
      sent ??= phone.sends(text, { media: [{ contentType: 'image/jpeg', bytes }] });
      const sending = await sent;
      const { status, body } = first ? sending : await sending.again();
      return { status, text: body, headers: new Headers() };
    },
  };
}
