/**
 * `npm run ticket -- list|show|set|acknowledge|elsewhere`: alerts of danger and requests seen and moved on from a terminal, until there is a desk. It works beside
 * a running server, which tells the citizen within a second; without one, the news waits for the next start.
 * What a citizen wrote is shown only when asked for.
 */
import { type Config, readConfig } from '../src/config';
import { isOpen, movesFrom, TICKET_STATES, type TicketState } from '../src/domain/ticket/states';
import { readReference, type Ticket } from '../src/domain/ticket/ticket';
import { type ChangeOutcome, changeTicket } from '../src/mailroom';
import { openDatabase } from '../src/store';
import type { Ledger } from '../src/store/rows/ledger';
import type { Tickets } from '../src/store/rows/tickets';
import { createStore } from '../src/store/store';
import { openTowns } from '../src/towns';
import { listFolders } from '../src/towns/read/read-folder';
import { acknowledge, findAlert, listAlerts, showAlert } from './alerts';
import { runCommand, type Typed } from './run-command';

const USAGE = `npm run ticket -- list                              alerts of danger nobody has taken, then requests not closed yet,
                                                    newest first; --state resolved for others
npm run ticket -- show <reference>                  one of them, with its history; --text shows what the citizen wrote too
npm run ticket -- acknowledge <reference> --by <name>   somebody looks after this alert: it leaves the list
npm run ticket -- set <reference> <state> [words]   moves it, and tells the citizen, with these words of the service
                                                    --internal: the words are for colleagues, and nobody is told
npm run ticket -- elsewhere                         what other offices were asked for here, most often first, in 30 days; --days 7
States: new, assigned, in-progress, waiting (for the citizen), resolved, closed, refused, moved (to another office), withdrawn.
resolved, refused and moved need words for the citizen. The same state again with words only adds them.
--town <id> where several towns have a request with this reference, or to list one town's.`;

const OPEN: readonly TicketState[] = TICKET_STATES.filter((state) => isOpen({ state }));
const MOST_LISTED = 200;
const DAY_MS = 24 * 60 * 60 * 1000;

const SAID: Record<Exclude<ChangeOutcome, 'changed'>, string> = {
  same: 'It stands so already; nothing was changed and nobody is told again.',
  unknown: 'No request has this reference.',
  nothing: 'Nothing to change.',
  'too-long': 'These words are too long: at most 1000 characters.',
  illegal: 'A request may not go there from where it stands.',
  'needs-words': 'The citizen is to hear why: add words for them, without --internal.',
};

function isState(word: string | undefined): word is TicketState {
  return TICKET_STATES.some((state) => state === word);
}

const OPTIONS = {
  town: { type: 'string' },
  state: { type: 'string' },
  text: { type: 'boolean', default: false },
  days: { type: 'string', default: '30' },
  internal: { type: 'boolean', default: false },
  by: { type: 'string' },
} as const;

