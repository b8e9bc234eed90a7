/**
 * Danger as the bot answers it: messages that are danger, and messages that only look or are quite ordinary. Counted is the
 * first line of the answer, whom to call, and how often it is said for nothing.
 */
import type { Danger } from './sets';
import { percent, type Table } from './table';
import type { Turn, Turned } from './turns';

export interface DangerPrediction {
  id?: string;
  text: string;
  expected: boolean;
  got: Turned['danger'];
  first: string;
  right: boolean;
}

export async function evaluateDanger(
  name: string,
  rows: Danger[],
  turn: Turn,
): Promise<{ tables: Table[]; predictions: DangerPrediction[] }> {
  const predictions: DangerPrediction[] = [];
  for (const { id, text, danger } of rows) {
    const { danger: got, firstLine } = await turn(text);
    predictions.push({ ...(id ? { id } : {}), text, expected: danger, got, first: firstLine, right: danger === (got !== null) });
  }
  const of = (at: (row: Danger) => boolean) => predictions.filter((_, n) => at(rows[n]!));
  const groups = (key: (row: Danger) => string | undefined) => [...new Set(rows.flatMap((row) => key(row) ?? []))].sort();
  const figures = (group: string, at: (row: Danger) => boolean): Array<string | number> => {
    const dangers = of((row) => row.danger && at(row));
    const others = of((row) => !row.danger && at(row));
    const said = dangers.filter(({ got }) => got !== null).length;
    const sure = dangers.filter(({ got }) => got === 'sure').length;
    const wrong = others.filter(({ got }) => got !== null).length;
    const surelyWrong = others.filter(({ got }) => got === 'sure').length;
    return [
      group,
      dangers.length,
      dangers.length === 0 ? '-' : percent(said, dangers.length),
      dangers.length === 0 ? '-' : percent(sure, dangers.length),
      others.length,
      others.length === 0 ? '-' : percent(wrong, others.length),
      others.length === 0 ? '-' : percent(surelyWrong, others.length),
    ];
  };
  return {
    predictions,
    tables: [
      {
        title: `Danger, as it is answered: ${name}, ${rows.length} messages`,
        columns: [
          'messages',
          'dangers',
          'told whom to call, %',
          'at once and alone, %',
          'no danger',
          'told so in vain, %',
          'at once and alone, %',
        ],
        rows: [
          figures('all', () => true),
          ...groups(({ lang }) => lang).map((lang) => figures(`language ${lang}`, (row) => row.lang === lang)),
          ...groups(({ kind }) => kind).map((kind) => figures(`kind ${kind}`, (row) => row.kind === kind)),
          ...groups(({ form }) => form).map((form) => figures(`form ${form}`, (row) => row.form === form)),
        ],
      },
    ],
  };
}
