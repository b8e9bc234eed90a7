/**
 * What was said, line by line: the record of a conversation, and the feed a web client reads.
 */

import type { Why } from '../../domain/effect';
import type { Activity } from '../../domain/message/activity';
import { isForCitizen, type LineFrom } from '../../domain/message/readers';
import { createRecent } from '../../recent';
import type { Collection, Database } from '../collection';
import { insertNew } from '../insert-new';

export interface Line {
  /** Inbox id of what came in, outbox id of what went out. */
  id: string;
  town: string;
  conversation: string;
  /** 1 for the first line, without gaps. */
  line: number;
  at: string;
  from: LineFrom;
  /** For whom a whisper is: the agent's id. */
  to?: string;
  /** Who of the town hall wrote it. */
  agent?: { id: string; name: string };
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
   * Lines after a line number as a citizen may read them (no notes), oldest first. It stops before a gap: a line still being
   * written is waited for, so that a reader who keeps the last number it saw never misses one.
   */
  after(conversation: string, line: number, limit: number): Promise<Line[]>;
  /**
   * The same for whoever is woken by what this process has just written: that is handed on without being read back, and where
   * they have all of it, nothing. There may be more, which others wrote: `after` finds it.
   */
  news(conversation: string, line: number, limit: number): Promise<Line[]>;
  /** The number of a line by its id, where it is one that citizens read in this conversation. */
  numberOf(conversation: string, id: string): Promise<number | null>;
  /** For the desk alone: the same with the notes. */
  withNotes(conversation: string, line: number, limit: number): Promise<Line[]>;
  /** For the desk alone: the lines before a line number, notes too; the newest of them, oldest first. */
  before(conversation: string, line: number, limit: number): Promise<Line[]>;
}

/** Conversations whose last lines are at hand, lines of each, and for how long: until the pages that are open have them. */
const AT_HAND = 500;
const MOST_LINES = 20;
const FRESH_MS = 5000;

export function createTranscript(database: Database): Transcript {
  const rows: Collection<LineRow> = database.collection('transcript');
  const present = ({ _id, ...rest }: LineRow) => ({ id: _id, ...rest }) as Line;

  async function withNotes(conversation: string, line: number, limit: number): Promise<Line[]> {
    const found = await rows.find({ conversation, line: { $gt: line } }, { sort: [['line', 1]], limit });
    const gap = found.findIndex((each, n) => each.line !== line + 1 + n);
    return (gap === -1 ? found : found.slice(0, gap)).map(present);
  }

  const written = createRecent<Array<{ line: Line; at: number }>>(AT_HAND);

  function keepAtHand(line: Line): void {
    const lines = written.get(line.conversation) ?? [];
    lines.push({ line, at: performance.now() });
    written.set(line.conversation, lines.slice(-MOST_LINES));
  }

  /** What this process has just written after a line, as far as it follows on. */
  function atHand(conversation: string, after: number): Line[] {
    const since = performance.now() - FRESH_MS;
    const fresh = new Map<number, Line>();
    for (const { line, at } of written.get(conversation) ?? []) if (at > since) fresh.set(line.line, line);
    const lines: Line[] = [];
    for (let next = fresh.get(after + 1); next; next = fresh.get(next.line + 1)) lines.push(next);
    return lines;
  }

  async function after(conversation: string, line: number, limit: number): Promise<Line[]> {
    const lines: Line[] = [];
    // A page of notes alone is not the end: whoever gets fewer lines than asked for has read them all.
    for (let from = line; ; ) {
      const found = await withNotes(conversation, from, limit);
      lines.push(...found.filter(isForCitizen));
      if (found.length < limit || lines.length >= limit) return lines.slice(0, limit);
      from = found.at(-1)!.line;
    }
  }

  return {
    prepare: () => rows.index(['conversation', 'line'], { name: 'line' }),
    async write(line) {
      const { id, ...rest } = line;
      if (await insertNew(rows, { _id: id, ...rest })) keepAtHand(line);
    },
    after,
    async news(conversation, line, limit) {
      if (written.get(conversation)?.every((known) => known.line.line <= line)) return [];
      const lines = atHand(conversation, line).filter(isForCitizen).slice(0, limit);
      return lines.length > 0 ? lines : after(conversation, line, limit);
    },
    async numberOf(conversation, id) {
      const [row] = await rows.find({ _id: id }, { limit: 1 });
      return row?.conversation === conversation && isForCitizen(row) ? row.line : null;
    },
    withNotes,
    async before(conversation, line, limit) {
      const found = await rows.find({ conversation, line: { $lt: line } }, { sort: [['line', -1]], limit });
      return found.reverse().map(present);
    },
  };
}
