/** The desk's one search field in a town that has very many requests: from the question to the answer, as the page asks. */
import type { Running } from './server';

const TIMES = 30;

/** Milliseconds of each kind of question. */
export type Searched = Record<string, [p50: number, p95: number]>;

/** `asked`: what is typed, by its kind. Asked in turns, so that what else the machine does falls on each. */
export async function searches({ url }: Running, cookie: string, asked: Record<string, string>): Promise<Searched> {
  const times = new Map<string, number[]>();
  for (let n = 0; n < TIMES + 2; n += 1)
    for (const [kind, typed] of Object.entries(asked)) {
      const from = performance.now();
      const answer = await fetch(`${url}/desk/api/search?q=${encodeURIComponent(typed)}`, { headers: { cookie } });
      const { items } = (await answer.json()) as { items?: unknown[] };
      if (!items?.length) throw new Error(`Nothing was found by ${kind}: ${answer.status}`);
      // The first are those of the engine that compiles.
      if (n >= 2) times.set(kind, [...(times.get(kind) ?? []), performance.now() - from]);
    }
  const at = (all: number[], share: number) =>
    [...all].sort((one, other) => one - other)[Math.floor(share * all.length)] ?? Number.NaN;
  return Object.fromEntries([...times].map(([kind, all]) => [kind, [at(all, 0.5), at(all, 0.95)]]));
}

export function searchTable(columns: ReadonlyArray<{ tickets: number; searched: Searched }>): string[] {
  const kinds = Object.keys(columns[0]?.searched ?? {});
  return [
    "The desk's search, from the question to the answer: p50, p95 (ms).",
    '',
    `| requests | ${kinds.join(' | ')} |`,
    `|---|${kinds.map(() => '---').join('|')}|`,
    ...columns.map(({ tickets, searched }) => {
      const cells = kinds.map((kind) => searched[kind]?.map((ms) => ms.toFixed(0)).join(', '));
      return `| ${tickets.toLocaleString('en')} | ${cells.join(' | ')} |`;
    }),
  ];
}
