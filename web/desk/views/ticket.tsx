// One request: what the citizen answered, where it is, what was sent with it, and everything that happened to it.
import { useCallback, useEffect, useState } from 'react';
import type { TicketDetail } from '../../../src/desk/wire';
import { PlaceMap } from '../map/place-map';
import { Button, Empty, IconButton } from '../parts/controls';
import { Icon } from '../parts/icon';
import { follow, go, pathOf } from '../route';
import { api } from '../server/api';
import { watchTicket } from '../state/line';
import { File } from '../talk/file';
import { Place } from '../talk/line';
import { useMoments } from '../time';
import { useWords } from '../words';
import { useLoaded } from './load';
import { Company, HandOn, HelperLine } from './request/company';
import { HandedOver } from './request/hand-over';
import { ReadersSheet } from './request/readers';
import { Related } from './request/related';
import { Standing } from './request/standing';
import { TicketChange } from './ticket-change';

export function Ticket({ reference }: { reference: string }) {
  const t = useWords();
  const request = useWords().progress;
  const { dayAndClock } = useMoments();
  const ask = useCallback(() => api.ticket(reference), [reference]);
  const { value: loaded, fault, isMissing, load } = useLoaded(ask);
  const [changed, setChanged] = useState<TicketDetail>();
  const ticket = changed ?? loaded;
  const revision = ticket?.revision;
  useEffect(() => {
    if (revision === undefined) return;
    // Whoever else moved it on, and whatever another authority answers, is seen without a reload; what is typed stays.
    return watchTicket(reference, revision, () => void api.ticket(reference).then(setChanged, () => undefined));
  }, [reference, revision]);
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
          <span className={`tag ${ticket.isOpen ? 'open' : 'done'}`}>{t.tickets.is[ticket.state] ?? ticket.state}</span>{' '}
          {t.tickets.received(dayAndClock(ticket.openedAt))}
          {ticket.service && ` · ${ticket.service.name}`}
          {ticket.sector && ` · ${ticket.sector.name}`}
        </p>
        {conversation && (
          <a className="button plain" href={pathOf(conversation)} onClick={(event) => follow(event, conversation)}>
            <Icon name="inbox" /> <span>{t.tickets.conversation}</span>
          </a>
        )}
      </header>
      <div className="sheets">
        <Standing ticket={ticket} />
        <HandedOver ticket={ticket} />
        {(ticket.isOpen || ticket.may.length > 0) && <TicketChange ticket={ticket} changed={setChanged} />}
        <section className="sheet">
          <h2>{t.tickets.firstWords}</h2>
          <q dir="auto">{ticket.words}</q>
          {ticket.contact && (
            <p className="hint">
              {t.tickets.contact} · {ticket.contact}
            </p>
          )}
          <HelperLine ticket={ticket} changed={setChanged} />
        </section>
        {ticket.answers.length > 0 && (
          <section className="sheet">
            <h2>{t.tickets.answers}</h2>
            <dl className="answers">
              {ticket.answers.map(({ label, value, former }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    {value} {former.length > 0 && <span className="hint">{t.tickets.former(former.join(', '))}</span>}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        {ticket.place && (
          <section className="sheet">
            <h2>{t.tickets.place}</h2>
            <Place {...ticket.place} />
            <PlaceMap ticket={ticket} />
          </section>
        )}
        <Related title={request.linked} requests={ticket.linked} total={ticket.linked.length} />
        <Related title={request.sameCitizen} requests={ticket.others} total={ticket.othersTotal} />
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
        {ticket.isOpen && <HandOn ticket={ticket} changed={setChanged} />}
        {(ticket.isOpen || ticket.mergedInto) && <Company ticket={ticket} changed={setChanged} />}
        <section className="sheet">
          <h2>{t.tickets.history}</h2>
          <ol className="history">
            {ticket.history.map((step, index) => {
              const isMoved = index === 0 || step.state !== ticket.history[index - 1]?.state;
              const title =
                (step.partner && t.handOver.steps[step.partner]) ??
                request.steps[step.kind] ??
                (isMoved ? t.tickets.is[step.state] : t.tickets.steps[step.isPublic ? step.from : 'note']);
              return (
                <li key={`${step.at}${step.kind}`}>
                  <time dateTime={step.at}>{dayAndClock(step.at)}</time>
                  <p>
                    <strong>{title ?? step.state}</strong> <span dir="auto">{step.words}</span>
                    {step.by && <span className="hint"> {step.by}</span>}
                  </p>
                </li>
              );
            })}
          </ol>
        </section>
        {ticket.isWatched && <ReadersSheet reference={ticket.reference} />}
      </div>
    </div>
  );
}
