// What concerns more than one request or one service: handed on with a reason, put together and taken apart, declared known.
import { type FormEvent, useState } from 'react';
import type { TicketDetail } from '../../../../src/desk/wire';
import { Button } from '../../parts/controls';
import { api, Refused } from '../../server/api';
import { explain, toast } from '../../state/desk';
import { useDesk } from '../../state/store';
import { useWords } from '../../words';
import { useLoaded } from '../load';
import { useRequestWords } from './words';

const askServices = () => api.services();

interface Parts {
  ticket: TicketDetail;
  changed(ticket: TicketDetail): void;
}

/** Does one thing at a time, shows what the request has become, and says why it could not. */
function useStep({ ticket, changed }: Parts) {
  const t = useWords();
  const words = useRequestWords();
  const isLost = useDesk(({ link }) => link === 'lost');
  const [isBusy, setBusy] = useState(false);
  const step = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await work();
      toast('good', done);
    } catch (error) {
      const code = error instanceof Refused ? error.code : '';
      toast('bad', code === 'changed' ? t.tickets.changed : (words.why[code] ?? explain(error)));
    }
    // Whoever handed it on may not see it any more; what was there stays in sight.
    await api.ticket(ticket.reference).then(changed, () => undefined);
    setBusy(false);
  };
  return { step, isIdle: !isBusy && !isLost };
}

export function HandOn(parts: Parts) {
  const { ticket } = parts;
  const words = useRequestWords();
  const { value } = useLoaded(askServices);
  const { step, isIdle } = useStep(parts);
  const [service, setService] = useState('');
  const [reason, setReason] = useState('');

  async function handOn(event: FormEvent) {
    event.preventDefault();
    await step(() => api.handOn(ticket.reference, { service, reason: reason.trim(), revision: ticket.revision }), words.handedOn);
    setService('');
    setReason('');
  }
  return (
    <form className="sheet" onSubmit={handOn}>
      <h2>{words.handOn}</h2>
      <div className="field">
        <label htmlFor="hand-on-service">{words.service}</label>
        <select id="hand-on-service" value={service} onChange={({ target }) => setService(target.value)}>
          <option value="">–</option>
          {(value?.items ?? [])
            .filter(({ id }) => id !== ticket.service?.id)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="hand-on-reason">{words.reason}</label>
        <textarea
          id="hand-on-reason"
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
      <Button type="submit" isDisabled={!isIdle || !service || !reason.trim()}>
        {words.handOnNow}
      </Button>
    </form>
  );
}

export function Company(parts: Parts) {
  const { ticket } = parts;
  const words = useRequestWords();
  const { step, isIdle } = useStep(parts);
  const [into, setInto] = useState('');
  const [next, setNext] = useState('');
  const { reference, mergedInto, incident } = ticket;

  async function merge(event: FormEvent) {
    event.preventDefault();
    await step(() => api.merge(reference, into.trim()), words.mergedNow);
    setInto('');
  }
  async function declare(event: FormEvent) {
    event.preventDefault();
    await step(() => api.incident(reference, { isDeclared: true, ...(next.trim() && { next: next.trim() }) }), words.declared);
    setNext('');
  }
  return (
    <section className="sheet">
      <h2>{words.others}</h2>
      {mergedInto ? (
        <Button isDisabled={!isIdle} onPress={() => void step(() => api.split(reference), words.splitNow)}>
          {words.split}
        </Button>
      ) : (
        <>
          <form className="part" onSubmit={merge}>
            <div className="field">
              <label htmlFor="merge-into">{words.into}</label>
              <input
                id="merge-into"
                aria-describedby="merge-hint"
                autoComplete="off"
                maxLength={20}
                value={into}
                onChange={({ target }) => setInto(target.value)}
              />
              <span className="hint" id="merge-hint">
                {words.intoHint}
              </span>
            </div>
            <Button type="submit" isDisabled={!isIdle || !into.trim()}>
              {words.merge}
            </Button>
          </form>
          {incident ? (
            <Button
              isDisabled={!isIdle}
              onPress={() => void step(() => api.incident(reference, { isDeclared: false }), words.overNow)}
            >
              {words.over}
            </Button>
          ) : (
            <form className="part" onSubmit={declare}>
              <div className="field">
                <label htmlFor="incident-next">{words.next}</label>
                <input
                  id="incident-next"
                  aria-describedby="incident-hint"
                  autoComplete="off"
                  maxLength={80}
                  value={next}
                  onChange={({ target }) => setNext(target.value)}
                />
                <span className="hint" id="incident-hint">
                  {words.nextHint}
                </span>
              </div>
              <Button type="submit" isDisabled={!isIdle}>
                {words.declare}
              </Button>
            </form>
          )}
        </>
      )}
    </section>
  );
}
