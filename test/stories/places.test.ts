/** Where it is, in a form: which numbers are doors and which count something, how a place is put right, crossings, squares, places on no map. */
import { createCitizen, plays, type Turn } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall, rows } = useCityHall();

/** Lists what is noted, before a photo, a phone number or the sending. */
const NOTED = /photo/i;
const WHERE = /Où exactement|Where exactly|punto exactamente/;

async function told(locale: string, turns: Turn[]) {
  const ana = await createCitizen(hall.url, { locale });
  await plays(ana, turns);
  await ana.says(locale === 'fr' ? 'envoyer' : 'send');
  await ana.hears(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
  const [ticket, ...others] = await rows.tickets(ana.conversation);
  expect(others).toEqual([]);
  return { ana, ticket: ticket! };
}

const numberOf = (ticket: { place?: { text: string } }) => ticket.place?.text;

describe('a number that counts, measures, dates or prices something is no door: it is kept, and the place asked again', () => {
  test.each([
    ['en', 'pothole on rue Voltaire', "it's 30 cm deep"],
    ['en', 'pothole on rue Voltaire', '3 cars got damaged already'],
    ['en', 'light out rue Danton', '4 lamps in a row'],
    ['en', 'light out rue Marceau', 'since 12 march'],
    ['en', 'someone dumped mattresses on rue Thiers', '2 sofas as well'],
    ['fr', 'nid de poule rue Voltaire', 'depuis 3 jours'],
    ['fr', 'nid de poule rue Voltaire', '30 cm de profondeur'],
    ['fr', 'canapé jeté rue Thiers', '2 canapés'],
    ['fr', 'lampadaire en panne rue Danton', 'il y en a 4'],
  ])('%s: "%s", "%s"', async (locale, report, detail) => {
    const { ticket } = await told(locale, [
      [report, WHERE],
      [detail, WHERE, NOTED],
      ['12', NOTED],
    ]);
    expect(numberOf(ticket)).toMatch(/^12 rue/);
    expect(ticket.said).toContain(detail);
  });

  test.each([
    ['en', 'number 12', '12'],
    ['en', '12, right by the gate', '12'],
    ['en', 'my house is number 12 and it cost me 300 euros', '12'],
    ['fr', 'au 12', '12'],
    ['fr', '12 bis', '12 bis'],
    ['fr', "c'est devant le 12 je crois", '12'],
    ['fr', 'entre le 5 et le 9', '5-9'],
  ])('%s: "%s" is a door', async (locale, reply, number) => {
    const { ticket } = await told(locale, [
      [locale === 'fr' ? 'nid de poule rue Voltaire' : 'pothole on rue Voltaire', WHERE],
      [reply, NOTED],
    ]);
    expect(numberOf(ticket)).toBe(`${number} rue Voltaire`);
  });
});

describe('a number is put right', () => {
  test.each([
    ['en', 'Lamp out at 14 rue Colette', 'sorry, not 14 but 12'],
    ['en', 'Lamp out at 14 rue Colette', "wrong, it's number 12"],
    ['en', 'Lamp out at 14 rue Colette', 'the number is 12'],
    ['fr', 'lampadaire en panne 14 rue Colette', "c'est pas 14 mais 12"],
    ['fr', 'lampadaire en panne 14 rue Colette', 'pardon c’est le 12'],
    ['fr', 'lampadaire en panne 14 rue Colette', "je me suis trompé de numéro c'est 12"],
  ])('%s: "%s", "%s"', async (locale, report, correction) => {
    const { ticket } = await told(locale, [
      [report, NOTED],
      [correction, /(Corrected|corrigé) : ?12 rue Colette|Corrected: 12 rue Colette/],
    ]);
    expect(numberOf(ticket)).toBe('12 rue Colette');
  });

  test('at the summary', async () => {
    const { ticket } = await told('en', [
      ['Lamp out at 4 impasse du Puits', NOTED],
      ['skip', /e-mail/],
      ['skip', /Summary/],
      ["wait it's not 4 it's 6", /Corrected: 6 impasse du Puits/],
    ]);
    expect(numberOf(ticket)).toBe('6 impasse du Puits');
  });

  test('by the name of what is to change', async () => {
    const { ticket } = await told('fr', [
      ['lampadaire en panne 12 rue Danton', NOTED],
      ['passer', /e-mail/],
      ['passer', /Récapitulatif/],
      ['non', /modifier/],
      ['le numéro', /Où est-ce/],
      ['16', /Récapitulatif[\s\S]*16 rue Danton/],
    ]);
    expect(numberOf(ticket)).toBe('16 rue Danton');
  });

  test('a number that is only spoken of puts nothing right', async () => {
    const { ticket } = await told('en', [
      ['Lamp out at 14 rue Colette', NOTED],
      ['my neighbour at number 12 saw it too', /added that/, /Corrected/],
    ]);
    expect(numberOf(ticket)).toBe('14 rue Colette');
  });

  test('a number that the map does not have is asked about, and noted when it is said again', async () => {
    const { ticket } = await told('en', [
      ['Lamp out at 14 rue Colette', NOTED],
      ['Actually it is 41 not 14', /rue Colette has no number 41/, /Corrected/],
      ['41', NOTED],
    ]);
    expect(numberOf(ticket)).toBe('41 rue Colette');
    const { ticket: other } = await told('en', [
      ['Lamp out on rue Colette', WHERE],
      ['number 41', /no number 41/],
      ['12 then', NOTED],
    ]);
    expect(numberOf(other)).toBe('12 rue Colette');
  });

  test('what is denied, and nothing said instead, is asked again', async () => {
    const { ticket } = await told('en', [
      ['Lamp out at 14 rue Colette', NOTED],
      ["it's not 14", WHERE],
      ['16', NOTED],
    ]);
    expect(numberOf(ticket)).toBe('16 rue Colette');
  });

  test('after it was sent, and another street', async () => {
    const { ana, ticket } = await told('fr', [['nid de poule 12 rue Voltaire', NOTED]]);
    await ana.says('pas 12, 14');
    await ana.hears(/corrigé : 14 rue Voltaire/);
    await ana.says("c'est pas la rue voltaire c'est la rue diderot");
    await ana.hears(/corrigé : rue Diderot/);
    const tickets = await rows.tickets(ana.conversation);
    expect(tickets.map(({ reference, place }) => [reference, place?.text])).toEqual([[ticket.reference, 'rue Diderot']]);
  });
});

describe('a crossing is a place', () => {
  test.each([
    [
      'fr',
      'nid de poule au croisement de la rue victor basch et rue du 11 novembre',
      /^rue Victor Basch \/ rue du 11 Novembre 1918$/,
    ],
    ['fr', 'nid de poule carrefour rue hoche / rue carnot', /^rue Hoche \/ rue Carnot$/],
    ['en', 'pothole at the corner of Hoche and rue Carnot', /^rue Hoche \/ rue Carnot$/],
  ])('%s: "%s"', async (locale, report, place) => {
    const { ticket } = await told(locale, [[report, NOTED, WHERE]]);
    expect(numberOf(ticket)).toMatch(place);
  });

  test('with the street that was named before', async () => {
    const { ticket } = await told('fr', [
      ['lampadaire en panne rue Hoche', WHERE],
      ["à l'angle de la rue Carnot", NOTED],
    ]);
    expect(numberOf(ticket)).toBe('rue Hoche / rue Carnot');
  });

  test('of streets that do not meet on the map, it is noted when it is said again; and it is one request', async () => {
    const { ticket } = await told('fr', [
      ['lampadaire en panne au croisement de la rue nationale et de la rue du moulin', /ne se croisent pas/, /2 demandes/],
      ['rue Nationale / rue du Moulin', NOTED],
    ]);
    expect(ticket.topic).toBe('report_street_light');
    expect(numberOf(ticket)).toBe('rue Nationale / rue du Moulin');
  });

  test('the streets do not say what is the matter there', async () => {
    const { ticket } = await told('en', [
      ['dead fox at the corner of rue Carnot and avenue Jean Jaurès', /do not meet/],
      ['rue Carnot / avenue Jean Jaurès', /Animal: dead fox\n/],
    ]);
    expect(ticket.topic).toBe('report_dead_animal');
  });
});

describe('no question about a place goes on and on', () => {
  test('a square is a place without a number, and what is said beside it is a detail', async () => {
    const { ticket } = await told('en', [
      ['bench broken in square Carnot', NOTED, WHERE],
      ['and the swing as well', /added that/],
    ]);
    expect(numberOf(ticket)).toBe('square Carnot');
    expect(ticket.said).toContain('and the swing as well');
  });

  test('the name of a street alone, and its number', async () => {
    const { ticket } = await told('fr', [
      ['nid de poule', /Où est-ce/],
      ['voltaire', WHERE],
      ['12', NOTED],
    ]);
    expect(numberOf(ticket)).toBe('12 rue Voltaire');
  });

  test('one of several places, by the words that are its own', async () => {
    const { ticket } = await told('fr', [
      ["tag sur l'école", /plusieurs lieux/],
      ['Jules Ferry', /école Jules Ferry/],
      ['mur ou équipement public', NOTED],
    ]);
    expect(numberOf(ticket)).toMatch(/^école Jules Ferry/);
  });

  test('a place on no map is noted as it was written', async () => {
    const { ticket } = await told('en', [
      ['pothole on rue Voltaire', WHERE],
      ['the Lidl', WHERE],
      ['Note it as I wrote it', NOTED],
    ]);
    expect(numberOf(ticket)).toBe('rue Voltaire (the Lidl)');
    expect(ticket.said).toEqual(['the Lidl']);
  });

  test('words that say nothing of a place are a detail, or the answer that fits', async () => {
    const { ticket } = await told('en', [
      ['abandoned car rue Pasteur', WHERE],
      ['blue Renault Megane no plates', WHERE],
      ['number 7', /since when/],
      ['two weeks', NOTED],
    ]);
    expect(numberOf(ticket)).toBe('7 rue Pasteur');
    expect(ticket.answers.find(({ field }) => field === 'description')?.text).toBe('blue Renault Megane no plates');
    const { ticket: other } = await told('en', [
      ['pothole avenue des alpes', WHERE],
      ["it's about a foot deep and my mate burst a tyre on it", WHERE],
      ['and it gets worse', NOTED],
    ]);
    expect(numberOf(other)).toBe('avenue des Alpes');
    expect(other.said).toHaveLength(2);
  });
});

test('between two streets, or two landmarks, is noted in the words that say so', async () => {
  await plays(await createCitizen(hall.url, { locale: 'fr' }), [
    ['une grosse branche gêne le passage', /Où est-ce/],
    ['entre la rue Molière et la rue Pascal', /Adresse : entre la rue Molière et la rue Pascal\n/],
  ]);
  await plays(await createCitizen(hall.url, { locale: 'en' }), [
    ['pothole avenue de Verdun', /Where exactly/],
    ['between the station and the library', /Address: avenue de Verdun \(between the station and the library\)/],
  ]);
  await plays(await createCitizen(hall.url, { locale: 'fr' }), [
    ['lampadaire éteint', /Où est-ce/],
    ['entre la gare et la médiathèque', /Adresse : entre la gare et la médiathèque\n/],
  ]);
});

test('a place that the map does not have is noted as it was said, by a yes or by having no other', async () => {
  await plays(await createCitizen(hall.url, { locale: 'fr' }), [
    ['un panneau est tombé', /Où est-ce/],
    ['au croisement avenue de Verdun / rue Marceau', /ne se croisent pas/],
    ["c'est urgent", /ne se croisent pas/, /plusieurs lieux/],
    ['oui', /Adresse : avenue de Verdun \/ rue Marceau\n/],
  ]);
  await plays(await createCitizen(hall.url, { locale: 'en' }), [
    ['street lamp out', /Where is it/],
    ['at the old mill garage', /could not find/],
    ["I don't know", /Address: at the old mill garage/],
  ]);
  await plays(await createCitizen(hall.url, { locale: 'en' }), [
    ['water leaking on the pavement', /Where is it/],
    ['outside the Lambert bakery', /Address: boulangerie Lambert/],
  ]);
});

test('here and at mine are asked for their address', async () => {
  await plays(await createCitizen(hall.url, { locale: 'fr' }), [
    ['lampadaire éteint', /Où est-ce/],
    ['là où je suis', /partagez votre position/],
    ['devant chez moi', /À quelle adresse/],
    ['12 rue Hoche', /Adresse : 12 rue Hoche/],
  ]);
  await plays(await createCitizen(hall.url, { locale: 'en' }), [
    ['rubbish everywhere in rue Danton', /Where exactly/],
    ['might be 14', /Address: 14 rue Danton/],
  ]);
});
