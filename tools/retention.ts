/**
 * `npm run retention -- run|list|waiting|transferred`: the list of what was taken away, for whoever has to show it, and what
 * waits for the archives. The nightly work is the server's own; `run` does it now.
 */
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { openEraser } from '../src/channels/twilio';
import { readConfig } from '../src/config';
import { eliminationLines } from '../src/domain/retention';
import { createErasing, createRetention } from '../src/rights';
import { openDatabase } from '../src/store';
import { createStore, type Store } from '../src/store/store';
import { openTowns } from '../src/towns';
import { runCommand, type Typed } from './run-command';

const USAGE = `npm run retention -- run <town>                            what is due is restricted, erased or set aside now
npm run retention -- list <town> [--from 2027-01-01] [--to 2027-12-31]   the elimination list, as CSV
npm run retention -- waiting <town>                        requests to be handed to the archives, whole, as JSON
npm run retention -- transferred <town>                    the archives have them: they are erased here`;

const MOST = 100_000;
const say = (text: string) => process.stdout.write(`${text}\n`);

const OPTIONS = { from: { type: 'string', default: '0000-00-00' }, to: { type: 'string', default: '9999-12-31' } } as const;

async function main({ positionals, values }: Typed<typeof OPTIONS>): Promise<number | 'usage'> {
  const [verb = '', id = ''] = positionals;
  if (!['run', 'list', 'waiting', 'transferred'].includes(verb) || id === '') return 'usage';
  const config = readConfig(process.env);
  const towns = await openTowns(config);
  const town = towns.get(id);
  if (!town) throw new Error(`There is no town ${id}`);
  const database = await openDatabase(config.store);
  const carrier = config.twilio && openEraser(config.twilio);
  try {
    const store = createStore(database);
    await store.prepare();
    if (verb === 'list') return list(store, id, values.from, values.to);
    const files = await database.openFiles(join(config.dataDir, 'files'));
    const clock = () => new Date();
    const erasing = createErasing({ ...store, files, eraseAtCarrier: carrier?.erase, clock });
    if (verb === 'run') {
      if (!town.retention) throw new Error(`The town ${id} has no retention: in its town.yml, so everything is kept`);
      say(JSON.stringify(await createRetention({ ...store, towns, erasing, clock, log: () => {} }).run(town)));
      return 0;
    }
    const waiting = await store.eliminations.waiting(id, MOST);
    const found = await Promise.all(waiting.map(({ what }) => store.tickets.byReference(id, what.replace(/^ticket:/, ''))));
    const held = new Set(found.flatMap((ticket) => (ticket?.hold ? [`ticket:${ticket.reference}`] : [])));
    if (verb === 'waiting') {
      say(JSON.stringify(found.filter(Boolean), null, 2));
      return 0;
    }
    const day = clock().toISOString().slice(0, 10);
    for (const [n, ticket] of found.entries()) {
      // What is held for a dispute stays here until that is over.
      if (held.has(waiting[n]!.what)) continue;
      if (ticket) await erasing.ticket(ticket);
      await store.eliminations.note({ ...waiting[n]!, day, fate: 'transferred' });
    }
    say(`${waiting.length - held.size} request(s) handed over and erased here`);
    return 0;
  } finally {
    carrier?.close();
    await database.close();
  }
}

async function list(store: Store, town: string, from: string, to: string): Promise<number> {
  const found = await store.eliminations.list(town, from, to, MOST);
  say(stringify(eliminationLines(found), { escape_formulas: true, delimiter: ';' }).trimEnd());
  return 0;
}

runCommand({ usage: USAGE, options: OPTIONS, takesWords: true, main });
