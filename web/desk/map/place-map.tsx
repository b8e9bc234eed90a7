// Where one request is: the streets around it, and what else was asked for near by. The address above and the list below say
// the same in words.
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { MapPoint, PlacedTicket, TicketDetail } from '../../../src/desk/wire';
import { metresBetween } from '../../../src/domain/geography';
import { go } from '../route';
import { api } from '../server/api';
import { useWords } from '../words';
import { TownMapView } from './map';
import { dotOf, PlacedRow } from './tickets-map';

/** Near enough to be the same thing, or one round for whoever goes there. */
const NEAR_METRES = 300;
const MOST_NEAR = 8;

export function PlaceMap({ ticket }: { ticket: TicketDetail }) {
  const words = useWords().map;
  const { reference } = ticket;
  const { latitude, longitude } = ticket.place ?? {};
  const at = useMemo<MapPoint | undefined>(
    () => (latitude === undefined || longitude === undefined ? undefined : [latitude, longitude]),
    [latitude, longitude],
  );
  const near = useNear(reference, at);
  const [lit, setLit] = useState<string>();
  const dots = useMemo(() => (at ? [dotOf({ ...ticket, at, isExact: true }), ...near.map(dotOf)] : []), [ticket, at, near]);
  const pressed = useCallback(
    (ids: string[]) => {
      const other = ids.find((id) => id !== reference);
      if (other && ids.length === 1) go({ view: 'ticket', reference: other });
    },
    [reference],
  );
  if (!at) return null;
  return (
    <>
      <TownMapView
        label={words.around(ticket.address ?? ticket.title)}
        dots={dots}
        lit={lit ?? reference}
        around={at}
        pressed={pressed}
      />
      {near.length > 0 && (
        <section className="near" aria-labelledby="near-title">
          <h3 id="near-title">{words.near(near.length, NEAR_METRES)}</h3>
          <ul>
            {near.slice(0, MOST_NEAR).map((one) => (
              <PlacedRow key={one.reference} ticket={one} light={setLit} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Other requests under way near a point that this agent may see, the nearest first. */
function useNear(reference: string, at: MapPoint | undefined): PlacedTicket[] {
  const [near, setNear] = useState<PlacedTicket[]>([]);
  useEffect(() => {
    let isGone = false;
    setNear((before) => (before.length > 0 ? [] : before));
    if (!at) return;
    const here = { latitude: at[0], longitude: at[1] };
    const metres = ({ at: [latitude, longitude] }: PlacedTicket) => metresBetween(here, { latitude, longitude });
    api.ticketPlaces({ state: 'open', service: '', sector: '' }).then(
      ({ items }) => {
        if (isGone) return;
        const others = items.filter((one) => one.reference !== reference && metres(one) <= NEAR_METRES);
        setNear(others.sort((one, other) => metres(one) - metres(other)));
      },
      // The request itself is there; what is around it is looked at again with the next visit.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [reference, at]);
  return near;
}
