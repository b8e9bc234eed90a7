/** The chat on the town's page, as a Direct Line client speaks it. */
import { sign } from 'jsonwebtoken';
import { type Asked, type Client, createClient, openStream } from '../direct-line';
import { until } from '../until';
import type { ChannelDriver, Delivery, Named, OpenDoor, Person, Seen } from './door';

const LOCALE = 'fr';

interface Visitor extends Person {
  token: string;
}

export const web: ChannelDriver = {
  channel: 'web',
  folder: 'web',
  can: {
    photos: true,
    positions: true,
    buttons: true,
    'two towns': true,
    'opt-out words': 'Nothing is ever sent to a page: its visitor comes and reads.',
    'signs of typing': true,
    'signs of writing': 'An answer is on the page about as soon as the message: a sign before it would only flicker.',
    'read receipts': 'Direct Line has no receipt: what a page has read is its watermark, which it may ask with again.',
  },
  async start() {
    return { env: {}, open: openDoor };
  },
};

function openDoor(url: string): OpenDoor {
  const client = createClient(url);
  let count = 0;
  const known = new Map<string, Visitor>();
  const delivery = (path: string, asked: Asked): Delivery => ({
    async post() {
      const { status, body, headers } = await client.ask(path, { method: 'POST', ...asked });
      return { status, text: typeof body === 'string' ? body : JSON.stringify(body), headers };
    },
  });

  async function someone(town = 'bellerive'): Promise<Visitor> {
    const visitor = await client.arrive(town);
    const { conversationId: conversation, token } = visitor;
    const { user } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { user: string };
    const activities = client.inside(conversation, '/activities');
    const message = (fields: object) => {
      count += 1;
      return { type: 'message', locale: LOCALE, channelData: { clientActivityID: `client-${count}` }, ...fields };
    };
    const says = (fields: object) => delivery(activities, { token, body: message(fields) });
    const person: Visitor = {
      town,
      conversation,
      token,
      secrets: [user, token],
      writes: (text, extra = {}) => says({ text, ...extra }),
      sends(photo, text) {
        const activity = JSON.stringify(message({ text }));
        return {
          post() {
            const form = new FormData();
            form.append('activity', new Blob([activity], { type: 'application/vnd.microsoft.activity' }), 'activity');
            form.append('file', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'photo.jpg');
            return delivery(client.inside(conversation, '/upload'), { token, body: form }).post();
          },
        };
      },
      pins: (latitude, longitude) =>
        says({ entities: [{ type: 'Place', geo: { type: 'GeoCoordinates', latitude, longitude } }] }),
      // An imBack: the client says the button's value for the citizen.
      presses: (title) => says({ text: title }),
      types: () => delivery(activities, { token, body: { type: 'typing' } }),
      isShownWriting: () => false,
      reads: async () => {},
      seen: () => seenBy(client, visitor),
      wire: () => wireOf(client, visitor),
    };
    known.set(conversation, person);
    return person;
  }

  const tokenOf = ({ conversation }: Person) => known.get(conversation)!.token;
  const body = { type: 'message', text: 'Une phrase inventée' };

  return {
    someone,
    forged(person) {
      const activities = client.inside(person.conversation, '/activities');
      const claims = JSON.parse(Buffer.from(tokenOf(person).split('.')[1] ?? '', 'base64url').toString());
      return [
        ['without a token', delivery(activities, { body })],
        ['with a word for a token', delivery(activities, { body, token: 'x' })],
        ['with a token somebody else has signed', delivery(activities, { body, token: sign(claims, 'y'.repeat(40)) })],
        ['with a token nobody has signed', delivery(activities, { body, token: sign(claims, null, { algorithm: 'none' }) })],
        ['from a page that may not', delivery(activities, { body, token: tokenOf(person), origin: 'https://evil.example' })],
      ];
    },
    malformed(person) {
      const token = tokenOf(person);
      const activities = client.inside(person.conversation, '/activities');
      const json = { 'Content-Type': 'application/json' };
      const bodies: Array<[string, unknown]> = [
        ['no body', ''],
        ['half a body', '{"type":"message"'],
        ['a list', '[]'],
        ['null', 'null'],
        ['a type that is a number', { type: 7 }],
        ['a text that is an operator', { type: 'message', text: { $ne: '' } }],
        ['a value with an operator', { type: 'message', value: { $gt: '' } }],
        ['a value nested 5,000 deep', `{"type":"message","value":${'['.repeat(5000)}${']'.repeat(5000)}}`],
        ['a place beyond the poles', { type: 'message', entities: [{ type: 'Place', geo: { latitude: 91, longitude: 0 } }] }],
        ['a text of 10,001 characters', { type: 'message', text: 'x'.repeat(10_001) }],
        ['a body of 300 kB', { type: 'message', text: 'x'.repeat(300_000) }],
      ];
      return [
        ...bodies.map(([what, sent]): Named => [what, delivery(activities, { token, body: sent, headers: json })]),
        ['an upload without parts', delivery(client.inside(person.conversation, '/upload'), { token, body: new FormData() })],
      ];
    },
    intrusions(by, into) {
      const token = tokenOf(by);
      const theirs = (rest: string, asked: Asked = {}): Named => [
        `${asked.method ?? 'POST'} ${rest}`,
        delivery(client.inside(into.conversation, rest), { token, ...asked }),
      ];
      return [
        theirs('/activities', { body }),
        theirs('/activities', { method: 'GET' }),
        theirs('', { method: 'GET' }),
        theirs('/upload', { body: new Uint8Array(8) }),
      ];
    },
    empty: (person) => ({ delivery: person.writes(''), status: 400 }),
    idle: async () => {},
    close: async () => {},
  };
}

interface Read {
  id: string;
  from: { role: string };
  text?: string;
  suggestedActions?: { actions: Array<{ title: string }> };
}

async function read(client: Client, visitor: Awaited<ReturnType<Client['arrive']>>): Promise<Read[]> {
  const activities: Read[] = [];
  for (let mark = '0'; ; ) {
    const { body } = await client.read(visitor, mark);
    if (body.activities.length === 0) return activities;
    mark = body.watermark;
    activities.push(...body.activities);
  }
}

async function seenBy(...by: Parameters<typeof read>): Promise<Seen[]> {
  const said = (await read(...by)).filter(({ from }) => from.role === 'bot');
  return said.map(({ text = '', suggestedActions }) => ({
    text,
    buttons: (suggestedActions?.actions ?? []).map(({ title }) => title),
  }));
}

/** What a client without a stream reads, and what one with a stream is sent. */
async function wireOf(client: Client, visitor: Parameters<typeof read>[1]): Promise<string> {
  const activities = await read(client, visitor);
  const stream = await openStream(visitor.streamUrl);
  try {
    await until('the stream to bring every line', () => stream.activities().length >= activities.length);
    return JSON.stringify([activities, stream.frames]);
  } finally {
    stream.socket.close();
  }
}
