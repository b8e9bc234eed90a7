/**
 * Brings a database from the shape an older version left to the shape this version expects: numbered steps, in
 * order, at start, by one process at a time. A database that a newer version has written is left alone.
 */
import { randomUUID } from 'node:crypto';
import type { Collection, Database, Document } from './collection';
import { DuplicateKey, StoreUnavailable } from './collection';

export interface SchemaStep {
  /** The schema version this step leads to; steps are listed from low to high. */
  to: number;
  /** For the log, in the operator's words. */
  name: string;
  /** May run twice: a process can end after its work and before the version is written. */
  run(database: Database): Promise<void>;
}

export interface UpgradeOptions {
  /** How long a process that fell silent keeps the others waiting. */
  leaseMs?: number;
  onStep?: (step: { to: number; name: string }) => void;
}

/** The process slept past its lease: another one upgrades by now, and this one writes nothing more. */
class LeaseOver extends Error {}

export class SchemaTooNew extends Error {
  readonly code = 'schema-too-new';
  constructor(
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `This database was written by a newer Guichet (schema ${found}; this one knows up to ${known}). Nothing was changed. ` +
        'Start the newer version, or restore the backup taken before the upgrade.',
    );
  }
}

interface SchemaRow extends Document {
  version: number;
  /** Who is upgrading, and until when the others believe it (milliseconds). */
  owner: string | null;
  until: number;
}

const KEY = 'schema';
const LEASE_MS = 60_000;
const WAIT_MS = 100;

const sleep = (pauseMs: number) => new Promise((resolve) => setTimeout(resolve, pauseMs));

function refuseDisorder(steps: SchemaStep[]): void {
  let before = 0;
  for (const { to, name } of steps) {
    if (!Number.isSafeInteger(to) || to <= before)
      throw new Error(`The step '${name}' leads to ${to}, after ${before}: steps go upwards from 1`);
    before = to;
  }
}

async function readRow(rows: Collection<SchemaRow>): Promise<SchemaRow> {
  for (;;) {
    const [row] = await rows.find({ _id: KEY }, { limit: 1 });
    if (row) return row;
    await rows.insert({ _id: KEY, version: 0, owner: null, until: 0 }).catch((error) => {
      if (!(error instanceof DuplicateKey)) throw error;
    });
  }
}

/** Runs the steps the database has not had; the version it ends at. Throws SchemaTooNew, or what a step threw. */
export async function upgrade(database: Database, steps: SchemaStep[], options: UpgradeOptions = {}): Promise<number> {
  refuseDisorder(steps);
  const { leaseMs = LEASE_MS } = options;
  const known = steps.at(-1)?.to ?? 0;
  const rows = database.collection<SchemaRow>('meta');
  const owner = randomUUID();
  for (;;) {
    const row = await readRow(rows);
    if (row.version > known) throw new SchemaTooNew(row.version, known);
    if (row.version === known) return known;
    const now = Date.now();
    const until = now + leaseMs;
    const mine = await rows.updateIf({ _id: KEY, version: row.version, until: { $lte: now } }, { $set: { owner, until } });
    if (mine) await climb(database, rows, { owner, until }, mine.version, steps, options);
    else await sleep(WAIT_MS);
  }
}

/** Takes every step above the version while the lease is ours; whoever loses it looks again from the start. */
async function climb(
  database: Database,
  rows: Collection<SchemaRow>,
  lease: { owner: string; until: number },
  from: number,
  steps: SchemaStep[],
  { leaseMs = LEASE_MS, onStep }: UpgradeOptions,
): Promise<void> {
  const { owner } = lease;
  const renew = async () => {
    const until = Date.now() + leaseMs;
    if (await rows.updateIf({ _id: KEY, owner }, { $set: { until } })) lease.until = until;
  };
  const ours = whileOurs(database, () => Date.now() < lease.until);
  // A renewal that fails once is tried again before the lease ends; a step never waits for it.
  const renewal = setInterval(() => void renew().catch(() => {}), leaseMs / 4);
  let version = from;
  try {
    for (const step of steps) {
      if (step.to <= version) continue;
      onStep?.({ to: step.to, name: step.name });
      await runStep(step, ours);
      const written = await rows.updateIf(
        { _id: KEY, owner, version },
        { $set: { version: step.to, until: Date.now() + leaseMs } },
      );
      if (!written) return;
      version = step.to;
    }
  } catch (error) {
    if (!(error instanceof LeaseOver)) throw error;
  } finally {
    clearInterval(renewal);
    // A lease that cannot be given back runs out by itself.
    await rows.updateIf({ _id: KEY, owner }, { $set: { owner: null, until: 0 } }).catch(() => {});
  }
}

async function runStep(step: SchemaStep, database: Database): Promise<void> {
  try {
    await step.run(database);
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof LeaseOver) throw error;
    throw new Error(`The upgrade to schema ${step.to} (${step.name}) failed: ${(error as Error).message}`, { cause: error });
  }
}

/** The database for a step's eyes: each write asks first whether the lease still runs. */
function whileOurs(database: Database, isOurs: () => boolean): Database {
  const checked =
    <Asked extends unknown[], Answer>(verb: (...asked: Asked) => Promise<Answer>) =>
    async (...asked: Asked): Promise<Answer> => {
      if (!isOurs()) throw new LeaseOver();
      return verb(...asked);
    };
  return {
    ...database,
    collection<T extends Document>(name: string): Collection<T> {
      const rows = database.collection<T>(name);
      const { insert, updateIf, changeIf, remove, index } = rows;
      return {
        ...rows,
        insert: checked(insert),
        updateIf: checked(updateIf),
        changeIf: checked(changeIf),
        remove: checked(remove),
        index: checked(index),
      };
    },
  };
}
