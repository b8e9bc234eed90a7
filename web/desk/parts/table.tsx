// A table with named columns. One that is wider than a phone scrolls by itself, by keyboard too.
import type { ReactNode } from 'react';

interface TableProps {
  /** Its name, or the id of what names it on screen. */
  label?: string;
  labelledBy?: string;
  /** The name once more, for whoever hears the table itself. */
  caption?: string;
  columns: string[];
  /** Its rows are cards on a phone, laid out by this name in stacks.css. */
  stacks?: 'trail';
  /** On a sheet of its own. */
  isSheet?: boolean;
  /** The rows. */
  children: ReactNode;
}

export function Table({ label, labelledBy, caption, columns, stacks, isSheet = false, children }: TableProps) {
  return (
    <section
      className={isSheet ? 'sheet scroll' : 'scroll'}
      aria-label={label}
      aria-labelledby={labelledBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard.
      tabIndex={0}
    >
      <table aria-labelledby={labelledBy} className={stacks && `stacks ${stacks}`}>
        {caption && <caption className="unseen">{caption}</caption>}
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
