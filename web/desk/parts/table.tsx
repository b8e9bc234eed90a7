// A table with named columns. On a phone each row is a card in which every cell says its column, so that nothing scrolls sideways.
import { Children, cloneElement, isValidElement, type ReactNode } from 'react';

interface TableProps {
  /** Its name, or the id of what names it on screen. */
  label?: string;
  labelledBy?: string;
  /** The name once more, for whoever hears the table itself. */
  caption?: string;
  columns: string[];
  /** Its rows are cards of a shape of their own on a phone, laid out by this name in stacks.css. */
  stacks?: 'trail';
  /** On a sheet of its own. */
  isSheet?: boolean;
  /** The rows: `tr` elements with a cell for each column. */
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
      <table aria-labelledby={labelledBy} className={`stacks ${stacks ?? 'named'}`}>
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
        <tbody>{stacks ? children : named(children, columns)}</tbody>
      </table>
    </section>
  );
}

/** The rows, each cell with the name of its column for the eye; screen readers have the head of the table. */
function named(rows: ReactNode, columns: readonly string[]): ReactNode {
  return Children.map(rows, (row) => {
    if (!isValidElement<{ children?: ReactNode }>(row)) return row;
    const cells = Children.map(row.props.children, (cell, at) =>
      isValidElement<{ 'data-column'?: string }>(cell) ? cloneElement(cell, { 'data-column': columns[at] }) : cell,
    );
    return cloneElement(row, undefined, cells);
  });
}
