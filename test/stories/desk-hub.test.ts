/**
 * Another hub answers for a service: conversations are handed over by the Bot Framework's handoff events, its people's words
 * reach the citizen, and what it cannot take is not lost. The hub here listens on loopback and speaks the wire alone.
 */
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { createCitizen } from '../support/citizen';
import { openReceiver } from '../support/receiver';
import { until } from '../support/until';
import { useCityHall, useOpened } from '../support/use-city-hall';

/** A Thursday, a quarter past ten: every service is open. */
const OPEN = '2026-11-26T09:15:00Z';
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, yes').toString('base64')}`;

interface Posted {
  type: string;
  name?: string;
  text?: string;
  conversation: { id: string };
  value?: Record<string, unknown>;
  attachments?: Array<{ name: string; content: { activities: Array<{ text?: string; from: { role: string } }> } }>;
}

const hub = useOpened(openReceiver, (opened) => opened.close());
const { hall, rows } = useCityHall(() => ({
  at: OPEN,
  env: { WEBHOOK_SECRET: SECRET, WEBHOOK_PRIVATE_HOSTS: '127.0.0.1' },
  change: (town) =>
    town.id === 'bellerive' ? { ...town, hub: { name: 'contact-centre', url: hub.url, services: ['voirie'] } } : town,
}));

/** What was posted to the hub about a conversation, signatures checked; the story's time is not the library's. */
function heardBy(conversation: string): Posted[] {
  return hub.posted
    .map(({ body, headers }) => {
      const at = new Date(Number(headers['webhook-timestamp']) * 1000);
      expect(headers['webhook-signature']).toBe(new Webhook(SECRET).sign(headers['webhook-id'] ?? '', at, body));
      return JSON.parse(body) as Posted;
    })
    .filter((one) => one.conversation.id === conversation);
}

/** The hub posts an activity of its own. */
async function says(activity: object, secret = SECRET): Promise<number> {
  const body = JSON.stringify(activity);
  const id = `msg_${randomUUID()}`;
  const at = hall.clock.now();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  return (await fetch(`${hall.url}/hooks/handoff`, { method: 'POST', headers, body })).status;
}

const status = (id: string, state: string, more: object = {}) => ({
  type: 'event',
  name: 'handoff.status',
  id: randomUUID(),
  conversation: { id },
  value: { state, ...more },
});

async function handedOver() {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says("je veux parler à quelqu'un de la voirie");
  await ana.hears(/mets en relation/);
  const initiate = await until('it is handed over', async () =>
    heardBy(ana.conversation).find(({ name }) => name === 'handoff.initiate'),
  );
  return { ana, id: ana.conversation, initiate };
}

const rowOf = async (id: string) => (await rows.database.collection('conversations').find({ _id: id }))[0];

test('a conversation goes to the hub with what was said, is answered there, and comes back', async () => {
  const { ana, id, initiate } = await handedOver();
  expect(initiate).toMatchObject({ type: 'event', value: { skill: 'voirie', language: 'fr' } });
  const [transcript] = initiate.attachments ?? [];
  expect(transcript).toMatchObject({ name: 'Transcript' });
  expect(transcript?.content.activities.map(({ text }) => text)).toContain("je veux parler à quelqu'un de la voirie");
  // What is written while they wait reaches the hub too.
  await ana.says('il y a un trou devant chez moi');
  await until('it is heard there', async () => heardBy(id).some(({ text }) => text === 'il y a un trou devant chez moi'));
  expect(await says(status(id, 'accepted'), `whsec_${Buffer.from('not the secret of this town hall').toString('base64')}`)).toBe(
    401,
  );
  expect(await says({ ...status(id, 'accepted'), from: { name: 'Nora Blin' } })).toBe(200);
  await ana.hears(/Nora vous répond maintenant/);
  expect(await rowOf(id)).toMatchObject({ holder: 'agent', queue: { agent: 'hub:contact-centre' } });
  const message = {
    type: 'message',
    id: randomUUID(),
    text: 'Bonjour, dans quelle rue ?',
    conversation: { id },
    from: { name: 'Nora Blin' },
  };
  expect(await says(message)).toBe(200);
  // Sent again it is said once.
  expect(await says(message)).toBe(200);
  expect((await ana.hears(/dans quelle rue/)).match(/dans quelle rue/g)).toHaveLength(1);
  await ana.says('rue Pasteur');
  await until('it is heard there', async () => heardBy(id).some(({ text }) => text === 'rue Pasteur'));
  await ana.hearsNothing(rows);
  // A state that nobody knows is noted and refused by nobody.
  expect(await says(status(id, 'on-hold', { message: 'back in a minute' }))).toBe(200);
  await until('it is noted', async () =>
    (await rows.transcript(id)).some(
      ({ from, activity }) => from === 'note' && /on-hold/.test((activity as { text: string }).text),
    ),
  );
  expect(await says(status(id, 'completed'))).toBe(200);
  await until('it is the bot’s again', async () => (await rowOf(id))?.holder === 'bot');
  await ana.says('quels sont les horaires de la mairie ?');
  await ana.hears(/Aujourd'hui/);
  // A conversation that it was not given is none of its business.
  const bob = await createCitizen(hall.url, { locale: 'fr' });
  await bob.says('bonjour');
  await bob.hears();
  expect(await says({ type: 'message', text: 'Bonjour', conversation: { id: bob.conversation } })).toBe(404);
});

test('what the hub cannot take is kept as a request where nobody else is there', async () => {
  const { ana, id } = await handedOver();
  await ana.says('il y a un trou devant chez moi');
  expect(await says(status(id, 'failed', { message: 'no agents' }))).toBe(200);
  await ana.hears(/plus personne pour vous répondre/);
  expect(await rows.tickets(id)).toMatchObject([{ service: 'voirie', topic: 'talk_to_human' }]);
  expect(await rowOf(id)).toMatchObject({ holder: 'queue', queue: { botAnswers: true, hubRefused: true } });
});
