/**
 * What becomes of a request reaches the citizen where they wrote from, in their language, once, and each message says
 * how to stop: real webhooks, the fake carrier, and the operator's command beside the running server.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { conversationOf } from '../../src/channels/email/accept';
import { createCitizen } from '../support/citizen';
import { letter } from '../support/letter';
import { openMailServer } from '../support/mail-server';
import { REFERENCE, SMS, WHATSAPP } from '../support/phone-hall';
import { photo } from '../support/pictures';
import { until } from '../support/until';
import { useOpened, usePhoneHall } from '../support/use-city-hall';

const DAY = 24 * 3600_000;
const MAIL_SECRET = 'a-secret-of-the-mail-server-and-of-us';

let last = 0;

const mail = useOpened(openMailServer, (opened) => opened.close());
const { hall, carrier, rows } = usePhoneHall(() => ({
  isInStory: true,
  env: { SMTP_URL: mail.url, MAIL_FROM: 'guichet@bellerive.example', MAIL_SECRET },
}));

afterEach(async () => {
  await carrier.idle();
  await rows.nothingLeaked();
});

/** A citizen nobody has heard of, with both apps on one number. */
function someone() {
  last += 1;
  const number = `+3363997${String(1000 + last)}`;
  return { number, sms: carrier.phone(number, SMS), whatsApp: carrier.phone(`whatsapp:${number}`, WHATSAPP) };
}

type Phone = ReturnType<typeof someone>['sms'];

async function reports(phone: Phone, words: [string, string] = ['lampadaire cassé devant le 14 rue des Lilas', 'oui']) {
  await phone.sends(words[0]);
  await phone.next(/OUI|YES/);
  await phone.sends(words[1]);
  return REFERENCE.exec((await phone.next(REFERENCE)).text)![0];
}

