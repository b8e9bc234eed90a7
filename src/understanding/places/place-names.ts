/**
 * The names of a town's streets and landmarks, ready to be found again however they were
 * typed: "bd gambeta", "av j jaures", "rue hugo". Knows how well words fit a name, nothing of sentences.
 */
import { editDistance } from '../../domain/language/words';
import { remembering } from '../../recent';
import type { PlaceLexicon, Word } from './place-words';

/** One way of naming a street or a landmark. */
export interface Name {
  kind: 'street' | 'landmark';
  /** Position in the town's streets or landmarks. */
  target: number;
  /** Street type ('rue') or first word of a landmark ('ecole'); '' for a name without a type. */
  head: string;
  /** Small words right after the head: 'de la'. */
  links: string;
  /** What is left: 'victor', 'hugo'. Empty for a landmark of one word. */
  core: string[];
  /** Looks like the name of a person or a firm: no article after the type of a street, capitals in a landmark. */
  isProper: boolean;
}

export interface Fit {
  name: Name;
  /** 0: word for word. */
  cost: number;
  /** Index after the last word used. */
  end: number;
  /** Some words of the name were not typed. */
  isCutShort: boolean;
}

export interface Names {
  /** Names that the words from `start` on may be the core of, each with how well it fits; unsorted. `isLinked`: 'de', 'du'… came before. */
  fits(words: readonly Word[], start: number, isLinked: boolean): Fit[];
  /** The same for whole cores typed without a slip, which is much cheaper. */
  exactFits(words: readonly Word[], start: number): Fit[];
  /** Landmark names by their head. */
  landmarkHead(word: string): readonly Name[];
}

/** How much each kind of slip counts against a fit. */
const COST = { edit: 1, plural: 0.5, initial: 0.2, skipped: 0.4, cutShort: 1.5 } as const;
const MOST_CANDIDATES = 300;
/** Short kinds of landmark are too near to other words: 'piste' is no 'poste'. */
const LEAST_REPAIRED_HEAD = 7;
/** The same words come again and again; comparing them once is enough. */
const MOST_REMEMBERED = 2000;
/** Any of the first words of a core may have been left out, so this many typed words are looked up. */
const LOOKED_UP_WORDS = 3;

export function createNames(names: readonly Name[], lexicon: PlaceLexicon): Names {
  const { links, withoutShortcut } = lexicon;
  const byWord = new Map<string, Name[]>();
  const byHead = new Map<string, Name[]>();
  for (const name of names) {
    for (const word of new Set(name.core)) add(byWord, word, name);
    // 'victorhugo' is typed as one word often enough.
    if (name.core.length > 1) add(byWord, name.core.join(''), name);
    if (name.kind === 'landmark') add(byHead, name.head, name);
  }
  const similar = createSimilarWords(byWord.keys(), lexicon);
  const similarHeads = createSimilarWords(byHead.keys(), lexicon);

  function candidates(words: readonly Word[], start: number): Set<Name> {
    const found = new Set<Name>();
    for (let index = start, looked = 0; index < words.length && looked < LOOKED_UP_WORDS; index++) {
      const typed = words[index]!;
      if (index > start && typed.isAfterBreak) break;
      if (links.has(typed.text)) continue;
      looked++;
      for (const known of similar(withoutShortcut(typed.text))) {
        for (const name of byWord.get(known) ?? []) if (found.size < MOST_CANDIDATES) found.add(name);
      }
    }
    return found;
  }

  return {
    fits: (words, start, isLinked) =>
      [...candidates(words, start)].flatMap((name) => align(lexicon, name, words, start, isLinked) ?? []),
    exactFits(words, start) {
      const first = words[start];
      const found = first ? (byWord.get(withoutShortcut(first.text)) ?? []) : [];
      return found.flatMap((name) => {
        const whole = align(lexicon, name, words, start, false);
        return whole && whole.cost === 0 ? whole : [];
      });
    },
    landmarkHead(word) {
      const exact = byHead.get(word);
      if (exact || word.length < LEAST_REPAIRED_HEAD) return exact ?? [];
      return similarHeads(word).flatMap((head) => (head[0] === word[0] ? (byHead.get(head) ?? []) : []));
    },
  };
}

