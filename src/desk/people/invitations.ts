/**
 * One-time links: by one, an agent chooses a password, for the first time or again; by the first of a town, its admin
 * comes to be. What the link carries is shown once and kept only as a hash. A link stands behind `#`, so that no log
 * and no other site sees it.
 */
import type { Agent, Grant } from '../../domain/desk/agent';
import type { Town } from '../../domain/town';
import type { Agents, Invitation } from '../../store/rows/desk/agents';
import { hashPassword } from './passwords';
import { hashOf, newSecret } from './sign-ins';

const HOUR = 60 * 60 * 1000;
const HOLDS_MS = { first: 24 * HOUR, invite: 7 * 24 * HOUR, reset: 24 * HOUR };
const CAPACITY = 3;

export interface NewAgent {
  name: string;
  email: string;
  roles: Grant[];
  languages: string[];
  capacity?: number;
}

export const linkOf = (publicUrl: string, code: string) => `${publicUrl}/desk/invitation#${code}`;

export function newAgentOf(
  { id, languages }: Town,
  { capacity = CAPACITY, ...given }: NewAgent,
  now: Date,
): Omit<Agent, 'id' | 'version'> {
  return {
    town: id,
    ...given,
    capacity,
    hash: null,
    status: 'away',
    settings: { language: languages[0], theme: 'system', density: 'comfortable', keys: true, sound: false },
    slots: [],
    lastGivenAt: 0,
    missed: 0,
    createdAt: now.toISOString(),
  };
}

export type Invitations = ReturnType<typeof createInvitations>;

export function createInvitations(agents: Agents, clock: () => Date) {
  async function invite(kind: Invitation['kind'], town: string, agent?: string): Promise<string> {
    const code = newSecret();
    await agents.invite({ id: hashOf(code), kind, town, agent, expiresAt: clock().getTime() + HOLDS_MS[kind] });
    return code;
  }

  async function look(code: string): Promise<{ invitation: Invitation; agent: Agent | null } | null> {
    const invitation = await agents.invitation(hashOf(code));
    if (!invitation || invitation.expiresAt <= clock().getTime()) return null;
    const agent = invitation.agent ? await agents.get(invitation.agent) : null;
    if (invitation.kind === 'first' ? (await agents.ofTown(invitation.town)).length > 0 : !agent || agent.disabledAt) return null;
    return { invitation, agent };
  }

  return {
    /** For the admin of a town that has nobody yet. */
    first: (town: string) => invite('first', town),
    /** A link that replaces those an agent was given before. */
    async to(agent: Agent): Promise<string> {
      await agents.dropInvitations(agent.id, clock().getTime());
      return invite(agent.hash ? 'reset' : 'invite', agent.town, agent.id);
    },
    look,
    /** The agent with the chosen password; null when the link was used meanwhile. */
    async accept(
      code: string,
      town: Town,
      { name, email, password }: { name: string; email: string; password: string },
    ): Promise<Agent | null> {
      const found = await look(code);
      const hash = await hashPassword(password);
      if (!found || !(await agents.takeInvitation(found.invitation.id))) return null;
      if (found.invitation.kind !== 'first')
        return agents.change(found.invitation.agent ?? '', (agent) => (agent.disabledAt ? null : { hash, name }));
      const roles: Grant[] = [{ role: 'admin', services: 'all' }];
      const made = newAgentOf(town, { name, email, roles, languages: town.languages }, clock());
      return agents.add({ ...made, hash }, true);
    },
  };
}
