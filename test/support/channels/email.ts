/** A citizen who writes e-mails: their provider hands them over, a mail server on this machine takes the answers. */
import { conversationOf } from '../../../src/channels/email/accept';
import { letter, type Written } from '../letter';
import { type MailServer, openMailServer } from '../mail-server';
import type { Answer, ChannelDriver, Delivery, Named, OpenDoor, Person } from './door';

const SECRET = 'a-secret-of-the-mail-server-and-of-us';
const ADDRESSES: Record<string, string> = {
  bellerive: 'mairie@bellerive.example',
  'saint-aubin': 'mairie@saint-aubin.example',
};

export const mail: ChannelDriver = {
  channel: 'mail',
  folder: 'email',
  can: {
    photos: true,
    positions: 'An e-mail carries no position: the street is asked for, and answered in words.',
    buttons: 'An e-mail has nothing to press: choices are numbered lines.',
    'two towns': true,
    'opt-out words': true,
    'signs of typing': 'Nobody is told that somebody is writing an e-mail.',
    'signs of writing': 'An e-mail arrives when it is there; no mailbox shows that one is being written.',
    'read receipts': 'That an e-mail was read is told by few programs, and nobody should be asked for it.',
  },
  async start() {
    const server = await openMailServer();
    return {
      env: { SMTP_URL: server.url, MAIL_FROM: 'guichet@bellerive.example', MAIL_SECRET: SECRET },
      open: (url: string) => openDoor(url, server),
    };
  },
};

interface Writer extends Person {
  address: string;
  written(text: string, more?: Partial<Written>): string;
}

function openDoor(url: string, server: MailServer): OpenDoor {
  let count = 0;
  const known = new Map<Person, Writer>();

  async function request(body: string, authorization: string | null): Promise<Answer> {
    const headers: Record<string, string> = authorization === null ? {} : { Authorization: authorization };
    const response = await fetch(`${url}/hooks/email/message`, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }
  const genuine = (body: string): Delivery => ({ post: () => request(body, `Bearer ${SECRET}`) });
  const received = (address: string, town: string) =>
    server.received.filter(({ to, replyTo }) => to?.[0]?.address === address && replyTo?.[0]?.address === ADDRESSES[town]);

  async function someone(town = 'bellerive', like?: Person): Promise<Person> {
    count += 1;
    const address = like ? known.get(like)!.address : `zoe.quille.${count}@post.example`;
    const name = `Zoé Quille ${count}`;
    const to = ADDRESSES[town]!;
    const written = (text: string, more: Partial<Written> = {}) =>
      letter({ from: `"${name}" <${address}>`, to, text: `${text}\r\n\r\n-- \r\n${name}`, ...more });
    const person: Writer = {
      town,
      address,
      written,
      conversation: conversationOf({ id: town }, address),
      secrets: [address, name, SECRET],
      writes: (text, extra = {}) =>
        genuine(
          written(text, {
            headers: Object.fromEntries(Object.entries(extra).map(([field, value]) => [`X-${field}`, value ?? ''])),
          }),
        ),
      sends: (photo, text) => genuine(written(text, { files: [{ name: 'trou.jpg', type: 'image/jpeg', bytes: photo }] })),
      pins: () => genuine(written('')),
      presses: (title) => genuine(written(title)),
      types: () => genuine(written('')),
      isShownWriting: () => false,
      reads: async () => {},
      wire: async () =>
        JSON.stringify(
          received(address, town).map(({ subject, text, html, headers }) => ({
            subject,
            text,
            html,
            from: headers.find(({ key }) => key === 'from'),
          })),
        ),
      seen: async () => received(address, town).map(({ text }) => ({ text: (text ?? '').trim(), buttons: [] })),
    };
    known.set(person, person);
    await genuine(written('bonjour')).post();
    return person;
  }

  return {
    someone,
    forged(person) {
      const body = known.get(person)!.written('Une phrase inventée');
      const shown: Array<[string, string | null]> = [
        ['without the secret', null],
        ['with another secret', `Bearer ${SECRET.replace('us', 'me')}`],
        ['with half the secret', `Bearer ${SECRET.slice(0, 20)}`],
        ['with nothing for a secret', 'Bearer '],
        ['with the secret as a password', `Basic ${Buffer.from(`x:${SECRET}`).toString('base64')}`],
      ];
      return shown.map(([what, header]): Named => [what, { post: () => request(body, header) }]);
    },
    malformed(person) {
      const { address, written } = known.get(person)!;
      const to = ADDRESSES.bellerive!;
      const deep = Array.from({ length: 2000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`);
      const bodies: Array<[string, string]> = [
        ['no body', ''],
        ['words without a head', 'bonjour la mairie'],
        ['no sender', letter({ from: '', to, text: 'x' })],
        ['a sender who is no address', letter({ from: 'quelqu un', to, text: 'x' })],
        ['an address of no town', letter({ from: address, to: 'mairie@ailleurs.example', text: 'x' })],
        ['parts 2,000 deep', `From: ${address}\r\nTo: ${to}\r\n${deep.join('')}`],
        ['a head of 300 kB', written('x', { headers: { 'X-Long': 'x'.repeat(300_000) } })],
        ['26 MB', written('x'.repeat(26 * 1024 * 1024))],
      ];
      return bodies.map(([what, body]) => [what, genuine(body)]);
    },
    // A mailbox shows its own messages, and asks for nobody's.
    intrusions: () => [],
    empty: (person) => ({
      delivery: genuine(letter({ from: known.get(person)!.address, to: ADDRESSES.bellerive! })),
      status: 200,
    }),
    idle: async () => {},
    close: () => server.close(),
  };
}
