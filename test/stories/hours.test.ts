/**
 * "Vous êtes ouverts lundi ?": opening hours as a page, a text message and both languages write them, for the day that
 * was asked. Now is Thursday 26 November 2026, ten in the morning in Bellerive.
 */
import { createCitizen, type Said } from '../support/citizen';
import { SMS } from '../support/phone-hall';
import { usePhoneHall } from '../support/use-city-hall';

const THURSDAY = '2026-11-26T09:00:00Z';

const { hall, carrier } = usePhoneHall();

beforeAll(() => goTo(THURSDAY));

const goTo = (at: string) => hall.clock.pass(Date.parse(at) - hall.clock.now().getTime());

async function ask(text: string, locale = 'fr'): Promise<{ answer: string; said: Said }> {
  const ana = await createCitizen(hall.url, { locale });
  await ana.says(text);
  const answer = await ana.hears();
  return { answer, said: ana.heard().at(-1)! };
}

test('on a page today comes first, and the week stands behind a fold at the end', async () => {
  const { said } = await ask("quels sont les horaires d'ouverture de la mairie ?");
  const text = said.text ?? '';
  const fold = said.channelData?.fold as { at: number; title: string };
  const [open, folded] = [text.slice(0, fold.at), text.slice(fold.at)];
  expect(fold.title).toBe('Les horaires de la semaine');
  expect(open).toMatch(/Aujourd'hui : 8 h 30 – 12 h, 13 h 30 – 17 h 30\. C'est ouvert jusqu'à 12 h\./);
  expect(open).toMatch(/Vérifié le 1er septembre 2026 par l'accueil de la mairie/);
  expect(folded.split('\n').slice(0, 7)).toEqual([
    ...['Lundi', 'Mardi', 'Mercredi', 'Jeudi', 'Vendredi'].map((day) => `- ${day} : 8 h 30 – 12 h, 13 h 30 – 17 h 30`),
    '- Samedi : fermé',
    '- Dimanche : fermé',
  ]);
});

test('English writes them its own way', async () => {
  const { said } = await ask('what are the opening hours of the town hall?', 'en');
  expect(said.text).toMatch(/Today: 8\.30am – 12pm, 1\.30pm – 5\.30pm\. It is open until 12pm\./);
  expect(said.text).toMatch(/^- Monday: 8\.30am – 12pm/m);
  expect(said.text).toMatch(/Verified on 1 September 2026 by the front desk/);
});

test.each([
  ['fr', 'la mairie est ouverte lundi ?', /^Lundi 30 novembre : 8 h 30 – 12 h, 13 h 30 – 17 h 30\.$/m],
  ['fr', 'vous êtes ouverts ce week-end à la mairie ?', /^Samedi 28 novembre : fermé\.\nDimanche 29 novembre : fermé\.$/m],
  ['fr', 'la mairie est ouverte tous les samedis ?', /^Samedi 28 novembre : fermé\.$/m],
  ['fr', 'la mairie est ouverte à noël ?', /^Vendredi 25 décembre : fermé \(Noël\)\.$/m],
  ['fr', 'la mairie ouvre le 24 décembre ?', /^Jeudi 24 décembre : 8 h 30 – 12 h \(Veille de Noël\)\.$/m],
  ['fr', "la mairie est ouverte pour l'ascension ?", /^Jeudi 6 mai 2027 : fermé \(Ascension\)\.$/m],
  ['en', 'is the town hall open on Monday?', /^Monday 30 November: 8\.30am – 12pm, 1\.30pm – 5\.30pm\.$/m],
  ['en', 'is the town hall open on Boxing Day?', /^Saturday 26 December: closed/m],
])('%s "%s" is about that day, not about today', async (locale, text, line) => {
  const { said } = await ask(text, locale);
  expect(said.text).toMatch(line);
  expect((said.text ?? '').slice(0, (said.channelData?.fold as { at: number } | undefined)?.at)).not.toMatch(/Aujourd'hui|Today/);
});

test.each([
  ['fr', 'la mairie est ouverte pendant les vacances de printemps ?', /pas trouvé de quel jour.*« vacances de printemps »/],
  ['fr', 'la mairie est ouverte le 32 décembre ?', /pas trouvé de quel jour.*« 32 décembre »/],
  ['en', 'is the town hall open in summer?', /could not find which day.*“summer”/],
])('%s "%s": a day that is not understood is said', async (locale, text, line) => {
  expect((await ask(text, locale)).said.text).toMatch(line);
});

test('closed at noon, it opens again today; in the evening, tomorrow; on Friday, on Monday', async () => {
  const opens = async (at: string) => {
    goTo(at);
    return (await ask("quels sont les horaires d'ouverture de la mairie ?")).said.text;
  };
  try {
    expect(await opens('2026-11-26T11:30:00Z')).toMatch(/prochaine ouverture aujourd'hui à 13 h 30\./);
    expect(await opens('2026-11-26T19:00:00Z')).toMatch(/prochaine ouverture demain vendredi à 8 h 30\./);
    expect(await opens('2026-11-27T19:00:00Z')).toMatch(/prochaine ouverture lundi 30 novembre à 8 h 30\./);
  } finally {
    goTo(THURSDAY);
  }
});

test('a text message is short: today and the next opening, without the week', async () => {
  const phone = carrier.phone('+33639980031', SMS);
  await phone.sends("horaires d'ouverture de la mairie");
  const { text } = await phone.next(/8h30-12h, 13h30-17h30/);
  expect(text).not.toMatch(/Mardi|mar /i);
  await phone.sends('et les autres jours ?');
  await phone.next(/lun-ven 8h30-12h, 13h30-17h30; sam-dim ferm/i);
});

test.each([
  [
    'fr',
    [
      ['quels sont les horaires de la mairie mardi ?', /^Mardi 1er décembre : 8 h 30 – 12 h/m, /Mardi 24/],
      ['et le lendemain ?', /^Mercredi 2 décembre : 8 h 30 – 12 h, 13 h 30 – 17 h 30\.$/m],
      ['et le soir ?', /^Mercredi 2 décembre : .*17 h 30\. C'est fermé le soir\.$/m],
      ['et le matin ?', /^Mercredi 2 décembre : .*17 h 30\.$/m, /fermé/],
      ['et à 18h ?', /^Mercredi 2 décembre : .*À 18 h, c'est fermé\.$/m],
      ['et la veille ?', /^Mardi 1er décembre : /m],
      ['et samedi soir ?', /^Samedi 28 novembre : fermé\.$/m, /Mardi|mercredi/],
    ],
  ],
  [
    'en',
    [
      ['what time do you open on tuesday?', /^Tuesday 1 December: /m],
      ['and the day after?', /^Wednesday 2 December: /m],
      ['and in the evening?', /^Wednesday 2 December: .*It is closed in the evening\.$/m],
      ['what about the following day?', /^Thursday 3 December: /m],
      ['and at 8 am?', /^Thursday 3 December: .*It is closed at 8am\.$/m],
    ],
  ],
  // Nothing is known of one day alone: the days that were told are told again.
  [
    'fr',
    [
      ['quel jour passe la collecte des ordures ?', /ordures mardi et vendredi/],
      ['et le lendemain ?', /ordures mardi et vendredi/],
    ],
  ],
] as Array<[string, Array<[string, RegExp, RegExp?]>]>)(
  '%s: what leans on the day last asked about is about that day',
  async (locale, turns) => {
    const ana = await createCitizen(hall.url, { locale });
    for (const [words, line, never] of turns) {
      await ana.says(words);
      const answer = await ana.hears(line);
      const end = (ana.heard().at(-1)!.channelData?.fold as { at: number } | undefined)?.at;
      if (never) expect(answer.slice(0, end)).not.toMatch(never);
    }
  },
);
