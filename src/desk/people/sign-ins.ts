/**
 * Sign-in, and what a browser shows afterwards: a random value in a cookie, of which only the hash is kept. A session
 * ends after twelve hours without a call and after seven days in any case; ended is ended on every process at once,
 * because each call asks the store.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Agent } from '../../domain/desk/agent';
import type { Agents } from '../../store/rows/desk/agents';
import type { Session, Sessions } from '../../store/rows/desk/sessions';
import { isPassword } from './passwords';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const IDLE_MS = 12 * HOUR;
const ABSOLUTE_MS = 7 * 24 * HOUR;
/** How late the store may know that somebody is still there. */
const TOUCH_EVERY_MS = 1 * MINUTE;
const LONGEST_USER_AGENT = 200;

export interface SignInParts {
  agents: Agents;
  sessions: Sessions;
  clock: () => Date;
  /** Whether the desk is reached by https. */
  isSecure: () => boolean;
}

export interface Origin {
  network: string;
  userAgent: string;
  /** Where the town's directory vouched for them: handed back to it when they leave. */
  idToken?: string;
}

export interface Known {
  agent: Agent;
  session: Session;
}

export type SignIns = ReturnType<typeof createSignIns>;

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
export const newSecret = () => randomBytes(32).toString('base64url');

export function createSignIns({ agents, sessions, clock, isSecure }: SignInParts) {
  const nameOf = () => (isSecure() ? '__Host-desk' : 'desk');

  function cookie(value: string, maxAge: number): string {
    return stringifySetCookie({
      name: nameOf(),
      value,
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: isSecure(),
      maxAge,
    });
  }

  return {
    /** The agent whom the password proves, or null: for a wrong one, for nobody, for one who is disabled, after the same work. */
    async prove(email: string, password: string, town?: string): Promise<Agent | null> {
      const agent = await agents.byEmail(email, town);
      const isProven = await isPassword(password, agent?.disabledAt ? null : (agent?.hash ?? null));
      return isProven ? agent : null;
    },

    /** A new session; the value of the Set-Cookie header that opens it. */
    async open(agent: Agent, { network, userAgent, idToken }: Origin): Promise<{ session: Session; setCookie: string }> {
      const secret = newSecret();
      const now = clock().getTime();
      const session: Session = {
        id: hashOf(secret),
        agent: agent.id,
        town: agent.town,
        createdAt: now,
        seenAt: now,
        expiresAt: now + IDLE_MS,
        network,
        userAgent: userAgent.slice(0, LONGEST_USER_AGENT),
        ...(idToken ? { idToken } : {}),
      };
      await sessions.dropExpired(now);
      await sessions.open(session);
      return { session, setCookie: cookie(secret, ABSOLUTE_MS / 1000) };
    },

    /** Who calls; null without a session that stands, or when its agent was disabled. */
    async read(request: Pick<IncomingMessage, 'headers'>): Promise<Known | null> {
      const secret = parseCookie(request.headers.cookie ?? '')[nameOf()];
      if (!secret || !/^[\w-]{43}$/.test(secret)) return null;
      const session = await sessions.find(hashOf(secret));
      const now = clock().getTime();
      if (!session || session.expiresAt <= now) return null;
      const agent = await agents.get(session.agent);
      if (!agent || agent.disabledAt) return null;
      if (now - session.seenAt >= TOUCH_EVERY_MS)
        await sessions.touch(session.id, now, Math.min(now + IDLE_MS, session.createdAt + ABSOLUTE_MS));
      return { agent, session };
    },

    /** Which of these sessions (by id) no longer stand: asked by whatever holds a line open for one. */
    async ended(ids: string[]): Promise<string[]> {
      const now = clock().getTime();
      // Asked every second by every process: hundreds of rows would be read to find out that none has ended.
      if ((await sessions.countAmong(ids, now)) === new Set(ids).size) return [];
      const standing = new Set((await sessions.among(ids)).filter(({ expiresAt }) => expiresAt > now).map(({ id }) => id));
      return ids.filter((id) => !standing.has(id));
    },

    end: (session: string) => sessions.end(session),
    endAllOf: (agent: string, except?: string) => sessions.endAllOf(agent, except),
    /** The Set-Cookie header that takes it from the browser. */
    forget: () => cookie('', 0),
  };
}
