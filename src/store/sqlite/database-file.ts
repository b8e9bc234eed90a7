/**
 * One SQLite file and the ways to it: the settings that make 'acknowledged' mean 'on disk', prepared statements,
 * reads that wait their turn, and writes that share a transaction. Several processes may have the file open.
 */
import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteFile from 'libsql';
import { makeFolder } from '../../make-folder';
import { createRecent } from '../../recent';
import { DuplicateKey, StoreHarmed, StoreUnavailable, type Unavailability } from '../collection';
import { BUSY_PATIENCE_MS, busyPauseMs } from '../patience';
import { createGroupCommit } from './group-commit';
import { createQuietWork } from './quiet-work';
import { indexNameIn, type Sql } from './sql';

type Row = Array<string | number>;

/** A prepared statement whose rows come as arrays. */
interface Statement {
  run(values: Sql['values']): { changes: number };
  get(values: Sql['values']): Row | undefined;
  all(values: Sql['values']): Row[];
}

export interface OpenFile {
  /**
   * The statement of a text, made once for each use: the driver forgets to let go of one that was read to its end by `all`,
   * and a `get` after it answers for the values of before.
   */
  prepare(text: string, use?: 'one' | 'many'): Statement;
  /** Runs a text without values. Only inside a write. */
  run(text: string): void;
  /** Runs the job as soon as no other process is in its way. */
  read<T>(job: () => T): Promise<T>;
  /** Runs the job in a transaction that holds the only write lock from its first word; resolves once on disk. */
  write<T>(job: () => T): Promise<T>;
  /** Finishes the writes under way and closes. */
  close(): Promise<void>;
}

/** The loop is blocked while SQLite waits, so once running it waits very little and we come back later. */
const BUSY_AT_START_MS = 5000;
const BUSY_AT_WORK_MS = 10;
const STATEMENTS_LIMIT = 500;
const CACHE_KIB = 8 * 1024;
/** Twice the usual: two or three messages to a page. Counts for new files only. */
const PAGE_BYTES = 8192;
/** Pages in the write-ahead log before a commit has to move them into the file itself: 16 MB. */
const LOG_PAGES = 2000;

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? '');
const isBusy = (error: unknown) => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
export const isConstraint = (error: unknown) => codeOf(error).startsWith('SQLITE_CONSTRAINT');

const isHarmed = (code: string) => /^SQLITE_(CORRUPT|NOTADB)/.test(code);
const HARMED =
  'The database file is harmed: put the last backup in its place (docs/operate.md, Backup and restore), or move it away to begin afresh';

/** An error of the driver in the port's terms; what is neither a taken key nor a database out of reach stays what it was. */
function translate(file: string, error: unknown): unknown {
  const code = codeOf(error);
  const { message } = error as Error;
  if (isHarmed(code)) return new StoreHarmed(`${HARMED} (${message})`);
  if (code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return new DuplicateKey('_id');
  if (code === 'SQLITE_CONSTRAINT_UNIQUE') return new DuplicateKey(indexNameIn(message) ?? 'unknown');
  if (isBusy(error) || /^SQLITE_(FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL)/.test(code)) {
    return new StoreUnavailable(`The database file cannot be used just now: ${message}`, {
      cause: error,
      why: whyOf(file, code),
    });
  }
  return error;
}

/** A log that cannot grow says so as an error of input and output: on a full disk, or on one that has become read-only meanwhile. */
function whyOf(file: string, code: string): Unavailability {
  if (/^SQLITE_(IOERR_WRITE|IOERR_SHMSIZE|IOERR_FSYNC)/.test(code)) return isReadOnly(file) ? 'read-only' : 'full';
  if (code === 'SQLITE_FULL') return 'full';
  return /^SQLITE_(READONLY|CANTOPEN)/.test(code) ? 'read-only' : 'away';
}

function isReadOnly(file: string): boolean {
  return [file, `${file}-wal`].some((one) => existsSync(one) && !mayWrite(one));
}

function mayWrite(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function connect(file: string): InstanceType<typeof SqliteFile> {
  try {
    makeFolder(dirname(file));
    // Citizens' words are in it: a new file is its owner's alone, and SQLite gives its log the same rights.
    // One that is there is left alone: closing it would let go of every lock this process holds on it, and another
    // process, taking itself for the last, would then remove the log from under us.
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    // The driver would open it all the same, and take no write for as long as it is open.
    if (!mayWrite(file)) throw new Error('it may only be read');
    const connection = new SqliteFile(file);
    // The order matters: turning the log on needs the lock, and two processes may start together.
    connection.exec(`PRAGMA busy_timeout=${BUSY_AT_START_MS}`);
    connection.exec(`PRAGMA page_size=${PAGE_BYTES}`);
    connection.exec('PRAGMA journal_mode=WAL');
    connection.exec('PRAGMA synchronous=FULL');
    connection.exec(`PRAGMA cache_size=-${CACHE_KIB}`);
    connection.exec(`PRAGMA wal_autocheckpoint=${LOG_PAGES}`);
    connection.exec(`PRAGMA busy_timeout=${BUSY_AT_WORK_MS}`);
    return connection;
  } catch (error) {
    const { message } = error as Error;
    const cure = isHarmed(codeOf(error)) ? HARMED : 'Look at the rights of the folder, the room on its disk, and DATA_DIR';
    throw new StoreHarmed(`The database file ${file} cannot be opened: ${message}. ${cure}.`);
  }
}

/** Opens or makes the file. Throws when the folder cannot be written or the file is no database. */
export function openFile(file: string): OpenFile {
  const connection = connect(file);
  const statements = createRecent<Statement>(STATEMENTS_LIMIT);
  let closing: Promise<void> | null = null;
  const checkpoint = createQuietWork(moveLog);

  /** Moves the log into the file as far as nobody is in the way. */
  function moveLog(): void {
    try {
      connection.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // Nobody asked for it, and what is in the log is safe there: whoever writes or reads next is told what is wrong.
    }
  }

  const group = createGroupCommit({
    begin: () => connection.exec('BEGIN IMMEDIATE'),
    commit() {
      connection.exec('COMMIT');
      checkpoint.due();
    },
    rollback: () => connection.exec('ROLLBACK'),
    isOpen: () => connection.inTransaction,
    isBusy,
    translate: (error) => translate(file, error),
  });

  function refuseWhenClosing(): void {
    if (closing) throw new StoreUnavailable('The store is closed');
  }

  async function finish(): Promise<void> {
    await group.settled();
    checkpoint.stop();
    statements.clear();
    try {
      connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // Another process is at it; what is in the log is safe there.
      if (!isBusy(error)) throw error;
    } finally {
      connection.close();
    }
  }

  return {
    prepare(text, use = 'one') {
      const key = `${use} ${text}`;
      let statement = statements.get(key);
      if (!statement) {
        const prepared = connection.prepare(text);
        statement = (prepared.reader ? prepared.raw() : prepared) as unknown as Statement;
        statements.set(key, statement);
      }
      return statement;
    },
    run(text) {
      connection.exec(text);
    },
    async read(job) {
      const untilMs = performance.now() + BUSY_PATIENCE_MS;
      for (;;) {
        refuseWhenClosing();
        try {
          return job();
        } catch (error) {
          if (!isBusy(error) || performance.now() > untilMs) throw translate(file, error);
          await new Promise((resolve) => setTimeout(resolve, busyPauseMs()));
        }
      }
    },
    async write(job) {
      refuseWhenClosing();
      return group.write(job);
    },
    close() {
      closing ??= finish();
      return closing;
    },
  };
}
