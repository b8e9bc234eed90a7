/** Which numbers are hidden before anything is written down, and which stay as they were typed. */
import { maskNumbers } from '../../src/domain/language/mask';

test.each([
  ['ma carte est la 4539 1488 0343 6467 merci', 'ma carte est la **** **** **** 6467 merci'],
  ['carte:4539148803436467.', 'carte:************6467.'],
  ['5555-5555-5555-4444 exp 12/27', '****-****-****-4444 exp 12/27'],
  ['amex 378282246310005', 'amex ***********0005'],
  ['IBAN FR76 3000 6000 0112 3456 7890 189 au nom de Zoé', 'IBAN **** **** **** **** **** ***0 189 au nom de Zoé'],
  ['de89370400440532013000', '******************3000'],
  ['sécu 2 69 05 49 588 157 80', 'sécu * ** ** ** *** *57 80'],
  ['le 269054958815780 pour ma mère', 'le ***********5780 pour ma mère'],
  ['1 85 05 2A 004 133 46', '* ** ** ** *** *33 46'],
  ['4539148803436467 et 4539 1488 0343 6467', '************6467 et **** **** **** 6467'],
])('hidden: %s', (typed, kept) => {
  expect(maskNumbers(typed)).toBe(kept);
});

test.each([
  'lampadaire cassé au 14 rue des Lilas, 06 39 98 12 34',
  'mes numéros : 06 39 98 12 34 ou 07 56 78 90 12',
  'référence 47HZ-B7WS, dossier 2027-000123456',
  'carte 4539 1488 0343 6468',
  'compteur 12345678901234',
  'FR76 3000 6000 0112 3456 7890 188',
  'le 269054958815781',
  'rdv le 29/03/2027 de 10:30 à 11:45, ou le 30.03.2027',
  '0000 0000 0000 0000',
  'SIRET 732 829 320 00074',
  '',
])('kept: %s', (typed) => {
  expect(maskNumbers(typed)).toBe(typed);
});

test('the time grows with the length and no faster', () => {
  const worst = (length: number) => '1 '.repeat(length / 2);
  const spent = (text: string) => {
    const from = process.cpuUsage();
    maskNumbers(text);
    const { user, system } = process.cpuUsage(from);
    return user + system;
  };
  spent(worst(2000));
  expect(spent(worst(80_000))).toBeLessThan(20 * Math.max(spent(worst(20_000)), 2000));
});
