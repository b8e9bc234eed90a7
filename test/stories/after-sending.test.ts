/**
 * What is said on the page once a request was sent: it is taken back or kept, added to, given a number to be told by; and
 * whether it was received is told as it is. What is said to be done stands on the request.
 */
import { type Citizen, createCitizen, plays } from '../support/citizen';
import { REFERENCE } from '../support/phone-hall';
import { usePhoneHall } from '../support/use-city-hall';

const { hall, rows } = usePhoneHall({ at: '2026-11-24T09:15:00Z' });

const REPORTS: Record<string, string[]> = {
  fr: ['lampadaire éteint 12 rue Voltaire', 'passer', 'passer', 'oui'],
  en: ['street light out at 12 rue Voltaire', 'skip', 'skip', 'yes'],
};
const HOLES: Record<string, string[]> = {
  fr: ['nid de poule 5 rue Danton', 'passer', 'passer', 'oui'],
  en: ['pothole at 5 rue Danton', 'skip', 'skip', 'yes'],
};

/** Somebody who has sent these requests; the reference of the last. */
async function sent(locale: string, ...reports: string[][]): Promise<{ ana: Citizen; reference: string }> {
  const ana = await createCitizen(hall.url, { locale });
  let reference = '';
  for (const words of reports.length > 0 ? reports : [REPORTS[locale]!]) {
    for (const one of words.slice(0, -1)) {
      await ana.says(one);
      await ana.hears();
    }
    await ana.says(words.at(-1)!);
    reference = REFERENCE.exec(await ana.hears(REFERENCE))![0];
  }
  return { ana, reference };
}

const tickets = async ({ conversation }: Citizen) =>
  (await rows.tickets(conversation)).sort((one, other) => (one.openedAt < other.openedAt ? -1 : 1));

test.each([
  ['fr', 'annulez celle du lampadaire', 'oui'],
  ['fr', 'annulez finalement il remarche', 'oui'],
  ['fr', "laissez tomber c'est réparé", 'oui'],
  ['fr', 'annuler', 'oui'],
  ['fr', 'plus la peine de venir, ça remarche', 'oui annulez'],
  ['en', 'withdraw it please, they came', 'yes'],
  ['en', 'cancel the street light one', 'yes please'],
  ['en', 'the light is working again, no need to come', 'yes'],
])('the only request is taken back after a question, in free words (%s: %s)', async (locale, words, yes) => {
  const { ana, reference } = await sent(locale);
  await plays(ana, [[words, /retirer votre demande|like to withdraw your request/]]);
  expect((await tickets(ana))[0]?.state).toBe('new');
  await plays(ana, [[yes, /est retirée|is withdrawn/, /Où est-ce|Where is it/]]);
  expect(await tickets(ana)).toMatchObject([{ reference, state: 'withdrawn' }]);
});

test('of several requests the one that is named is asked about; of none named it is asked which', async () => {
  const { ana } = await sent('fr', REPORTS.fr!, HOLES.fr!);
  await plays(ana, [
    ['annulez celle du lampadaire', /retirer votre demande .*Éclairage/],
    ['en fait non gardez', /votre demande est gardée/],
    ['annulez ma demande', /Laquelle de vos demandes/],
    ['le lampadaire', /est retirée/],
    ['non gardez-la', /est déjà retirée/],
  ]);
  const [lamp, hole] = await tickets(ana);
  expect([lamp?.state, hole?.state]).toEqual(['withdrawn', 'new']);
  expect(hole?.history.some(({ kind }) => kind === 'comment')).toBe(false);
});

