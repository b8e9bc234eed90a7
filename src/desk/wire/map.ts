/** The town as lines, and requests as points in it. A point is [latitude, longitude]. */
import type { TicketRow } from './requests';

export type MapPoint = [latitude: number, longitude: number];

/** `GET /desk/api/map`: from the town's own files, so that nobody outside is asked for a picture of it. */
export interface TownMap {
  /** Its outer ring; empty where the town has none. */
  boundary: MapPoint[];
  /** Each with its rings, in the agent's language. */
  sectors: Array<{ name: string; rings: MapPoint[][] }>;
  /** Along their doors, from the lowest number to the highest; without a line where only the middle is known. */
  streets: Array<{ name: string; middle: MapPoint; line: MapPoint[] }>;
  landmarks: Array<{ name: string; at: MapPoint }>;
  /** Pictures of the ground, where the operator has chosen who draws them: an address with `{z}`, `{x}` and `{y}`, and whose they are. */
  tiles?: { url: string; credit: string };
}

/** A request that has a place on the map; where no door is known (`isExact`) its street's middle stands for it. */
export interface PlacedTicket extends TicketRow {
  at: MapPoint;
  isExact: boolean;
}

/** `GET /desk/api/tickets/places?state=&service=&sector=`: those of the list with these filters, newest first. */
export interface TicketPlaces {
  items: PlacedTicket[];
  /** How many were looked at: all of the list, or its newest. */
  looked: number;
  /** Of the list. */
  total: number;
}
