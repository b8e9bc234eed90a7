// The requests of the town that this agent may see, by state, newest first.
import { useCallback, useEffect, useMemo, useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { TicketRow } from '../../../src/desk/wire';
import { type Filter, SavedFilters } from '../filters/saved';
import { useSelection } from '../many/selection';
import { ManyTickets } from '../many/tickets';
import { TicketsMap } from '../map/tickets-map';
import { Button, Empty, Failed } from '../parts/controls';
import { Icon } from '../parts/icon';
import { Select } from '../parts/select';
import { Tick } from '../parts/ticks';
import { follow, go, pathOf } from '../route';
import { api, ticketFile } from '../server/api';
import { changeMe } from '../state/session';
import { useMe } from '../state/store';
import { explain, toast } from '../state/toasts';
import { useMoments } from '../time';
import { useWords } from '../words';
import { useLoaded } from './load';
import { ImportTickets } from './request/import';

const STATES = ['open', 'closed', 'all'] as const;

export function Tickets() {
  const t = useWords();
  const request = t.progress;
  const { shortDay } = useMoments();
  const me = useMe();
  const { state = 'open', service = '', sector = '' } = me.settings.shown?.tickets ?? {};
  const isMap = me.settings.shown?.map === true;
  /** Only what is said narrows; what is not, is as it was. */
  const narrow = (filter: Filter) => {
    const wished = Object.entries({ state, service, sector, ...filter }).filter(([, value]) => value);
    void changeMe({ settings: { shown: { ...me.settings.shown, tickets: Object.fromEntries(wished) } } });
  };
  const page = useCallback((after = '') => api.tickets({ state, service, sector, after }), [state, service, sector]);
  const ask = useCallback(() => page(), [page]);
  const { value: services } = useLoaded(api.services);
  const { value, fault, load } = useLoaded(ask);
  const [more, setMore] = useState<{ items: TicketRow[]; next?: string }>({ items: [] });
  useEffect(() => setMore({ items: [], next: value?.next }), [value]);

  async function loadNext() {
    try {
      const following = await page(more.next);
      setMore({ items: [...more.items, ...following.items], next: following.next });
    } catch (error) {
      toast('bad', explain(error));
    }
  }
  const items = useMemo(() => [...(value?.items ?? []), ...more.items], [value, more]);
  const ids = useMemo(() => items.map(({ reference }) => reference), [items]);
  const selection = useSelection(ids);

  async function chooseAll() {
    let { next } = more;
    const found = [...more.items];
    try {
      while (next) {
        const following = await page(next);
        found.push(...following.items);
        next = following.next;
      }
    } catch (error) {
      return toast('bad', explain(error));
    }
    setMore({ items: found });
    selection.all([...(value?.items ?? []), ...found].map(({ reference }) => reference));
  }
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
          onSelectionChange={([key]) => narrow({ state: key as typeof state })}
        >
          {STATES.map((name) => (
            <ToggleButton key={name} id={name} className="kind">
              {t.tickets.states[name]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <a className="button plain" href={ticketFile({ state, sector, service })} download>
          <Icon name="download" /> <span>{t.files.download}</span>
        </a>
      </header>
      <div className="view-filters">
        {value && value.sectors.length > 0 && (
          <Select
            label={request.sector}
            value={sector}
            options={[['', request.anywhere], ...value.sectors.map(({ id, name }) => [id, name] as const)]}
            choose={(chosen) => narrow({ sector: chosen })}
          />
        )}
        <Select
          label={t.lists.service}
          value={service}
          options={[['', t.lists.allServices], ...(services?.items ?? []).map(({ id, name }) => [id, name] as const)]}
          choose={(chosen) => narrow({ service: chosen })}
        />
        <SavedFilters
          view="tickets"
          current={{ state, ...(service && { service }), ...(sector && { sector }) }}
          apply={(filter) => narrow({ state: filter.state, service: filter.service ?? '', sector: filter.sector ?? '' })}
        />
        <ToggleButtonGroup
          aria-label={t.map.show}
          className="kinds"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[isMap ? 'map' : 'list']}
          onSelectionChange={([key]) => void changeMe({ settings: { shown: { ...me.settings.shown, map: key === 'map' } } })}
        >
          {(['list', 'map'] as const).map((name) => (
            <ToggleButton key={name} id={name} className="kind">
              {t.map.as[name]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
      <Failed fault={fault} retry={load} />
      {!value && !fault && <p role="status">{t.loading}</p>}
      {isMap && <TicketsMap asked={{ state, service, sector }} />}
      {!isMap && value && items.length === 0 && <Empty words={t.tickets.empty} />}
      {!isMap && items.length > 0 && (
        <div className="sheet">
          <table className="stacks tickets">
            <caption className="unseen">{t.tickets.title}</caption>
            <thead>
              <tr>
                <th scope="col" className="tick-cell">
                  <Tick
                    label={t.many.allRows}
                    isSelected={selection.chosen.size === items.length}
                    isPartly={selection.chosen.size > 0 && selection.chosen.size < items.length}
                    change={(isAll) => (isAll ? selection.all(ids) : selection.end())}
                  />
                </th>
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
                    {/* biome-ignore lint/a11y/useKeyWithClickEvents: only keeps a press on the box from opening the row. */}
                    <td className="tick-cell" onClick={(event) => event.stopPropagation()}>
                      <Tick
                        label={t.many.row(ticket.reference)}
                        isSelected={selection.chosen.has(ticket.reference)}
                        change={(_, isReach) =>
                          isReach ? selection.reach(ticket.reference) : selection.toggle(ticket.reference)
                        }
                      />
                    </td>
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
      {!isMap && (
        <ManyTickets rows={items} total={value?.total ?? 0} selection={selection} all={() => void chooseAll()} reload={load} />
      )}
      {value?.mayImport && <ImportTickets opened={load} />}
    </div>
  );
}
