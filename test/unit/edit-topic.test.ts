/** A clerk's change touches the lines it is about: the file of a topic keeps its comments, its order and every other line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { editTopic } from '../../src/towns/publish/edit-topic';

const TOWNS = join(__dirname, '../../towns');
const files = ['bellerive', 'saint-aubin'].flatMap((town) =>
  readdirSync(join(TOWNS, town, 'topics')).map((name) => join(TOWNS, town, 'topics', name)),
);

/** Lines that stand in one and not in the other. */
function difference(before: string, after: string): { gone: string[]; come: string[] } {
  const lines = (text: string) => new Set(text.split('\n'));
  const [old, now] = [lines(before), lines(after)];
  return { gone: [...old].filter((line) => !now.has(line)), come: [...now].filter((line) => !old.has(line)) };
}

test('every file of every town comes through an empty edit byte for byte', () => {
  expect(files.length).toBeGreaterThan(60);
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    expect(editTopic(text, {})).toBe(text);
  }
});

test('a phrase more, another date and another answer change three lines', () => {
  const text = `# Read by two people.\n${readFileSync(join(TOWNS, 'bellerive/topics/faq_passport.yml'), 'utf8')}`;
  const before = parse(text);
  const edit = {
    phrases: { fr: [...before.phrases.fr, "passeport : l'ancien est mouillé"] },
    answer: { fr: 'Le passeport coûte 86 €.' },
    verified: { ...before.verified, until: '2028-01-31' },
  };
  const after = editTopic(text, edit);
  const value = parse(after);
  expect(value).toEqual({
    ...before,
    phrases: { ...before.phrases, fr: edit.phrases.fr },
    answer: { ...before.answer, fr: edit.answer.fr },
    verified: edit.verified,
  });
  const { come } = difference(text, after);
  expect(come).toHaveLength(3);
  expect(after).toMatch(/^# Read by two people\.\nkind: question\n/);
});

test('a phrase is taken out, a detail changed and another added', () => {
  const text = readFileSync(join(TOWNS, 'bellerive/topics/faq_passport.yml'), 'utf8');
  const before = parse(text);
  const [first, ...rest] = before.phrases.en;
  const after = editTopic(text, {
    phrases: { en: rest },
    details: [
      { id: 'lost', phrases: {}, answer: { en: 'Declare it at our desk.' } },
      { id: 'wet', phrases: { fr: ['il est mouillé'] }, answer: { fr: 'Apportez-le.', en: 'Bring it.' } },
    ],
  });
  const value = parse(after);
  expect(value.phrases.en).toEqual(rest);
  expect(after).not.toContain(`- ${first}\n`);
  expect(value.details.find(({ id }: { id: string }) => id === 'lost').answer.en).toBe('Declare it at our desk.');
  expect(value.details.at(-1)).toEqual({
    id: 'wet',
    phrases: { fr: ['il est mouillé'] },
    answer: { fr: 'Apportez-le.', en: 'Bring it.' },
  });
  expect(value.details).toHaveLength(before.details.length + 1);
});

test('a new topic is a file of its own, whatever is typed into it', () => {
  const title = { fr: 'Vélos : « où ? » # ici', en: '- bikes: {x}' };
  const text = editTopic('', {
    kind: 'question',
    service: 'voirie',
    title,
    phrases: { fr: ['où garer mon vélo', 'oui', '*vélo', '& vélo'] },
    answer: { fr: 'Deux lignes :\n- ici\n- là', en: 'null' },
    verified: { on: '2026-11-26', until: '2027-11-26', source: 'Guide du vélo' },
  });
  expect(parse(text)).toEqual({
    kind: 'question',
    service: 'voirie',
    title,
    phrases: { fr: ['où garer mon vélo', 'oui', '*vélo', '& vélo'] },
    answer: { fr: 'Deux lignes :\n- ici\n- là', en: 'null' },
    verified: { on: '2026-11-26', until: '2027-11-26', source: 'Guide du vélo' },
  });
});
