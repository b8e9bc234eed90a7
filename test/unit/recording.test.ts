/** What is hidden of a conversation before anybody trains with it, and what is left of it to play. */
import { partsOf, personsIn, withoutContacts, withoutPersons } from '../../src/domain/desk/recording';

const STREETS = ['Rue Victor Hugo', 'Rue des Lilas', 'Quai de la Marne'];

test.each([
  [
    'fr',
    'Bonjour, je suis Camille Exemple, 12 rue des Lilas, mon téléphone est le 06 39 98 00 12.',
    'Bonjour, je suis #, mon téléphone est le #',
  ],
  ['fr', 'je m’appelle camille exemple et ma plaque est AB-123-CD', 'je m’appelle # et ma plaque est #'],
  ['fr', 'Mme durand du quai de la marne ne répond pas', 'Mme # du # ne répond pas'],
  ['fr', 'Ma référence est 47HZ-B7WS, écrivez à camille.exemple@post.example', 'Ma référence est #, écrivez à #'],
  ['fr', 'Camille Exemple, votre voisine', '#, votre voisine'],
  ['fr', 'Le lampadaire est tombé devant l’école Jules Ferry', 'Le lampadaire est tombé devant l’école #'],
  [
    'en',
    'My name is john smith, I live near Victoria Park. I wrote on Monday.',
    'My name is #, I live near #. I wrote on Monday.',
  ],
  ['en', 'Is the town hall open? I can only come on Saturday', 'Is the town hall open? I can only come on Saturday'],
  ['es', 'Hola, me llamo ana garcía y vivo en Calle Mayor 3', 'Hola, me llamo # y vivo en #'],
  ['fr', 'voir https://exemple.example/dossier/12 merci', 'voir # merci'],
  ['fr', 'c’est camille exemple, la voisine de jean-pierre', 'c’est #, la voisine de #'],
  ['fr', 'mohamed habite ici et fatima ne répond pas', '# habite ici et # ne répond pas'],
  ['fr', 'la facture d’ahmed n’est pas à moi', 'la facture # n’est pas à moi'],
  ['fr', 'la porte-fenêtre est cassée, il y a un trou', 'la porte-fenêtre est cassée, il y a un trou'],
  ['en', 'this is sarah miller, emily from next door called', 'this is # from next door called'],
  ['es', 'soy carmen lópez y pablo vive aquí', 'soy # y # vive aquí'],
])('in %s: %s', (language, said, hidden) => {
  expect(withoutPersons(said, { language, streets: STREETS })).toBe(hidden);
});

test('what a person has read keeps its hours and prices, and still no contact', () => {
  expect(withoutContacts('Ouvert à 9 h, 86 €, le 12.')).toBe('Ouvert à 9 h, 86 €, le 12.');
  expect(withoutContacts('Rappelez le +33 6 39 98 00 12, carte 4111-1111-1111-1111')).toBe('Rappelez le #, carte #');
  expect(withoutContacts('dossier 47HZ-B7WS, a@b.example, www.exemple.example')).toBe('dossier #');
});

test('a name that was said once, by whoever, is hidden wherever it is said again', () => {
  const texts = ['Bonjour Mme Zélinard, je regarde.', 'je m’appelle zoltan mirsky et je rappelle', 'oui zélinard, avec deux l'];
  const persons = personsIn(texts);
  expect([...persons]).toEqual(['zelinard', 'zoltan', 'mirsky']);
  const hidden = texts.map((text) => withoutPersons(text, { language: 'fr', streets: STREETS, persons }));
  expect(hidden).toEqual(['#, je regarde.', 'je m’appelle # et je rappelle', 'oui #, avec deux l']);
});

test('what nobody could say of one twice: hiding it again changes nothing', () => {
  for (const text of ['je suis Camille, 12 rue des Lilas', 'Mme durand, 06 39 98 00 12']) {
    const once = withoutPersons(text, { language: 'fr', streets: STREETS });
    expect(withoutPersons(once, { language: 'fr', streets: STREETS })).toBe(once);
  }
});

test('a message of thousands of words takes no time to speak of', () => {
  const began = process.cpuUsage();
  for (const word of ['Camille ', '1 ', 'rue des ', 'Mme ', 'je m’appelle ', '# ', 'A-', '@', '06 '])
    withoutPersons(word.repeat(1000).slice(0, 1000), {
      language: 'fr',
      streets: STREETS,
      persons: personsIn([word.repeat(1000)]),
    });
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(500);
});

/** One a minute from nine on; those with '>' are the town hall's. */
const said = (...lines: string[]) =>
  lines.map((line, minute) => ({
    from: line.startsWith('>') ? ('agent' as const) : ('citizen' as const),
    at: `2026-11-26T09:0${minute}:00.000Z`,
    text: line.replace('>', ''),
  }));
const EARLY = '2026-11-26T08:00:00.000Z';

test('its beginning is what was written while a person was waited for; after each answer comes what was written then', () => {
  const all = said('a', 'b', '>Bonjour', 'c', 'd', '>Oui', '>Voilà', 'e');
  expect(partsOf(all, EARLY)).toEqual({ opening: ['a', 'b'], turns: ['c\nd', 'e'] });
  expect(partsOf(all, '2026-11-26T09:00:30.000Z')).toEqual({ opening: ['b'], turns: ['c\nd', 'e'] });
  expect(partsOf(all, '2026-11-26T09:01:30.000Z')).toEqual({ opening: ['b'], turns: ['c\nd', 'e'] });
  expect(partsOf(said('a', '', '>Bonjour'), EARLY)).toEqual({ opening: ['a'], turns: [] });
});

test('where nobody wrote, or nobody answered, there is nothing to play', () => {
  expect(partsOf(said('a', 'b'), EARLY)).toBeNull();
  expect(partsOf(said('>Bonjour', 'a'), EARLY)).toBeNull();
});