function ticket(...args: string[]): string {
  return execFileSync(process.execPath, [join(__dirname, '../../dist/tools/ticket.js'), ...args], {
    env: { ...process.env, DATA_DIR: hall.dataDir },
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

const outbox = (filter: object) => rows.database.collection('outbox').find({ ...filter });
const toldOf = async (reference: string) => (await outbox({})).filter(({ _id }) => _id.includes(`:${reference}:`));
/** Meta has approved the template of a finished request in this language. */
function approve(language: 'fr' | 'en', body: string): void {
  const types = { 'twilio/text': { body } };
  carrier.approve({ friendly_name: `guichet_ticket_done_${language}`, language, types });
}

test('within a day, by text message: what became of it, what the service says, who writes, how to stop', async () => {
  const { sms } = someone();
  const reference = await reports(sms);
  expect(ticket('list')).toContain(reference);
  ticket('set', reference, 'in-progress');
  const begun = await sms.next(/en cours/);
  expect(begun.text).toContain(reference);
  expect(begun.text).toMatch(/^Mairie de Bellerive/);
  expect(begun.text).toMatch(/STOP/);
  ticket('set', reference, 'resolved', 'Ampoule changée', 'ce matin');
  const done = await sms.next(/terminée/);
  expect(done.text).toMatch(/Ampoule changée ce matin/);
  expect(() => ticket('set', reference, 'waiting')).toThrow(/may not go there.*in-progress/);
  await sms.sends('merci');
  await sms.next(/plaisir/);
  expect(sms.received().filter(({ text }) => /terminée/.test(text))).toHaveLength(1);
});

test('the same command again changes nothing and tells nobody', async () => {
  const { sms } = someone();
  const reference = await reports(sms);
  ticket('set', reference, 'waiting', 'Pièce commandée');
  await sms.next(/attend votre réponse/);
  expect(() => ticket('set', reference, 'waiting', 'Pièce commandée')).toThrow(/stands so already/);
  for (const [words, why] of [
    [[reference, 'resolved', 'x'.repeat(1001)], /too long/],
    [[rows.unusedReference(), 'resolved', 'Fait'], /No request/],
    [[reference, 'resolved'], /add words/],
    [[reference, 'closed'], /add words/],
    [[reference, 'finished'], /Command failed/],
  ] as const)
    expect(() => ticket('set', ...words)).toThrow(why);
  expect(ticket('show', reference)).not.toMatch(/lampadaire/);
  expect(ticket('show', reference, '--text')).toMatch(/lampadaire/);
  ticket('set', reference, 'waiting', 'Pièce arrivée');
  expect((await sms.next(/Pièce arrivée/)).text).not.toMatch(/attend votre réponse/);
  await rows.settled();
  expect(await toldOf(reference)).toHaveLength(2);
});

test('words for colleagues never leave, not even to somebody who asks', async () => {
  const { sms } = someone();
  const reference = await reports(sms);
  ticket('set', reference, 'in-progress', '--internal', 'riverain pénible');
  await rows.settled();
  expect(await toldOf(reference)).toHaveLength(0);
  await sms.sends(`suivi ${reference}`);
  await sms.next(/en cours/);
  expect(sms.received().map(({ text }) => text)).not.toContainEqual(expect.stringMatching(/pénible/));
  expect(ticket('show', reference)).toMatch(/pénible/);
});

test('in the middle of another form the news is told, and the answer to the pending question still fits', async () => {
  const { sms } = someone();
  const reference = await reports(sms);
  await sms.sends('poubelles pas ramassées');
  const question = await sms.next();
  ticket('set', reference, 'resolved', 'Fait');
  const news = await sms.next(/terminée/);
  expect(news.text).not.toContain(question.text);
  await sms.sends('6 rue Ampère');
  expect((await sms.next(/Amp.re/)).text).not.toMatch(/pas compris/);
});

test('outside the 24 hours, the approved template in the language of the citizen, once (S40)', async () => {
  approve('fr', 'Bonjour, votre demande {{1}} ({{2}}) est terminée. Répondez « suivi {{3}} » ou STOP.');
  approve('en', 'Hello, your request {{1}} ({{2}}) is done. Reply “status {{3}}” or STOP.');
  const [french, english] = [someone(), someone()];
  const inFrench = await reports(french.whatsApp);
  const inEnglish = await reports(english.whatsApp, ['the street lamp in front of 14 rue des Lilas is broken', 'yes']);
  hall.clock.pass(3 * DAY);
  for (const reference of [inFrench, inEnglish]) ticket('set', reference, 'resolved', 'Ampoule changée');
  const told = await french.whatsApp.next(/est terminée\. Répondez/);
  expect(told.text).toContain(`suivi ${inFrench}`);
  expect((await english.whatsApp.next(/is done\. Reply/)).text).toContain(inEnglish);
  // The window is open again: the answer is free words, and what the service said can be read.
  await french.whatsApp.sends('merci');
  await french.whatsApp.next(/plaisir/);
  await french.whatsApp.sends(`suivi ${inFrench}`);
  await french.whatsApp.next(/Ampoule changée/);
  await rows.settled();
  expect(french.whatsApp.received().filter(({ text }) => /terminée\. R/.test(text))).toHaveLength(1);
  expect([...french.sms.received(), ...english.sms.received()]).toEqual([]);
});

test('no template approved, or refused on its way: a text message to the same number, once, on record', async () => {
  const [unapproved, refused] = [someone(), someone()];
  const [one, two] = [await reports(unapproved.whatsApp), await reports(refused.whatsApp)];
  hall.clock.pass(3 * DAY);
  ticket('set', one, 'refused', 'Déjà réparé');
  const first = await unapproved.sms.next(/close sans suite/);
  expect(first.text).toMatch(/^Mairie de Bellerive.*STOP/s);
  carrier.faults.next({ kind: 'fail', code: 63027 });
  ticket('set', two, 'resolved', 'Fait');
  expect((await refused.sms.next(/terminée/)).text).toContain(two);
  await rows.settled();
  for (const [reference, { sms, whatsApp }] of [
    [one, unapproved],
    [two, refused],
  ] as const) {
    expect(sms.received()).toHaveLength(1);
    expect(whatsApp.received().filter(({ text }) => /terminée|close/.test(text))).toEqual([]);
    const sent = await toldOf(reference);
    expect(sent.map(({ state, channel }) => [channel, state]).sort()).toEqual([
      ['sms', 'sent'],
      ['whatsapp', 'cancelled'],
    ]);
    const [meant] = sent.filter(({ channel }) => channel === 'whatsapp');
    expect(meant).toMatchObject({ reason: expect.stringMatching(/^template/), fallback: `${meant!._id}~sms` });
  }
});

test('whoever opted out hears nothing, on neither app', async () => {
  const stopped = someone();
  const reference = await reports(stopped.whatsApp);
  await stopped.whatsApp.sends('STOP');
  await stopped.whatsApp.next(/START/);
  const before = stopped.whatsApp.received().length;
  ticket('set', reference, 'resolved', 'Fait');
  await rows.settled();
  expect(stopped.whatsApp.received()).toHaveLength(before);
  // Opted out of text messages alone: those are not what stands in for WhatsApp either.
  const half = someone();
  const other = await reports(half.whatsApp);
  await half.sms.sends('STOP');
  await half.sms.next(/START/);
  hall.clock.pass(3 * DAY);
  ticket('set', other, 'waiting');
  await rows.settled();
  expect(half.sms.received()).toHaveLength(1);
  expect(stopped.sms.received()).toEqual([]);
});

test('a request that waits is still open: a photo joins it, its delay is told, and it can be withdrawn', async () => {
  const { whatsApp } = someone();
  const reference = await reports(whatsApp);
  ticket('set', reference, 'waiting');
  await whatsApp.next(/attend votre réponse/);
  await whatsApp.sends('je rajoute une photo', { media: [{ contentType: 'image/jpeg', bytes: await photo() }] });
  expect((await whatsApp.next(/ajoutée/)).text).toContain(reference);
  await whatsApp.sends('où en est ma demande ?');
  // What was waited for has come: it goes on.
  await whatsApp.next(/en cours[\s\S]*Délai/);
  await whatsApp.sends(`annuler ma demande ${reference}`);
  expect((await whatsApp.next(/retirer/i)).text).toContain(reference);
  await whatsApp.sends('oui');
  await whatsApp.next(/retirée/);
  const withdrawn = await rows.database.collection('tickets').find({ reference });
  expect(withdrawn).toMatchObject([{ state: 'withdrawn' }]);
});

test('on the web the news appears in the open chat, and the number that was given hears of it too', async () => {
  const { number, sms } = someone();
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  for (const words of ['lampadaire cassé devant le 14 rue des Lilas', number, 'oui envoyez']) {
    await ana.says(words);
    await ana.hears();
  }
  const reference = REFERENCE.exec(ana.heard().at(-1)!.text!)![0];
  ticket('set', reference, 'resolved', 'Ampoule changée');
  expect(await ana.hears(/terminée/)).toMatch(/Ampoule changée/);
  expect(ana.heard().at(-1)!.text).not.toMatch(/STOP/);
  expect((await sms.next(/terminée/)).text).toMatch(/^Mairie de Bellerive.*Ampoule changée.*STOP/s);
  // A client cannot bring the news itself.
  const { id: event } = (await rows.tickets(ana.conversation))[0]!.history.at(-1)!;
  await ana.says('', { type: 'event', name: 'ticket.changed', value: { reference, event }, text: undefined });
  await ana.hearsNothing(rows);
  expect(sms.received()).toHaveLength(1);
});

test('who gave an e-mail address hears of it there, in the town’s name, and no more after STOP', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  for (const words of ['lampadaire cassé devant le 16 rue des Lilas', 'ana.lopez@example.org', 'oui envoyez']) {
    await ana.says(words);
    await ana.hears();
  }
  const reference = REFERENCE.exec(ana.heard().at(-1)!.text!)![0];
  ticket('set', reference, 'in-progress', 'Équipe prévue jeudi');
  await ana.hears(/Équipe prévue jeudi/);
  await until('the e-mail', () => mail.received.length > 0);
  expect(mail.received).toMatchObject([
    {
      from: { name: 'Bellerive', address: 'guichet@bellerive.example' },
      to: [{ address: 'ana.lopez@example.org' }],
      replyTo: [{ address: expect.stringContaining('@bellerive.example') }],
      subject: `Votre demande ${reference} : Mairie de Bellerive`,
      text: expect.stringMatching(/Équipe prévue jeudi[\s\S]*répondez STOP/),
    },
  ]);
  await ana.says('stop');
  await ana.hears();
  ticket('set', reference, 'resolved', 'Ampoule changée');
  await rows.settled();
  await rows.nothingLeaked();
  expect(mail.received).toHaveLength(1);
});

test('a request left half-way on a phone is recalled once, and put away after a day (S23)', async () => {
  const { whatsApp, sms } = someone();
  const bytes = await photo({ withPosition: false });
  await whatsApp.sends('', { media: [{ contentType: 'image/jpeg', bytes }] });
  await whatsApp.next(/signaler/);
  await sms.sends('poubelles pas ramassées');
  const question = await sms.next();
  hall.clock.pass(10 * 60_000);
  await rows.settled();
  expect(whatsApp.received()).toHaveLength(1);
  hall.clock.pass(11 * 60_000);
  await whatsApp.next(/gardé/);
  const again = await sms.next(/pas encore envoyée/);
  expect(again.text).toMatch(/^Mairie de Bellerive/);
  expect(again.text).toContain(question.text.split('\n').at(-1));
  hall.clock.pass(2 * 3600_000);
  await rows.settled();
  expect(whatsApp.received()).toHaveLength(2);
  expect(sms.received()).toHaveLength(2);
  // An answer goes on with the form; leaving it once more brings no second reminder.
  await sms.sends('6 rue Ampère');
  await sms.next(/Amp.re/);
  hall.clock.pass(3600_000);
  await rows.settled();
  expect(sms.received()).toHaveLength(3);
  hall.clock.pass(DAY);
  await whatsApp.sends('bonjour');
  await whatsApp.next(/effacée/);
  expect(await rows.tickets()).not.toContainEqual(expect.objectContaining({ address: whatsApp.address }));
});

describe('e-mail that comes in', () => {
  const TOWN = 'mairie@bellerive.example';
  const MAIL = join(__dirname, '../../dist/tools/mail.js');

  const take = (text: string, query = '') =>
    fetch(`${hall.url}/hooks/email/message${query}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${MAIL_SECRET}` },
      body: text,
    }).then(({ status }) => status);
  const sentTo = (address: string) => mail.received.filter(({ to }) => to?.[0]?.address === address);
  async function hears(address: string, pattern: RegExp, from = 0) {
    await until(`an e-mail with ${pattern}`, async () =>
      sentTo(address)
        .slice(from)
        .some(({ text }) => pattern.test(text ?? '')),
    );
    return sentTo(address)
      .slice(from)
      .find(({ text }) => pattern.test(text ?? ''))!;
  }
  const ticketOf = async (reference: string) => (await rows.database.collection('tickets').find({ reference }))[0]!;
  const heardOf = (address: string) =>
    rows.database.collection('inbox').find({ conversation: conversationOf({ id: 'bellerive' }, address) });
  const allHeard = (address: string, count: number) =>
    until('all of it to be heard', async () => {
      const heard = await heardOf(address);
      return heard.length === count && heard.every(({ state }) => state === 'done');
    });

  async function requestOf(address: string) {
    const to = { to: TOWN, from: `Ana <${address}>` };
    await take(
      letter({ ...to, subject: 'Lampadaire', text: 'lampadaire cassé devant le 14 rue des Lilas\r\n\r\nCordialement,\r\nAna' }),
    );
    const asked = await hears(address, /OUI/);
    expect(asked).toMatchObject({ subject: 'Re: Lampadaire', replyTo: [{ address: TOWN }] });
    expect(asked.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-replied');
    const answer = letter({
      ...to,
      subject: 'Re: Lampadaire',
      text: 'oui\r\n\r\nLe 3 mars 2027, Mairie <a@b.example> a écrit :\r\n> OUI ou NON ?',
    });
    await take(answer);
    return REFERENCE.exec((await hears(address, REFERENCE)).text!)![0];
  }

  test('a request is made by e-mail; an answer to its news joins it, and a forger’s does not', async () => {
    const address = 'ana.quille@post.example';
    const reference = await requestOf(address);
    const receipt = await hears(address, new RegExp(reference));
    const page = await fetch(/https?:\S+\/s\/[\w-]+/.exec(receipt.text!)![0]);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(reference)]);
    ticket('set', reference, 'waiting', 'Quel est le numéro du poteau ?');
    const news = await hears(address, /poteau/);
    expect(news.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toContain(TOWN);
    const said = (from: string, words: string, more: object) => letter({ to: TOWN, from, text: words, ...more });
    // Who knows the reference, and even the id of the e-mail, and writes from elsewhere.
    const forged = said('mallory@post.example', 'Annulez tout, ce poteau est réparé.', {
      subject: `Re: ${news.subject} ${reference}`,
      headers: { 'In-Reply-To': news.messageId!, References: news.messageId! },
    });
    expect(await take(forged)).toBe(200);
    await allHeard('mallory@post.example', 1);
    expect(JSON.stringify(await ticketOf(reference))).not.toContain('réparé');
    const before = sentTo(address).length;
    const words = 'Le poteau porte la plaque B-217.';
    const own = { subject: 'Re: poteau', headers: { 'In-Reply-To': news.messageId!, References: news.messageId! } };
    expect(await take(said(address, `${words}\r\n\r\nOn Monday, Mairie wrote:\r\n> Quel est le numéro ?`, own))).toBe(200);
    const joined = await hears(address, new RegExp(reference), before);
    expect(joined).toMatchObject({ inReplyTo: expect.stringMatching(/^<.*>$/) });
    const { state, history } = (await ticketOf(reference)) as unknown as { state: string; history: Array<{ text?: string }> };
    expect([state, history.at(-1)?.text]).toEqual(['in-progress', words]);
  });

  test('an agreement to a helper is taken back by e-mail and by WhatsApp, in the language of each', async () => {
    const asks = async (from: string, subject: string, text: string) => {
      const before = sentTo(from).length;
      expect(await take(letter({ from, to: TOWN, subject, text }))).toBe(200);
      return (pattern: RegExp) => hears(from, pattern, before);
    };
    const owner = 'rosa@post.example';
    const byMail = await requestOf(owner);
    const { whatsApp: tom } = someone();
    await tom.sends(`I act for my neighbour ${byMail}`);
    await tom.next(/What is your name/);
    await tom.sends('Tom Hill');
    await tom.next(/two six-digit codes/);
    await tom.sends(/\b\d{6}\b/.exec((await hears(owner, /Tom Hill wants to act/)).text!)![0]);
    await tom.next(/You will get its news too/);
    await (await asks(owner, 'Tom', 'I no longer want Tom Hill to look after my request.'))(/Take this agreement back/);
    await (await asks(owner, 'Re: Tom', 'yes'))(/Tom Hill no longer acts for your request/);
    await tom.next(/agreement is over/);
    expect(await ticketOf(byMail)).toMatchObject({ helper: null, conversation: conversationOf({ id: 'bellerive' }, owner) });

    const { whatsApp: lina, sms } = someone();
    const byPhone = await reports(lina);
    const helper = 'paul@post.example';
    await (await asks(helper, 'Ma voisine', `j'agis pour ma voisine ${byPhone}`))(/votre nom/);
    await (await asks(helper, 'Re: Ma voisine', 'Paul Vidal'))(/deux codes/);
    const [told] = /\b\d{6}\b/.exec((await sms.next(/Paul Vidal veut agir/)).text)!;
    await (await asks(helper, 'Re: Ma voisine', told))(/recevrez aussi/);
    ticket('set', byPhone, 'in-progress', 'Équipe prévue mardi');
    await hears(helper, /pour laquelle vous agissez[\s\S]*Équipe prévue mardi/);
    await lina.next(/Équipe prévue mardi/);
    await lina.sends('retirez mon aidant svp');
    await lina.next(/retirer cet accord/);
    await lina.sends('oui');
    await lina.next(/Paul Vidal n'agit plus/);
    await hears(helper, /l'accord a pris fin/);
  });

  test('an automatic mail reply changes neither state nor owner, and is not answered', async () => {
    const address = 'absent@post.example';
    const reference = await requestOf(address);
    const standing = async () => {
      const { state, service, agent, history, revision } = await ticketOf(reference);
      return { state, service, agent, history, revision };
    };
    const before = await standing();
    const [count, heard] = [sentTo(address).length, (await heardOf(address)).length];
    const signs: Array<Record<string, string>> = [
      { 'Auto-Submitted': 'auto-replied' },
      { Precedence: 'bulk' },
      { 'List-Id': '<liste.example>' },
      { 'X-Auto-Response-Suppress': 'All' },
      { 'Return-Path': '<>' },
    ];
    for (const headers of signs)
      expect(
        await take(
          letter({ from: address, to: TOWN, subject: `Absent ${reference}`, text: 'Je veux parler à quelqu’un', headers }),
        ),
      ).toBe(200);
    await allHeard(address, heard + signs.length);
    expect(await standing()).toEqual(before);
    const [{ holder }] = (await rows.database
      .collection('conversations')
      .find({ _id: conversationOf({ id: 'bellerive' }, address) })) as never as [{ holder: string }];
    expect([holder, sentTo(address).length]).toEqual(['bot', count]);
  });

  test('danger by e-mail: whom to call comes first, and the town hall sees it', async () => {
    const address = 'nadia@post.example';
    await take(
      letter({ from: address, to: TOWN, subject: 'URGENT', text: 'il y a le feu dans la cage d’escalier au 3 rue Ampère' }),
    );
    const said = await hears(address, /112|18/);
    expect(said.subject).toBe('Re: URGENT');
    expect(said.text!.trim().split('\n\n')[0]).toMatch(/112|18/);
    await allHeard(address, 1);
    const alerts = await rows.database.collection('alerts').find({ conversation: conversationOf({ id: 'bellerive' }, address) });
    expect(alerts).toHaveLength(1);
  });

  test('nothing in an e-mail becomes a head of ours, and it may be for thousands', async () => {
    const address = 'mallory.2@post.example';
    // What a subject holds once its coding is undone: line ends, a head and a recipient of their own.
    const hidden = Buffer.from('Question\r\nBcc: everyone@post.example\r\n\r\nAchetez').toString('base64');
    const crowd = Array.from({ length: 10_000 }, (_, n) => `c${n}@post.example`);
    const text = 'combien coûte un passeport ?';
    const written = (more: object) => letter({ from: `"M\\" <x@y.example>, \\"" <${address}>`, to: TOWN, text, ...more });
    expect(await take(written({ subject: `=?utf-8?B?${hidden}?=` }))).toBe(200);
    await hears(address, /86/);
    const own = sentTo(address)[0]!;
    expect([own.to, own.cc ?? [], own.bcc ?? []]).toEqual([[{ address, name: '' }], [], []]);
    expect(own.headers.filter(({ key }) => /^(bcc|cc|to)$/.test(key))).toHaveLength(1);
    expect(own.subject).not.toMatch(/[\r\n]/);
    expect(mail.received.filter(({ to }) => to?.some((one) => one.address === 'everyone@post.example'))).toEqual([]);
    // The envelope says who of them it is for; the sender alone is answered.
    expect(await take(written({ to: crowd.join(',\r\n ') }), `?to=${TOWN}`)).toBe(200);
    await allHeard(address, 2);
    await until('the second answer', async () => sentTo(address).length === 2);
    expect(mail.received.filter(({ to }) => to?.some((one) => /^c\d+@/.test(one.address ?? '')))).toEqual([]);
  });

  test('a letter that a mail server gives back is known not to have arrived', async () => {
    const address = 'parti@post.example';
    await requestOf(address);
    const { messageId } = sentTo(address).at(-1)!;
    const parts = [
      'Content-Type: text/plain\r\n\r\nUndelivered',
      `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ${address}\r\nAction: failed\r\nStatus: 5.1.1`,
      `Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${messageId}\r\nSubject: x`,
    ].map((part) => `--r\r\n${part}\r\n`);
    const head =
      'From: MAILER-DAEMON@mx.example\r\nTo: guichet@bellerive.example\r\nMessage-ID: <r1@mx.example>\r\nMIME-Version: 1.0\r\n';
    const report = `${head}Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n${parts.join('')}--r--\r\n`;
    expect(await take(report)).toBe(200);
    const letterSent = async () => (await rows.database.collection('outbox').find({ providerId: messageId! }))[0];
    await until('the letter to be known as failed', async () => (await letterSent())?.receipt === 'undelivered');
    expect(await letterSent()).toMatchObject({ state: 'dead', reason: 'bounced-5.1.1' });
    await allHeard('mailer-daemon@mx.example', 1);
  });

  test('a piped message is kept once beside the running server; what cannot be read or kept says so to the mail server', async () => {
    const address = 'pipe@post.example';
    const pipe = (input: string, env: Record<string, string> = {}, ...args: string[]) =>
      spawnSync(process.execPath, [MAIL, 'in', ...args], { input, env: { ...process.env, DATA_DIR: hall.dataDir, ...env } })
        .status;
    const html = '<html><body><p>Combien co&ucirc;te un <b>passeport</b> ?</p></body></html>';
    const written = letter({ from: address, to: 'undisclosed@bellerive.example', html });
    expect([pipe(written, {}, '--to', TOWN), pipe(written, {}, '--to', TOWN)]).toEqual([0, 0]);
    await hears(address, /86/);
    await allHeard(address, 1);
    expect(sentTo(address)).toHaveLength(1);
    expect(pipe('nothing of the kind')).toBe(65);
    expect(pipe(written)).toBe(67);
    for (const DATA_DIR of [join(__filename, 'no-folder'), '/proc/nowhere'])
      expect(pipe(written, { DATA_DIR }, '--to', TOWN)).toBe(75);
  });
});
