/**
 * What the desk searches in: for each request and each conversation that was at the desk, the words in it, folded. Rows of
 * words, so that both databases answer in the same way: the newest rows of the rarest kind of word are looked through.
 */
import { fold } from '../../../domain/language/words';
import type { Collection, Database } from '../../collection';
import { changeOrInsert, insertNew } from '../../insert-new';

export interface SearchEntry {
  /** `ticket:<town>:<reference>`, `conversation:<id>`. */
  id: string;
  kind: 'ticket' | 'conversation';
  town: string;
  service: string;
  /** Milliseconds since 1970: newest first. */
  at: number;
  title: string;
  excerpt: string;
  version: number;
}

interface EntryRow extends Omit<SearchEntry, 'id'> {
  _id: string;
  /** ' bouche egout victor hugo ' */
  words: string;
  [field: string]: unknown;
}

interface WordRow {
  _id: string;
  of: string;
  town: string;
  word: string;
  at: number;
  [field: string]: unknown;
}

export interface Search {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** The entry with the words of a text; nothing when it stands there in this version or a later one. */
  put(entry: SearchEntry, text: string): Promise<void>;
  drop(id: string): Promise<void>;
  /** What has all these words, of which the last may be only begun; newest first, of these services alone. */
  find(town: string, services: string[] | 'all', typed: string, limit: number): Promise<SearchEntry[]>;
  /** How far the rows of a kind were taken in: an ISO moment, or '' for nothing yet. */
  reached(kind: string): Promise<string>;
  reach(kind: string, at: string): Promise<void>;
}

/** Words of one entry that are kept, and of one question that are looked for. */
const MOST_WORDS = 600;
const MOST_ASKED = 8;
const LONGEST_WORD = 40;
/** Newest rows of a word that are looked through. */
const MOST_CANDIDATES = 500;
const LAST = '\u{10FFFF}';

function wordsOf(text: string): string[] {
  const found = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(found.map((word) => word.slice(0, LONGEST_WORD)))].filter((word) => word.length > 1);
}

const present = ({ _id, words: _, ...rest }: EntryRow): SearchEntry => ({ id: _id, ...rest }) as SearchEntry;

export function createSearch(database: Database): Search {
  const entries: Collection<EntryRow> = database.collection('search_entries');
  const rows: Collection<WordRow> = database.collection('search_words');
  const cursors: Collection<{ _id: string; at: string }> = database.collection('search_cursors');

  async function write(entry: SearchEntry, words: string[]): Promise<boolean> {
    const { id, ...rest } = entry;
    const fields = { ...rest, words: ` ${words.join(' ')} ` };
    if (await entries.changeIf({ _id: id, version: { $lt: entry.version } }, { $set: fields })) return true;
    return insertNew(entries, { _id: id, ...fields });
  }

  return {
    async prepare() {
      await rows.index(['town', 'word', 'at'], { name: 'word' });
      await rows.index(['of'], { name: 'of' });
    },
    async put(entry, text) {
      const words = wordsOf(text).slice(0, MOST_WORDS);
      if (!(await write(entry, words))) return;
      // Words that are gone are found no more, because the entry itself is asked in the end.
      await Promise.all(
        words.map(async (word) => {
          const row = { of: entry.id, town: entry.town, word, at: entry.at };
          await insertNew(rows, { _id: `${word}|${entry.id}`, ...row });
        }),
      );
    },
    async drop(id) {
      await rows.remove({ of: id });
      await entries.remove({ _id: id });
    },
    async find(town, services, typed, limit) {
      const asked = wordsOf(typed).slice(0, MOST_ASKED);
      const begun = asked.at(-1);
      if (begun === undefined) return [];
      const whole = asked.slice(0, -1);
      // The longest whole word is likely the rarest.
      const [rarest] = [...whole].sort((one, other) => other.length - one.length);
      const candidates = rarest
        ? await rows.find({ town, word: rarest }, { sort: [['at', -1]], limit: MOST_CANDIDATES })
        : [
            ...(await rows.find({ town, word: begun }, { sort: [['at', -1]], limit: MOST_CANDIDATES })),
            ...(await rows.find({ town, word: { $gt: begun, $lt: begun + LAST } }, { limit: MOST_CANDIDATES })),
          ];
      const ids = [...new Set(candidates.map(({ of }) => of))];
      const found = ids.length > 0 ? await entries.find({ _id: { $in: ids } }) : [];
      return found
        .filter(
          ({ words, service }) =>
            (services === 'all' || services.includes(service)) &&
            whole.every((word) => words.includes(` ${word} `)) &&
            words.includes(` ${begun}`),
        )
        .sort((one, other) => other.at - one.at)
        .slice(0, limit)
        .map(present);
    },
    async reached(kind) {
      const [row] = await cursors.find({ _id: kind }, { limit: 1 });
      return row?.at ?? '';
    },
    async reach(kind, at) {
      await changeOrInsert(cursors, { _id: kind, at }, { $set: { at } });
    },
  };
}
