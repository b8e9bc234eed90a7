/**
 * What was said, line by line: the record of a conversation, and the feed a web client reads.
 */

import type { Why } from '../../domain/decision';
import type { Activity } from '../../domain/message/activity';
import { type Collection, type Database, DuplicateKey } from '../collection';

export interface Line {
  /** Inbox id of what came in, outbox id of what went out. */
  id: string;
  town: string;
  conversation: string;
  /** 1 for the first line, without gaps. */
  line: number;
  at: string;
  from: 'citizen' | 'bot' | 'agent' | 'system';
  activity: Activity;
  /** With a citizen's line: what the bot heard and why it did what it did. */
  why?: Why;
}

interface LineRow extends Omit<Line, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface Transcript {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Writing the same line twice writes it once. */
  write(line: Line): Promise<void>;
  /**
   * Lines after a line number, oldest first. It stops before a gap: a line still being written is
   * waited for, so that a reader who keeps the last number it saw never misses one.
   */
  after(conversation: string, line: number, limit: number): Promise<Line[]>;
}

export function createTranscript(database: Database): Transcript {
  const rows: Collection<LineRow> = database.collection('transcript');
  return {
    prepare: () => rows.index(['conversation', 'line'], { name: 'line' }),
    async write({ id, ...rest }) {
      try {
        await rows.insert({ _id: id, ...rest });
      } catch (error) {
        if (!(error instanceof DuplicateKey)) throw error;
      }
    },
    async after(conversation, line, limit) {
      const found = await rows.find({ conversation, line: { $gt: line } }, { sort: [['line', 1]], limit });
      const lines = found.map(({ _id, ...rest }) => ({ id: _id, ...rest }) as Line);
      const gap = lines.findIndex((each, n) => each.line !== line + 1 + n);
      return gap === -1 ? lines : lines.slice(0, gap);
    },
  };
}
