// The requests of the list as points in the town, and beside them the same requests as text: those in sight, or those under
// the last press. Whoever cannot see the map, or uses no mouse, has that list, and the whole list one key away.
import { useCallback, useMemo, useState } from 'react';
import type { PlacedTicket } from '../../../src/desk/wire';
import { Button, Empty, Failed } from '../parts/controls';
import { follow, pathOf } from '../route';
import { api } from '../server/api';
import { useMoments } from '../time';
import { useLoaded } from '../views/load';
import { useWords } from '../words';
import { type Dot, TownMapView } from './map';

const MOST_BESIDE = 50;

const lookOf = ({ isOpen, priority }: Pick<PlacedTicket, 'isOpen' | 'priority'>): Dot['look'] =>
  !isOpen ? 'done' : priority === 'high' ? 'urgent' : 'open';

export function dotOf({ reference, title, at, isExact, ...rest }: PlacedTicket): Dot {
  return { id: reference, name: `${title} · ${reference}`, at, isExact, look: lookOf(rest) };
}

interface TicketsMapProps {
  asked: { state: 'open' | 'closed' | 'all'; service: string; sector: string };
}

export function TicketsMap({ asked: { state, service, sector } }: TicketsMapProps) {
  const t = useWords();
  const words = t.map;
  const ask = useCallback(() => api.ticketPlaces({ state, service, sector }), [state, service, sector]);
  const { value, fault, load } = useLoaded(ask);
  const [sight, setSight] = useState<string[]>([]);
  const [under, setUnder] = useState<string[]>([]);
  const [lit, setLit] = useState<string>();
  const dots = useMemo(() => (value?.items ?? []).map(dotOf), [value]);
  const beside = new Set(under.length > 0 ? under : sight);
  const rows = (value?.items ?? []).filter(({ reference }) => beside.has(reference));
  const missing = value ? value.looked - value.items.length : 0;
  return (
    <>
      <Failed fault={fault} retry={load} />
      <div className="map-view">
        <div className="map-side">
          <TownMapView
            label={words.label}
            dots={dots}
            lit={lit}
            moved={(ids) => {
              setSight(ids);
              setUnder([]);
            }}
            pressed={setUnder}
          />
          <p className="legend">
            {(['open', 'urgent', 'done', 'street'] as const).map((look) => (
              <span key={look}>
                <span className={`map-dot ${look}`} aria-hidden="true" /> {words.looks[look]}
              </span>
            ))}
          </p>
          {value && (missing > 0 || value.looked < value.total) && (
            <p className="hint">
              {[value.looked < value.total && words.newest(value.looked), missing > 0 && words.missing(missing)]
                .filter(Boolean)
                .join(' ')}
            </p>
          )}
        </div>
        <section className="map-list" aria-labelledby="map-list-title">
          <header>
            <h2 id="map-list-title">{under.length > 0 ? words.here(rows.length) : words.sight(rows.length)}</h2>
            {under.length > 0 && (
              <Button look="quiet" onPress={() => setUnder([])}>
                {words.all}
              </Button>
            )}
          </header>
          {value && rows.length === 0 && <Empty words={value.items.length === 0 ? words.none : words.noneHere} />}
          <ul>
            {rows.slice(0, MOST_BESIDE).map((ticket) => (
              <PlacedRow key={ticket.reference} ticket={ticket} light={setLit} />
            ))}
          </ul>
          {rows.length > MOST_BESIDE && <p className="hint">{words.more(rows.length - MOST_BESIDE)}</p>}
        </section>
      </div>
    </>
  );
}

export function PlacedRow({ ticket, light }: { ticket: PlacedTicket; light(reference: string | undefined): void }) {
  const t = useWords();
  const { shortDay } = useMoments();
  const { reference, title, address, state, openedAt, priority } = ticket;
  const to = { view: 'ticket', reference } as const;
  const on = () => light(reference);
  const off = () => light(undefined);
  return (
    <li>
      <a
        className="map-row"
        href={pathOf(to)}
        onClick={(event) => follow(event, to)}
        {...{ onMouseEnter: on, onMouseLeave: off, onFocus: on, onBlur: off }}
      >
        <span className={`map-dot ${lookOf(ticket)}`} aria-hidden="true" />
        <span>
          <strong>{title}</strong> {priority === 'high' && <span className="tag waiting">{t.tickets.urgent}</span>}
          <span className="card-foot">
            {[address, reference, t.tickets.is[state] ?? state, shortDay(openedAt)].filter(Boolean).join(' · ')}
          </span>
        </span>
      </a>
    </li>
  );
}
