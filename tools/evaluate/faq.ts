/** Questions and answers with real queries: is the entry that answers found first, or among the first three? */
import { createAnswerFinder, type EmbeddingCache, type Entry, type LanguagePack } from '../../src/understanding';
import { peerPackage } from './engines';
import { withTypingErrors } from './noise';
import type { Faq } from './sets';
import { percent } from './table';

export const FAQ_COLUMNS = ['set', 'engine', 'hit at 1, %', 'hit at 3, %', 'hit at 1 with typing errors, %', 'ms a question'];

export interface FaqResult {
  rows: Array<Array<string | number>>;
  predictions: Array<{ text: string; expected: string[]; got: string[]; right: boolean }>;
}

type Find = (text: string) => string[] | Promise<string[]>;

interface MiniSearch {
  addAll(documents: object[]): void;
  search(text: string, options: object): Array<{ id: string }>;
}

export async function evaluateFaq(name: string, rows: Faq[], pack: LanguagePack, kept?: EmbeddingCache): Promise<FaqResult> {
  const entries = rows.flatMap((row) => (row.type === 'faq' ? [row] : []));
  const queries = rows.flatMap((row) => (row.type === 'query' ? [row] : []));
  const known = entries.map(({ id, question, alt, answer }) => ({ id, questions: [question, ...alt], answer }));
  const finder = createAnswerFinder(known, pack);
  const ours: Find = (text) => finder(text, 3).map(({ id }) => id);
  const engines: Array<[string, Find]> = [['Guichet', ours]];
  if (kept) engines.push(['Guichet with an encoder', await findWith(kept, known, pack)]);
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
  const result: FaqResult['rows'] = [];
  for (const [engine, find] of engines) {
    const began = performance.now();
    const found = await findAll(
      find,
      queries.map(({ text }) => text),
    );
    const ms = (performance.now() - began) / Math.max(1, queries.length);
    const hits = (lists: string[][], depth: number) =>
      lists.filter((ids, at) => ids.slice(0, depth).some((id) => queries[at]!.expected.includes(id))).length;
    const mistyped = await findAll(find, noisy);
    result.push([
      name,
      engine,
      percent(hits(found, 1), queries.length),
      percent(hits(found, 3), queries.length),
      percent(hits(mistyped, 1), queries.length),
      ms,
    ]);
  }
  const answered = await findAll(
    ours,
    queries.map(({ text }) => text),
  );
  return {
    rows: result,
    predictions: queries.map(({ text, expected }, at) => {
      const got = answered[at]!;
      return { text, expected, got, right: expected.includes(got[0] ?? '') };
    }),
  };
}

async function findAll(find: Find, texts: string[]): Promise<string[][]> {
  const found: string[][] = [];
  for (const text of texts) found.push(await find(text));
  return found;
}

async function findWith(kept: EmbeddingCache, entries: Entry[], pack: LanguagePack): Promise<Find> {
  const questions = await kept.of(entries.flatMap((entry) => entry.questions));
  const answers = await kept.of(
    entries.map((entry) => `${entry.questions[0]} ${entry.answer}`),
    'passage',
  );
  const find = createAnswerFinder(entries, pack, questions && answers ? { questions, answers } : undefined);
  return async (text) => {
    const [embedding] = (await kept.of([text])) ?? [];
    return find(text, 3, embedding).map(({ id }) => id);
  };
}
