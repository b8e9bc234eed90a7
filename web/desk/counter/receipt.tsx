// What the citizen goes away with: the reference, large enough to be read across a counter, to be told, printed or sent.
import { useEffect, useRef } from 'react';
import type { ContactReceipt } from '../../../src/desk/wire';
import { Button } from '../parts/controls';
import { Icon } from '../parts/icon';
import { follow, pathOf } from '../route';
import { useMoments } from '../time';
import { useWords, wordsOf } from '../words';
import { begin, send, useCounter } from './contact';

export function Receipt({ receipt: { ticket, conversation, isSent } }: { receipt: ContactReceipt }) {
  const t = useWords();
  const { dayAndClock } = useMoments();
  const { isSending, fault } = useCounter();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const to = ticket?.mayOpen
    ? ({ view: 'ticket', reference: ticket.reference } as const)
    : conversation
      ? ({ view: 'desk', conversation } as const)
      : undefined;
  // What is printed is the citizen's, in their language as far as the page knows it.
  const theirs = wordsOf(ticket?.language);
  return (
    <section className="sheet receipt" aria-labelledby="receipt-title">
      <div className="printed">
        {ticket && <p className="receipt-authority">{ticket.authority}</p>}
        <h2 id="receipt-title" ref={title} tabIndex={-1}>
          {ticket ? theirs.counter.registered : t.counter.kept}
          {ticket && <strong className="reference">{ticket.reference}</strong>}
        </h2>
        {ticket && (
          <>
            <p className="receipt-what">{ticket.title}</p>
            <dl className="answers">
              <div>
                <dt>{theirs.tickets.opened}</dt>
                <dd>{dayAndClock(ticket.openedAt)}</dd>
              </div>
              {ticket.answers.map(({ label, value }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
              <div>
                <dt>{theirs.citizen.service}</dt>
                <dd>{[ticket.serviceName, ...ticket.reach].join(', ')}</dd>
              </div>
              {ticket.delayDays && (
                <div>
                  <dt>{theirs.counter.delay}</dt>
                  <dd>{theirs.counter.days(ticket.delayDays)}</dd>
                </div>
              )}
            </dl>
            <p className="receipt-follow">{theirs.counter.follow(ticket.reference)}</p>
          </>
        )}
      </div>
      <div className="receipt-acts">
        <Button look="primary" icon="plus" keyHint="V" onPress={begin}>
          {t.counter.next}
        </Button>
        {ticket && (
          <Button icon="print" onPress={() => print()}>
            {t.counter.print}
          </Button>
        )}
        {ticket?.hasPhone && (
          <Button icon={isSent ? 'check' : 'sms'} isDisabled={isSent || isSending} onPress={() => void send(true)}>
            {isSent ? t.counter.sent : t.counter.text}
          </Button>
        )}
        {to && (
          <a className="button plain" href={pathOf(to)} onClick={(event) => follow(event, to)}>
            <Icon name={ticket ? 'ticket' : 'inbox'} /> <span>{ticket ? t.counter.open : t.tickets.conversation}</span>
          </a>
        )}
      </div>
      <p role="status" className={fault ? 'fault' : 'unseen'}>
        {fault ?? (isSent ? t.counter.sent : '')}
      </p>
    </section>
  );
}
