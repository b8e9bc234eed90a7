// The desk's page in English: requests on the map of the town.
import { count } from '../count';

export const map = {
  show: 'Shown as',
  as: { list: 'List', map: 'Map' },
  label: 'Map of requests',
  around: (place: string) => `Map: ${place}`,
  near: (n: number, metres: number) => `${count(n, 'other open request', 'other open requests')} within ${metres} m`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  looks: { open: 'Open', urgent: 'Urgent', done: 'Closed', street: 'Number not known: middle of the street' },
  sight: (n: number) => `${count(n, 'request', 'requests')} in view`,
  here: (n: number) => `${count(n, 'request', 'requests')} here`,
  all: 'All in view',
  more: (n: number) => `And ${n} more: zoom in.`,
  none: ['Nothing to place', 'None of these requests has a known place. The list shows them all.'] as [string, string],
  noneHere: ['Nothing in view', 'Zoom out, or move the map.'] as [string, string],
  missing: (n: number) =>
    n > 1
      ? `${n} requests without a known place are in the list only.`
      : 'One request without a known place is in the list only.',
  newest: (n: number) => `Only the newest ${n} are placed.`,
};
