/**
 * A town's own programs are told what becomes of requests and conversations: signed, once an event, in order, without
 * anything of the citizen's; what could not be told is seen and sent again; nothing is posted into our own network.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { createWebhookCourier, hookSecret } from '../../src/couriers/webhook';
import { isPublicAddress } from '../../src/domain/http/public-address';
import { addAgent, signIn } from '../support/agent-at-desk';
import { createCitizen } from '../support/citizen';
import { signedIn } from '../support/desk';
import { REFERENCE, SMS } from '../support/phone-hall';
import { openReceiver, type Receiver } from '../support/receiver';
import { until } from '../support/until';
import { useOpened, usePhoneHall } from '../support/use-city-hall';

const ROOT = join(__dirname, '../..');
/** A Thursday, a quarter past ten: every service is open. */
const OPEN = '2026-11-26T09:15:00Z';
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, yes').toString('base64')}`;

const gru = useOpened(openReceiver, (opened) => opened.close());
const works = useOpened(openReceiver, (opened) => opened.close());
const webhooks = () => [
  { id: 'gru', url: gru.url },
  { id: 'works', url: works.url, events: ['ticket.opened' as const] },
];
const { hall, carrier, rows } = usePhoneHall(() => ({
  isInStory: true,
  at: OPEN,
  env: { WEBHOOK_SECRET: SECRET },
  changed: { webhooks: webhooks() },
}));
/** What the command reads: the same town, with the same subscriptions in its file. */
const towns = useOpened(
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-towns-'));
    cpSync(join(ROOT, 'towns/bellerive'), join(folder, 'bellerive'), { recursive: true });
    const file = join(folder, 'bellerive/town.yml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nwebhooks: ${JSON.stringify(webhooks())}\n`);
    return { folder };
  },
  ({ folder }) => rmSync(folder, { recursive: true, force: true }),
);

async function command(name: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, DATA_DIR: hall.dataDir, TOWNS_DIR: towns.folder, WEBHOOK_SECRET: SECRET };
  return (await promisify(execFile)(process.execPath, [join(ROOT, `dist/tools/${name}.js`), ...args], { env })).stdout;
}

interface Told {
  type: string;
  data: Record<string, unknown>;
}

/** What a receiver was posted about a request or conversation, checked by the scheme's own library with its own key. */
function toldTo(receiver: Receiver, id: string, about: string): Told[] {
  const key = new Webhook(hookSecret(SECRET, 'bellerive', id));
  return receiver.posted
    .filter(({ body }) => body.includes(about))
    .map(({ body, headers }) => {
      const at = new Date(Number(headers['webhook-timestamp']) * 1000);
      expect(Math.abs(at.getTime() - hall.clock.now().getTime())).toBeLessThan(5 * 60_000);
      expect(headers['webhook-signature']).toBe(key.sign(headers['webhook-id'] ?? '', at, body));
      return JSON.parse(body) as Told;
    });
}

let numbers = 0;
async function report(): Promise<string> {
  numbers += 1;
  const phone = carrier.phone(`+3363996${String(1000 + numbers)}`, SMS);
  await phone.sends('lampadaire cassé devant le 14 rue des Lilas, signé Zoé Kowalski');
  await phone.next(/OUI|YES/);
  await phone.sends('oui');
  return REFERENCE.exec((await phone.next(REFERENCE)).text)![0];
}

test('a request opened by text message and moved on is told once an event, in order, and nothing of its citizen is', async () => {
  const reference = await report();
  await command('ticket', 'set', reference, 'in-progress', 'Madame Kowalski, une équipe passe demain');
  await command('ticket', 'set', reference, 'resolved', 'La lampe est changée');
  await until(() => toldTo(gru, 'gru', reference).length === 3);
  const told = toldTo(gru, 'gru', reference);
  expect(told.map(({ type, data }) => [type, data.state])).toEqual([
    ['ticket.opened', 'new'],
    ['ticket.state', 'in-progress'],
    ['ticket.state', 'resolved'],
  ]);
  expect(told[0]!.data).toMatchObject({ reference, town: 'bellerive', channel: 'sms', place: { text: '14 rue des Lilas' } });
  const ids = gru.posted.filter(({ body }) => body.includes(reference)).map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(3);
  expect(gru.posted.map(({ body }) => body).join()).not.toMatch(/Kowalski|cassé|\+?33639|équipe/i);
  // Who subscribes to one event hears that alone, and signs with a key of its own.
  expect(toldTo(works, 'works', reference).map(({ type }) => type)).toEqual(['ticket.opened']);
  expect(hookSecret(SECRET, 'bellerive', 'works')).not.toBe(hookSecret(SECRET, 'bellerive', 'gru'));
});

