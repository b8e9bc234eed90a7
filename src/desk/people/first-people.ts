/**
 * A desk that nobody can enter is no desk. Where a town has no agent yet, a demo makes two, and a live installation
 * prints a link by which its admin comes to be: once, for whoever reads the server's own output.
 */
import type { Grant } from '../../domain/desk/agent';
import type { Town, Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import { type Invitations, linkOf, newAgentOf } from './invitations';
import { hashPassword } from './passwords';

interface Parts {
  agents: Agents;
  towns: Towns;
  invitations: Invitations;
  publicUrl: () => string;
  demoPassword?: string;
  clock: () => Date;
}

const DEMO_PEOPLE: Array<{ name: string; first: string; roles: Grant[] }> = [
  { name: 'Nadia Benali', first: 'nadia', roles: [{ role: 'agent', services: 'all' }] },
  { name: 'Karim Lefèvre', first: 'karim', roles: [{ role: 'admin', services: 'all' }] },
];

/** Lines to print. */
export async function openToSomebody(parts: Parts): Promise<string[]> {
  const lines: string[] = [];
  for (const town of parts.towns.list()) lines.push(...(await openTown(town, parts)));
  return lines;
}

async function openTown(town: Town, { agents, invitations, publicUrl, demoPassword, clock }: Parts): Promise<string[]> {
  const desk = `${publicUrl()}/desk/`;
  const isEmpty = (await agents.ofTown(town.id)).length === 0;
  if (!demoPassword) {
    if (!isEmpty) return [];
    const link = linkOf(publicUrl(), await invitations.first(town.id));
    return [`The desk of ${town.name} has nobody yet. Its admin signs in first by this link, for a day: ${link}`];
  }
  const emails = DEMO_PEOPLE.map(({ first }) => `${first}@${town.id}.example`);
  if (isEmpty) {
    const hash = await hashPassword(demoPassword);
    for (const [n, { name, roles }] of DEMO_PEOPLE.entries()) {
      const made = newAgentOf(town, { name, email: emails[n]!, roles, languages: town.languages }, clock());
      // Another process may have been quicker: then the e-mail is taken, and nothing is wrong.
      await agents.add({ ...made, hash });
    }
  }
  return [`Desk of ${town.name}: ${desk} as ${emails.join(' (agent) or ')} (admin), password ${demoPassword}`];
}
