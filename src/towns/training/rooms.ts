/**
 * The towns together with the rooms in which their agents train. A room knows what its town knows and has no way out: no
 * numbers, no programs, no other hub, nobody to alert. It is in no list, so that only what is handed these towns finds one.
 */
import { isRoom, realTownOf } from '../../domain/desk/training';
import type { DayHours, Service, Town, Weekday } from '../../domain/town';
import type { Towns } from '../opened';

const ALWAYS: DayHours = [['00:00', '24:00']];
const DAYS: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** One trains at any hour. */
const HOURS = Object.fromEntries(DAYS.map((day) => [day, ALWAYS])) as Service['hours'];

export function withRooms(towns: Towns): Towns {
  const rooms = new Map<string, Town>();
  function roomFor(id: string): Town | undefined {
    const town = towns.get(realTownOf(id));
    if (!town) return undefined;
    const known = rooms.get(id);
    if (known) return known;
    const { hub: _, alerts: __, webhooks: ___, partners: ____, openData: _____, subscriptions: ______, ...rest } = town;
    const services = town.services.map((service): Service => ({ ...service, hours: HOURS, routing: 'claim' }));
    const room: Town = { ...rest, id, services, senders: {}, exceptionalDays: [], publicHolidays: {}, allowedOrigins: [] };
    rooms.set(id, room);
    return room;
  }
  return {
    ...towns,
    get: (id) => (isRoom(id) ? roomFor(id) : towns.get(id)),
    topics: (id) => towns.topics(realTownOf(id)),
    topic: (id, topic) => towns.topic(realTownOf(id), topic),
  };
}
