// Where one request is: the streets around it. The address above says the same.
import { useMemo } from 'react';
import type { MapPoint, TicketDetail } from '../../../src/desk/wire';
import { useWords } from '../words';
import { TownMapView } from './map';
import { dotOf } from './tickets-map';

export function PlaceMap({ ticket }: { ticket: TicketDetail }) {
  const words = useWords().map;
  const { latitude, longitude } = ticket.place ?? {};
  const at = useMemo<MapPoint | undefined>(
    () => (latitude === undefined || longitude === undefined ? undefined : [latitude, longitude]),
    [latitude, longitude],
  );
  const dots = useMemo(() => (at ? [dotOf({ ...ticket, at, isExact: true })] : []), [ticket, at]);
  if (!at) return null;
  return <TownMapView label={words.around(ticket.address ?? ticket.title)} dots={dots} around={at} />;
}
