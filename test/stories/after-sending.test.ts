/**
 * What is said on the page once a request was sent: it is taken back or kept, added to, given a number to be told by; and
 * whether it was received is told as it is. What is said to be done stands on the request.
 */
import { type Citizen, createCitizen } from '../support/citizen';
import { REFERENCE } from '../support/phone-hall';
import { usePhoneHall } from '../support/use-city-hall';

const { hall, rows } = usePhoneHall({ at: '2026-11-24T09:15:00Z' });

type Turn = [typed: string, hears: RegExp, never?: RegExp];

const REPORTS: Record<string, string[]> = {
  fr: ['lampadaire éteint 12 rue Voltaire', 'passer', 'passer', 'oui'],
  en: ['street light out at 12 rue Voltaire', 'skip', 'skip', 'yes'],
};
const HOLES: Record<string, string[]> = {
  fr: ['nid de poule 5 rue Danton', 'passer', 'passer', 'oui'],
  en: ['pothole at 5 rue Danton', 'skip', 'skip', 'yes'],
};

async function says(ana: Citizen, turns: Turn[]): Promise<void> {
  for (const [typed, hears, never] of turns) {
    await ana.says(typed);
    const heard = await ana.hears(hears);
    if (never) expect(heard).not.toMatch(never);
  }
}

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
  await says(ana, [[words, /retirer votre demande|like to withdraw your request/]]);
  expect((await tickets(ana))[0]?.state).toBe('new');
  await says(ana, [[yes, /est retirée|is withdrawn/, /Où est-ce|Where is it/]]);
  expect(await tickets(ana)).toMatchObject([{ reference, state: 'withdrawn' }]);
});

test('of several requests the one that is named is asked about; of none named it is asked which', async () => {
  const { ana } = await sent('fr', REPORTS.fr!, HOLES.fr!);
  await says(ana, [
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
  await says(ana, [
    ['cancel everything', /Which of your requests/],
    ['no keep them', /your requests are kept/],
    ['cancel my report', /Which of your requests/],
    ['both', /is withdrawn[\s\S]*is withdrawn/],
  ]);
  expect((await tickets(ana)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
});

test('in the middle of another form a request that was sent is taken back, and the form goes on', async () => {
  const { ana } = await sent('en');
  await says(ana, [
    ['graffiti at 3 rue Pascal', /What is it on/],
    ['cancel the street light', /like to withdraw your request .*Street light/],
    ['yes', /is withdrawn[\s\S]*What is it on/],
    ['cancel the graffiti one', /It is cancelled, nothing was sent/],
  ]);
  expect(await tickets(ana)).toMatchObject([{ state: 'withdrawn' }]);
});

test('a question of how something is cancelled at the town hall takes nothing back, nor does what was never reported', async () => {
  const { ana } = await sent('en');
  await says(ana, [
    ['how do I cancel a parking permit?', /registration document/],
    ['cancel the graffiti one', /only withdraw requests made here/],
  ]);
  expect(await tickets(ana)).toMatchObject([{ state: 'new' }]);
});
