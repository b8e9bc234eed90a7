// A request's time and its company: by when it is due, what was said of it, what it is put together with.
import type { TicketDetail } from '../../../../src/desk/wire';
import { follow, pathOf } from '../../route';
import { useMoments } from '../../time';
import { useWords } from '../../words';

export function Standing({ ticket }: { ticket: TicketDetail }) {
  const words = useWords().progress;
  const { dayAndClock, shortDay } = useMoments();
  const { agent, dueAt, isPaused, reminded, silenceOn, reopened, mergedInto, incident } = ticket;
  const told = [
    agent && words.agent(agent),
    dueAt && words.due(dayAndClock(dueAt)),
    isPaused && words.paused,
    reminded && words.reminded(reminded),
    silenceOn && words.silence(shortDay(silenceOn)),
    reopened && words.reopened(reopened),
    incident && words.known,
    incident?.next && words.news(incident.next),
  ].filter((line) => typeof line === 'string');
  if (told.length === 0 && !mergedInto) return null;
  const other = mergedInto && ({ view: 'ticket', reference: mergedInto } as const);
  return (
    <section className="sheet">
      <h2>{words.standing}</h2>
      <ul>
        {told.map((line) => (
          <li key={line}>{line}</li>
        ))}
        {other && (
          <li>
            {words.merged}{' '}
            <a href={pathOf(other)} onClick={(event) => follow(event, other)}>
              <code>{mergedInto}</code>
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}
