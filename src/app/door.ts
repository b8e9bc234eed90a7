/** The door: every part's addresses and the pages, on one server. */
import { join } from 'node:path';
import { ROOT } from '../built-file';
import type { Route, RouteCaller } from '../domain/http/route';
import { createPages } from '../http/pages';
import { createServer, type ServerParts } from '../http/server';
import type { House } from './house';

export interface OpenDoor {
  url: string;
  port: number;
  /** Every route it answers: 'POST /hooks/twilio/message'. */
  routes: string[];
  /** Who may call each of them. */
  callers: Record<string, RouteCaller>;
  close(): Promise<void>;
}

const nameOf = ({ method, path }: Route) => `${method === 'del' ? 'DELETE' : method.toUpperCase()} ${path}`;

/** Resolves once it listens. @param parts in the order in which their routes are tried. */
export async function openDoor(
  { config, log }: Pick<House, 'config' | 'log'>,
  parts: ReadonlyArray<{ routes: Route[] }>,
  { upgrade, onAnswer }: Pick<ServerParts, 'upgrade' | 'onAnswer'>,
): Promise<OpenDoor> {
  const { host, mode } = config;
  const pages = createPages(join(ROOT, 'dist/web'), join(ROOT, 'web'), mode === 'demo', config.mapTiles?.url);
  const routes = [...parts.flatMap((part) => part.routes), ...pages];
  const server = createServer({ routes, upgrade, isLive: mode === 'live', log, onAnswer });
  const port = await server.listen(host, config.port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    routes: routes.map(nameOf),
    callers: Object.fromEntries(routes.map((route) => [nameOf(route), route.caller])),
    close: () => server.close(),
  };
}
