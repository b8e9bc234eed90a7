/** A citizen in Teams, as the Azure Bot Service passes their messages on; keys, login and connector are on this machine. */
import { addressOf, threadOf } from '../../../src/channels/botframework/reference';
import { APP_ID, APP_PASSWORD, type BotFrameworkCloud, type MintOptions, openBotFrameworkCloud } from '../botframework-cloud';
import type { Answer, ChannelDriver, Delivery, Named, OpenDoor, Person, Seen } from './door';

const BOT = '28:mairie';
const CHANNEL = 'msteams';

export const botFramework: ChannelDriver = {
  channel: 'botframework',
  folder: 'botframework',
  can: {
    photos: 'Files stay where the channel keeps them: the bot and the agent see that one was sent, and its kind.',
    positions: true,
    buttons: true,
    'two towns': "An Azure bot's registration is one town's: another town has an installation or a bot of its own.",
    'opt-out words': 'Teams and the other channels block a bot by a menu of their own, and refuse what is posted then.',
    'signs of typing': true,
    'signs of writing': 'An answer is posted within the second, and the channels want a sign of typing every three at most.',
    'read receipts': 'The connector tells a bot nothing of what became of its messages.',
  },
  async start() {
    const cloud = await openBotFrameworkCloud();
    return {
      env: {
        BOTFRAMEWORK_APP_ID: APP_ID,
        BOTFRAMEWORK_APP_PASSWORD: APP_PASSWORD,
        BOTFRAMEWORK_TOWN: 'bellerive',
        BOTFRAMEWORK_SERVICE_URLS: cloud.connectorOrigin,
      },
      parts: { botFrameworkCloud: cloud.endpoints },
      open: (url: string) => openDoor(url, cloud),
    };
  },
};

interface Member extends Person {
  activity(fields?: object): Record<string, unknown>;
}

function openDoor(url: string, cloud: BotFrameworkCloud): OpenDoor {
  let count = 0;
  const known = new Map<Person, Member>();

  async function request(body: unknown, authorization: string | null): Promise<Answer> {
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(authorization === null ? {} : { Authorization: authorization }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }
  const minted = (options?: MintOptions) => `Bearer ${cloud.mint(options)}`;
  const genuine = (body: unknown): Delivery => ({ post: () => request(body, minted()) });

  async function someone(): Promise<Person> {
    count += 1;
    const user = `29:citizen-${count}-of-teams`;
    const chat = `a:chat-${count}-in-teams`;
    const name = `Zoé Quille ${count}`;
    const reference = { serviceUrl: cloud.serviceUrl, channelId: CHANNEL, conversation: chat, bot: BOT, user };
    const activity = (fields: object = {}) => {
      count += 1;
      return {
        type: 'message',
        id: String(1_700_000_000_000 + count),
        timestamp: new Date().toISOString(),
        serviceUrl: cloud.serviceUrl,
        channelId: CHANNEL,
        from: { id: user, name },
        conversation: { conversationType: 'personal', id: chat },
        recipient: { id: BOT, name: 'Mairie' },
        textFormat: 'plain',
        locale: 'fr-FR',
        ...fields,
      };
    };
    const person: Member = {
      town: 'bellerive',
      conversation: `botframework-${threadOf(reference, APP_ID)}`,
      secrets: [user, chat, name, addressOf(reference), APP_PASSWORD],
      activity,
      writes: (text, extra = {}) => genuine(activity({ text, ...extra })),
      sends: (_photo, text) => genuine(activity({ text, attachments: [{ contentType: 'image/jpeg', name: 'photo.jpg' }] })),
      pins: (latitude, longitude) =>
        genuine(activity({ entities: [{ type: 'Place', geo: { type: 'GeoCoordinates', latitude, longitude } }] })),
      // An imBack: the channel says the button's value for the citizen.
      presses: (title) => genuine(activity({ text: title })),
      types: () => genuine(activity({ type: 'typing' })),
      isShownWriting: () => false,
      reads: async () => {},
      wire: async () => JSON.stringify(cloud.posts.filter(({ path }) => path.includes(encodeURIComponent(chat)))),
      seen: async () => cloud.posts.filter(({ path }) => path.includes(encodeURIComponent(chat))).map(({ body }) => seenIn(body)),
    };
    known.set(person, person);
    await genuine(activity({ type: 'conversationUpdate', membersAdded: [{ id: BOT }, { id: user }] })).post();
    return person;
  }

  return {
    someone,
    forged(person) {
      const activity = known.get(person)!.activity({ text: 'Une phrase inventée' });
      const other = { serviceurl: 'https://smba.trafficmanager.net/emea/' };
      const headers: Array<[string, string | null]> = [
        ['without a token', null],
        ['with a word for a token', 'Bearer x'],
        ['with a token signed by a stranger', minted({ key: cloud.strangersKey })],
        ['with a token for another bot', minted({ claims: { aud: '22222222-2222-4333-8444-555555555555' } })],
        ['with a token for another channel service', minted({ claims: other })],
        ['with a token nobody signed', minted({ algorithm: 'none' })],
      ];
      return headers.map(([what, header]): Named => [what, { post: () => request(activity, header) }]);
    },
    malformed(person) {
      const { activity } = known.get(person)!;
      const bodies: Array<[string, unknown]> = [
        ['no body', ''],
        ['half a body', '{"type":"message"'],
        ['a list', '[]'],
        ['null', 'null'],
        ['a type that is a number', activity({ type: 7 })],
        ['a text that is an operator', activity({ text: { $ne: '' } })],
        ['no sender', activity({ from: {} })],
        ['no conversation', activity({ conversation: undefined })],
        [
          'attachments 5,000 deep',
          JSON.stringify(activity({ attachments: 'DEEP' })).replace('"DEEP"', '['.repeat(5000) + ']'.repeat(5000)),
        ],
        ['no id', activity({ id: undefined, text: 'x' })],
        ['a body of 300 kB', activity({ text: 'x'.repeat(300_000) })],
      ];
      return bodies.map(([what, body]) => [what, genuine(body)]);
    },
    // The channel shows its chats; a bot's address answers no question about them.
    intrusions: () => [],
    empty: (person) => ({ delivery: person.writes(''), status: 200 }),
    idle: async () => {},
    close: () => cloud.close(),
  };
}

function seenIn({ text, suggestedActions }: Record<string, unknown>): Seen {
  const { actions = [] } = (suggestedActions ?? {}) as { actions?: Array<{ title: string }> };
  return { text: String(text ?? ''), buttons: actions.map(({ title }) => title) };
}
