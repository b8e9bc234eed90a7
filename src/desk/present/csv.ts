/** What is taken away as a file for a spreadsheet: no value can become a formula, and Excel reads its letters. */
import { stringify } from 'csv-stringify/sync';

export function csvFile(lines: ReadonlyArray<ReadonlyArray<string | number | undefined>>, fileName: string) {
  const text = stringify([...lines], {
    escape_formulas: true,
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
  });
  return { status: 200 as const, text, type: 'text/csv; charset=utf-8', fileName };
}
