// The requests of the town that this agent may see, by state, newest first.
import { useCallback, useEffect, useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { TicketRow } from '../../../src/desk/wire';
import { Button, Empty, Failed } from '../parts/controls';
import { follow, go, pathOf } from '../route';
import { api } from '../server/api';
import { explain, toast } from '../state/desk';
import { useMoments } from '../time';
import { useWords } from '../words';
import { useLoaded } from './load';

const STATES = ['open', 'closed', 'all'] as const;

export function Tickets() {
  const t = useWords();
  const request = t.progress;
  const { shortDay } = useMoments();
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const [sector, setSector] = useState('');
  const ask = useCallback(() => api.tickets({ state, sector, after: '' }), [state, sector]);
  const { value, fault, load } = useLoaded(ask);
  const [more, setMore] = useState<{ items: TicketRow[]; next?: string }>({ items: [] });
  useEffect(() => setMore({ items: [], next: value?.next }), [value]);

  async function loadNext() {
    try {
      const page = await api.tickets({ state, sector, after: more.next ?? '' });
      setMore({ items: [...more.items, ...page.items], next: page.next });
    } catch (error) {
      toast('bad', explain(error));
    }
  }
  const items = [...(value?.items ?? []), ...more.items];
  return (
    <div className="view">
      <header className="view-head">
        <h1>{t.tickets.title}</h1>
        {value && <p className="hint">{t.tickets.total(value.total)}</p>}
        <ToggleButtonGroup
          aria-label={t.tickets.filter}
          className="kinds"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[state]}
          onSelectionChange={([key]) => setState(key as typeof state)}
        >
          {STATES.map((name) => (
            <ToggleButton key={name} id={name} className="kind">
              {t.tickets.states[name]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {value && value.sectors.length > 0 && (
          <label className="field">
            <span>{request.sector}</span>
            <select value={sector} onChange={(event) => setSector(event.target.value)}>
              <option value="">{request.anywhere}</option>
              {value.sectors.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      <Failed fault={fault} retry={load} />
      {!value && !fault && <p role="status">{t.loading}</p>}
      {value && items.length === 0 && <Empty words={t.tickets.empty} />}
      {items.length > 0 && (
        <div className="sheet">
          <table>
            <caption className="unseen">{t.tickets.title}</caption>
            <thead>
              <tr>
                <th scope="col">{t.tickets.reference}</th>
                <th scope="col">{t.tickets.subject}</th>
                <th scope="col">{t.tickets.state}</th>
                <th scope="col">{t.tickets.opened}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((ticket) => {
                const to = { view: 'ticket', reference: ticket.reference } as const;
                return (
                  <tr key={ticket.reference} onClick={() => go(to)}>
                    <th scope="row">
                      <a href={pathOf(to)} onClick={(event) => follow(event, to)}>
                        <code>{ticket.reference}</code>
                      </a>
                    </th>
                    <td>
                      {ticket.title} {ticket.priority === 'high' && <span className="tag waiting">{t.tickets.urgent}</span>}
                      <span className="card-foot">
                        {[ticket.address, ticket.sector?.name, ticket.service?.name].filter(Boolean).join(' · ')}
                      </span>
                    </td>
                    <td>
                      <span className={`tag ${ticket.isOpen ? 'open' : 'done'}`}>
                        {t.tickets.is[ticket.state] ?? ticket.state}
                      </span>
                    </td>
                    <td className="figure">{shortDay(ticket.openedAt)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {more.next && <Button onPress={() => void loadNext()}>{t.tickets.next}</Button>}
        </div>
      )}
    </div>
  );
}
