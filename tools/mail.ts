/**
 * `npm run mail -- list|show|retry`: what the mailroom could not bring to its end, why, and another try.
 * Message text is shown only when asked for, since it is a citizen's.
 */
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config';
import { openDatabase } from '../src/store';
import type { InboxRow, OutboxRow } from '../src/store/rows/mail';
import { createStore, type Store } from '../src/store/store';
import { runCommand } from './run-command';

const USAGE = `npm run mail -- list            messages that were given up, newest first
npm run mail -- show <id>       one of them; --text shows what was written too
npm run mail -- retry <id>      puts it back: a message in is heard again, a message out is sent again`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { text: { type: 'boolean', default: false } } });
  const [verb, id] = positionals;
  if (!verb || !['list', 'show', 'retry'].includes(verb) || (verb !== 'list' && !id)) {
    process.stdout.write(`${USAGE}\n`);
    return 2;
  }
  const database = await openDatabase(readConfig(process.env).store);
  const store = createStore(database);
  try {
    await store.prepare();
    if (verb === 'list') return await list(store);
    const found = await find(store, id ?? '');
    if (!found) {
      process.stderr.write(`No message has the id ${id}\n`);
      return 1;
    }
    return verb === 'show' ? show(found, values.text) : await retry(store, found);
  } finally {
    await database.close();
  }
}

type Found = { pile: 'inbox'; row: InboxRow } | { pile: 'outbox'; row: OutboxRow };

async function list(store: Store): Promise<number> {
  const [inbox, outbox] = await Promise.all([store.mail.inbox.list('dead', 200), store.mail.outbox.list('dead', 200)]);
  for (const [pile, rows] of [
    ['in', inbox],
    ['out', outbox],
  ] as const) {
    for (const row of rows) {
      process.stdout.write(
        `${pile.padEnd(4)}${row._id}  ${row.town}  ${row.channel}  ${row.attempts} tries  ${row.reason ?? ''}\n`,
      );
    }
  }
  process.stdout.write(`${inbox.length + outbox.length} given up\n`);
  return 0;
}

async function find(store: Store, id: string): Promise<Found | null> {
  const inbox = await store.mail.inbox.get(id);
  if (inbox) return { pile: 'inbox', row: inbox };
  const outbox = await store.mail.outbox.get(id);
  return outbox && { pile: 'outbox', row: outbox };
}

function show({ pile, row }: Found, withText: boolean): number {
  const { activity, address: _address, ...facts } = row;
  const shown = withText ? { pile, ...facts, text: activity.text } : { pile, ...facts };
  process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  return 0;
}

async function retry(store: Store, { pile, row }: Found): Promise<number> {
  if (row.state !== 'dead') {
    process.stderr.write(`${row._id} is ${row.state}: only messages that were given up can be tried again\n`);
    return 1;
  }
  const now = Date.now();
  if (pile === 'outbox') {
    await store.mail.outbox.move(row._id, ['dead'], {
      // Where it may have left after all, the carrier is asked first; a sending that is known to have failed does not count.
      $set: { state: 'unknown', attempts: 0, dueAt: now, failedId: row.receipt ? row.providerId : undefined },
      $unset: ['receipt'],
    });
  } else {
    // An apology was already said under the message's own id; the second hearing gets an id of its own.
    const again = {
      ...row,
      _id: `${row._id}!`,
      state: 'new' as const,
      attempts: 0,
      dueAt: now,
      order: `${String(now).padStart(14, '0')}-000000`,
    };
    await store.mail.inbox.write(again);
    await store.mail.inbox.move(row._id, ['dead'], { $set: { state: 'done' } });
  }
  process.stdout.write(`${row._id} is back in the ${pile}\n`);
  return 0;
}

runCommand(main, 2);
