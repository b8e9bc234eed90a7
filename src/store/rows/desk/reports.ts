/** What was found each night, one row for each town and day. */
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';

/** The bot was at a loss or failed, a question of a form or the wish for a person came to nothing, the citizen went away while they waited. */
export const REASONS = ['not-understood', 'failed', 'form-left', 'left-queue'] as const;

/** A conversation that ended with neither an answer, nor a request, nor a person. */
export interface ReportItem {
  conversation: string;
  channel: string;
  /** When its citizen last wrote (ISO). */
  at: string;
  why: (typeof REASONS)[number];
}

export interface Report {
  town: string;
  /** YYYY-MM-DD. */
  date: string;
  /** When it was made (ISO). */
  at: string;
  /** Conversations of the day. */
  looked: number;
  counts: Partial<Record<ReportItem['why'], number>>;
  items: ReportItem[];
}

interface ReportRow extends Report {
  _id: string;
  [field: string]: unknown;
}

export interface Reports {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Once for each town and day: what stands there stays. */
  write(report: Report): Promise<void>;
  get(town: string, date: string): Promise<Report | null>;
  latest(town: string): Promise<Report | null>;
}

export function createReports(database: Database): Reports {
  const rows: Collection<ReportRow> = database.collection('reports');
  const present = (row: ReportRow | undefined): Report | null => {
    if (!row) return null;
    const { _id, ...rest } = row;
    return rest as Report;
  };
  return {
    prepare: () => rows.index(['town', 'date'], { name: 'town' }),
    async write(report) {
      await insertNew(rows, { _id: `${report.town}:${report.date}`, ...report });
    },
    get: async (town, date) => present((await rows.find({ _id: `${town}:${date}` }, { limit: 1 }))[0]),
    latest: async (town) => present((await rows.find({ town }, { sort: [['date', -1]], limit: 1 }))[0]),
  };
}
