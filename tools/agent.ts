/**
 * `npm run agent -- list|invite|reset|disable|enable`: the people of the desk from a terminal, for the first of them and for
 * the day when no admin can come in. It works beside a running server; a link is shown once, here.
 */
import { type Config, readConfig } from '../src/config';
import { createInvitations, linkOf, newAgentOf } from '../src/desk';
import { type Agent, type Grant, ROLES } from '../src/domain/desk/agent';
import type { Town } from '../src/domain/town';
import { openDatabase } from '../src/store';
import { createStore, type Store } from '../src/store/store';
import { openTowns } from '../src/towns';
import { runCommand, type Typed } from './run-command';

const USAGE = `npm run agent -- list                                who signs in at the desk, with roles
npm run agent -- invite <e-mail> <name>              makes an agent, and prints the link by which a password is chosen
                                                     --role agent (or supervisor, admin); --services roads,front-desk (all when absent)
npm run agent -- reset <e-mail>                      a link to choose a new password
npm run agent -- disable <e-mail>                    signs out at once, and keeps out; enable lets in again
--town <id> where there are several towns.`;

const VERBS = ['list', 'invite', 'reset', 'disable', 'enable'] as const;

const OPTIONS = { town: { type: 'string' }, role: { type: 'string', default: 'agent' }, services: { type: 'string' } } as const;

async function main({ positionals, values }: Typed<typeof OPTIONS>): Promise<number | 'usage'> {
  const [verb, typed = '', ...words] = positionals;
  const name = words.join(' ').trim();
  const role = ROLES.find((known) => known === values.role);
  const isKnown = VERBS.some((known) => known === verb) && (verb === 'list' || typed) && (verb !== 'invite' || name) && role;
  if (!isKnown) return 'usage';
  const config = readConfig(process.env);
  const towns = (await openTowns(config)).list();
  const town = values.town ? towns.find(({ id }) => id === values.town) : towns.length === 1 ? towns[0] : undefined;
  if (!town && (values.town || verb === 'invite'))
    return complain(`Name the town with --town: ${towns.map(({ id }) => id).join(', ')}`);
  const services = values.services?.split(',').map((service) => service.trim()) ?? ('all' as const);
  const odd = services === 'all' ? undefined : services.find((id) => !town?.services.some((known) => known.id === id));
  if (odd) return complain(`The town has no service ${odd}; it has: ${town?.services.map(({ id }) => id).join(', ')}`);
  const database = await openDatabase(config.store);
  try {
    const store = createStore(database);
    await store.prepare();
    if (verb === 'list') return await list(store, town ? [town] : towns);
    const email = typed.trim().toLowerCase();
    if (verb === 'invite') return await invite(store, config, town!, { name, email, roles: [{ role, services }] });
    const agent = await store.agents.byEmail(email, town?.id);
    if (!agent) return complain('Nobody has this e-mail.');
    if (verb === 'reset') return await link(store, config, agent);
    return await setDisabled(store, agent, verb === 'disable');
  } finally {
    await database.close();
  }
}

async function list({ agents }: Store, towns: Town[]): Promise<number> {
  for (const { id } of towns)
    for (const { email, name, roles, hash, disabledAt } of await agents.ofTown(id)) {
      const state = disabledAt ? 'disabled' : hash ? 'active' : 'invited';
      const held = roles.map(({ role, services }) => `${role}:${services === 'all' ? 'all' : services.join('+')}`).join(' ');
      say([id, state.padEnd(8), email, name, held].join('  '));
    }
  return 0;
}

async function invite(
  store: Store,
  config: Config,
  town: Town,
  given: { name: string; email: string; roles: Grant[] },
): Promise<number> {
  if (!/^[^\s@]+@[^\s@]+$/.test(given.email)) return complain('This is no e-mail address.');
  const agent = await store.agents.add(newAgentOf(town, { ...given, languages: town.languages }, new Date()));
  if (!agent) return complain('Somebody of this town has this e-mail already: reset gives a new link.');
  return link(store, config, agent);
}

async function link({ agents }: Store, { publicUrl, host, port }: Config, agent: Agent): Promise<number> {
  if (agent.disabledAt) return complain('This agent is disabled: enable first.');
  const code = await createInvitations(agents, () => new Date()).to(agent);
  say(`${agent.name} chooses a password here, once, within ${agent.hash ? 'a day' : 'seven days'}:`);
  return say(linkOf(publicUrl ?? `http://${host}:${port}`, code));
}

async function setDisabled({ agents, sessions }: Store, agent: Agent, isDisabled: boolean): Promise<number> {
  await agents.change(agent.id, () => ({
    disabledAt: isDisabled ? new Date().toISOString() : undefined,
    ...(isDisabled ? { status: 'away' } : {}),
  }));
  if (isDisabled) {
    await sessions.endAllOf(agent.id);
    await agents.dropInvitations(agent.id, Date.now());
  }
  return say(`${agent.email}: ${isDisabled ? 'disabled, and signed out' : 'enabled'}`);
}

function say(text: string, code = 0): number {
  process.stdout.write(`${text}\n`);
  return code;
}

function complain(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}

runCommand({ usage: USAGE, options: OPTIONS, takesWords: true, main });
