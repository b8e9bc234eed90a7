/**
 * What a town hall does towards others is ended with -9 before one write after another, and started again: each authority has
 * each request once, each program is told once of each event and in order, each reminder and each message for many comes once.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeTicket } from '../../src/mailroom';
import { createStore } from '../../src/store/store';
import { openAuthority } from '../support/authorities';
import { describeKilled, killedAtItsWrites, killedHalls, runCommand, startReady, usePhonePlace } from '../support/killed';
import { letter } from '../support/letter';
import { type MailServer, openMailServer } from '../support/mail-server';
import { REFERENCE, SMS } from '../support/phone-hall';
import { openReceiver, type Receiver } from '../support/receiver';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, yes').toString('base64')}`;
const verified = { on: '2026-09-01', until: '2027-08-31', source: 'https://departement.example/annuaire' };

describeKilled('connected', (newPlace) => {
  let lamps: Awaited<ReturnType<typeof openAuthority>>;
  let roads: Awaited<ReturnType<typeof openAuthority>>;
  let gru: Receiver;
  let mail: MailServer;
  const place = usePhonePlace(newPlace, async ({ env: { DATA_DIR: folder = '' } }) => {
    [lamps, roads, gru, mail] = await Promise.all([openAuthority(), openAuthority(), openReceiver(), openMailServer()]);
    const towns = join(folder, 'towns');
    cpSync(join(__dirname, '../../towns/bellerive'), join(towns, 'bellerive'), { recursive: true });
    const name = (fr: string) => ({ fr, en: fr });
    const partners = [
      {
        ...{ id: 'lamps', name: name('Syndicat'), web: 'https://lampes.example', verified, topics: ['report_street_light'] },
        open311: { url: lamps.url, services: { other: 'X1' }, knows_repeats: true, on_closed: 'tell' },
      },
      {
        id: 'roads',
        name: name('Routes'),
        web: 'https://routes.example',
        verified,
        open311: { url: roads.url, services: { other: 'X1' } },
      },
      { id: 'metropole', name: name('Métropole'), phone: '01 99 00 00 01', email: 'voirie@metropole.example', verified },
    ];
    const file = join(towns, 'bellerive/town.yml');
    writeFileSync(
      file,
      `${readFileSync(file, 'utf8')}\nwebhooks: ${JSON.stringify([{ id: 'gru', url: gru.url }])}\npartners: ${JSON.stringify(partners)}\n`,
    );
    return {
      ...{ TOWNS_DIR: towns, WEBHOOK_SECRET: SECRET, WEBHOOK_PRIVATE_HOSTS: '127.0.0.1' },
      ...{ SMTP_URL: mail.url, MAIL_FROM: 'guichet@bellerive.example' },
    };
  });
  afterEach(() => Promise.all([lamps.close(), roads.close(), gru.close(), mail.close()]));

  const ticket = async (reference: string) => (await place.rows.tickets()).find((one) => one.reference === reference)!;
  /** What a program was told, each event once by its id, in the order in which it first came. */
  const told = (about: string) => {
    const seen = new Map(
      gru.posted.filter(({ body }) => body.includes(about)).map(({ headers, body }) => [headers['webhook-id'], JSON.parse(body)]),
    );
    return [...seen.values()].map(({ type, data }) => `${type} ${data.state}`);
  };

  async function report(number: string, words: string, beforeYes = () => {}) {
    const { carrier } = place;
    const phone = carrier.phone(number, SMS);
    await phone.sends(words);
    await phone.next(/OUI/, 60_000);
    await carrier.idle();
    beforeYes();
    await phone.sends('oui');
    return phone;
  }

  test('a request that goes to another authority at once: made here once, there once, and told once', async () => {
    const { carrier, env, rows, arm, count, isAtRest } = place;
    const first = await startReady({ ...env, KILL_AT_WRITE: '2' });
    carrier.connect(first.url);
    const phone = await report('+33639986101', 'lampadaire cassé devant le 14 rue des Lilas', arm);
    const isDone = async () => (await count('tickets', { 'forward.reference': '100' })) === 1 && (await isAtRest());
    const { hall, kills } = await killedHalls(env, first, isDone);
    expect(kills).toBeGreaterThan(3);
    const reference = REFERENCE.exec((await phone.next(REFERENCE, 30_000)).text)![0];
    await carrier.idle();
    await rows.nothingLeaked();
    expect(await rows.tickets()).toHaveLength(1);
    expect(new Set(lamps.posts.map(({ key }) => key)).size).toBe(1);
    const { state, history } = await ticket(reference);
    expect([state, history.map(({ kind, partner }) => partner ?? kind)]).toEqual(['assigned', ['opened', 'received']]);
    expect(told(reference)[0]).toBe('ticket.opened new');
    expect(phone.received().filter(({ text }) => text.includes(reference))).toHaveLength(1);
    await hall.stop();
  }, 240_000);

  test('handed on by an agent, by e-mail and to a server that knows no repeats: never twice, and told once', async () => {
    const { carrier, env, rows, arm, isAtRest } = place;
    const first = await startReady({ ...env, KILL_AT_WRITE: '2' });
    carrier.connect(first.url);
    const phones = [];
    for (const [n, words] of ['nid de poule devant le 4 rue Pasteur', 'nid de poule devant le 40 rue Victor Hugo'].entries())
      phones.push(await report(`+3363998620${n}`, words));
    const references = [];
    for (const phone of phones) references.push(REFERENCE.exec((await phone.next(REFERENCE, 30_000)).text)![0]);
    await carrier.idle();
    arm();
    const store = createStore(rows.database);
    const moved = { state: 'moved', comment: 'Cette voie est à eux.', isPublic: true } as const;
    for (const [reference, office, way] of [
      [references[0]!, 'metropole', 'email'],
      [references[1]!, 'roads', 'open311'],
    ] as const) {
      const change = { ...moved, office, forward: { way, withPerson: false } };
      expect(await changeTicket(store, 'bellerive', reference, change, new Date())).toBe('changed');
    }
    const { hall, kills } = await killedHalls(env, first, isAtRest);
    expect(kills).toBeGreaterThan(3);
    for (const phone of phones) await phone.next(/transmettons/, 30_000);
    await carrier.idle();
    await rows.nothingLeaked();
    // The same letter may come twice, under one id, which mail servers know.
    const letters = mail.received.filter(({ to }) => to?.[0]?.address === 'voirie@metropole.example');
    expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(1);
    expect((await ticket(references[0]!)).forward).toMatchObject({ state: 'sent' });
    // Where it cannot be known whether it left, a person is told rather than made to guess.
    expect(roads.posts.length).toBeLessThanOrEqual(1);
    expect((await ticket(references[1]!)).forward!.state).toBe(roads.posts.length === 1 ? 'sent' : 'failed');
    for (const [n, phone] of phones.entries()) {
      expect(phone.received().filter(({ text }) => /transmettons/.test(text))).toHaveLength(1);
      expect(told(references[n]!)).toEqual(['ticket.opened new', 'ticket.state moved']);
    }
    await hall.stop();
  }, 240_000);

  test('reminders of what is due: each once, and all of them', async () => {
    const { carrier, env, arm, isAtRest } = place;
    const start = await startReady(env);
    carrier.connect(start.url);
    const phone = await report('+33639986301', "fuite d'eau dans la rue devant le 14 rue des Lilas");
    const reference = REFERENCE.exec((await phone.next(REFERENCE, 30_000)).text)![0];
    await carrier.idle();
    await start.stop();
    const { due } = await ticket(reference);
    expect(due).toBeDefined();
    arm();
    const later = place.passes(Date.parse(due!.at) + 60_000 - Date.now());
    const reminded = async () =>
      (await ticket(reference)).history.filter(({ kind }) => kind === 'reminded').map(({ text }) => text);
    const { hall, kills } = await killedHalls(later, null, async () => (await reminded()).length >= 3 && (await isAtRest()));
    expect(kills).toBeGreaterThan(2);
    expect(await reminded()).toEqual(['50', '80', '100']);
    expect(await ticket(reference)).toMatchObject({ priority: 'high' });
    await hall.stop();
  }, 240_000);

  test('an e-mail that a mail server hands over, until it is told that it is kept: heard once, answered once', async () => {
    const { env, rows, arm, count, isAtRest } = place;
    const first = await startReady({ ...env, KILL_AT_WRITE: '2' });
    arm();
    const written = letter({ from: 'ana@post.example', to: 'mairie@bellerive.example', text: 'combien coûte un passeport ?' });
    const input = { input: written };
    // A mail server tries again when it was not told so, and also when it was and forgot.
    expect(await killedAtItsWrites(env, input, 'mail', 'in', '--to', 'mairie@bellerive.example')).toBeGreaterThan(0);
    await runCommand(env, input, 'mail', 'in', '--to', 'mairie@bellerive.example');
    const isAnswered = async () => (await count('outbox', { channel: 'email', state: 'sent' })) > 0 && (await isAtRest());
    const { hall, kills } = await killedHalls(env, first, isAnswered);
    expect(kills).toBeGreaterThan(1);
    await rows.nothingLeaked();
    expect(await count('inbox', { channel: 'mail' })).toBe(1);
    const answers = mail.received.filter(({ to }) => to?.[0]?.address === 'ana@post.example');
    expect(new Set(answers.map(({ messageId }) => messageId)).size).toBe(await count('outbox', { channel: 'email' }));
    expect(answers[0]!.text).toMatch(/86/);
    await hall.stop();
  }, 240_000);
});
