/**
 * Where each answer costs money: machines that answer machines, a phone that writes and writes, senders without a
 * number, numbers abroad, a day that costs too much. Nothing that comes in is lost, and danger is answered always.
 */
import type { Town } from '../../src/domain/town';
import { openPhoneHall, type PhoneHall, SMS } from '../support/phone-hall';
import { until } from '../support/until';

let opened: PhoneHall;
let logged: string[] = [];

async function open(env: Record<string, string> = {}, machinePace?: number, changed?: Partial<Town>): Promise<PhoneHall> {
  logged = [];
  opened = await openPhoneHall({
    changed,
    env: { PHONE_PAUSE_MS: '0', LOG_LEVEL: 'info', ...env },
    logTo: { write: (line) => void logged.push(line) },
    ...(machinePace ? { machinePace } : {}),
  });
  return opened;
}

const eventsOf = (name: string) => logged.filter((line) => line.includes(`"event":"${name}"`));

/** Waits until nothing is on its way any more, either way. */
async function settled(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await opened.carrier.idle();
    await opened.rows.nothingLeaked();
  }
}

afterEach(async () => {
  await opened.close();
});

/** A phone that answers by itself whatever comes, with these words, `most` times at most. */
async function autoReply(number: string, words: (n: number) => string, most: number): Promise<{ answers: number; sent: number }> {
  const phone = opened.carrier.phone(number, SMS);
  let sent = 0;
  await phone.sends('combien coûte un passeport ?');
  for (let seen = 0; sent < most; ) {
    await settled();
    const here = phone.received().length;
    if (here === seen) break;
    seen = here;
    sent += 1;
    await phone.sends(words(sent));
  }
  await settled();
  return { answers: phone.received().length, sent };
}

test('an out-of-office reply and the bot end after a few paid texts, also after a restart; a person is answered again', async () => {
  const { rows, hall, carrier } = await open();
  const away = (n: number) => `Je suis absent jusqu'au 12 mars, je vous répondrai à mon retour. Message ${n}`;
  const { answers, sent } = await autoReply('+33639981701', away, 60);
  expect(answers).toBeLessThanOrEqual(6);
  expect(sent).toBeLessThan(8);
  const phone = carrier.phone('+33639981701', SMS);
  expect(phone.received().at(-1)?.text).toMatch(/automatiques/);
  expect(eventsOf('phone.hushed')).toHaveLength(1);
  expect(eventsOf('phone.unanswered').length).toBeGreaterThan(0);
  expect(await (await fetch(`${hall.url}/metrics`)).text()).toMatch(/guichet_events_total\{event="phone\.hushed"\} 1/);
  await hall.restart();
  carrier.connect(hall.url);
  await phone.sends(away(99));
  await until('nothing to wait', async () => (await rows.database.collection('inbox').count({ state: 'new' })) === 0);
  await settled();
  expect(phone.received()).toHaveLength(answers);
  // Kept and visible, though nobody answered.
  const inbox = await rows.database.collection('inbox').find({ address: '+33639981701' });
  expect(inbox).toHaveLength(sent + 2);
  const [conversation] = inbox.map((row) => String(row.conversation));
  const lines = await rows.transcript(conversation ?? '');
  expect(lines.filter(({ from }) => from === 'citizen')).toHaveLength(sent + 2);
  await phone.sends('bonjour, la piscine ouvre à quelle heure ?');
  await phone.next(/piscine|bassin/i);
});

test('a partner with ever new words, faster than anybody types, is recognised too', async () => {
  await open({}, 16);
  const words = [
    'le printemps arrive bientôt dans la vallée',
    'un autre sujet sans aucun rapport avec le premier',
    'encore des mots nouveaux pour ne rien dire du tout',
  ];
  const { answers } = await autoReply(
    '+33639981702',
    (n) => `${words[n % 3]} ${'abcdefghijklmnopqrstuvwxyz'.slice(n % 20, (n % 20) + 5)}`.repeat(4),
    40,
  );
  expect(answers).toBeLessThanOrEqual(8);
  expect(opened.carrier.phone('+33639981702', SMS).received().at(-1)?.text).toMatch(/automatiques/);
});

