/** What can be pressed means what it says: no title of a button, in any language, is taken for 'no more messages' or for 'start'. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { phraseKey } from '../../src/domain/language/words';

const LOCALES = join(__dirname, '../../locales');
const read = (path: string) => parse(readFileSync(join(LOCALES, path), 'utf8'));
const abroad = readdirSync(join(LOCALES, 'foreign')).map((name) => {
  const { opt_out, sentences } = read(`foreign/${name}`);
  return [name, opt_out, sentences] as const;
});
const own = ['fr', 'en', 'es'].map((code) => [code, read(`${code}/pack.yml`).opt_out, read(`${code}/sentences.yml`)] as const);

/** Words that a button says, or that are said in its place. */
const SAID_FOR_BUTTONS = ['words.cancel', 'words.edit', 'words.send', 'words.back', 'words.skip'];

test.each([...abroad, ...own])('%s', (_, rules, sentences: Record<string, string>) => {
  const ends = new Set(['stop', 'start', 'ask'].flatMap((kind) => rules[kind].whole.map(String)).map(phraseKey));
  const titles = Object.entries(sentences).flatMap(([id, words]) =>
    SAID_FOR_BUTTONS.includes(id) ? words.split('|') : id.startsWith('words.') ? [] : [words],
  );
  expect(titles.filter((title) => phraseKey(title) !== '' && ends.has(phraseKey(title)))).toEqual([]);
});
