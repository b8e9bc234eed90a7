// What the widget says by itself in each language, `locales/<code>/widget.yml`, as data for its bundle. A language that lacks
// a sentence or one of its {fields} would leave a hole in the page: the build says which, and stops.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The language that is shown where a visitor's is not spoken; the others are measured against it. */
const FIRST = 'fr';

export function readWidgetWords(root) {
  const folder = join(root, 'locales');
  const files = readdirSync(folder)
    .map((code) => ({ code, file: join(folder, code, 'widget.yml') }))
    .filter(({ file }) => existsSync(file));
  const words = Object.fromEntries(files.map(({ code, file }) => [code, parse(readFileSync(file, 'utf8'))]));
  const { [FIRST]: first, ...others } = words;
  const fieldsOf = (text) =>
    [...String(text).matchAll(/\{(\w+)\}/g)]
      .map(([, name]) => name)
      .sort()
      .join();
  const faults = Object.entries(others).flatMap(([code, told]) =>
    [...new Set([...Object.keys(first), ...Object.keys(told)])].flatMap((name) => {
      // Languages differ in how many plurals they have; one form may leave the number out.
      if (name.startsWith('unread.') && name !== 'unread.other') return [];
      const isAlike = typeof told[name] === 'string' && fieldsOf(told[name]) === fieldsOf(first[name]) && name in first;
      return isAlike ? [] : [`locales/${code}/widget.yml: ${name}`];
    }),
  );
  if (faults.length > 0) throw new Error(`Missing, unknown, or with other {fields} than in ${FIRST}:\n${faults.join('\n')}`);
  return { [FIRST]: first, ...others };
}
