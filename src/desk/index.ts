/**
 * The desk: where people of the town hall sign in, see who waits and answer. This is its face: routes to mount, and
 * what must be done once at start so that somebody can come in at all.
 */
import type { IncomingMessage } from 'node:http';
import type { Route } from '../domain/route';
import type { Towns } from '../domain/town';
import type { Agents } from '../store/rows/agents';
import type { Audit } from '../store/rows/audit';
import type { Sessions } from '../store/rows/sessions';
import { createAuditRoutes } from './api/audit';
import { createFrame, NOT_FOUND } from './api/frame';
import { createPeopleRoutes } from './api/people';
import { createAttempts } from './people/attempts';
import { openToSomebody } from './people/first-people';
import { createInvitations } from './people/invitations';
import { createSignIns } from './people/sign-ins';
import { createTrail } from './people/trail';

export interface DeskParts {
  agents: Agents;
  sessions: Sessions;
  audit: Audit;
  towns: Towns;
  publicUrl: () => string;
  mode: 'demo' | 'live';
  /** The password of the agents that a demo has. */
  demoPassword?: string;
  clientIp: (request: IncomingMessage) => string;
  clock: () => Date;
  log: (level: 'info' | 'warn', event: string, fields?: Record<string, unknown>) => void;
}

export interface Desk {
  routes: Route[];
  /** To be called once the store is open: how to come in, as lines to print. Nothing when people are there already. */
  welcome(): Promise<string[]>;
}

export function createDesk(handed: DeskParts): Desk {
  const { agents, sessions, audit, publicUrl, clock, log } = handed;
  const signIns = createSignIns({ agents, sessions, clock, isSecure: () => publicUrl().startsWith('https:') });
  const frame = createFrame({ ...handed, signIns });
  const invitations = createInvitations(agents, clock);
  const trail = createTrail(audit, clock);
  const parts = {
    frame,
    ...handed,
    signIns,
    invitations,
    attempts: createAttempts(),
    trail,
    onRefusal: () => log('warn', 'desk.sign-in-refused'),
  };
  return {
    routes: [
      ...createPeopleRoutes(parts),
      ...createAuditRoutes(parts),
      // Below `/desk/` every other address is the page's own.
      frame.agents({ method: 'get', path: '/desk/api/*', handle: async () => NOT_FOUND }),
    ],
    welcome: () => openToSomebody(parts),
  };
}