test('all are taken back where that is chosen', async () => {
  const { ana } = await sent('en', REPORTS.en!, HOLES.en!);
  await plays(ana, [
    ['cancel everything', /Which of your requests/],
    ['no keep them', /your requests are kept/],
    ['cancel my report', /Which of your requests/],
    ['both', /is withdrawn[\s\S]*is withdrawn/],
  ]);
  expect((await tickets(ana)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
});

test('in the middle of another form a request that was sent is taken back, and the form goes on', async () => {
  const { ana } = await sent('en');
  await plays(ana, [
    ['graffiti at 3 rue Pascal', /What is it on/],
    ['cancel the street light', /like to withdraw your request .*Street light/],
    ['yes', /is withdrawn[\s\S]*What is it on/],
    ['cancel the graffiti one', /It is cancelled, nothing was sent/],
  ]);
  expect(await tickets(ana)).toMatchObject([{ state: 'withdrawn' }]);
});

test('a question of how something is cancelled at the town hall takes nothing back, nor does what was never reported', async () => {
  const { ana } = await sent('en');
  await plays(ana, [
    ['how do I cancel a parking permit?', /registration document/],
    ['cancel the graffiti one', /only withdraw requests made here/],
  ]);
  expect(await tickets(ana)).toMatchObject([{ state: 'new' }]);
});

test.each([
  ['fr', 'merci, vous etes un robot ?', /assistant automatique/],
  ['fr', "merci, c'est pour quand ?", /Délai/],
  ['en', 'ok thank you. how long will it take?', /Due by/],
])('a question after thanks is answered (%s: %s)', async (locale, words, answer) => {
  const { ana } = await sent(locale);
  await plays(ana, [[words, answer, /You are welcome|Avec plaisir/]]);
});

test('a question after thanks goes on from the last answer; thanks alone are thanks', async () => {
  const ana = await createCitizen(hall.url, { locale: 'en' });
  await plays(ana, [
    ['how much is a passport', /€86/],
    ['thanks, and for a child?', /€17/],
    ['thank you so much for your help', /You are welcome/],
  ]);
});

test('whether it was received is told as it is: not before it is sent', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await plays(ana, [
    ['la piscine ouvre quand', /12 h - 14 h/],
    ['vous avez bien noté ?', /Rien n'a encore été envoyé/],
    ['lampadaire éteint 12 rue Voltaire', /photo/],
    ["c'est envoyé ?", /rien n'est envoyé avant votre accord[\s\S]*photo/],
    ['passer', /numéro/],
    ['merci. ce sera réparé quand ?', /Délai habituel[\s\S]*numéro/],
    ['passer', /Récapitulatif/],
    ['oui', REFERENCE],
    ["vous l'avez bien reçu ?", /Oui, c'est bien enregistré[\s\S]*reçue/],
    ['merci', /Avec plaisir/],
  ]);
  expect(await tickets(ana)).toMatchObject([{ state: 'new', said: [] }]);
});

test.each([
  ['fr', "ok et je peux ajouter que c'est dangereux pour les vélos"],
  ['fr', "j'ai oublié de dire qu'il y a du verre"],
  ['en', 'please add that it is sharp'],
  ['en', "and there's also a nail in it"],
  ['en', 'can I add that a cyclist fell there'],
])('what is added right after sending stands on the request (%s: %s)', async (locale, words) => {
  const { ana } = await sent(locale);
  await plays(ana, [[words, /ajouté à votre demande|Added to your request/]]);
  const [ticket] = await tickets(ana);
  expect(ticket?.history.at(-1)).toMatchObject({ kind: 'comment', by: 'citizen', text: words });
});

test('who wishes to add something is asked what, and of several requests to which', async () => {
  const { ana } = await sent('en', REPORTS.en!, HOLES.en!);
  await plays(ana, [
    ['can I add something?', /What should be added/],
    ['no', /I add nothing/],
    ['can I add a bit?', /What should be added/],
    ['it stinks and there are rats', /Which of your requests/],
    ['the street light', /Added to your request/],
  ]);
  const [lamp, hole] = await tickets(ana);
  expect(lamp?.history.at(-1)).toMatchObject({ kind: 'comment', text: 'it stinks and there are rats' });
  expect(hole?.history.some(({ kind }) => kind === 'comment')).toBe(false);
});

test('another thing at another place is a request of its own', async () => {
  const { ana } = await sent('fr');
  await plays(ana, [['et il y a aussi un nid de poule au 5 rue Danton', /chaussée/]]);
  expect((await tickets(ana))[0]?.history.some(({ kind }) => kind === 'comment')).toBe(false);
});

test.each([
  ['fr', 'mon numéro : 06 12 34 56 78', { kind: 'phone', value: '+33612345678' }],
  ['fr', 'je laisse mon mail jean@example.org pour la suite', { kind: 'email', value: 'jean@example.org' }],
  ['fr', "merci. mon numero c'est 0612345678 pour me prevenir", { kind: 'phone', value: '+33612345678' }],
  ['en', 'you can reach me on 06 12 34 56 78', { kind: 'phone', value: '+33612345678' }],
])('a number left after sending is put on the request (%s: %s)', async (locale, words, left) => {
  const { ana } = await sent(locale);
  await plays(ana, [[words, /est noté avec votre demande|is noted with your request/]]);
  expect(await tickets(ana)).toMatchObject([{ contact: { kind: left.kind, value: left.value } }]);
  expect((await tickets(ana))[0]?.answers.some(({ value }) => value === left.value)).toBe(true);
});

test('a question about being told stops no messages; it is told where they go', async () => {
  const { ana } = await sent('fr');
  await plays(ana, [
    ["vous m'envoyez un sms ?", /Aucun numéro ni e-mail n'est noté/, /ne vous écrirons plus/],
    ['06 12 34 56 78', /est noté avec votre demande/],
    ["vous m'envoyez un sms ?", /06 12 34 56 78 y est noté/],
  ]);
  expect(await tickets(ana)).toMatchObject([{ contact: { kind: 'phone', value: '+33612345678' } }]);
});

test.each([
  ['fr', "en fait j'en ai un autre au 15", /15 rue/],
  ['en', "actually there's a second one outside number 15", /15 rue/],
])('another one is a request of its own, however it is begun (%s: %s)', async (locale, words, place) => {
  const { ana } = await sent(locale);
  await plays(ana, [[words, place, /corrigé|Corrected/]]);
  expect((await tickets(ana))[0]?.history.some(({ kind }) => kind === 'corrected')).toBe(false);
});

test('a number told with the wish to be told is put on the request; taken off again, the service reads it', async () => {
  const { ana } = await sent('en');
  await plays(ana, [
    ['can you text me when it is fixed? 06 12 34 56 78', /is noted with your request/],
    ['delete my number', /the service will read it/, /START/],
  ]);
  expect((await tickets(ana))[0]?.history.at(-1)).toMatchObject({ kind: 'comment', text: 'delete my number' });
});
