/** Which of the choices offered is meant, as citizens say it. */
import { join } from 'node:path';
import { type ChoosingWords, choosingWordsOf, readChoice } from '../../src/dialogs/choices';
import { openTowns } from '../../src/towns';

const ROOT = join(__dirname, '../..');

let words: ChoosingWords;
beforeAll(async () => {
  const towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
  words = choosingWordsOf(towns, towns.get('bellerive')!);
});

const BINS = [
  { id: 'not-collected', words: ['Pas collecté', 'pas ramassé', 'not collected', 'missed'] },
  { id: 'full', words: ['Plein ou déborde', 'plein', 'déborde', 'full', 'overflowing'] },
  { id: 'broken', words: ['Cassé', 'broken'] },
];

test.each([
  ['2', 'full'],
  ['le deuxième', 'full'],
  ['the third', 'broken'],
  ['Plein ou déborde', 'full'],
  ['les poubelles ne sont pas ramassées', 'not-collected'],
  ['elle déborde depuis lundi', 'full'],
  ['les bacs sont pleins', 'full'],
  ['le couvercle est cassée', 'broken'],
  ['it was missed again', 'not-collected'],
  // Two at once, none, and a number beyond the list: asked back.
  ['pleine et cassée', null],
  ['bonjour', null],
  ['9', null],
  ['', null],
  ['👍', null],
])('%p is %p', (text, id) => {
  expect(readChoice(text, BINS, words)).toBe(id);
});