test('somebody who asks for a person is told of when they wait, are answered, and are done', async () => {
  const claire = await signIn(hall.url, await addAgent(rows.database, 'Claire Moreau'));
  const tab = await claire.listens();
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/ce qui vous amène/);
  await ana.says('mon acte de naissance est faux');
  await ana.hears(/C'est noté/);
  const types = () => toldTo(gru, 'gru', ana.conversation).map(({ type }) => type);
  await until(() => types().length === 1);
  expect((await claire.does(ana.conversation, { kind: 'claim' })).status).toBe(200);
  await until(() => types().length === 2);
  expect((await claire.does(ana.conversation, { kind: 'close', outcome: 'answered' })).status).toBe(200);
  await until(() => types().length === 3);
  expect(types()).toEqual(['conversation.waiting', 'conversation.taken', 'conversation.ended']);
  expect(gru.posted.map(({ body }) => body).join()).not.toMatch(/naissance|Moreau/);
  await tab.close();
});

test('what a receiver refuses is tried again under the same id; what was given up is seen, and sent again on demand', async () => {
  const before = gru.posted.length;
  gru.answerWith(500);
  const reference = await report();
  await until(() => gru.posted.filter(({ body }) => body.includes(reference)).length === 2);
  const [first, second] = gru.posted.slice(before).filter(({ body }) => body.includes(reference));
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);

  gru.answerWith(410);
  const gone = await report();
  const dead = () => rows.database.collection('outbox').find({ state: 'dead' });
  await until(async () => (await dead()).some(({ _id }) => _id.includes(gone)));

  const karim = await signedIn(hall, 'karim');
  const listed = await karim.get('webhooks');
  expect(listed.body.items[0]).toMatchObject({ id: 'gru', letters: [{ type: 'ticket.opened', state: 'dead', reason: 'gone' }] });
  expect((await (await signedIn(hall, 'nadia')).get('webhooks')).status).toBe(403);
  expect((await karim.call('POST', 'webhooks/gru/replay', {})).body).toEqual({ again: 1 });
  await until(() => toldTo(gru, 'gru', gone).length === 2);
  await until(async () => (await dead()).length === 0);
});

test('the operator sees who is told of what, tries a receiver, and sends again what it lost', async () => {
  const gone = await report();
  await until(() => toldTo(works, 'works', gone).length === 1);
  const here = gru.posted.length;
  expect(await command('webhook', 'list')).toMatch(
    /bellerive {2}gru {2}http\S+ {2}everything\n.*works {2}http\S+ {2}ticket\.opened\n2 web hook/,
  );
  expect(await command('webhook', 'test', 'bellerive', 'gru')).toMatch(/It arrived/);
  expect(gru.posted[here]!.body).toMatch(/webhook\.test/);
  // What arrived can be asked for again by a receiver that lost it.
  expect(await command('webhook', 'replay', 'bellerive', 'works', '--since', '2020-01-01')).toMatch(/^[4-9] on their way/);
  await until(() => toldTo(works, 'works', gone).length === 2);
});

test('nothing is posted into our own network, whatever the name or the way of writing, unless the operator says so', async () => {
  const reached = gru.posted.length;
  const port = new URL(gru.url).port;
  const hosts = [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '169.254.169.254',
  ];
  for (const host of hosts) {
    const courier = createWebhookCourier({ secret: SECRET, hooksOf: () => [], privateHosts: [], clock: () => new Date() });
    const activity = { type: 'event' as const, value: {} };
    const letter = {
      id: 'x',
      town: 't',
      channel: 'webhook' as const,
      conversation: 'c',
      address: `http://${host}:${port}/`,
      activity,
    };
    expect(await courier.deliver(letter, () => true)).toEqual({ outcome: 'later', reason: 'private-address' });
  }
  expect(gru.posted).toHaveLength(reached);
  for (const address of [
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '100.64.0.1',
    'fd00::1',
    'fe80::1',
    '::',
    '224.0.0.1',
    '2002:7f00:1::',
  ])
    expect([address, isPublicAddress(address)]).toEqual([address, false]);
  for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111'])
    expect([address, isPublicAddress(address)]).toEqual([address, true]);
});
