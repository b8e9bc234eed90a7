/** What is wrong with a topic is told to agents in their own language: each kind that the check of a topic knows has its words. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faults as es } from '../../web/desk/words/es/faults';
import { faultInWords } from '../../web/desk/words/faults';
import { faults as fr } from '../../web/desk/words/fr/faults';

const read = (file: string) => readFileSync(join(__dirname, '../../src/towns', file), 'utf8');

/** Codes as the check writes them: a word on its own, after the place and before the sentence. */
const codesIn = (source: string) => [
  ...[...source.matchAll(/complain\(\s*(?:\[[^\]]*\]|at\([^)]*\)|path),\s*'([a-z-]+)'/g)].map(([, code]) => code!),
  ...[...source.matchAll(/\bat\(\[?[^\n]*?,\s*'([a-z]+-[a-z-]+)'/g)].map(([, code]) => code!),
  ...[...source.matchAll(/code: '([a-z-]+)'/g)].map(([, code]) => code!),
];

test.each([
  ['fr', fr],
  ['es', es],
])('in %s each kind of fault that a topic can have has words', (_, words) => {
  const files = ['check/check-topic.ts', 'check/check-form.ts', 'check/check-text.ts', 'check/check-language.ts'];
  const codes = new Set([...files, 'yaml/yaml-source.ts', 'yaml/yaml-lines.ts', 'yaml/indents.ts'].map(read).flatMap(codesIn));
  expect(codes.size).toBeGreaterThan(20);
  expect([...codes].filter((code) => !(code in words))).toEqual([]);
});

test('it names what it is about; in a language without words for it, it stands as the check says it', () => {
  const fault = {
    ...{ line: 3, severity: 'fault' as const, code: 'phrase-twice' },
    ...{ message: 'The phrase "ma poubelle" is written twice.', fix: 'Remove one of the two.' },
  };
  expect(faultInWords(fault, fr, 'fr-FR')).toEqual(['Cette phrase est écrite deux fois : « ma poubelle ».', 'Gardez-en une.']);
  expect(faultInWords(fault, {}, 'en-GB')).toEqual([fault.message, fault.fix]);
  const lacking = { ...fault, code: 'missing-translation', message: '"answer" has no text in "en".', language: 'en' };
  expect(faultInWords(lacking, fr, 'fr-FR')[0]).toBe('Il manque un texte en anglais (answer).');
});
