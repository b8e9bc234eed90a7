/**
 * What each address costs at worst, as a table: `COSTS_FILE=costs.md npx jest test/attacks/bounded-work`. Each
 * header and body of theirs is measured twice then, which takes some minutes longer.
 */
import { writeFileSync } from 'node:fs';

const FILE = process.env.COSTS_FILE;

export const isTableWanted = FILE !== undefined;

interface Cost {
  /** What was sent, in a word or two. */
  name: string;
  /** Milliseconds of processor time of the main thread. */
  ms: number;
}

/** The dearest by address, then by where it stood. */
const dearest = new Map<string, Partial<Record<'head' | 'body', Cost>>>();

export function noteCost(route: string, kind: 'head' | 'body', name: string, ms: number): void {
  const known = dearest.get(route) ?? {};
  if (ms > (known[kind]?.ms ?? -1)) known[kind] = { name, ms };
  dearest.set(route, known);
}

/** @param isOpen whether anybody may send to the address without being known. */
export function writeCosts(isOpen: (route: string) => boolean): void {
  if (!FILE) return;
  const told = (cost?: Cost) => (cost ? `${cost.name} | ${cost.ms.toFixed(1)}` : ' | ');
  const most = ({ head, body }: Partial<Record<'head' | 'body', Cost>>) => Math.max(head?.ms ?? 0, body?.ms ?? 0);
  const rows = [...dearest].filter(([route]) => isOpen(route)).sort(([, one], [, other]) => most(other) - most(one));
  const lines = rows.map(([route, { head, body }]) => `| \`${route}\` | ${told(head)} | ${told(body)} |`);
  writeFileSync(
    FILE,
    ['| address | worst head or query | ms | worst body | ms |', '|---|---|---|---|---|', ...lines, ''].join('\n'),
  );
}
