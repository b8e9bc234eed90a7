/**
 * What the desk searches in: for each request and each conversation that was at the desk, the words in it, folded. Rows of
 * words, so that both databases answer in the same way: the newest rows of the rarest word are looked through.
 */
import { keyWords } from '../../../domain/language/words';
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

/** Rows of a word among which what has all the words is looked for; `word` is null where no page follows. */
interface Candidates {
  word: string | null;
  rows: WordRow[];
  number: number;
}

/** Words of one entry that are kept, and of one question that are looked for. */
const MOST_WORDS = 600;
const MOST_ASKED = 8;
const LONGEST_WORD = 40;
/** Newest rows of a word that are looked through at a time, and how many times. */
const MOST_CANDIDATES = 500;
const MOST_PAGES = 4;
const LAST = '\u{10FFFF}';

function wordsOf(text: string): string[] {
  return [...new Set(keyWords(text).map((word) => word.slice(0, LONGEST_WORD)))].filter((word) => word.length > 1);
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

  /** A word's newest rows, after those of the page before. */
  async function newest(town: string, word: string, before?: Candidates): Promise<Candidates> {
    const earlier = before?.rows.at(-1)?.at;
    const found = await rows.find(
      { town, word, ...(earlier === undefined ? {} : { at: { $lt: earlier } }) },
      { sort: [['at', -1]], limit: MOST_CANDIDATES },
    );
    return { word, rows: found, number: (before?.number ?? 0) + 1 };
  }

  /** The newest rows of a word, and some of those that begin so. */
  async function beginning(town: string, begun: string): Promise<Candidates> {
    const [own, longer] = await Promise.all([
      newest(town, begun),
      rows.find({ town, word: { $gt: begun, $lt: begun + LAST } }, { limit: MOST_CANDIDATES }),
    ]);
    return { word: longer.length > 0 ? null : begun, rows: [...own.rows, ...longer], number: 1 };
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
      const isFound = ({ words, service }: EntryRow) =>
        (services === 'all' || services.includes(service)) &&
        whole.every((word) => words.includes(` ${word} `)) &&
        words.includes(` ${begun}`);
      const lists = await Promise.all([...whole.map((word) => newest(town, word)), beginning(town, begun)]);
      const found: EntryRow[] = [];
      let page: Candidates | undefined = lists.sort((one, other) => one.rows.length - other.rows.length)[0];
      while (page) {
        const ids = [...new Set(page.rows.map(({ of }) => of))];
        const some = ids.length > 0 ? await entries.find({ _id: { $in: ids } }) : [];
        found.push(...some.filter(isFound));
        // Of words that are in most of what there is, what is old is looked for no further.
        const isLast: boolean = page.rows.length < MOST_CANDIDATES || found.length >= limit || page.number >= MOST_PAGES;
        page = isLast || page.word === null ? undefined : await newest(town, page.word, page);
      }
      return found
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
