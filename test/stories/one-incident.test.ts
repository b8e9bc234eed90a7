/**
 * One incident, many reports: a neighbour is asked whether it is the same and follows it, requests are put together and taken
 * apart without losing a word, and one message answers everybody on their own channel, once.
 */
import { createReference } from '../../src/domain/ticket/ticket';
import { type Citizen, createCitizen } from '../support/citizen';
import { type DeskUser, signedIn } from '../support/desk';
import { REFERENCE, SMS } from '../support/phone-hall';
import { until } from '../support/until';
import { usePhoneHall } from '../support/use-city-hall';

let karim: DeskUser;
let last = 0;

const { hall, carrier, rows } = usePhoneHall({ isInStory: true, at: '2026-11-24T09:15:00Z' });

beforeAll(async () => {
  karim = await signedIn(hall, 'karim');
});

afterEach(async () => {
  await carrier.idle();
  await rows.nothingLeaked();
});

function someone() {
  last += 1;
  const number = `+3363997${String(5000 + last)}`;
  return { number, ...carrier.phone(number, SMS) };
}

type Phone = ReturnType<typeof someone>;

async function reports(phone: Phone, words: string) {
  await phone.sends(words);
  await phone.next(/OUI/);
  await phone.sends('oui');
  return REFERENCE.exec((await phone.next(REFERENCE)).text)![0];
}

const ticket = async (reference: string) => (await rows.tickets()).find((one) => one.reference === reference)!;
const all = async () => (await rows.tickets()).length;

async function post(reference: string, action: string, body: object) {
  return karim.call('POST', `tickets/${reference}/${action}`, body);
}

async function says(reference: string, change: object) {
  const { revision } = (await karim.get(`tickets/${reference}`)).body;
  expect((await post(reference, 'changes', { isPublic: true, revision, ...change })).status).toBe(200);
}

test('a neighbour who says yes follows it and hears what becomes of it; nothing of the author is seen (S39)', async () => {
  const author = someone();
  const reference = await reports(author, "fuite d'eau dans la rue devant le 17 rue Pasteur, Mme Bertin");
  const before = await all();
  const ana: Citizen = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says("fuite d'eau devant le 19 rue Pasteur");
  const asked = await ana.hears(/le même/);
  expect(asked).toMatch(/17 rue Pasteur/);
  expect(asked).not.toMatch(/Bertin|\+33/);
  await ana.says('oui');
  await ana.hears(/prévenu de la suite/);
  expect(await all()).toBe(before);
  expect(await rows.database.collection('followers').find({ reference })).toHaveLength(1);
  await says(reference, { state: 'resolved', words: 'Canalisation réparée' });
  await author.next(/Canalisation réparée/);
  await ana.hears(/terminée[\s\S]*Canalisation réparée/);
  expect(JSON.stringify(ana.heard())).not.toMatch(/Bertin|3363997/);
});

test('another thing is a request of its own, linked for the service; other topics are never asked about', async () => {
  const [one, two] = [someone(), someone()];
  const reference = await reports(one, "fuite d'eau dans la rue devant le 3 rue Thiers");
  await two.sends("fuite d'eau dans la rue devant le 3 rue Thiers");
  await two.next(/même/);
  await two.sends('non');
  await two.next(/OUI/);
  await two.sends('oui');
  const [, own = ''] = /(\w{4}-\w{4})/.exec((await two.next(REFERENCE)).text)!;
  expect((await ticket(own)).links).toEqual([{ reference, kind: 'neighbour' }]);
  // Seen from the other one too, once.
  expect((await ticket(reference)).links).toEqual([{ reference: own, kind: 'neighbour' }]);
  const shown = async (one: string) =>
    (await karim.get(`tickets/${one}`)).body.linked.map((other: { reference: string }) => other.reference);
  expect([await shown(own), await shown(reference)]).toEqual([[reference], [own]]);
  const three = someone();
  await reports(three, 'lampadaire cassé devant le 3 rue Thiers');
});

