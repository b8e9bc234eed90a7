/** Whom a note names: by the whole name behind an '@', however it is spelt; and until when that is news. */
import { mentionRead, namedIn, withMentions } from '../../src/domain/desk/mention';
import type { QueueEntry } from '../../src/domain/desk/queue';

const people = [
  { id: 't:1', name: 'Karim Lefèvre' },
  { id: 't:2', name: 'Anne' },
  { id: 't:3', name: 'Anne-Lise Roy' },
  { id: 't:4', name: "Nuala O'Brien" },
];

test.each<[string, string[]]>([
  ['@Karim Lefèvre peux-tu regarder ?', ['t:1']],
  ['vu avec (@karim lefevre).', ['t:1']],
  ['@KARIM LEFÈVRE, @Nuala O’Brien', ['t:1', 't:4']],
  ['@Karim', []],
  ['Karim Lefèvre', []],
  ['écrire à anne@karim lefèvre.example', []],
  ['@Anne', ['t:2']],
  ['@Annette', []],
  ['@Anne-Lise Roy', ['t:3']],
  ['@Anne et @Anne-Lise Roy', ['t:2', 't:3']],
  ['', []],
])('%s', (text, named) => {
  expect(namedIn(text, people)).toEqual(named);
});

test('of one person the newest stands; read, it is gone, and who else is named stays', () => {
  const entry = { service: 'accueil', subject: '', queuedAt: '', place: 0, priority: 'normal' } as QueueEntry;
  const named = withMentions(withMentions(entry, ['t:1', 't:2'], 't:9', '1'), ['t:1'], 't:8', '2');
  expect(named).toMatchObject({
    mentions: [
      { agent: 't:2', by: 't:9', at: '1' },
      { agent: 't:1', by: 't:8', at: '2' },
    ],
    mentionedAt: '2',
  });
  const left = mentionRead(named, 't:1');
  expect(left).toMatchObject({ mentions: [{ agent: 't:2' }], mentionedAt: '1' });
  expect(mentionRead(left, 't:2')).toEqual(entry);
  expect(mentionRead(entry, 't:1')).toEqual(entry);
  expect(withMentions(entry, [], 't:9', '1')).toBe(entry);
});
