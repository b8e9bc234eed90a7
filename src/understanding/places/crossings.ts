/**
 * Two streets that are named as one place: "angle rue Pasteur et rue Thiers", "rue pasteur / rue thiers", "corner of Carnot
 * and Hoche". Behind a word that says it is a crossing, streets may be called by their name alone.
 */
import type { GeoPoint, Street } from '../../domain/town';
import { crossingOf } from './geocoding';
import type { Mention } from './place-mentions';
import type { Name, Names } from './place-names';
import type { PlaceLexicon, Word } from './place-words';

interface Crossing {
  one: Street;
  other: Street;
  /** Words from the first street to the end of the second, exclusive. */
  first: number;
  to: number;
  /** Null where the map says that they do not meet. */
  point: GeoPoint | null;
}

/** Words, at least, that say what is the matter there. */
const FEWEST_BESIDE = 2;

/** A piece of a text, end exclusive. */
interface Span {
  start: number;
  end: number;
}

/** Words before the first street among which one says that it is a crossing. */
const BEFORE = 4;
/** Words between the two streets, where their names stand alone. */
const BETWEEN = 4;
const SIGN = /^\s*[/&+x×]\s*$/i;

interface Side {
  streets: Street[];
  from: number;
  to: number;
  /** Called like a person, and not like a thing ("Hoche", and not "port"). */
  isProper: boolean;
}

export function createCrossings(lexicon: PlaceLexicon, names: Names, streetOf: (name: Name) => Street | undefined) {
  const streetsOf = (all: readonly Name[]) => [...new Set(all.flatMap((name) => streetOf(name) ?? []))];
  const isCrossing = (word: Word) => lexicon.crossing.has(word.text);

  /** A street called by nothing but its whole name: "Carnot", "Victor Hugo". */
  const bareAt = (words: readonly Word[], at: number): Side | null => {
    const fits = names
      .exactFits(words, at)
      .filter(({ name }) => name.kind === 'street' && !name.core.some((word) => /^\d/.test(word)));
    const to = Math.max(0, ...fits.map(({ end }) => end));
    const streets = streetsOf(fits.filter(({ end }) => end === to).map(({ name }) => name));
    return streets.length > 0 ? { streets, from: at, to, isProper: fits.every(({ name }) => name.isProper) } : null;
  };

  const sideAt = (mentions: readonly Mention[], words: readonly Word[], at: number): Side | null => {
    const mention = mentions.find(({ from, names: all }) => from === at && streetOf(all[0]!));
    if (!mention) return bareAt(words, at);
    return { streets: streetsOf(mention.names), from: mention.from, to: mention.to, isProper: true };
  };

  /** The next street from a word on, none but small words and `most` others before it. */
  const nextSide = (mentions: readonly Mention[], words: readonly Word[], start: number, most: number): Side | null => {
    for (let at = start; at < Math.min(words.length, start + most); at++) {
      const side = sideAt(mentions, words, at);
      if (side) return side;
    }
    return null;
  };

  const meeting = (one: Side, other: Side): Crossing | null => {
    const pairs = one.streets.flatMap((from) => other.streets.map((to) => ({ from, to }))).filter(({ from, to }) => from !== to);
    const [nearest] = pairs.flatMap(({ from, to }) => {
      const point = crossingOf(from, to);
      return point ? [{ one: from, other: to, point }] : [];
    });
    const [pair] = pairs;
    const span = { first: one.from, to: other.to };
    if (nearest) return { ...nearest, ...span };
    return pair ? { one: pair.from, other: pair.to, point: null, ...span } : null;
  };

  return (mentions: readonly Mention[], words: readonly Word[], text: string): Crossing | null => {
    const streets = mentions.filter(({ names: all }) => streetOf(all[0]!));
    const said = words.findIndex(isCrossing);
    const next = said >= 0 ? nextSide(mentions, words, said + 1, BETWEEN) : null;
    const typed = streets[0] ? sideAt(mentions, words, streets[0].from) : null;
    const one = typed && (!next?.isProper || next.from > typed.from) ? typed : next;
    if (!one) return null;
    const [last, after] = [words[one.to - 1]!, words[one.to]];
    if (!after) return null;
    const isSlashed = SIGN.test(text.slice(last.end, after.start));
    const isSaid = words.slice(Math.max(0, one.from - BEFORE), one.from).some(isCrossing);
    const second = streets.find(({ from }) => from >= one.to);
    if (second) {
      const beside = words.slice(one.to, second.from);
      const isSign = isSlashed && beside.length === 0;
      return isSign || isSaid || beside.some(isCrossing) ? meeting(one, sideAt(mentions, words, second.from)!) : null;
    }
    const other = nextSide(mentions, words, one.to, BETWEEN);
    const isMeant = isSaid || isSlashed || words.slice(one.to, other?.from ?? one.to).some(isCrossing);
    return other && isMeant ? meeting(one, other) : null;
  };
}

/** The streets of a crossing say nothing of what is the matter there. */
export function besideCrossing<Each extends Span>(words: Each[], crossing: Span | null): Each[] {
  const beside = crossing ? words.filter(({ start, end }) => end <= crossing.start || start >= crossing.end) : words;
  return beside.length >= FEWEST_BESIDE ? beside : words;
}