test('put together: what the other says lands on the one that stands, both histories say so, twice is clear; and taken apart', async () => {
  const [one, two] = [someone(), someone()];
  const stands = await reports(one, 'lampadaire cassé devant le 3 rue des Lilas');
  const aside = await reports(two, 'lampadaire cassé devant le 5 rue des Lilas');
  expect((await post(aside, 'merge', { into: stands })).body).toMatchObject({ state: 'closed', mergedInto: stands });
  await two.next(/même problème/);
  expect((await post(aside, 'merge', { into: stands })).status).toBe(200);
  const third = await reports(someone(), 'lampadaire cassé devant le 21 rue des Lilas');
  expect((await post(aside, 'merge', { into: third })).body.error.code).toBe('elsewhere');
  expect((await post(stands, 'merge', { into: aside })).body.error.code).toBe('itself');
  await two.sends(`suivi ${aside}`);
  expect((await two.next(/reçue/)).text).toContain(aside);
  await says(stands, { state: 'waiting', words: 'De quel côté ?' });
  await two.next(/De quel côté/);
  await two.sends('côté pair, près du portail');
  // What could be something else is asked about first.
  const heard = await two.next(/pour votre demande|réponse est notée/);
  if (/pour votre demande/.test(heard.text)) {
    await two.sends('oui');
    await two.next(/réponse est notée/);
  }
  expect((await ticket(stands)).history.at(-1)).toMatchObject({ text: 'côté pair, près du portail', state: 'in-progress' });
  const kinds = async (reference: string) => (await ticket(reference)).history.map(({ kind }) => kind);
  expect(await kinds(aside)).toContain('merged');
  expect((await kinds(stands)).filter((kind) => kind === 'merged')).toHaveLength(1);
  expect((await post(aside, 'split', {})).body).toMatchObject({ state: 'new' });
  expect((await ticket(aside)).mergedInto).toBeNull();
  expect((await post(aside, 'split', {})).body.error.code).toBe('not-merged');
});

