/**
 * Dates, numbers, yes and no, phones, mail, references and plates as citizens write them in
 * French and English. Now is Sunday 22 November 2026, ten in the morning in Paris.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Entities } from '../../src/domain/language/heard';
import { createReference } from '../../src/domain/ticket/ticket';
import type { Town } from '../../src/domain/town';
import { openReaders, type Readers } from '../../src/understanding/entities/readers';
import { createRecognizer } from '../../src/understanding/entities/recognizer';
import { readPack } from '../../src/understanding/language/language-pack';
import { NO_PLACES } from '../support/no-places';

const NOW = new Date('2026-11-22T09:00:00Z');
const town = {
  id: 'bellerive',
  country: 'FR',
  timeZone: 'Europe/Paris',
  languages: ['fr', 'en'],
  publicHolidays: {},
} as unknown as Town;
const packs = Object.fromEntries(
  ['fr', 'en'].map((code) => {
    const file = join(__dirname, '../../locales', code, 'pack.yml');
    return [code, readPack(parse(readFileSync(file, 'utf8')), file)];
  }),
);

let readers: Readers;
beforeAll(() => {
  readers = openReaders(packs);
});
afterAll(() => readers.close());

const read = (text: string, language: string): Promise<Entities> =>
  readers.read(text, {
    town,
    language,
    now: NOW,
    places: {
      ...NO_PLACES,
      isStreetType: (word) => word === 'rue',
    },
  });

const DATES: Array<[language: string, text: string, value: string | null]> = [
  ['fr', 'demain', '2026-11-23'],
  ['fr', 'demain à 14h', '2026-11-23T14:00'],
  ['fr', 'demain 14h30', '2026-11-23T14:30'],
  ['fr', 'dmain matin', '2026-11-23'],
  ['fr', 'après-demain', '2026-11-24'],
  ['fr', 'apres demain à 9h', '2026-11-24T09:00'],
  ['fr', 'hier', '2026-11-21'],
  ['fr', 'hier soir', '2026-11-21'],
  ['fr', 'hier vers 18h', '2026-11-21T18:00'],
  ['fr', 'avant-hier', '2026-11-20'],
  ['fr', 'avant hier soir', '2026-11-20'],
  ['fr', "aujourd'hui", '2026-11-22'],
  ['fr', 'aujourdhui', '2026-11-22'],
  ['fr', 'ajd', '2026-11-22'],
  ['fr', 'ce matin', '2026-11-22'],
  ['fr', 'cette nuit', '2026-11-22'],
  ['fr', 'cet après-midi', '2026-11-22'],
  ['fr', 'depuis 3 jours', '2026-11-19'],
  ['fr', 'depuis trois jours', '2026-11-19'],
  ['fr', 'ça fait 2 semaines', '2026-11-08'],
  ['fr', 'ca fait une semaine', '2026-11-15'],
  ['fr', 'il y a 10 jours', '2026-11-12'],
  ['fr', 'il y a un mois', '2026-10-22'],
  ['fr', 'y a 2 jours', '2026-11-20'],
  ['fr', 'dans 15 jours', '2026-12-07'],
  ['fr', 'dans deux semaines', '2026-12-06'],
  ['fr', 'lundi dernier', '2026-11-16'],
  ['fr', 'mardi prochain', '2026-11-24'],
  ['fr', 'depuis lundi', '2026-11-16'],
  ['fr', 'depuis vendredi soir', '2026-11-20'],
  ['fr', 'le 1er mars', '2027-03-01'],
  ['fr', 'depuis le 1er mars', '2026-03-01'],
  ['fr', 'le 14 juillet 2025', '2025-07-14'],
  ['fr', '12/03/2026', '2026-03-12'],
  ['fr', '12.03.2026', '2026-03-12'],
  ['fr', '22-11-2026', '2026-11-22'],
  ['fr', '2026-12-01', '2026-12-01'],
  ['fr', 'le 3', '2026-12-03'],
  ['fr', 'le 24 à 10h', '2026-11-24T10:00'],
  ['fr', 'le 25 décembre à midi', '2026-12-25T12:00'],
  ['fr', 'demain midi', '2026-11-23T12:00'],
  // Nothing says that it is over: a day with a time is to come.
  ['fr', 'samedi 14h30', '2026-11-28T14:30'],
  ['fr', "c'est tombé en panne samedi à 14h30", '2026-11-21T14:30'],
  ['fr', 'du 3 au 5 mars', '2027-03-03'],
  ['fr', 'un enfant de 10 ans', null],
  ['fr', '12 rue Victor Hugo', null],
  ['fr', 'le 12 rue Hugo', null],
  ['fr', 'plusieurs jours', null],
  ['fr', '06 12 34 56 78', null],
  ['en', 'tomorrow', '2026-11-23'],
  ['en', 'tomorrow at 9am', '2026-11-23T09:00'],
  ['en', 'tmrw at 2pm', '2026-11-23T14:00'],
  ['en', 'the day after tomorrow', '2026-11-24'],
  ['en', 'yesterday', '2026-11-21'],
  ['en', 'the day before yesterday', '2026-11-20'],
  ['en', 'today', '2026-11-22'],
  ['en', 'this morning', '2026-11-22'],
  ['en', 'last night', '2026-11-21'],
  ['en', '3 days ago', '2026-11-19'],
  ['en', 'two weeks ago', '2026-11-08'],
  ['en', 'for 3 days', '2026-11-19'],
  ['en', 'for the past two weeks', '2026-11-08'],
  ['en', 'in 2 weeks', '2026-12-06'],
  ['en', 'next monday', '2026-11-23'],
  ['en', 'since monday', '2026-11-16'],
  ['en', 'last friday', '2026-11-20'],
  ['en', 'on 12 March 2026', '2026-03-12'],
  ['en', '12/03/2026', '2026-03-12'],
  ['en', 'March 1st', '2027-03-01'],
  ['en', '25 December at noon', '2026-12-25T12:00'],
  ['en', 'a child of 10', null],
  ['en', '12 Victor Hugo street', null],
];

const NUMBERS: Array<[string, string, number[]]> = [
  ['fr', 'nous serons 12', [12]],
  ['fr', 'douze personnes', [12]],
  ['fr', 'vingt-deux personnes', [22]],
  ['fr', 'un enfant de 10 ans', [10]],
  ['fr', '2,5 mètres', [2.5]],
  ['fr', 'trois', [3]],
  ['fr', 'environ 40', [40]],
  ['fr', '2 ou 3', [2, 3]],
  ['fr', 'beaucoup', []],
  ['en', 'five of them', [5]],
  ['en', 'thirty two people', [32]],
  ['en', '3.5 metres', [3.5]],
  ['en', 'about 200', [200]],
  ['en', 'a few', []],
];

const YES_NO: Array<[string, string, 'yes' | 'no' | null]> = [
  ['fr', 'oui', 'yes'],
  ['fr', 'Oui !', 'yes'],
  ['fr', 'ouiiii', 'yes'],
  ['fr', 'ouais', 'yes'],
  ['fr', 'ok', 'yes'],
  ['fr', "d'accord", 'yes'],
  ['fr', "c'est bon", 'yes'],
  ['fr', 'c bon', 'yes'],
  ['fr', 'vas-y', 'yes'],
  ['fr', 'je confirme', 'yes'],
  ['fr', 'oui merci', 'yes'],
  ['fr', 'oui c’est très dangereux', 'yes'],
  ['fr', '👍', 'yes'],
  ['fr', '👍🏽', 'yes'],
  ['fr', 'non', 'no'],
  ['fr', 'nan', 'no'],
  ['fr', 'non merci', 'no'],
  ['fr', 'pas besoin', 'no'],
  ['fr', 'non, personne ne passe là', 'no'],
  ['fr', 'pas de photo', 'no'],
  ['fr', 'je n’ai pas de photo', 'no'],
  ['fr', '👎', 'no'],
  ['fr', 'peut-être', null],
  ['fr', 'rue des Nonnes', null],
  ['fr', 'bonjour', null],
  ['en', 'yes', 'yes'],
  ['en', 'yeah', 'yes'],
  ['en', 'yep', 'yes'],
  ['en', 'sure', 'yes'],
  ['en', 'go ahead', 'yes'],
  ['en', 'that’s right', 'yes'],
  ['en', 'yes it is very dangerous', 'yes'],
  ['en', 'no', 'no'],
  ['en', 'nope', 'no'],
  ['en', 'no thanks', 'no'],
  ['en', 'no, it is not', 'no'],
  ['en', 'not really', 'no'],
  ['en', 'no photo', 'no'],
  ['en', 'oui', 'yes'],
  ['en', 'no water since this morning', null],
  ['en', 'maybe', null],
  ['en', 'nobody came', null],
];

const reference = createReference(Uint8Array.from([1, 2, 3, 4, 5, 6, 7]));
const OTHERS: Array<[string, string, Partial<Entities>]> = [
  ['fr', 'appelez-moi au 06 12 34 56 78', { phones: ['+33612345678'], numbers: [] }],
  ['fr', 'mon numéro : 0612345678 merci', { phones: ['+33612345678'] }],
  ['fr', '06.12.34.56.78', { phones: ['+33612345678'] }],
  ['fr', '+33 6 12 34 56 78', { phones: ['+33612345678'] }],
  ['fr', 'tel 01-44-55-66-77', { phones: ['+33144556677'] }],
  // In the middle of a long story, of which the topic is read from beginning and end.
  [
    'fr',
    `${'le trottoir est abîmé depuis longtemps '.repeat(40)}au 06 39 98 12 34 ${'et personne ne vient '.repeat(40)}`,
    { phones: ['+33639981234'] },
  ],
  ['fr', 'mon numéro 06 39 98 12 34merci', { phones: ['+33639981234'] }],
  ['en', 'call me on 0044 7700 900 123', { phones: ['+447700900123'] }],
  ['en', 'ring 0044 7700 900 123, 06 39 98 12 34', { phones: ['+447700900123', '+33639981234'] }],
  ['en', 'call me on +44 20 7946 0958', { phones: ['+442079460958'] }],
  ['en', 'my number is 06 12 34 56 78', { phones: ['+33612345678'] }],
  ['fr', 'jean.dupont@example.fr', { emails: ['jean.dupont@example.fr'] }],
  ['fr', 'écrivez à Jean.Dupont@Example.FR svp', { emails: ['jean.dupont@example.fr'] }],
  ['en', 'mail me: anna+town@example.co.uk.', { emails: ['anna+town@example.co.uk'] }],
  ['en', 'not a mail: anna at example', { emails: [] }],
  ['fr', 'jean point dupont arobase exemple point fr', { emails: ['jean.dupont@exemple.fr'] }],
  [
    'fr',
    "vous pouvez m'envoyer un mail à jean tiret luc point b arobase exemple point fr merci",
    { emails: ['jean-luc.b@exemple.fr'] },
  ],
  ['fr', 'ana tiret bas morel arrobase ville tiret test point gouv point fr.', { emails: ['ana_morel@ville-test.gouv.fr'] }],
  ['fr', 'jean.dupont arobase exemple.fr', { emails: ['jean.dupont@exemple.fr'] }],
  ['fr', 'ana.morel @ exemple.fr', { emails: ['ana.morel@exemple.fr'] }],
  ['fr', 'ana.morel (at) exemple.fr', { emails: ['ana.morel@exemple.fr'] }],
  ['fr', "à ce point je n'en peux plus", { emails: [] }],
  ['en', 'anna dot lee at example dot co dot uk', { emails: ['anna.lee@example.co.uk'] }],
  ['en', 'write to anna underscore lee at example dot com please', { emails: ['anna_lee@example.com'] }],
  ['en', 'I work at amazon.com', { emails: [] }],
  ['en', 'meet me at noon. ok', { emails: [] }],
  ['fr', 'voiture ventouse AB-123-CD', { plates: ['AB-123-CD'] }],
  ['fr', 'immatriculée ab-123-cd', { plates: ['AB-123-CD'] }],
  ['fr', 'plaque AB123CD', { plates: ['AB-123-CD'] }],
  ['fr', 'plaque AB 123 CD', { plates: ['AB-123-CD'] }],
  ['fr', 'vieille 205 immatriculée 1234 XY 75', { plates: ['1234-XY-75'] }],
  ['fr', 'au 123 de la rue', { plates: [] }],
  ['fr', 'A B 1 2 3 C D', { plates: ['AB-123-CD'] }],
  ['fr', "la plaque c'est a-b 1-2-3 c-d", { plates: ['AB-123-CD'] }],
  ['en', 'it reads E F 4 5 6 G H', { plates: ['EF-456-GH'] }],
  ['en', 'grey van EF-456-GH', { plates: ['EF-456-GH'] }],
  ['fr', `où en est ma demande ${reference}`, { references: [reference] }],
  ['en', `status of ${reference.toLowerCase().replace('-', ' ')} please`, { references: [reference] }],
  ['fr', 'où en est ma demande de la semaine', { references: [] }],
];

describe('what can be read from a message', () => {
  it.each(DATES)('%s "%s": date %s', async (language, text, value) => {
    expect((await read(text, language)).dates[0]?.value ?? null).toBe(value);
  });
  it.each(NUMBERS)('%s "%s": numbers %j', async (language, text, values) => {
    expect((await read(text, language)).numbers.map(({ value }) => value)).toEqual(values);
  });
  it.each(YES_NO)('%s "%s": %s', async (language, text, answer) => {
    expect((await read(text, language)).yesNo).toBe(answer);
  });
  it.each(OTHERS)('%s "%s": %j', async (language, text, expected) => {
    expect(await read(text, language)).toMatchObject(expected);
  });

  it('keeps the words of a date as typed', async () => {
    const { dates } = await read('Bonjour, cela dure depuis 3 jours !', 'fr');
    expect(dates).toEqual([{ text: 'depuis 3 jours', value: '2026-11-19' }]);
  });
  it('gives both ends of a span', async () => {
    expect((await read('du 3 au 5 mars 2027', 'fr')).dates.map(({ value }) => value)).toEqual(['2027-03-03', '2027-03-05']);
  });
  it('covers at least 120 cases', () => {
    expect(DATES.length + NUMBERS.length + YES_NO.length + OTHERS.length).toBeGreaterThanOrEqual(120);
  });
});

describe('recognizers-text, in its own thread', () => {
  it('reads when it is ready, and is ended when a text takes it too long', async () => {
    const recognizer = createRecognizer(
      { 'fr-fr': ['vingt deux', 'lundi', 'demain'] },
      { warmLimitMs: 180_000, patienceMs: 10_000, limitMs: 2_000 },
    );
    try {
      expect(await recognizer.ready()).toBe(true);
      const answer = await recognizer.ask('deux cent trente', 'fr-fr', NOW.getTime());
      expect(answer?.numbers).toEqual([{ text: 'deux cent trente', value: 230 }]);

      let beats = 0;
      const heart = setInterval(() => beats++, 10);
      expect(await recognizer.ask('deux cent '.repeat(8), 'fr-fr', NOW.getTime())).toBeNull();
      clearInterval(heart);
      expect(beats).toBeGreaterThan(10);
      // It rests before there is another.
      expect(await recognizer.ready()).toBe(false);
    } finally {
      await recognizer.close();
    }
  }, 240_000);

  it('is not waited for while it gets ready, however often it is made again', async () => {
    const recognizer = createRecognizer({ 'fr-fr': ['vingt deux'] }, { patienceMs: 60_000, idleMs: 1 });
    try {
      for (let round = 0; round < 2; round++) {
        // With a minute of patience, only an answer at once comes before this timer.
        const first = await Promise.race([
          recognizer.ask('deux cent trente', 'fr-fr', NOW.getTime()),
          new Promise((resolve) => setTimeout(() => resolve('waited'), 2_000)),
        ]);
        expect(first).toBeNull();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } finally {
      await recognizer.close();
    }
  });

  it('is given its time from when its thread was made, and then given up', async () => {
    const recognizer = createRecognizer({ 'fr-fr': ['vingt deux'] }, { warmLimitMs: 1 });
    try {
      expect(await recognizer.ready()).toBe(false);
    } finally {
      await recognizer.close();
    }
  });
});

describe('texts that make readers slow', () => {
  it.each([
    ['number words without end', 'deux cent '.repeat(400)],
    ['digits without end', '06 39 98 12 34 '.repeat(200)],
    ['days without end', 'mardi en huit à six heures moins le quart '.repeat(100)],
    ['separators without end', '1/2-3.4_5 '.repeat(300)],
  ])('%s are read, and nobody is asked twice', async (_, text) => {
    const { numbers, dates, phones } = await read(text, 'fr');
    expect(numbers.length + dates.length + phones.length).toBeLessThan(200);
  });
});
