/** How phone numbers and links are written for those who read them, and that a number is read back as it is written. */
import { linkNames } from '../../src/bot/wording/link-names';
import { createWording } from '../../src/bot/wording/wording';
import type { Topic } from '../../src/domain/topic/topic';
import type { Town } from '../../src/domain/town';
import { phonesIn } from '../../src/understanding/entities/phones';

const wordingOf = (country: string) =>
  createWording((id) => id, { today: () => '2026-10-13', country, isShort: false, foreign: () => null });

test.each([
  ['FR', '+33639981234', '06 39 98 12 34'],
  ['FR-57', '+33199001000', '01 99 00 10 00'],
  ['FR', '+49301234567', '+49 30 1234567'],
  ['FR', '+41446681800', '+41 44 668 18 00'],
  ['DE', '+49301234567', '030 1234567'],
  ['BE', '+32470123456', '0470 12 34 56'],
  ['GB', '+442079460018', '020 7946 0018'],
  ['GB', '+33639981234', '+33 6 39 98 12 34'],
  ['ES', '+34612345678', '612 34 56 78'],
])('in %s the number %s is written %s, and read back the same', (country, number, written) => {
  expect(wordingOf(country).contact(number)).toBe(written);
  const none = { at: () => null } as never;
  expect(phonesIn(written, [], country, none, { dictated: {}, repeats: {} }).map((found) => found.number)).toEqual([number]);
});

test.each(['ana@mairie.example', 'somebody', '+12', ''])('%p is no number, and stays as it is', (value) => {
  expect(wordingOf('FR').contact(value)).toBe(value);
});

const town = {
  links: {
    'https://town.example/book': { en: 'the appointments page' },
    'https://town.example/book/rules': { en: 'the rules' },
    'https://office.example': { en: 'the office' },
  },
} as unknown as Town;
const topics = [{ links: { 'https://other.example/x': { en: 'the other page' } } }] as unknown as Topic[];

test.each([
  ['Book: https://town.example/book or here', [['https://town.example/book', 'the appointments page']]],
  ['(https://town.example/book/).', [['https://town.example/book/', 'the appointments page']]],
  ['https://town.example/book/rules.', [['https://town.example/book/rules', 'the rules']]],
  ['https://town.example/book/2026/a?b=c', [['https://town.example/book/2026/a?b=c', 'the appointments page']]],
  ['https://town.example/bookings', undefined],
  ['https://office.example/a/b', [['https://office.example/a/b', 'the office']]],
  ['https://office.example.org/a', undefined],
  [
    'https://other.example/x and https://office.example',
    [
      ['https://other.example/x', 'the other page'],
      ['https://office.example', 'the office'],
    ],
  ],
  ['https:// http://[', undefined],
  ['no address', undefined],
])('links in "%s" have the names of the town’s files', (words, expected) => {
  const named = linkNames(words, town, topics, ({ en }) => en ?? '');
  expect(named?.map(({ address, name }) => [address, name])).toEqual(expected);
});