test('declared: newcomers hear that it is known, how many it concerns and when there is news; one message answers all, once', async () => {
  const author = someone();
  const reference = await reports(author, 'tout le quartier est dans le noir, lampadaires éteints devant le 40 rue Pasteur');
  expect((await post(reference, 'incident', { isDeclared: true, next: 'à 18 h' })).status).toBe(200);
  const neighbours = [someone(), someone()];
  for (const [n, phone] of neighbours.entries()) {
    await phone.sends('lampadaire éteint devant le 2 rue Ampère');
    expect((await phone.next(/C'est connu/)).text).toMatch(new RegExp(`${n + 1} personne.*à 18 h`, 's'));
    await phone.sends('oui');
    await phone.next(/prévenu/);
  }
  await says(reference, { words: 'Un câble est coupé, retour prévu à 21 h.' });
  for (const phone of [author, ...neighbours]) await phone.next(/câble est coupé/);
  await hall.restart();
  karim = await signedIn(hall, 'karim');
  carrier.connect(hall.url);
  for (const phone of [author, ...neighbours])
    expect(phone.received().filter(({ text }) => /câble est coupé/.test(text))).toHaveLength(1);
  expect((await post(reference, 'incident', { isDeclared: false })).body.incident).toBeNull();
  const after = someone();
  await after.sends('lampadaire éteint devant le 2 rue Ampère');
  await after.next(/OUI/);
});

test('whoever acts for another has their agreement by a code: kept in the history, seen at the desk, told as they wish', async () => {
  // By text message, for her mother: she makes the request, and her mother alone is to hear of it.
  const [mother, daughter] = [someone(), someone()];
  await daughter.sends("nid de poule devant le 44 rue Pasteur, c'est pour ma mère");
  await daughter.next(/OUI/);
  await daughter.sends('oui');
  const opened = (await daughter.next(/j'agis pour cette personne/)).text;
  const reference = REFERENCE.exec(opened)![0];
  await daughter.sends("j'agis pour cette personne");
  await daughter.next(/votre nom/);
  await daughter.sends('http://mal.example 12');
  await daughter.next(/votre nom/);
  await daughter.sends('Léa Martin');
  await daughter.next(/numéro de mobile/);
  await daughter.sends(mother.number);
  await daughter.next(/deux codes/);
  // Without it nothing changes: votre accord, by the code.
  const asked = (await mother.next(/veut agir pour vous/)).text;
  expect(asked).toMatch(/Léa Martin/);
  const [told, untold] = asked.match(/\b\d{6}\b/g)!;
  await daughter.sends(told === '000000' ? '000001' : '000000');
  await daughter.next(/pas le bon code/);
  expect((await ticket(reference)).helper).toBeUndefined();
  await daughter.sends(untold!);
  await daughter.next(/elle seule en recevra/);
  await until(async () => (await ticket(reference)).helper !== undefined);
  expect(await ticket(reference)).toMatchObject({
    contact: { kind: 'phone', value: mother.number },
    helper: { name: 'Léa Martin', isTold: false },
  });
  expect((await ticket(reference)).history.at(-1)).toMatchObject({ kind: 'helped', helper: 'Léa Martin', by: 'citizen' });
  const { body } = await karim.get(`tickets/${reference}`);
  expect(body.helper).toEqual({ name: 'Léa Martin', isTold: false });
  expect(body.history.at(-1)).toMatchObject({ kind: 'helped', by: 'Léa Martin' });
  await says(reference, { state: 'in-progress', words: 'Une équipe passe jeudi.' });
  await mother.next(/équipe passe jeudi/);
  expect(daughter.received().filter(({ text }) => /équipe passe/.test(text))).toEqual([]);
  await mother.sends(`suivi ${reference}`);
  await mother.next(/en cours/);

  // On the page, for a neighbour whose request it is: he wants both to hear.
  const neighbour = someone();
  const his = await reports(neighbour, 'lampadaire cassé devant le 51 rue Ampère');
  const zoe = await createCitizen(hall.url, { locale: 'fr' });
  await zoe.says(`où en est la demande de mon voisin ${his} ?`);
  await zoe.hears(/votre nom/);
  await zoe.says('Zoé Petit');
  const same = await zoe.hears(/deux codes/);
  const code = /\b\d{6}\b/.exec((await neighbour.next(/Zoé Petit veut agir/)).text)![0];
  await zoe.says(code);
  await zoe.hears(/recevrez aussi les nouvelles/);
  await zoe.says(`suivi ${his}`);
  await zoe.hears(/reçue/);
  await says(his, { state: 'in-progress', words: 'Nacelle réservée.' });
  await neighbour.next(/Nacelle réservée/);
  await zoe.hears(/Nacelle réservée/);
  await zoe.says(`pas réparé ${his}, le lampadaire clignote`);
  await zoe.hears(/pour votre demande|noté|ajout/);
  await until(async () => (await ticket(his)).history.some(({ helper, kind }) => helper === 'Zoé Petit' && kind === 'comment'));

  // A reference that is nobody's is answered alike, and nobody is written to.
  const before = carrier.messages().length;
  const eve = await createCitizen(hall.url, { locale: 'fr' });
  await eve.says(`j'agis pour ma voisine ${createReference(Buffer.alloc(7, 9))}`);
  await eve.hears(/votre nom/);
  await eve.says('Eve Noir');
  expect(await eve.hears(/deux codes/)).toBe(same);
  expect(carrier.messages().length).toBe(before);

  // The mother takes it back in her own words, from her phone: the daughter is told, knows no more and hears no more.
  await mother.sends("je ne veux plus que Léa s'occupe de mon dossier");
  expect((await mother.next(/retirer cet accord/)).text).toMatch(/Léa Martin/);
  expect((await ticket(reference)).helper).toBeTruthy();
  await mother.sends('oui');
  await mother.next(/Léa Martin n'agit plus/);
  await daughter.next(/n'agissez plus[\s\S]*l'accord a pris fin/);
  expect((await ticket(reference)).helper).toBeNull();
  expect((await ticket(reference)).history.at(-1)).toMatchObject({ kind: 'unhelped', helper: 'Léa Martin', by: 'citizen' });
  const shown = (await karim.get(`tickets/${reference}`)).body;
  expect(shown.contact).toBe(mother.number);
  expect(shown.helper).toBeUndefined();
  await daughter.sends(`suivi ${reference}`);
  await daughter.next(/protéger les données/);
  await says(reference, { words: 'Le trou est balisé.' });
  await mother.next(/trou est balisé/);
  expect(daughter.received().filter(({ text }) => /balisé/.test(text))).toEqual([]);

  // Zoé gives it up herself, and he hears of it.
  await zoe.says("je n'agis plus pour mon voisin");
  await zoe.hears(/Voulez-vous arrêter/);
  await zoe.says('oui');
  await zoe.hears(/vous n'agissez plus/);
  await neighbour.next(/Zoé Petit n'agit plus pour vous/);
  await says(his, { words: 'Ampoule commandée.' });
  await neighbour.next(/Ampoule commandée/);
  expect(JSON.stringify(zoe.heard())).not.toMatch(/Ampoule/);
});

test('an agreement ends from anywhere by a code, and at the desk: both are told, once', async () => {
  const owner = someone();
  const reference = await reports(owner, 'lampadaire cassé devant le 12 rue Pasteur');
  const helps = async (name: string) => {
    const helper = await createCitizen(hall.url, { locale: 'fr' });
    await helper.says(`j'agis pour ma voisine ${reference}`);
    await helper.hears(/votre nom/);
    await helper.says(name);
    await helper.hears(/deux codes/);
    await helper.says(/\b\d{6}\b/.exec((await owner.next(new RegExp(`${name} veut agir`))).text)![0]);
    await helper.hears(/recevrez aussi/);
    return helper;
  };
  const max = await helps('Max Roux');
  // From a page that knows nothing of them; a stranger who asks the same hears the same, and has no code.
  const self = await createCitizen(hall.url, { locale: 'fr' });
  const stranger = await createCitizen(hall.url, { locale: 'fr' });
  await stranger.says(`retirer l'aidant de ma demande ${createReference(Buffer.alloc(7, 8))}`);
  const same = await stranger.hears(/Si quelqu'un agit/);
  await self.says(`retirer l'aidant de ma demande ${reference}`);
  expect(await self.hears(/Si quelqu'un agit/)).toBe(same);
  const code = /\b\d{6}\b/.exec((await owner.next(/plus personne n'agisse/)).text)![0];
  await self.says(code === '000000' ? '000001' : '000000');
  await self.hears(/pas le bon code/);
  expect((await ticket(reference)).helper).toBeTruthy();
  await self.says(code);
  await self.hears(/Max Roux n'agit plus/);
  await max.hears(/l'accord a pris fin/);

  // Another one may act then; at the desk, when its citizen says so at the counter, it ends for both.
  const ida = await helps('Ida Blanc');
  await says(reference, { words: 'Nacelle en route.' });
  await ida.hears(/pour laquelle vous agissez[\s\S]*Nacelle en route/);
  expect((await karim.call('DELETE', `tickets/${reference}/helper`)).status).toBe(200);
  expect((await karim.call('DELETE', `tickets/${reference}/helper`)).body.error.code).toBe('nobody-helps');
  await ida.hears(/l'accord a pris fin/);
  await owner.next(/Ida Blanc n'agit plus pour vous/);
  const ends = (await ticket(reference)).history.filter(({ kind }) => kind === 'unhelped');
  expect(ends.map(({ helper, by }) => [helper, by])).toEqual([
    ['Max Roux', 'citizen'],
    ['Ida Blanc', 'agent'],
  ]);
  expect(JSON.stringify(max.heard())).not.toMatch(/Nacelle/);
});
