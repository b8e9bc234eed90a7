/**
 * The people of a town hall as their admin keeps them: inviting, giving roles, showing out. Whoever is disabled, or
 * whose roles change, is signed out in the same moment; nobody takes the last admin away.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Agent, type Grant, mayAdminister } from '../../domain/desk/agent';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Town } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Jobs } from '../../store/rows/jobs';
import { type Invitations, linkOf, newAgentOf } from '../people/invitations';
import type { SignIns } from '../people/sign-ins';
import type { Trail } from '../people/trail';
import { presentMe, presentService } from '../present/agent';
import type { Person } from '../wire';
import { type Frame, NOT_FOUND } from './frame';
import { NewPerson, PersonChange } from './requests';

export interface StaffParts {
  frame: Frame;
  agents: Agents;
  signIns: SignIns;
  invitations: Invitations;
  trail: Trail;
  publicUrl: () => string;
  jobs: Jobs;
  clock: () => Date;
}

/** Longer than such a change takes. */
const ADMINS_LEASE_MS = 5000;
const LOOKS_EVERY_MS = 20;

function present(agent: Agent, town: Town): Person {
  const { id, name, email, roles, languages, capacity, status } = presentMe(agent, town);
  const { disabledAt, hash, version } = agent;
  return { id, name, email, roles, languages, capacity, status, isDisabled: disabledAt !== undefined, isInvited: !hash, version };
}

const namesOf = (roles: Grant[]) =>
  roles.map(({ role, services }) => `${role} of ${services === 'all' ? 'all' : services.join(' and ')}`).join('; ');

export function createStaffRoutes({ frame, agents, signIns, invitations, trail, publicUrl, clock, jobs }: StaffParts): Route[] {
  /** A service or a language that the town does not have, or null. */
  function unknownIn(town: Town, { roles = [], languages = [] }: { roles?: Grant[]; languages?: string[] }): string | null {
    const services = roles.flatMap((grant) => (grant.services === 'all' ? [] : grant.services));
    const service = services.find((id) => !town.services.some((known) => known.id === id));
    return service ?? languages.find((code) => !town.languages.includes(code)) ?? null;
  }

  const unknown = (name: string) => refuse(400, 'unknown-name', `The town has no service or language ${name}`);
  const mine = async (town: Town, id: string) => {
    const agent = await agents.get(id);
    return agent?.town === town.id ? agent : null;
  };

  /** An admin less, one such change at a time: of two admins who show each other out at once one stays. */
  async function keepingOne<T>(town: Town, id: string, change: () => Promise<T>): Promise<T | 'last'> {
    const owner = randomUUID();
    const job = `admins:${town.id}`;
    while (!(await jobs.hold(job, owner, ADMINS_LEASE_MS, clock().getTime()))) await pause(LOOKS_EVERY_MS);
    try {
      const others = (await agents.ofTown(town.id)).filter((one) => one.id !== id && !one.disabledAt && mayAdminister(one));
      return others.length === 0 ? 'last' : await change();
    } finally {
      await jobs.letGo(job, owner);
    }
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/services',
      handle: async ({ caller: { agent, town } }) => ({
        status: 200,
        body: { items: town.services.map(({ id }) => presentService(town, id, agent.settings.language)) },
      }),
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/people',
      may: mayAdminister,
      handle: async ({ caller: { town } }) => ({
        status: 200,
        body: { items: (await agents.ofTown(town.id)).map((agent) => present(agent, town)) },
      }),
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/people',
      body: NewPerson,
      may: mayAdminister,
      async handle({ caller: { town, doer }, body }) {
        const name = unknownIn(town, body);
        if (name) return unknown(name);
        const made = newAgentOf(town, { ...body, languages: body.languages ?? town.languages }, clock());
        const agent = await agents.add(made);
        if (!agent) return refuse(409, 'email-taken', 'Somebody of this town has this e-mail');
        await trail.did(doer, 'agent.invited', `agent:${agent.id}`, { roles: namesOf(agent.roles) });
        return { status: 201, body: { person: present(agent, town), link: linkOf(publicUrl(), await invitations.to(agent)) } };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/people/:id/link',
      may: mayAdminister,
      async handle({ caller: { town, doer }, params: { id = '' } }) {
        const agent = await mine(town, id);
        if (!agent || agent.disabledAt) return NOT_FOUND;
        await trail.did(doer, 'agent.link-made', `agent:${agent.id}`);
        return { status: 200, body: { person: present(agent, town), link: linkOf(publicUrl(), await invitations.to(agent)) } };
      },
    }),
    frame.agents({
      method: 'patch',
      path: '/desk/api/people/:id',
      body: PersonChange,
      may: mayAdminister,
      async handle({ caller: { town, doer }, params: { id = '' }, body: { version, isDisabled, ...fields } }) {
        const before = await mine(town, id);
        if (!before) return NOT_FOUND;
        const name = unknownIn(town, fields);
        if (name) return unknown(name);
        const isLess = isDisabled || (fields.roles && !mayAdminister({ roles: fields.roles }));
        const change = () =>
          agents.change(id, (now) =>
            now.version === version
              ? {
                  ...fields,
                  ...(isDisabled === undefined ? {} : { disabledAt: isDisabled ? clock().toISOString() : undefined }),
                  ...(isDisabled ? { status: 'away' as const } : {}),
                }
              : null,
          );
        const after = isLess && mayAdminister(before) ? await keepingOne(town, id, change) : await change();
        if (after === 'last') return refuse(409, 'last-admin', 'A town keeps at least one admin');
        if (!after) return refuse(409, 'changed', 'Somebody changed this person meanwhile', { person: present(before, town) });
        if (isDisabled || fields.roles) {
          await signIns.endAllOf(id);
          if (isDisabled) await agents.dropInvitations(id, clock().getTime());
        }
        const what = isDisabled === undefined ? 'agent.changed' : isDisabled ? 'agent.disabled' : 'agent.enabled';
        await trail.did(doer, what, `agent:${id}`, fields.roles ? { roles: namesOf(fields.roles) } : undefined);
        return { status: 200, body: { person: present(after, town) } };
      },
    }),
  ];
}
