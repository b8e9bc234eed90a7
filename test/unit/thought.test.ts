/** Which messages on a phone, and which words of an e-mail, are one thought, and which stand by themselves. */
import { withSubject } from '../../src/channels/email/own-words';
import { fragmentPause } from '../../src/channels/fragment-pause';
import { joined, oneThought } from '../../src/mailroom/thought';
import type { InboxRow } from '../../src/store/rows/mail';

const row = (text: string, extra: Partial<InboxRow['activity']> = {}): InboxRow => {
  const activity = { type: 'message' as const, text, ...extra };
  return { _id: text, activity, pauseMs: fragmentPause(activity, 2000) } as unknown as InboxRow;
};

test.each([
  ['bonjour', 2000],
  ['y a', 2000],
  ['un rat', 2000],
  ['au 12 allée des roses', 0],
  ['oui', 0],
  ['ok', 0],
  ['2', 0],
  ['STOP', 0],
  ['le lampadaire devant chez moi est cassé', 0],
])('"%s" waits %d ms for more', (text, pauseMs) => {
  expect(fragmentPause({ type: 'message', text }, 2000)).toBe(pauseMs);
});

test('photos without words wait for each other, a tapped button does not', () => {
  expect(fragmentPause({ type: 'message', text: '', attachments: [{ contentType: 'image/jpeg' }] }, 2000)).toBe(2000);
  expect(fragmentPause({ type: 'message', text: 'Oui, envoyer', value: 'yes' }, 2000)).toBe(0);
});

test('fragments and the sentence that closes them are heard as one', () => {
  const thought = oneThought(['bonjour', 'y a', 'un rat', 'au 12 allée des roses', 'merci'].map((text) => row(text)));
  expect(joined(thought).text).toBe('bonjour y a un rat au 12 allée des roses');
});

test('an answer is heard by itself, whatever went before it', () => {
  for (const answer of ['STOP', 'oui', '2']) expect(oneThought([row('merci bien'), row(answer)])).toHaveLength(1);
});

test('a whole message does not wait for the next', () => {
  expect(oneThought([row('le lampadaire devant chez moi est cassé'), row('bonjour')])).toHaveLength(1);
});

test('the subject of an e-mail and a short text under it are one sentence, across a salutation', () => {
  expect(withSubject('Lampadaire cassé.', 'Bonjour,\n\nIl fait tout noir.\n\nMerci')).toBe(
    'Lampadaire cassé, Bonjour, Il fait tout noir.\nMerci',
  );
  expect(withSubject('Broken lamp', 'It is dark here.\nThe bins are full.')).toBe(
    'Broken lamp, It is dark here.\nThe bins are full.',
  );
  const story = 'Il fait tout noir sur le trottoir. '.repeat(10).trim();
  expect(withSubject('Lampadaire', story)).toBe(`Lampadaire\n${story}`);
  expect([withSubject('STOP', ''), withSubject('', 'Bonjour')]).toEqual(['STOP', 'Bonjour']);
});
