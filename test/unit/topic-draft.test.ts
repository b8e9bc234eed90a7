/** A clerk's draft on a topic that has changed meanwhile: text by text, theirs where they touched it, today's elsewhere. */
import type { TopicFields } from '../../src/domain/topic/topic-edit';
import { rebased } from '../../web/desk/views/knowledge/draft';

const fields = (given: Partial<TopicFields> = {}): TopicFields => ({
  id: 'faq',
  service: 'accueil',
  titles: { fr: 'Passeport' },
  phrases: { fr: 'passeport\nmon passeport' },
  answer: { fr: 'Venez.', en: 'Come.' },
  details: [{ id: 'lost', phrases: { fr: 'perdu' }, answer: { fr: 'Déclarez.' } }],
  verified: { by: 'accueil', on: '2026-01-01', until: '2027-01-01', source: 'https://x.example' },
  ...given,
});

test('what nobody touched is as the file has it; what the clerk touched is theirs; what both touched is the clerk’s', () => {
  const before = fields();
  const mine = fields({
    answer: { fr: 'Venez avec une photo.', en: 'Come.' },
    details: [...before.details, { id: 'abroad', phrases: { fr: 'étranger' }, answer: { fr: 'Au consulat.' } }],
  });
  const now = fields({
    titles: { fr: 'Passeports' },
    answer: { fr: 'Venez le matin.', en: 'Come in the morning.' },
    details: [{ id: 'lost', phrases: { fr: 'perdu\nvolé' }, answer: { fr: 'Déclarez.' } }],
  });
  expect(rebased(mine, before, now)).toEqual(
    fields({
      titles: { fr: 'Passeports' },
      answer: { fr: 'Venez avec une photo.', en: 'Come in the morning.' },
      details: [
        { id: 'lost', phrases: { fr: 'perdu\nvolé' }, answer: { fr: 'Déclarez.' } },
        { id: 'abroad', phrases: { fr: 'étranger' }, answer: { fr: 'Au consulat.' } },
      ],
    }),
  );
  expect(rebased(before, before, now)).toEqual(now);
});
