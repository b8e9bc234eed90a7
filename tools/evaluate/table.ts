/** Tables for people (Markdown) and the same figures for machines (JSON). */

export interface Table {
  title: string;
  columns: string[];
  rows: Array<Array<string | number>>;
  notes?: string[];
}

export function markdown(tables: Table[]): string {
  return tables
    .map(({ title, columns, rows, notes = [] }) =>
      [
        `## ${title}`,
        '',
        ...(rows.length > 0 ? [line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(row.map(shown)))] : []),
        ...(notes.length > 0 ? ['', ...notes] : []),
        '',
      ].join('\n'),
    )
    .join('\n');
}

function line(cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

function shown(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : value;
}

export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}
