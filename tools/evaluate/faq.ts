/** Questions and answers with real queries: is the entry that answers found first, or among the first three? */
import { createAnswerFinder, type LanguagePack } from '../../src/bot/understanding';
import { peerPackage } from './engines';
import { withTypingErrors } from './noise';
import type { Faq } from './sets';
import { percent } from './table';

export const FAQ_COLUMNS = ['set', 'engine', 'hit at 1, %', 'hit at 3, %', 'hit at 1 with typing errors, %', 'ms a question'];

export interface FaqResult {
  rows: Array<Array<string | number>>;
  predictions: Array<{ text: string; expected: string[]; got: string[]; right: boolean }>;
}

type Find = (text: string) => string[];

interface MiniSearch {
  addAll(documents: object[]): void;
  search(text: string, options: object): Array<{ id: string }>;
}

export function evaluateFaq(name: string, rows: Faq[], pack: LanguagePack): FaqResult {
  const entries = rows.flatMap((row) => (row.type === 'faq' ? [row] : []));
  const queries = rows.flatMap((row) => (row.type === 'query' ? [row] : []));
  const finder = createAnswerFinder(
    entries.map(({ id, question, alt, answer }) => ({ id, questions: [question, ...alt], answer })),
    pack,
  );
  const ours: Find = (text) => finder(text, 3).map(({ id }) => id);
  const engines: Array<[string, Find]> = [['Guichet', ours]];
  const Mini = peerPackage<{ default?: new (options: object) => MiniSearch } & (new (options: object) => MiniSearch)>(
    'minisearch',
  );
  if (Mini) {
    const mini = new (Mini.default ?? Mini)({ fields: ['question', 'answer'], idField: 'id' });
    mini.addAll(entries.map(({ id, question, alt, answer }) => ({ id, question: [question, ...alt].join(' '), answer })));
    engines.push([
      'MiniSearch',
      (text) =>
        mini
          .search(text, { fuzzy: 0.2, prefix: true, boost: { question: 2 } })
          .slice(0, 3)
          .map(({ id }) => id),
    ]);
  }
  const noisy = withTypingErrors(
    queries.map(({ text }) => text),
    pack.code,
  );
  const result = engines.map(([engine, find]) => {
    const began = performance.now();
    const found = queries.map(({ text }) => find(text));
    const ms = (performance.now() - began) / Math.max(1, queries.length);
    const hits = (lists: string[][], depth: number) =>
      lists.filter((ids, at) => ids.slice(0, depth).some((id) => queries[at]!.expected.includes(id))).length;
    const mistyped = noisy.map(find);
    return [
      name,
      engine,
      percent(hits(found, 1), queries.length),
      percent(hits(found, 3), queries.length),
      percent(hits(mistyped, 1), queries.length),
      ms,
    ];
  });
  return {
    rows: result,
    predictions: queries.map(({ text, expected }) => {
      const got = ours(text);
      return { text, expected, got, right: expected.includes(got[0] ?? '') };
    }),
  };
}
