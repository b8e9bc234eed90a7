// Which view stands in the address: deep links that a colleague can be sent, and a back button that does what one expects.
import { useSyncExternalStore } from 'react';

export type Route =
  | { view: 'desk'; conversation?: string; pane?: 'citizen' }
  | { view: 'tickets' }
  | { view: 'ticket'; reference: string }
  | { view: 'search'; words: string }
  | { view: 'counter' }
  | { view: 'board' }
  /** A topic that is empty is a new one. */
  | { view: 'knowledge'; topic?: string }
  | { view: 'figures' }
  | { view: 'campaigns' }
  | { view: 'training' }
  | { view: 'settings'; part?: SettingsPart }
  | { view: 'invitation' };

/** Of the settings; the agent's own where none is named. */
export type SettingsPart = 'replies' | 'people' | 'trail' | 'abuse' | 'persons' | 'retention' | 'programs';
const PARTS: readonly string[] = [
  'replies',
  'people',
  'trail',
  'abuse',
  'persons',
  'retention',
  'programs',
] satisfies SettingsPart[];

export function readRoute(path: string, query = ''): Route {
  const [, , first = '', second, third] = path.split('/').map(decodePart);
  if (first === 'c' && second) return { view: 'desk', conversation: second, ...(third === 'citizen' && { pane: 'citizen' }) };
  if (first === 't' && second) return { view: 'ticket', reference: second };
  if (first === 'knowledge')
    return second === undefined ? { view: 'knowledge' } : { view: 'knowledge', topic: second === 'new' ? '' : second };
  if (first === 'figures' || first === 'campaigns' || first === 'training') return { view: first };
  if (first === 'search') return { view: 'search', words: new URLSearchParams(query).get('q') ?? '' };
  if (first === 'settings' && PARTS.includes(second ?? '')) return { view: 'settings', part: second as SettingsPart };
  if (first === 'counter' || first === 'tickets' || first === 'board' || first === 'settings' || first === 'invitation')
    return { view: first };
  return { view: 'desk' };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function pathOf(route: Route): string {
  if (route.view === 'desk') {
    if (!route.conversation) return '/desk/';
    return `/desk/c/${encodeURIComponent(route.conversation)}${route.pane ? `/${route.pane}` : ''}`;
  }
  if (route.view === 'ticket') return `/desk/t/${encodeURIComponent(route.reference)}`;
  if (route.view === 'knowledge' && route.topic !== undefined)
    return `/desk/knowledge/${encodeURIComponent(route.topic || 'new')}`;
  if (route.view === 'search') return `/desk/search${route.words ? `?q=${encodeURIComponent(route.words)}` : ''}`;
  if (route.view === 'settings' && route.part) return `/desk/settings/${route.part}`;
  return `/desk/${route.view}`;
}

const address = () => location.pathname + location.search;
const moved = new Set<() => void>();
let lastAddress = '';
let lastRoute: Route = { view: 'desk' };

export function currentRoute(): Route {
  if (address() !== lastAddress) {
    lastAddress = address();
    lastRoute = readRoute(location.pathname, location.search);
  }
  return lastRoute;
}

export function go(route: Route, { replace = false } = {}): void {
  const path = pathOf(route);
  if (path === address()) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  for (const listener of moved) listener();
}

export function useRoute(): Route {
  return useSyncExternalStore((listener) => {
    moved.add(listener);
    addEventListener('popstate', listener);
    return () => {
      moved.delete(listener);
      removeEventListener('popstate', listener);
    };
  }, currentRoute);
}

/** A press on a link of ours that opens no new tab stays on the page. */
export function follow(
  event: { metaKey: boolean; ctrlKey: boolean; shiftKey: boolean; preventDefault(): void },
  route: Route,
): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(route);
}
