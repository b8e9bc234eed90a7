/**
 * Listening: citizens ask to be told of what the town writes about, and end it by a word; an agent writes once, and each who
 * asked gets it once, whoever said STOP is passed over; a question is answered, counted, and its results come back.
 */
import type { CampaignCount, CampaignView } from '../../src/desk/campaigns/wire';
import { type Citizen, createCitizen } from '../support/citizen';
import { type DeskUser, signedIn } from '../support/desk';
import { SMS, WHATSAPP } from '../support/phone-hall';
import { until } from '../support/until';
import { usePhoneHall } from '../support/use-city-hall';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

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

function someone(sender = SMS) {
  last += 1;
  const number = `+3363997${String(6000 + last)}`;
  return carrier.phone(sender === WHATSAPP ? `whatsapp:${number}` : number, sender);
}

type Phone = ReturnType<typeof someone>;

async function says(phone: Phone, words: string, hears: RegExp): Promise<string> {
  await phone.sends(words);
  return (await phone.next(hears)).text;
}

const subscribed = (theme: string, state = 'on') => rows.database.collection('subscriptions').find({ theme, state });

const draft = (fr: string, themes: string[], more: object = {}) => ({
  ...{ title: fr.slice(0, 60), texts: { fr, en: `In English: ${fr}` }, themes, sectors: [], isUrgent: false },
  ...more,
});

async function sends(order: ReturnType<typeof draft>): Promise<CampaignView> {
  const counted = await karim.call('POST', 'campaigns/count', order);
  expect(counted.status).toBe(200);
  last += 1;
  const body = { ...order, key: `story-${last}-campaign`, people: (counted.body as CampaignCount).people };
  const answer = await karim.call('POST', 'campaigns', body);
  expect(answer.status).toBe(201);
  // The same order again is the same campaign.
  expect((await karim.call('POST', 'campaigns', body)).body.id).toBe(answer.body.id);
  return answer.body;
}

/** Long enough for those who were signed in to be signed out. */
async function passes(ms: number): Promise<void> {
  hall.clock.pass(ms);
  karim = await signedIn(hall, 'karim');
}

const look = async (id: string): Promise<CampaignView> => (await karim.get(`campaigns/${id}`)).body;
const isDone = async (id: string) => {
  const { state, letters, handed } = await look(id);
  // What was handed on becomes a letter a moment later.
  return state === 'sent' && letters.sent + letters.failed >= handed;
};
const times = (phone: Phone, words: RegExp) => phone.received().filter(({ text }) => words.test(text)).length;

