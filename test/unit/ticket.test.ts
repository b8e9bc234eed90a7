/** A reference that survives being read over the phone. */
import { randomBytes } from 'node:crypto';
import { createReference, findReferences, readReference } from '../../src/domain/ticket/ticket';

const some = Array.from({ length: 500 }, () => createReference(randomBytes(7)));

test('a reference has no look-alike letters, some letters and some digits', () => {
  for (const reference of some) {
    expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(reference).toMatch(/[2-9]/);
    expect(reference).toMatch(/[A-Z]/);
  }
  expect(new Set(some).size).toBe(some.length);
});

test('the same bytes make the same reference', () => {
  expect(createReference(Buffer.from('a message id'))).toBe(createReference(Buffer.from('a message id')));
  expect(() => createReference(Buffer.from('short'))).toThrow(RangeError);
});

test('it is read whatever the case, spaces and look-alikes', () => {
  for (const reference of some) {
    for (const typed of [
      reference.toLowerCase(),
      reference.replace('-', ' '),
      reference.replace('-', ''),
      reference.replaceAll('0', 'O').replaceAll('1', 'l'),
    ]) {
      expect(readReference(typed)).toBe(reference);
    }
  }
});

test('any one wrong character is noticed', () => {
  const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  for (const reference of some.slice(0, 40)) {
    for (const at of [0, 1, 2, 3, 5, 6, 7, 8]) {
      for (const symbol of symbols) {
        if (symbol === reference[at]) continue;
        expect(readReference(reference.slice(0, at) + symbol + reference.slice(at + 1))).toBeNull();
      }
    }
  }
});

test('swapped neighbours are noticed nearly always', () => {
  let missed = 0;
  let tried = 0;
  for (const reference of some) {
    const body = reference.replace('-', '');
    for (let at = 0; at < 7; at += 1) {
      if (body[at] === body[at + 1]) continue;
      tried += 1;
      const swapped = body.slice(0, at) + body[at + 1] + body[at] + body.slice(at + 2);
      if (readReference(swapped)) missed += 1;
    }
  }
  expect(missed / tried).toBeLessThan(0.01);
});

test('references are found in sentences, and words, dates and phone numbers are not', () => {
  const [first = '', second = ''] = some;
  expect(findReferences(`où en est ${first.toLowerCase()} et aussi ${second.replace('-', ' ')} ?`)).toEqual([first, second]);
  for (const text of [
    'bonjour demandes signaler',
    'le 20261122 ou 2026 1122',
    '06 39 98 12 34',
    'ma demande n° 48213',
    '12 rue Ampère',
  ]) {
    expect(findReferences(text)).toEqual([]);
  }
});

test.each(['pour …', 'avec … svp', 'code: … 1234', 'from …, please', 'la … date', '2026 … 12h30', 'ref. … tout'])(
  'words of four letters beside a reference are none of it: "%s"',
  (text) => {
    for (const reference of some) expect(findReferences(text.replace('…', reference))).toEqual([reference]);
  },
);
