/**
 * The way in through the town's directory, and out again. It opens the desk to people who are at it already: to whom the
 * directory knows by the same proven e-mail the first time, and by its own name for them ever after.
 */
import type { IncomingMessage } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Agent } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import type { Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Attempts } from '../people/attempts';
import type { Directory, Vouched } from '../people/directory';
import type { SignIns } from '../people/sign-ins';
import type { Trail } from '../people/trail';
import { type Answer, type Frame, NOT_FOUND } from './frame';

const PATH = '/desk/api/directory';
const CARRIES_S = 10 * 60;
/** What the page says, by the address it is shown at. */
type Complaint = 'failed' | 'unknown' | 'away' | 'too-many';

export interface DirectoryParts {
  frame: Frame;
  directory?: Directory;
  agents: Agents;
  signIns: SignIns;
  attempts: Attempts;
  trail: Trail;
  towns: Pick<Towns, 'get'>;
  publicUrl: () => string;
  fault: (where: string, error: unknown) => void;
  onRefusal: () => void;
}

export function createDirectoryRoutes(parts: DirectoryParts): Route[] {
  const { frame, directory, agents, signIns, attempts, trail, towns, publicUrl, fault, onRefusal } = parts;
  const isSecure = () => publicUrl().startsWith('https:');
  const nameOf = () => (isSecure() ? '__Secure-desk-directory' : 'desk-directory');

  /** It comes back from another site: `lax`, and for that one address. */
  const cookie = (value: string, maxAge: number) =>
    stringifySetCookie({ name: nameOf(), value, path: PATH, httpOnly: true, sameSite: 'lax', secure: isSecure(), maxAge });
  const gone = () => cookie('', 0);
  const toDoor = (complaint: Complaint): Answer => ({ status: 302, location: `/desk/?door=${complaint}`, setCookie: gone() });
  const queryOf = (request: IncomingMessage) => new URL(request.url ?? '', 'http://door').searchParams;

  /** Who of the desk is meant, in a town that is named or the first there is. */
  async function known({ issuer, subject, email }: Vouched, town?: string): Promise<Agent | null> {
    const mark = `${issuer} ${subject}`;
    const linked = await agents.byDirectory(mark, town);
    if (linked) return linked.disabledAt ? null : linked;
    const agent = email ? await agents.byEmail(email, town) : null;
    if (!agent || agent.disabledAt) return null;
    // Who is known under another name there has another's e-mail by now.
    return agents.change(agent.id, (now) => (now.directory || now.disabledAt ? null : { directory: mark }));
  }

  return [
    frame.anyone({
      method: 'get',
      path: `${PATH}/name`,
      handle: async () => ({ status: 200, body: directory ? { name: directory.name } : {} }),
    }),
    frame.anyone({
      method: 'get',
      path: `${PATH}/start`,
      async handle({ request, network }) {
        if (!directory) return NOT_FOUND;
        if ((await attempts.countLink(network)) !== null) return toDoor('too-many');
        const town = queryOf(request).get('town') ?? undefined;
        try {
          const { address, carried } = await directory.begin(town && towns.get(town) ? town : undefined);
          await attempts.forgetLink(network);
          return { status: 302, location: address, setCookie: cookie(carried, CARRIES_S) };
        } catch (error) {
          fault('desk: directory', error);
          return toDoor('away');
        }
      },
    }),
    frame.anyone({
      method: 'get',
      path: `${PATH}/callback`,
      async handle({ request, network }) {
        if (!directory) return NOT_FOUND;
        if ((await attempts.countLink(network)) !== null) return toDoor('too-many');
        const carried = parseCookie(request.headers.cookie ?? '')[nameOf()] ?? '';
        try {
          const done = await directory.finish(queryOf(request).toString(), carried);
          if (!done || 'refused' in done) {
            onRefusal();
            return toDoor('failed');
          }
          const agent = await known(done.vouched, done.town);
          if (!agent || !towns.get(agent.town)) {
            onRefusal();
            return toDoor('unknown');
          }
          await attempts.forgetLink(network);
          const before = await signIns.read(request);
          if (before) await signIns.end(before.session.id);
          const userAgent = request.headers['user-agent'] ?? '';
          const { setCookie } = await signIns.open(agent, { network, userAgent, idToken: done.vouched.idToken });
          await trail.did({ town: agent.town, agent: agent.id, network }, 'session.opened', `agent:${agent.id}`, {
            by: 'directory',
          });
          return { status: 302, location: '/desk/', setCookie: [setCookie, gone()] };
        } catch (error) {
          fault('desk: directory', error);
          return toDoor('away');
        }
      },
    }),
  ];
}
