/**
 * `npm run mail -- in`: an e-mail from a mail server's pipe becomes a message. `list|show|retry`: what the mailroom could not bring to its end, why, and another try.
 * Message text is shown only when asked for, since it is a citizen's.
 */
import { join } from 'node:path';
import { acceptMail } from '../src/app/channels/email';
import { MOST_BYTES } from '../src/channels/email/mail';
import { readConfig } from '../src/config';
import { createWriteDown } from '../src/mailroom';
import { openDatabase } from '../src/store';
import type { InboxRow, OutboxRow } from '../src/store/rows/mail';
import { createStore, type Store } from '../src/store/store';
import { openTowns } from '../src/towns';
import { runCommand, type Typed } from './run-command';

const USAGE = `npm run mail -- in < message.eml  an e-mail that came; --to address: whom the mail server says it is for
npm run mail -- list            messages that were given up, newest first
npm run mail -- show <id>       one of them; --text shows what was written too
npm run mail -- retry <id>      puts it back: a message in is heard again, a message out is sent again`;

const OPTIONS = { text: { type: 'boolean', default: false }, to: { type: 'string' } } as const;

async function main({ positionals, values }: Typed<typeof OPTIONS>): Promise<number | 'usage'> {
  const [verb, id] = positionals;
  if (verb === 'in') return takeIn(await bytesOf(process.stdin), values.to);
  if (!verb || !['list', 'show', 'retry'].includes(verb) || (verb !== 'list' && !id)) return 'usage';
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

/** What mail servers understand (sysexits.h): kept, cannot be read, no such address here, try again later. */
const KEPT = 0;
const UNREADABLE = 65;
const NO_SUCH_ADDRESS = 67;
const TRY_AGAIN = 75;
/** A store that cannot be opened is waited for elsewhere; a mail server tries again by itself. */
const PATIENCE_MS = 30_000;

/** The server beside it finds the row within a second, or at its next start. */
async function takeIn(raw: Buffer, to: string | undefined): Promise<number> {
  setTimeout(() => {
    process.stderr.write('Not kept just now: the store did not answer\n');
    process.exit(TRY_AGAIN);
  }, PATIENCE_MS).unref();
  try {
    const config = readConfig(process.env);
    const towns = await openTowns(config);
    const database = await openDatabase(config.store);
    try {
      const store = createStore(database);
      await store.prepare();
      const clock = () => new Date();
      const files = await database.openFiles(join(config.dataDir, 'files'));
      const accepted = await acceptMail({ towns, store, files, clock }, createWriteDown({ mail: store.mail, clock }))(raw, to);
      if (accepted === 'unreadable') return UNREADABLE;
      return accepted === 'no-town' ? NO_SUCH_ADDRESS : KEPT;
    } finally {
      await database.close();
    }
  } catch (error) {
    process.stderr.write(`Not kept just now: ${error instanceof Error ? error.name : 'unknown'}\n`);
    return TRY_AGAIN;
  }
}

async function bytesOf(stream: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > 2 * MOST_BYTES) break;
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
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

runCommand({ usage: USAGE, options: OPTIONS, takesWords: true, main, atFault: 2 });
