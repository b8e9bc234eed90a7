// Other requests that one has to do with, or that the same citizen made: the last of them, and how many there are.
import type { TicketRow } from '../../../../src/desk/wire';
import { ShownOf } from '../../parts/shown-of';
import { follow, pathOf } from '../../route';
import { useMoments } from '../../time';
import { useWords } from '../../words';

export function Related({ title, requests, total }: { title: string; requests: TicketRow[]; total: number }) {
  const { tickets } = useWords();
  const { shortDay } = useMoments();
  if (requests.length === 0) return null;
  return (
    <section className="sheet">
      <h2>{title}</h2>
      <ShownOf shown={requests.length} total={total} />
      <ul>
        {requests.map(({ reference, title: of, state, openedAt }) => {
          const to = { view: 'ticket', reference } as const;
          return (
            <li key={reference}>
              <a href={pathOf(to)} onClick={(event) => follow(event, to)}>
                <code>{reference}</code>
              </a>{' '}
              {of} · {tickets.is[state] ?? state} · {shortDay(openedAt)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
