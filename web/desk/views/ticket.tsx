// One request: what the citizen answered, where it is, what was sent with it, and everything that happened to it.
import { useCallback } from 'react';
import { Button, Empty, IconButton } from '../parts/controls';
import { Icon } from '../parts/icon';
import { follow, go, pathOf } from '../route';
import { api } from '../server/api';
import { File, Place } from '../talk/line';
import { useMoments } from '../time';
import { useWords } from '../words';
import { useLoaded } from './load';

export function Ticket({ reference }: { reference: string }) {
  const t = useWords();
  const { dayAndClock } = useMoments();
  const ask = useCallback(() => api.ticket(reference), [reference]);
  const { value: ticket, fault, isMissing, load } = useLoaded(ask);
  if (!ticket) {
    return (
      <div className="view">
        <h1 className="unseen">{reference}</h1>
        {isMissing && <Empty words={t.tickets.missing} />}
        {fault && !isMissing && (
          <Empty words={[t.errors.list, fault]}>
            <Button onPress={load}>{t.retry}</Button>
          </Empty>
        )}
        {!fault && <p role="status">{t.loading}</p>}
      </div>
    );
  }
  const conversation = ticket.conversation && ({ view: 'desk', conversation: ticket.conversation } as const);
  return (
    <div className="view narrow">
      <header className="view-head">
        <IconButton icon="back" label={t.back} onPress={() => go({ view: 'tickets' })} />
        <h1>
          {ticket.title} <code>{ticket.reference}</code>
        </h1>
        <p className="hint">
          <span className={`tag ${ticket.isOpen ? 'open' : 'done'}`}>{ticket.state}</span>{' '}
          {t.tickets.received(dayAndClock(ticket.openedAt))}
          {ticket.service && ` · ${ticket.service.name}`}
        </p>
        {conversation && (
          <a className="button plain" href={pathOf(conversation)} onClick={(event) => follow(event, conversation)}>
            <Icon name="inbox" /> <span>{t.tickets.conversation}</span>
          </a>
        )}
      </header>
      <div className="sheets">
        {ticket.answers.length > 0 && (
          <section className="sheet">
            <h2>{t.tickets.answers}</h2>
            <dl className="answers">
              {ticket.answers.map(({ label, value }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        {ticket.place && (
          <section className="sheet">
            <h2>{t.tickets.place}</h2>
            <Place {...ticket.place} />
          </section>
        )}
        {ticket.files.length > 0 && (
          <section className="sheet">
            <h2>{t.tickets.files}</h2>
            <div className="files">
              {ticket.files.map((file) => (
                <File key={file.url} {...file} />
              ))}
            </div>
          </section>
        )}
        <section className="sheet">
          <h2>{t.tickets.history}</h2>
          <ol className="history">
            {ticket.history.map((step) => (
              <li key={`${step.at}${step.state}`}>
                <time dateTime={step.at}>{dayAndClock(step.at)}</time>
                <p>
                  <strong>{step.state}</strong> {step.words}
                  {step.by && <span className="hint"> {step.by}</span>}
                </p>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </div>
  );
}