/** Cuts a name into head, links and core. A street name without a known type has the head ''. */
export function nameOf(lexicon: PlaceLexicon, kind: Name['kind'], target: number, written: string): Name {
  const isLink = (word: string) => lexicon.links.has(word);
  const all = lexicon.wordsOf(written).map((word) => word.text);
  // 'La Poste' is asked for as 'poste'.
  const words = kind === 'landmark' ? all.slice(all.findIndex((word) => !isLink(word))) : all;
  const type = kind === 'street' ? lexicon.streetType(words[0] ?? '', words[1]) : null;
  const headWords = kind === 'landmark' ? 1 : (type?.words ?? 0);
  const rest = words.slice(headWords);
  const linkCount = rest.findIndex((word) => !isLink(word));
  const links = rest.slice(0, Math.max(0, linkCount));
  return {
    kind,
    target,
    head: kind === 'landmark' ? (words[0] ?? '') : (type?.type ?? ''),
    links: links.join(' '),
    core: rest
      .slice(links.length)
      .filter((word) => !isLink(word))
      .map(lexicon.withoutShortcut),
    isProper: kind === 'street' ? links.length === 0 : /\s.*\p{Lu}/u.test(written),
  };
}

/** Lays typed words along the core of a name. Words of the name may be missing, words typed may not. */
function align(lexicon: PlaceLexicon, name: Name, words: readonly Word[], start: number, isLinked: boolean): Fit | null {
  const { core } = name;
  const { withoutShortcut } = lexicon;
  const first = words[start];
  if (core.length > 1 && first && withoutShortcut(first.text) === core.join('')) {
    return { name, cost: 0, end: start + 1, isCutShort: false };
  }
  let [cost, at, end, index] = [0, start, start, 0];
  let isNamed = false;
  let skipped = 0;
  while (index < core.length && at < words.length) {
    const typed = words[at]!;
    if (at > start && typed.isAfterBreak) break;
    const step = wordCost(lexicon, core[index]!, typed.text, index === core.length - 1, isNamed || isLinked);
    if (step !== null) {
      cost += step + skipped * COST.skipped;
      skipped = 0;
      isNamed ||= isTelling(lexicon, core[index]!, typed.text);
      at++;
      end = at;
      index++;
    } else if (lexicon.links.has(typed.text) && at > start) at++;
    else {
      skipped++;
      index++;
    }
  }
  const missing = core.length - index + skipped;
  if (!isNamed || end === start) return null;
  return { name, cost: cost + (missing > 0 ? COST.cutShort : 0), end, isCutShort: missing > 0 };
}

/** A title, an initial or a bare number names nobody by itself. */
function isTelling({ isTitle }: PlaceLexicon, known: string, typed: string): boolean {
  return typed.length > 1 && !isTitle(known) && !/^\d/.test(known);
}

function wordCost(
  { withoutShortcut }: PlaceLexicon,
  known: string,
  typed: string,
  isLast: boolean,
  isSupported: boolean,
): number | null {
  const word = withoutShortcut(typed);
  if (known === word) return 0;
  if (word.length === 1) return !isLast && known.startsWith(word) ? COST.initial : null;
  if (known === `${word}s` || word === `${known}s`) return COST.plural;
  const allowed = allowedEdits(known.length, isSupported);
  if (allowed === 0 || /\d/.test(known)) return null;
  const edits = editDistance(known, word, allowed);
  return edits <= allowed ? edits * COST.edit : null;
}

/** Short words are too near each other to be repaired ('rue pour' is no 'rue du Four') unless others agree; long ones bear two slips. */
function allowedEdits(length: number, isSupported: boolean): number {
  const least = isSupported ? 4 : 5;
  return length < least ? 0 : length < 8 ? 1 : 2;
}

/** Known words within the edits that a typed word may have, by lengths and letters first so that few are compared. */
function createSimilarWords(known: Iterable<string>, lexicon: PlaceLexicon): (word: string) => string[] {
  const byLength = new Map<number, Array<{ word: string; letters: number }>>();
  const all = new Set(known);
  for (const word of all) add(byLength, word.length, { word, letters: lettersOf(word) });

  function alike(word: string): string[] {
    if (all.has(word)) {
      // A plural is a name of its own: 'moulins' may mean 'rue du Moulin' too.
      return [word, `${word}s`, word.replace(/s$/, '')].filter(
        (form, index, forms) => all.has(form) && forms.indexOf(form) === index,
      );
    }
    const allowed = allowedEdits(word.length + 1, true);
    if (allowed === 0) return [];
    const letters = lettersOf(word);
    const found: string[] = [];
    for (let length = word.length - allowed; length <= word.length + allowed; length++) {
      for (const entry of byLength.get(length) ?? []) {
        if (bitCount(entry.letters ^ letters) <= 2 * allowed && wordCost(lexicon, entry.word, word, true, true) !== null)
          found.push(entry.word);
      }
    }
    return found;
  }

  return remembering(MOST_REMEMBERED, alike);
}

function lettersOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index++) letters |= 1 << (word.charCodeAt(index) & 31);
  return letters;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
