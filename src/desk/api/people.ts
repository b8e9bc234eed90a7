/**
 * Signing in and out, one-time links, and what an agent says of themself. Whatever is wrong with a sign-in, the answer
 * is the same sentence after the same work.
 */
import type { Agent } from '../../domain/desk/agent';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Town, Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Attempts } from '../people/attempts';
import type { Directory } from '../people/directory';
import type { Invitations } from '../people/invitations';
import { hashPassword, isPassword, weaknessOf } from '../people/passwords';
import type { SignIns } from '../people/sign-ins';
import type { Trail } from '../people/trail';
import { presentMe } from '../present/agent';
import type { InvitationLook } from '../wire';
import type { Answer, Frame } from './frame';
import { LinkAccept, LinkLook, MeChange, SignIn } from './requests';

export interface PeopleParts {
  frame: Frame;
  agents: Agents;
  signIns: SignIns;
  invitations: Invitations;
  attempts: Attempts;
  trail: Trail;
  towns: Towns;
  directory?: Directory;
  publicUrl: () => string;
  /** Told of each refused sign-in. */
  onRefusal: () => void;
  clock: () => Date;
}

const MOST_ACCEPTED = 200;
const NO_LINK = refuse(404, 'no-such-link', 'This link is not valid any more: ask for a new one');

/** The first language that the browser asks for and the product speaks. */
function languageOf(accepted: string | undefined, towns: Towns): string | null {
  const wished = (accepted ?? '').slice(0, MOST_ACCEPTED).split(',');
  return wished.map((one) => one.trim().slice(0, 2).toLowerCase()).find((code) => towns.locale(code) !== undefined) ?? null;
}

export function createPeopleRoutes(parts: PeopleParts): Route[] {
  const { frame, agents, signIns, invitations, attempts, trail, towns, directory, publicUrl, onRefusal, clock } = parts;

  async function welcome(agent: Agent, town: Town, request: Parameters<SignIns['read']>[0], network: string): Promise<Answer> {
    // What the browser showed before is worth nothing afterwards.
    const before = await signIns.read(request);
    if (before) await signIns.end(before.session.id);
    const language = languageOf(request.headers['accept-language'], towns);
    const follows = !agent.hasChosenLanguage && language !== null && language !== agent.settings.language;
    const own =
      (follows && (await agents.change(agent.id, ({ settings }) => ({ settings: { ...settings, language } })))) || agent;
    const userAgent = request.headers['user-agent'] ?? '';
    const { setCookie } = await signIns.open(agent, { network, userAgent });
    await trail.did({ town: town.id, agent: agent.id, network }, 'session.opened', `agent:${agent.id}`);
    return { status: 200, body: presentMe(own, town), setCookie };
  }

  const tooMany = (seconds: number) =>
    refuse(429, 'too-many-attempts', `Too many attempts: try again in ${Math.ceil(seconds / 60)} minutes`, {
      retryAfterSeconds: seconds,
    });

  function weak(password: string, known: string[]) {
    const weakness = weaknessOf(password, known);
    return weakness && refuse(400, `password-${weakness}`, 'Choose a password of at least 12 characters that nobody would guess');
  }

  return [
    frame.anyone({
      method: 'post',
      path: '/desk/api/session',
      body: SignIn,
      async handle({ body: { email, password, town: townId }, request, network }) {
        const seconds = await attempts.count(email, network);
        if (seconds !== null) return tooMany(seconds);
        const agent = await signIns.prove(email, password, townId);
        const town = agent && towns.get(agent.town);
        if (!agent || !town) {
          onRefusal();
          return refuse(401, 'wrong-credentials', 'This e-mail and this password do not go together');
        }
        await attempts.forget(email, network);
        return welcome(agent, town, request, network);
      },
    }),
    frame.agents({
      method: 'del',
      path: '/desk/api/session',
      async handle({ caller: { session, agent, doer }, request }) {
        const idToken = (await signIns.read(request))?.session.idToken;
        await signIns.end(session);
        await trail.did(doer, 'session.closed', `agent:${agent.id}`);
        // Who came in through the directory leaves it too: a machine at a counter is shared.
        const next = idToken && directory ? await directory.leave(idToken, `${publicUrl()}/desk/`) : null;
        return next ? { status: 200, body: { next }, setCookie: signIns.forget() } : { status: 204, setCookie: signIns.forget() };
      },
    }),
    frame.anyone({
      method: 'post',
      path: '/desk/api/invitation',
      body: LinkLook,
      async handle({ body: { code }, network }) {
        const seconds = await attempts.countLink(network);
        if (seconds !== null) return tooMany(seconds);
        const found = await invitations.look(code);
        const town = found && towns.get(found.invitation.town);
        if (!found || !town) return NO_LINK;
        await attempts.forgetLink(network);
        const look: InvitationLook = {
          email: found.agent?.email,
          name: found.agent?.name,
          town: { id: town.id, name: town.name },
        };
        return { status: 200, body: look };
      },
    }),
    frame.anyone({
      method: 'post',
      path: '/desk/api/invitation/accept',
      body: LinkAccept,
      async handle({ body: { code, name, email: given, password }, request, network }) {
        const seconds = await attempts.countLink(network);
        if (seconds !== null) return tooMany(seconds);
        const found = await invitations.look(code);
        const town = found && towns.get(found.invitation.town);
        if (!found || !town) return NO_LINK;
        await attempts.forgetLink(network);
        const email = found.agent?.email ?? given;
        if (!email) return refuse(400, 'bad-request', 'The first admin of a town needs an e-mail');
        const refused = weak(password, [...email.split(/[@.]/), town.name, ...name.split(' ')]);
        if (refused) return refused;
        const agent = await invitations.accept(code, town, { name, email, password });
        if (!agent) return NO_LINK;
        // A new password ends what somebody else may have open.
        await signIns.endAllOf(agent.id);
        await trail.did({ town: town.id, agent: agent.id, network }, `link.${found.invitation.kind}`, `agent:${agent.id}`);
        return welcome(agent, town, request, network);
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/me',
      alsoInTraining: true,
      handle: async ({ caller: { agent, town } }) => ({ status: 200, body: presentMe(agent, town) }),
    }),
    frame.agents({
      method: 'patch',
      path: '/desk/api/me',
      alsoInTraining: true,
      body: MeChange,
      async handle({ caller: { agent, town, session, doer }, body: { status, languages, settings, password } }) {
        let hash: string | undefined;
        if (password) {
          const seconds = await attempts.count(agent.email, doer.network);
          if (seconds !== null) return tooMany(seconds);
          if (!(await isPassword(password.old, agent.hash))) return refuse(403, 'wrong-password', 'This is not your password');
          const refused = weak(password.new, [...agent.email.split(/[@.]/), town.name, ...agent.name.split(' ')]);
          if (refused) return refused;
          hash = await hashPassword(password.new);
        }
        const changed = await agents.change(agent.id, (now) => ({
          ...(status ? { status, statusReason: undefined, statusAt: clock().toISOString(), missed: 0 } : {}),
          ...(languages ? { languages } : {}),
          ...(settings ? { settings: { ...now.settings, ...settings } } : {}),
          ...(settings?.language ? { hasChosenLanguage: true as const } : {}),
          ...(hash ? { hash } : {}),
        }));
        if (hash) {
          await signIns.endAllOf(agent.id, session);
          await trail.did(doer, 'password.changed', `agent:${agent.id}`);
        }
        if (status && status !== agent.status) await trail.did(doer, `status.${status}`, `agent:${agent.id}`);
        return { status: 200, body: presentMe(changed ?? agent, town) };
      },
    }),
  ];
}
