/** The end of a photo link: what it says is read back, until its end, by the town and with the secret that made it. */
import { createPhotoCodes } from '../../src/channels/web/photo-link/code';
import { photoRefusal, photoSentId, photoSentOf, readPhotoSent } from '../../src/domain/message/photo';
import { createReference, type Ticket } from '../../src/domain/ticket/ticket';

const NOW = new Date('2026-11-22T08:20:00Z');
const hoursLater = (hours: number) => new Date(NOW.getTime() + hours * 3600_000);
const REFERENCE = createReference(Buffer.from('a reference'));
const codes = createPhotoCodes('s'.repeat(32));
const code = codes.make('bellerive', REFERENCE, NOW);

test('it is short, ends in a letter or digit, and says town, request and whether its day is over', () => {
  expect(code).toMatch(/^[\w-]{12}[0-9a-z]{4}[0-9A-Z]{8}$/);
  const read = (hours: number) => codes.read(code, ['valmont', 'bellerive'], hoursLater(hours));
  expect(read(0)).toEqual({ town: 'bellerive', reference: REFERENCE, hasEnded: false });
  expect(read(24)?.hasEnded).toBe(false);
  expect(read(25)?.hasEnded).toBe(true);
});

test('another town, another secret or any other character: nothing', () => {
  expect(codes.read(code, ['valmont'], NOW)).toBeNull();
  expect(createPhotoCodes('t'.repeat(32)).read(code, ['bellerive'], NOW)).toBeNull();
  for (let at = 0; at < code.length; at += 1) {
    const changed = `${code.slice(0, at)}${code[at] === '2' ? '3' : '2'}${code.slice(at + 1)}`;
    expect([at, codes.read(changed, ['bellerive'], NOW)]).toEqual([at, null]);
  }
  for (const other of ['', code.toLowerCase(), `${code}=`, ` ${code}`, `${code}\n`, '-'.repeat(24)])
    expect(codes.read(other, ['bellerive'], NOW)).toBeNull();
});

test('a photo is brought in by the town and by nobody else', () => {
  const ours = photoSentOf('bellerive', REFERENCE, 'f1', NOW);
  expect(readPhotoSent(ours)).toEqual({ reference: REFERENCE, file: 'f1' });
  expect(photoSentId('bellerive', REFERENCE, 'f1')).toBe(`photo:bellerive:${REFERENCE}:f1`);
  for (const other of [
    { ...ours, from: { id: 'dl_1', role: 'user' as const } },
    { ...ours, from: undefined },
    { ...ours, name: 'ticket.changed' },
    { ...ours, type: 'message' as const },
    { ...ours, value: undefined },
    { ...ours, value: { reference: REFERENCE, file: 7 } },
  ])
    expect(readPhotoSent(other)).toBeNull();
});

test.each<[Ticket['state'], number, ReturnType<typeof photoRefusal>]>([
  ['new', 0, null],
  ['waiting', 4, null],
  ['in-progress', 5, 'full'],
  ['resolved', 0, 'closed'],
  ['refused', 5, 'closed'],
  ['withdrawn', 0, 'closed'],
])('a request %s with %d photos: %s', (state, count, why) => {
  expect(photoRefusal({ state, files: Array.from({ length: count }, String) } as Ticket)).toBe(why);
});