test('asked for in many words, in two languages; asked back where something else may be meant; ended one by one', async () => {
  const ana = someone();
  expect(await says(ana, 'prévenez-moi des travaux', /C'est noté/)).toMatch(/travaux et circulation[\s\S]*STOP/);
  await says(ana, "abonnez-moi aux fermetures d'école", /fermetures d'école et grèves/);
  await says(ana, 'alerte crue', /Voulez-vous recevoir nos messages.*crues/);
  await says(ana, 'oui', /nous vous écrirons.*crues/);
  const [own] = await rows.database.collection('ledger').find({ kind: 'subscription', theme: 'floods' });
  expect(own).toMatchObject({ given: true, words: 'alerte crue | oui', channel: 'sms', source: 'message' });
  expect(await says(ana, 'mes abonnements', /Vous recevez nos messages/)).toMatch(/travaux.*crues|crues.*travaux/s);
  expect(await says(ana, 'désabonnez-moi des travaux', /ne vous écrirons plus à ce sujet : travaux/)).toMatch(
    /encore[\s\S]*crues/,
  );
  expect(await says(ana, 'prévenez-moi', /Sur quel sujet/)).toMatch(/3\. .*écoles?/);
  await says(ana, '4', /jours de collecte/);
  await says(ana, 'prévenez-moi de la circulation sur les quais', /Seulement pour ce secteur : Les quais/);
  expect(await subscribed('works')).toMatchObject([{ sector: 'quais', address: ana.address }]);
  const order = { ...draft('Quai fermé.', ['works']), sectors: ['centre'] };
  expect((await karim.call('POST', 'campaigns/count', order)).body.people).toBe(0);
  expect((await karim.call('POST', 'campaigns/count', { ...order, sectors: ['quais'] })).body.people).toBe(1);
  await says(ana, 'ne me prévenez plus des travaux', /ne vous écrirons plus à ce sujet : travaux/);
  const bob = someone(WHATSAPP);
  await says(bob, 'please warn me about floods', /write to you about floods/);
  await says(bob, 'unsubscribe me from floods', /not write to you about floods/);
  // None of these asks for messages.
  const eve = someone();
  await says(eve, 'vous auriez pu me prévenir des travaux', /Voulez-vous/);
  await says(eve, 'non', /rien n'est changé/);
  const zoe = someone();
  // A wish in the middle of a form is no answer to its question, which is asked again.
  await says(zoe, 'il y a un nid-de-poule rue Victor Hugo', /Où exactement/);
  await says(zoe, 'au fait, prévenez-moi des fêtes', /nous vous écrirons.*fêtes[\s\S]*Où exactement/);
  await says(zoe, 'annuler', /rien n'a été envoyé/);
  await says(zoe, 'informez-moi sur le ramassage des encombrants', /./);
  expect((await subscribed('collection')).map(({ address }) => address)).not.toContain(zoe.address);
  expect(await subscribed('works')).toHaveLength(0);
  expect((await subscribed('floods')).map(({ channel }) => channel)).toEqual(['sms']);
});

test('STOP ends every subscription, and START brings none back; on the web it is the conversation that is written to', async () => {
  const ana = someone();
  await says(ana, 'prévenez-moi des jours de collecte', /C'est noté/);
  await says(ana, 'STOP', /vous ne recevrez plus/);
  await says(ana, 'START', /bon retour/);
  expect((await subscribed('collection', 'stopped')).map(({ address }) => address)).toContain(ana.address);
  expect((await subscribed('collection')).map(({ address }) => address)).not.toContain(ana.address);
  const web: Citizen = await createCitizen(hall.url, { locale: 'fr' });
  await web.says('je voudrais être prévenu des fêtes');
  expect(await web.hears(/nous vous écrirons/)).toMatch(/dans cette conversation[\s\S]*\+33639981000/);
  await sends(draft('Le marché de Noël ouvre samedi à 10 h.', ['events']));
  await web.hears(/marché de Noël ouvre/);
});

test('one campaign reaches three, each once and in their language, and passes over who said STOP; count, pieces and cost are told before', async () => {
  const [ana, bob, eve, zoe] = [someone(), someone(WHATSAPP), someone(), someone()] as const;
  await says(ana, 'prévenez-moi des travaux', /C'est noté/);
  await says(ana, 'prévenez-moi des crues', /C'est noté/);
  await says(bob, 'prévenez-moi des travaux', /C'est noté/);
  await says(eve, 'notify me of roadworks', /Noted/);
  await says(zoe, 'prévenez-moi des travaux', /C'est noté/);
  await says(zoe, 'STOP', /vous ne recevrez plus/);
  const order = draft('La rue Victor Hugo est barrée lundi de 8 h à 17 h.', ['works', 'floods']);
  const { body: counted } = await karim.call('POST', 'campaigns/count', order);
  // Of before there is one who wants to hear of floods.
  expect(counted).toMatchObject({ people: 4, skipped: 1, piecesIn: { fr: 1 }, cost: { currency: 'EUR' } });
  expect(counted.pieces).toBe(3);
  expect(counted.cost.amount).toBeCloseTo(0.28);
  const nadia = await signedIn(hall, 'nadia');
  expect((await nadia.call('POST', 'campaigns/count', order)).status).toBe(403);
  const refused = await karim.call('POST', 'campaigns', { ...order, key: 'other-people', people: 40 });
  expect([refused.status, refused.body.error.code]).toEqual([409, 'changed']);
  const { id } = await sends(order);
  expect((await ana.next(/rue Victor Hugo/)).text).toMatch(/^Mairie de Bellerive : La rue Victor Hugo.*\n.*STOP/);
  await bob.next(/rue Victor Hugo/);
  expect((await eve.next(/rue Victor Hugo/)).text).toMatch(/In English/);
  await until(() => isDone(id));
  expect(await look(id)).toMatchObject({ state: 'sent', people: 4, handed: 4, skipped: 1, letters: { sent: 4, failed: 0 } });
  expect([ana, bob, eve, zoe].map((phone) => times(phone, /rue Victor Hugo/))).toEqual([1, 1, 1, 0]);
  const entry = (await karim.get('audit?from=2026-11-24&to=2026-11-24')).text;
  expect(entry).toContain('campaign.sent');
});

test('quiet hours hold it back, what is urgent leaves; a silent WhatsApp gets the template; what is stopped goes no further', async () => {
  const [ana, bob] = [someone(), someone(WHATSAPP)] as const;
  await says(ana, 'prévenez-moi des consultations', /C'est noté/);
  await says(bob, 'prévenez-moi des consultations', /C'est noté/);
  await passes(2 * DAY + 12 * HOUR);
  const { id } = await sends(draft('Réunion publique jeudi à 18 h 30.', ['surveys']));
  await until(async () => (await look(id)).waits === 'quiet-hours');
  expect((await karim.call('POST', `campaigns/${id}/stop`, {})).body.state).toBe('stopped');
  const body = 'Bonjour, voici un message de {{1}}, que vous avez demandé à recevoir : {{2}} Répondez STOP.';
  carrier.approve({ friendly_name: 'guichet_town_news_fr', language: 'fr', types: { 'twilio/text': { body } } });
  const urgent = await sends(draft('Réunion annulée ce soir.', ['surveys'], { isUrgent: true }));
  await ana.next(/annulée/);
  expect((await bob.next(/annulée/)).text).toMatch(/^Bonjour, voici un message de Mairie de Bellerive/);
  await until(() => isDone(urgent.id));
  await passes(12 * HOUR);
  expect(times(ana, /Réunion publique/)).toBe(0);
  expect((await look(id)).handed).toBe(0);
});

test('a question is answered once by each, a later answer stands; its results go back, to a table and to everybody without small counts', async () => {
  const people = [someone(), someone(), someone(WHATSAPP)] as const;
  for (const phone of people) await says(phone, "prévenez-moi des fermetures de l'école", /C'est noté/);
  const closesAt = hall.clock.now().getTime() + 2 * DAY;
  const choices = [
    { fr: 'Le mercredi', en: 'Wednesday' },
    { fr: 'Le vendredi', en: 'Friday' },
  ];
  const { id } = await sends(draft('Quel jour pour le marché ?', ['schools'], { poll: { choices, closesAt }, isUrgent: true }));
  const [ana, bob, eve] = people;
  for (const phone of people) await phone.next(/Quel jour pour le marché/);
  await says(ana, '1', /notée : Le mercredi/);
  await says(bob, 'vendredi', /notée : Le vendredi/);
  await says(eve, '2', /notée : Le vendredi/);
  await says(ana, 'horaires de la mairie', /C'est (ouvert|fermé)/);
  await says(ana, 'le vendredi', /notée : Le vendredi/);
  expect((await look(id)).poll).toMatchObject({
    answers: 3,
    isClosed: false,
    choices: [
      { title: 'Le mercredi', count: 0 },
      { title: 'Le vendredi', count: 3 },
    ],
  });
  const csv = (await karim.get(`campaigns/${id}/answers.csv`)).text;
  expect(csv.match(/Le vendredi/g)).toHaveLength(3);
  expect(csv).not.toMatch(/33639/);
  const open = async () => (await fetch(`${hall.url}/open-data/bellerive/polls.json`)).json() as Promise<{ polls: object[] }>;
  expect((await open()).polls).toEqual([]);
  await passes(3 * DAY);
  for (const phone of [ana, bob]) expect((await phone.next(/Résultat/)).text).toMatch(/3 réponses[\s\S]*vendredi : moins de 5/);
  await until(() => isDone(`${id}-results`));
  expect(times(ana, /Résultat/)).toBe(1);
  await says(bob, 'mercredi', /close depuis/);
  expect((await open()).polls).toMatchObject([
    { question: { fr: 'Quel jour pour le marché ?' }, answers: null, choices: [{ count: 0 }, { count: null }] },
  ]);
  const who = await rows.database.collection('poll_answers').find({ poll: id });
  expect(who.map(({ address }) => address)).toEqual([undefined, undefined, undefined]);
});

test('free words answer when they begin as they were asked to, and no value of the file is a formula', async () => {
  const ana = someone();
  await says(ana, 'prévenez-moi des fêtes', /C'est noté/);
  const closesAt = hall.clock.now().getTime() + 2 * DAY;
  const { id } = await sends(draft('Que manque-t-il au parc ?', ['events'], { poll: { closesAt }, isUrgent: true }));
  expect((await ana.next(/manque-t-il/)).text).toMatch(/commencez votre message par le mot AVIS/);
  await says(ana, "horaires de l'accueil", /C'est (ouvert|fermé)/);
  await says(ana, 'Avis : =1+1 bancs de plus devant les jeux', /notée/);
  expect((await look(id)).poll?.words).toEqual(['=1+1 bancs de plus devant les jeux']);
  expect((await karim.get(`campaigns/${id}/answers.csv`)).text).toContain("'=1+1 bancs");
});