async function main({ positionals, values }: Typed<typeof OPTIONS>): Promise<number | 'usage'> {
  const [verb, typed, state, ...words] = positionals;
  const isAsked =
    verb === 'list' ||
    (verb === 'elsewhere' && Number(values.days) > 0) ||
    (typed && (verb === 'show' || verb === 'set' || (verb === 'acknowledge' && values.by?.trim())));
  const isStateKnown = verb === 'set' ? isState(state) : values.state === undefined || isState(values.state);
  if (!isAsked || !isStateKnown) return 'usage';
  const config = readConfig(process.env);
  const towns = values.town ? [values.town] : await listFolders(config.townsDir);
  const database = await openDatabase(config.store);
  const store = createStore(database);
  try {
    await store.prepare();
    if (verb === 'list') {
      if (!values.state) await listAlerts(store.alerts, towns);
      return await list(store.tickets, towns, isState(values.state) ? [values.state] : OPEN);
    }
    if (verb === 'elsewhere') return await elsewhere(store.ledger, config, towns, Number(values.days));
    const alert = await findAlert(store.alerts, towns, typed ?? '');
    if (verb === 'acknowledge') return await acknowledge(store.alerts, alert, (values.by ?? '').trim());
    if (alert && verb === 'show') return await showAlert(store, alert, values.text);
    const found = await find(store.tickets, towns, typed ?? '');
    if (found.length !== 1) return complain(found.length === 0 ? SAID.unknown : 'Several towns have it: name one with --town.');
    const [ticket] = found as [Ticket];
    if (verb === 'show') return show(ticket, values.text);
    const change = {
      state: state as TicketState,
      comment: words.join(' '),
      isPublic: !values.internal,
      as: 'supervisor' as const,
    };
    const outcome = await changeTicket(store, ticket.town, ticket.reference, change, new Date());
    if (outcome === 'illegal')
      return complain(`${SAID.illegal} From ${ticket.state}: ${movesFrom(ticket.state, 'supervisor').join(', ')}.`);
    if (outcome !== 'changed') return complain(SAID[outcome]);
    process.stdout.write(`${ticket.reference}: ${ticket.state} -> ${state}${values.internal ? '' : '; the citizen is told'}\n`);
    return 0;
  } finally {
    await database.close();
  }
}

async function find(tickets: Tickets, towns: string[], typed: string): Promise<Ticket[]> {
  const reference = readReference(typed);
  const found = reference ? await Promise.all(towns.map((town) => tickets.byReference(town, reference))) : [];
  return found.flatMap((ticket) => ticket ?? []);
}

async function list(tickets: Tickets, towns: string[], states: readonly TicketState[]): Promise<number> {
  const found = await Promise.all(towns.flatMap((town) => states.map((state) => tickets.list(town, state, MOST_LISTED))));
  const newest = found.flat().sort((left, right) => (left.openedAt < right.openedAt ? 1 : -1));
  for (const { reference, town, openedAt, state, priority, title, place } of newest.slice(0, MOST_LISTED)) {
    const facts = [reference, town, openedAt.slice(0, 16), state.padEnd(11), priority === 'high' ? '! ' : '  '];
    process.stdout.write(`${facts.join('  ')}${title}${place ? `, ${place.text}` : ''}\n`);
  }
  process.stdout.write(`${newest.length} request(s)${newest.length > MOST_LISTED ? `, the newest ${MOST_LISTED} shown` : ''}\n`);
  return 0;
}

/** So that a town sees what it is asked and does not do: a page, a poster, an office that could come by once a month. */
async function elsewhere(ledger: Ledger, config: Config, ids: string[], days: number): Promise<number> {
  const towns = await openTowns(config);
  const since = Date.now() - days * DAY_MS;
  const counted = await Promise.all(
    ids.flatMap((town) =>
      towns
        .topics(town)
        .filter(({ kind }) => kind === 'elsewhere')
        .map(async ({ id, title }) => ({
          line: `${town}  ${id}  ${Object.values(title)[0]}`,
          count: await ledger.count('referral', town, id, since),
        })),
    ),
  );
  for (const { line, count } of counted.filter((one) => one.count > 0).sort((one, other) => other.count - one.count))
    process.stdout.write(`${String(count).padStart(6)}  ${line}\n`);
  process.stdout.write(`${counted.reduce((sum, { count }) => sum + count, 0)} time(s) in ${days} day(s)\n`);
  return 0;
}

function show(ticket: Ticket, withText: boolean): number {
  const { id: _id, address: _address, words, said, answers, contact, ...facts } = ticket;
  // A comment of the citizen's is theirs; what an agent wrote is the town hall's own.
  const history = facts.history.map(({ text, ...event }) => (withText || event.by === 'agent' ? { ...event, text } : event));
  const shown = withText ? { ...facts, history, words, said, answers, contact } : { ...facts, history };
  process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  return 0;
}

function complain(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}

runCommand({ usage: USAGE, options: OPTIONS, takesWords: true, main });
