// Bars with their table: drawn for the eye, and the same numbers as a table for everybody and as a file.
import type { ReactNode } from 'react';
import type { Table as TableId } from '../../../../src/desk/figures/wire';
import { Table } from '../../parts/table';
import { useWords } from '../../words';

const WIDTH = 640;
const HEIGHT = 160;
const FOOT = 18;
const GAP = 0.2;
/** Names under the bars that do not touch. */
const MOST_NAMES = 8;

export interface Bar {
  name: string;
  /** From the bottom up, in the order of the series. */
  values: number[];
}

/** @param series what each part of a bar is, by its colour. */
export function Bars({ label, bars, series }: { label: string; bars: Bar[]; series: string[] }) {
  const t = useWords();
  const most = Math.max(1, ...bars.map(({ values }) => values.reduce((sum, value) => sum + value, 0)));
  const step = WIDTH / Math.max(1, bars.length);
  const every = Math.ceil(bars.length / MOST_NAMES);
  return (
    <figure className="chart">
      {series.length > 1 && (
        <figcaption className="legend">
          {series.map((name, at) => (
            <span key={name}>
              <span className={`swatch part-${at}`} aria-hidden="true" /> {name}
            </span>
          ))}
        </figcaption>
      )}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`} role="img" aria-label={label} preserveAspectRatio="none">
        <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className="axis" />
        {bars.map(({ name, values }, at) => {
          let top = HEIGHT;
          return (
            <g key={name}>
              <title>
                {t.pair(
                  name,
                  values.reduce((sum, value) => sum + value, 0),
                )}
              </title>
              {values.map((value, part) => {
                const height = (value / most) * (HEIGHT - 6);
                top -= height;
                return (
                  <rect
                    key={series[part]}
                    className={`part-${part}`}
                    x={at * step + (step * GAP) / 2}
                    y={top}
                    width={step * (1 - GAP)}
                    height={height}
                  />
                );
              })}
            </g>
          );
        })}
      </svg>
      <div className="chart-names" aria-hidden="true">
        {bars.map(({ name }, at) => at % every === 0 && <span key={name}>{name}</span>)}
      </div>
    </figure>
  );
}

interface SheetParts {
  of: TableId;
  query: string;
  title: string;
  head: string[];
  rows: Array<Array<string | number>>;
  /** Drawn above; without it the table is all there is, and stands open. */
  children?: ReactNode;
}

/** A chart, its table, its file. */
export function Sheet({ of, query, title, head, rows, children }: SheetParts) {
  const words = useWords().figures;
  const table = (
    <Table label={words.tableOf(title)} caption={title} columns={head}>
      {rows.map(([name, ...values]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {values.map((value, at) => (
            <td key={head[at + 1]} className="figure">
              {value}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
  return (
    <section className="sheet" aria-labelledby={`figures-${of}`}>
      <h2 id={`figures-${of}`}>{title}</h2>
      {children}
      {children ? (
        <details>
          <summary>{words.table}</summary>
          {table}
        </details>
      ) : (
        table
      )}
      <a href={`/desk/api/figures.csv?${query}&of=${of}`} download>
        {words.csv} <span className="unseen">{title}</span>
      </a>
    </section>
  );
}