test('one phone that writes and writes gets so many answers an hour, one last word, and then silence; danger is answered', async () => {
  const { carrier, hall } = await open({ ANSWERS_PER_HOUR: '5', ANSWERS_PER_DAY: '8' });
  const phone = carrier.phone('+33639981703', SMS);
  const asked = [
    'passeport',
    "carte d'identité",
    'piscine',
    'médiathèque',
    'déchèterie',
    'cantine',
    'crèche',
    'mariage',
    'stationnement',
    'marché',
  ];
  for (const what of asked) {
    await phone.sends(`quels sont les horaires pour ${what} ?`);
    await settled();
  }
  expect(phone.received()).toHaveLength(6);
  expect(phone.received().at(-1)?.text).toMatch(/dans une heure/);
  await phone.sends('au secours il y a le feu chez moi');
  await phone.next(/18/);
  await phone.sends('STOP');
  await phone.next(/START/);
  await phone.sends('START');
  await phone.next(/bon retour/i);
  // An hour later there are answers again, until the day's are used up.
  const before = phone.received().length;
  hall.clock.pass(61 * 60 * 1000);
  for (const what of asked) {
    await phone.sends(`et les tarifs pour ${what} ?`);
    await settled();
  }
  expect(phone.received().length - before).toBeLessThanOrEqual(2);
  expect(phone.received().at(-1)?.text).toMatch(/demain/);
  hall.clock.pass(25 * 60 * 60 * 1000);
  await phone.sends('combien coûte un passeport ?');
  await phone.next(/86/);
});

test.each(['LAPOSTE', '36117', '+447700900123'])('%s is kept and not answered', async (sender) => {
  const { carrier, rows } = await open();
  const phone = carrier.phone(sender, SMS);
  await phone.sends('Votre colis arrive demain, suivez-le sur notre site.');
  await settled();
  expect(phone.received()).toEqual([]);
  expect(await rows.database.collection('inbox').find({ address: sender })).toHaveLength(1);
  expect(eventsOf('phone.unanswered')).toHaveLength(1);
  expect(logged.join()).not.toContain(sender);
  if (!sender.startsWith('+')) return;
  // Somebody on a journey who is in danger is told whom to call.
  await phone.sends('au secours il y a le feu');
  await phone.next(/112/);
});

test('a town that names the countries it writes to answers their phones, and no others', async () => {
  const { carrier } = await open({}, undefined, { phoneCountries: ['FR', 'GB'] });
  const far = carrier.phone('+4915112345678', SMS);
  await far.sends('combien coûte un passeport ?');
  for (const number of ['+447700900124', '+33639981704']) {
    const near = carrier.phone(number, SMS);
    await near.sends('combien coûte un passeport ?');
    await near.next(/86/);
  }
  await settled();
  expect(far.received()).toEqual([]);
  expect(eventsOf('phone.unanswered')).toHaveLength(1);
});

test('a day has a ceiling: a warning before it, the rest waits and leaves when the day is over; danger does not wait', async () => {
  const { carrier, hall, rows } = await open({ PIECES_PER_DAY: '10' });
  for (let n = 0; n < 9; n += 1) {
    await carrier.phone(`+3363998180${n}`, SMS).sends('combien coûte un passeport ?');
    await until('it to be heard', async () => (await rows.database.collection('inbox').count({ state: 'new' })) === 0);
  }
  await carrier.idle();
  const sent = () => carrier.messages().filter(({ direction }) => direction === 'outbound-api');
  await until('the ceiling', () => eventsOf('phone.ceiling-reached').length > 0);
  expect(eventsOf('phone.ceiling-near')).toHaveLength(1);
  expect(eventsOf('phone.ceiling-reached')).toHaveLength(1);
  const before = sent().length;
  expect(before).toBeLessThan(9);
  const waiting = await rows.database.collection('outbox').find({ state: 'due' });
  expect(waiting).toHaveLength(9 - before);
  await hall.restart();
  carrier.connect(hall.url);
  const ana = carrier.phone('+33639981850', SMS);
  await ana.sends('au secours il y a le feu chez moi');
  await ana.next(/18/);
  hall.clock.pass(24 * 60 * 60 * 1000);
  await settled();
  expect(sent().length).toBe(10);
});
