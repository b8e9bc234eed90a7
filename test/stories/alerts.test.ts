/**
 * Somebody writes of danger: the people whom the town names hear of it now, with the place; the citizen is told so once
 * somebody was reached, and not before; where nobody can be told, nothing of the kind is said.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { type Citizen, createCitizen } from '../support/citizen';
import { openCityHall } from '../support/city-hall';
import { openMailServer } from '../support/mail-server';
import { REFERENCE, SMS } from '../support/phone-hall';
import { openReceiver } from '../support/receiver';
import { openRows } from '../support/rows';
import { until } from '../support/until';
import { useOpened, usePhoneHall } from '../support/use-city-hall';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, yes').toString('base64')}`;
const DUTY = '+33639988112';
const DUTY_MAIL = 'astreinte@bellerive.example';
const TOLD = /la mairie est prévenue/i;

/** Reads what comes until all of it together says this. */
async function hearsInTime(citizen: Citizen, expected: RegExp): Promise<string> {
  let heard = '';
  for (let turn = 0; turn < 5 && !expected.test(heard); turn += 1) heard += `\n${await citizen.hears()}`;
  expect(heard).toMatch(expected);
  return heard;
}

describe('a town that names whom to tell', () => {
  const receiver = useOpened(openReceiver, (opened) => opened.close());
  const mail = useOpened(openMailServer, (opened) => opened.close());
  const { hall, carrier, rows } = usePhoneHall(() => ({
    env: { WEBHOOK_SECRET: SECRET, SMTP_URL: mail.url, MAIL_FROM: 'guichet@bellerive.example' },
    alerts: { sms: [DUTY], email: [DUTY_MAIL], webhook: receiver.url },
  }));

  const duty = () => carrier.phone(DUTY, SMS);
  const alertOf = async (conversation: string) => (await rows.alerts()).find((one) => one.conversation === conversation);
  const ticket = (...args: string[]) =>
    execFileSync(process.execPath, [join(__dirname, '../../dist/tools/ticket.js'), ...args], {
      env: { PATH: process.env.PATH, DATA_DIR: hall.dataDir },
      encoding: 'utf8',
    });

  test('the duty phone and the web hook hear of it with the place; then the citizen hears that they did; once', async () => {
    const before = receiver.posted.length;
    const ana = await createCitizen(hall.url, { locale: 'fr' });
    await ana.says("ça sent le gaz dans ma cage d'escalier 12 rue Pasteur");
    await hearsInTime(ana, TOLD);
    const text = (await duty().next(/gaz/)).text;
    expect(text).toMatch(/^Mairie de Bellerive : ALERTE/);
    expect(text).toMatch(/12 rue Pasteur/);
    expect(text).toMatch(/openstreetmap\.org/);
    const [reference = ''] = REFERENCE.exec(text) ?? [];
    expect(text).toContain(`npm run ticket -- show ${reference}`);
    await until(() => receiver.posted.length === before + 1);
    const { headers, body } = receiver.posted[before]!;
    // Checked by the scheme's own library: signature, id, and a moment that is not long ago.
    const data = new Webhook(SECRET).verify(body, headers) as { type: string; data: Record<string, unknown> };
    expect(data).toMatchObject({
      type: 'alert.opened',
      data: { reference, town: 'bellerive', danger: 'gas', state: 'open', place: { text: '12 rue Pasteur' } },
    });
    expect(() => new Webhook(SECRET).verify(body.replace('Pasteur', 'Hugo'), headers)).toThrow();
    await until(() => mail.received.length === 1);
    expect(mail.received[0]).toMatchObject({
      from: { name: 'Bellerive', address: 'guichet@bellerive.example' },
      to: [{ address: DUTY_MAIL }],
      subject: `Alerte ${reference} : odeur de gaz`,
      text: expect.stringContaining('12 rue Pasteur'),
    });
    expect(`${body}${text}${mail.received[0]?.text}`).not.toMatch(/cage|escalier/);

    // More words of the same danger join the alert, and nobody is written to again.
    await ana.says('au secours ça sent encore le gaz');
    await ana.hears();
    await ana.says('y a le feu maintenant, au secours');
    await ana.hears();
    await rows.nothingLeaked();
    const mine = (await rows.alerts()).filter(({ conversation }) => conversation === ana.conversation);
    expect(mine).toHaveLength(1);
    expect(ana.heard().filter(({ text: said }) => TOLD.test(said ?? ''))).toHaveLength(1);
    expect(receiver.posted).toHaveLength(before + 1);
    await ana.says('pompiers appelés');
    await ana.hears(/bien reçu/i);
    expect((await alertOf(ana.conversation))?.history.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['opened', 'told', 'again', 'help-called']),
    );

    // It stands first in the list, until somebody takes it by name.
    expect(ticket('list')).toMatch(
      new RegExp(
        `${reference}  bellerive .* DANGER  gas  12 rue Pasteur  \\(told by (?:sms|email|webhook)(?:, (?:sms|email|webhook)){2}\\)`,
      ),
    );
    expect(ticket('show', reference)).not.toMatch(/escalier/);
    expect(ticket('show', reference, '--text')).toMatch(/escalier/);
    expect(ticket('acknowledge', reference, '--by', 'Nadia B.')).toMatch(/open -> acknowledged, by Nadia B\./);
    expect(() => ticket('acknowledge', reference, '--by', 'Luc')).toThrow(/Nadia B\. acknowledged it already/);
    expect(ticket('list')).not.toContain(reference);
    expect(await alertOf(ana.conversation)).toMatchObject({ state: 'acknowledged' });
  });

  test('a place said later, and a false alarm, reach them too', async () => {
    const leo = await createCitizen(hall.url, { locale: 'fr' });
    await leo.says('ça sent le gaz chez ma voisine');
    await hearsInTime(leo, TOLD);
    expect((await duty().next(/gaz/)).text).toMatch(/Lieu pas encore connu/);
    await leo.says("c'est au 5 rue Ampère");
    await leo.hears(/5 rue Ampère/);
    expect((await duty().next(/ALERTE/)).text).toMatch(/Lieu : 5 rue Ampère/);
    expect(await alertOf(leo.conversation)).toMatchObject({ place: { text: '5 rue Ampère' } });
    await leo.says('fausse alerte');
    await leo.hears(/tant mieux/i);
    await duty().next(/fausse alerte/);
    expect(await alertOf(leo.conversation)).toMatchObject({ state: 'false-alarm' });
    expect(receiver.posted.slice(-3).map(({ body }) => JSON.parse(body).type)).toEqual([
      'alert.opened',
      'alert.place',
      'alert.false-alarm',
    ]);
    // New words of danger are a new alert.
    await leo.says('si, ça sent vraiment le gaz, au secours');
    await duty().next(/gaz/);
    expect((await rows.alerts()).filter(({ conversation }) => conversation === leo.conversation)).toHaveLength(2);
  });

  test('a web hook that is down is posted again under the same id, and the text message does not wait for it', async () => {
    const before = receiver.posted.length;
    receiver.answerWith(503, 500);
    const zoe = await createCitizen(hall.url, { locale: 'fr' });
    await zoe.says('un fil électrique est tombé sur le trottoir rue Pasteur');
    await duty().next(/électrique/);
    await hearsInTime(zoe, TOLD);
    await until(() => receiver.posted.length === before + 3);
    const tries = receiver.posted.slice(before).map(({ headers }) => headers['webhook-id']);
    expect(new Set(tries).size).toBe(1);
    expect(zoe.heard().filter(({ text }) => TOLD.test(text ?? ''))).toHaveLength(1);
  });

  test('nobody is reached: the citizen is told nothing of the kind, and the operator sees why', async () => {
    carrier.faults.next({ kind: 'refuse', code: 21211 });
    receiver.answerWith(410);
    mail.refuse('RCPT', 550);
    const max = await createCitizen(hall.url, { locale: 'fr' });
    await max.says('au secours je me noie dans la rivière');
    await max.hears(/112/);
    await until(async () => (await rows.database.collection('outbox').find({ state: 'dead' })).length >= 3);
    await max.hearsNothing(rows);
    const listed = execFileSync(process.execPath, [join(__dirname, '../../dist/tools/mail.js'), 'list'], {
      env: { PATH: process.env.PATH, DATA_DIR: hall.dataDir },
      encoding: 'utf8',
    });
    expect(listed).toMatch(/webhook .*gone/);
    expect(listed).toMatch(/sms .*bad-recipient/);
    expect(listed).toMatch(/email .*smtp-550/);
    const alert = await alertOf(max.conversation);
    expect(ticket('list')).toMatch(new RegExp(`${alert?.reference} .*nobody told`));
  });

  test('a phone hears it on the phone', async () => {
    const phone = carrier.phone('+33639981777', SMS);
    await phone.sends('au secours il y a le feu chez moi 3 quai des Tanneurs');
    await phone.next(/18/);
    await phone.next(TOLD);
    await duty().next(/Tanneurs/);
  });
});

test('a town that names nobody promises nothing, and the alert waits in the list', async () => {
  const hall = await openCityHall();
  const rows = await openRows(hall);
  try {
    const ana = await createCitizen(hall.url, { locale: 'fr' });
    await ana.says('ça sent le gaz 12 rue Pasteur');
    await ana.hears(/112/);
    await ana.says('5 rue Ampère en fait');
    await ana.hears();
    await ana.says('pompiers appelés');
    await ana.hears();
    await rows.nothingLeaked();
    expect(
      ana
        .heard()
        .map(({ text }) => text)
        .join('\n'),
    ).not.toMatch(/mairie est|prévenue?s?\b/i);
    expect(await rows.alerts()).toMatchObject([{ state: 'open', danger: 'gas', place: { text: '5 rue Ampère' } }]);
  } finally {
    await rows.close();
    await hall.close();
  }
});
