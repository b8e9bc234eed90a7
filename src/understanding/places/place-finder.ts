/**
 * Where is it? Finds the street, the door or the landmark in a citizen's message, as people
 * type them: "au 32 rue victor hugo", "av j jaures", "en face du stade". What may be one of
 * several is said to be, so that the form can ask; what is only a word of a street is left alone.
 */
import { isWithin } from '../../domain/geography';
import type { PlaceWords } from '../../domain/language/address-words';
import { phraseKey } from '../../domain/language/words';
import type { GeoPoint, Landmark, Street, Town } from '../../domain/town';
import type { FoundPlace } from '../understanding';
import { stretchIn } from './between';
import { createCrossings } from './crossings';
import { numberAfter, numberBefore } from './door-numbers';
import { areDoorsAll, doorsAlone } from './doors-alone';
import { createNearestDoor, doorPoint } from './geocoding';
import { createPlaceAlone } from './place-alone';
import { type Mention, mentionsIn, nameAlone } from './place-mentions';
import { createNames, type Name, nameOf } from './place-names';
import { createPlaceLexicon, type PlaceLexicon, type Word } from './place-words';

export interface PlaceFinder {
  /** The place a message is about. `knownStreet` is one already given: a bare number or "the school" is read on it. */
  find(text: string, knownStreet?: string): FoundPlace | null;
  /** The address nearest to a pin; null when no street is near. The point stays the citizen's own. */
  nearest(point: GeoPoint): FoundPlace | null;
  /** Whether a message says where and nothing else; `place`: the one found in it. */
  isAlone(text: string, place: FoundPlace | null): boolean;
  /** The numbers of doors that words name without their street, and those that they deny: "pas 14 mais 12"; `isAll`: they say nothing else. */
  doors(
    text: string,
  ): Array<{ number: string; start: number; end: number; isDenied: boolean; mayBeTime: boolean; isAll: boolean }>;
  /** Where in a message two streets are named as one place, with the words that lead to them. */
  crossing(text: string): { start: number; end: number } | null;
  /** The streets and landmarks that a message says it is not. */
  denied(text: string): string[];
  /** The landmark that is named without a word of place beside it, or one of several such; for answers to where it is. */
  named(text: string): FoundPlace | null;
  /** Whether any word says where, as "devant", a type of street and "trottoir" do. */
  saysWhere(text: string): boolean;
  /** Whether a word, folded, is a type of street in a language of the town: 'rue', 'bd'. */
  isStreetType(word: string): boolean;
}

const MOST_OTHERS = 5;
/** In a longer answer a landmark is spoken of, and is not where it is. */
const MOST_WORDS_NAMED = 14;

/** @param languages how places are named in each language of the town, the first one's way of writing an address first. */
export function createPlaceFinder(town: Town, languages: readonly PlaceWords[]): PlaceFinder {
  const lexicon = createPlaceLexicon(languages);
  const { wordsOf } = lexicon;
  const isNumberLast = languages[0]?.address === 'street-number';
  const { landmarks } = town;
  const streets = town.streets.map((street) => ({ ...street, name: lexicon.inSentence(street.name) }));
  const addressOf = (number: string, street: string) => (isNumberLast ? `${street}, ${number}` : `${number} ${street}`);
  const namesOf = (kind: Name['kind'], all: ReadonlyArray<{ name: string; alsoCalled?: string[] }>) =>
    all.flatMap(({ name, alsoCalled = [] }, target) => [name, ...alsoCalled].map((one) => nameOf(lexicon, kind, target, one)));
  const names = createNames([...namesOf('street', streets), ...namesOf('landmark', landmarks)], lexicon);
  const nearestDoor = createNearestDoor(streets);
  const streetByKey = new Map(streets.map((street) => [phraseKey(street.name), street]));
  const isInside = (point: GeoPoint) => town.boundary.length === 0 || isWithin(point, town.boundary);
  const streetOf = (name: Name): Street | undefined => (name.kind === 'street' ? streets[name.target] : undefined);
  const landmarkOf = (name: Name): Landmark | undefined => (name.kind === 'landmark' ? landmarks[name.target] : undefined);
  const crossings = createCrossings(lexicon, names, streetOf);
  const spotNames = new Set(landmarks.map(({ name }) => phraseKey(name)));
  /** A square or a roundabout is a place without a number; so is a street of which the town's landmarks have the same name. */
  const isWhole = (name: Name, street: Street) => lexicon.wholeTypes.has(name.head) || spotNames.has(phraseKey(street.name));
  const isAround = (word: string) =>
    [lexicon.links, lexicon.articles, lexicon.between, lexicon.crossing].some((list) => list.has(word)) ||
    lexicon.isBeforePlace(word, undefined, false);
  const labelOf = (name: Name): string => streetOf(name)?.name ?? landmarkText(landmarkOf(name)!);

  function find(text: string, knownStreet?: string): FoundPlace | null {
    const words = wordsOf(text);
    const mentions = withNumbers(lexicon, mentionsIn(words, names, lexicon), words, text).filter(
      (mention) => !isDenied(lexicon, mention, words),
    );
    const street = mentions.find((mention) => streetOf(mention.names[0]!));
    const crossing = crossingIn(mentions, words, text);
    if (crossing) return crossing;
    const stretch = stretchPlace(mentions, words, text);
    if (stretch) return stretch;
    const known = street ? streetOf(street.names[0]!) : streetByKey.get(phraseKey(knownStreet ?? ''));
    if (!street && known) {
      const door = doorsAlone(lexicon, words, text).find(({ isDenied }) => !isDenied);
      if (door) return streetPlace(known, door.number, words, door, []);
    }
    if (street?.number) return placeOf(street, words);
    const spots = mentions.filter((mention) => landmarkOf(mention.names[0]!));
    const spot = spots.find((mention) => !mention.isBare) ?? spots[0];
    if (!spot) return street ? placeOf(street, words) : null;
    const there = known ? spot.names.filter((name) => isOn(landmarkOf(name), known)) : [];
    if (there.length > 0) return placeOf({ ...spanOf(spot, street), names: there }, words);
    const isStreetFirst = street !== undefined && (spot.isBare || street.from < spot.from);
    return placeOf(isStreetFirst ? street : spot, words);
  }

  function crossingIn(mentions: readonly Mention[], words: readonly Word[], text: string): FoundPlace | null {
    const crossing = crossings(mentions, words, text);
    if (!crossing) return null;
    const { first, one, other, to, point } = crossing;
    const span = { from: fromSign(first, words), to };
    const place = streetPlace(one, undefined, words, span, []);
    if (!point) return { ...place, others: [other.name], isApart: true };
    return { ...place, text: `${one.name} / ${other.name}`, precision: 'landmark', point, isInside: isInside(point) };
  }

  function stretchPlace(mentions: readonly Mention[], words: readonly Word[], text: string): FoundPlace | null {
    if (!words.some((word) => lexicon.range.has(word.text))) return null;
    // "Between the station and the library": what stands on either side needs no other word of place.
    const spots = mentionsIn(words, names, { ...lexicon, isBeforePlace: () => true });
    const stretch = stretchIn(lexicon, mentions, words) ?? stretchIn(lexicon, withNumbers(lexicon, spots, words, text), words);
    if (!stretch) return null;
    const { one, other, on, from } = stretch;
    const ends = [one, other].map((each) => placeOf(each, words));
    const { start, end } = rangeOf({ from, to: other.to }, words);
    const said = text.slice(start, end);
    const street = on && placeOf(on, words);
    return {
      text: street ? `${street.text} (${said})` : said,
      ...(street?.street && { street: street.street, point: street.point }),
      precision: 'landmark',
      start: street?.start ?? start,
      end,
      isInside: ends.every((each) => each.isInside),
      others: [],
      isStretch: true,
    };
  }

  /** 'At the corner of' belongs to the place. */
  function fromSign(first: number, words: readonly Word[]): number {
    let from = first;
    while (from > 0 && isAround(words[from - 1]!.text)) from--;
    return from;
  }

  function placeOf(mention: Mention, words: readonly Word[]): FoundPlace {
    const [best, ...rest] = mention.names as [Name, ...Name[]];
    const others = rest.slice(0, MOST_OTHERS).map(labelOf);
    const street = streetOf(best);
    if (street) {
      const place = streetPlace(street, mention.number, words, mention, others);
      return mention.number === undefined && isWhole(best, street)
        ? { ...place, precision: 'landmark', landmark: street.name }
        : place;
    }
    const { name, street: on, latitude, longitude } = landmarkOf(best)!;
    const point = { latitude, longitude };
    const where = { ...(on && { street: on }), landmark: name, point };
    return {
      text: labelOf(best),
      ...where,
      precision: 'landmark',
      ...rangeOf(mention, words),
      isInside: isInside(point),
      others,
    };
  }

  function streetPlace(
    street: Street,
    number: string | undefined,
    words: readonly Word[],
    span: Span,
    others: string[],
  ): FoundPlace {
    const door = number === undefined ? null : doorPoint(street, number);
    const point = door ?? street.middle;
    return {
      text: number === undefined ? street.name : addressOf(number, street.name),
      street: street.name,
      ...(number !== undefined && { number }),
      point,
      precision: door ? 'number' : 'street',
      ...rangeOf(span, words),
      isInside: isInside(point),
      others,
    };
  }

  function nearest(point: GeoPoint): FoundPlace | null {
    const found = nearestDoor(point);
    if (!found) return null;
    const { street, number } = found;
    return {
      text: number === '' ? street.name : addressOf(number, street.name),
      street: street.name,
      ...(number !== '' && { number }),
      point,
      precision: 'pin',
      start: 0,
      end: 0,
      isInside: isInside(point),
      others: [],
    };
  }

  return {
    find,
    nearest,
    doors(text) {
      const words = wordsOf(text);
      const doors = doorsAlone(lexicon, words, text);
      const isAll = areDoorsAll(lexicon, words, doors);
      return doors.map(({ number, isDenied, mayBeTime, ...span }) => ({
        isAll,
        number,
        isDenied,
        mayBeTime,
        ...rangeOf(span, words),
      }));
    },
    crossing(text) {
      const words = wordsOf(text);
      const crossing = words.some((word) => lexicon.crossing.has(word.text))
        ? crossings(mentionsIn(words, names, lexicon), words, text)
        : null;
      if (!crossing) return null;
      return rangeOf({ from: fromSign(crossing.first, words), to: crossing.to }, words);
    },
    denied(text) {
      const words = wordsOf(text);
      // Few messages deny anything, and looking for streets takes its time.
      if (!words.some((word) => lexicon.denied.has(word.text))) return [];
      return mentionsIn(words, names, lexicon)
        .filter((mention) => isDenied(lexicon, mention, words))
        .flatMap((mention) => mention.names.map((name) => streetOf(name)?.name ?? landmarkOf(name)!.name));
    },
    named(text) {
      const words = wordsOf(text);
      if (words.length > MOST_WORDS_NAMED) return null;
      const isSpoken = words.some((word) => names.landmarkHead(word.text).length > 0);
      const mentions = isSpoken ? mentionsIn(words, names, { ...lexicon, isBeforePlace: () => true }) : [];
      const spot = mentions.find((each) => landmarkOf(each.names[0]!) && !isDenied(lexicon, each, words));
      const street = spot ? null : nameAlone(words, names, lexicon);
      const [mention] = street ? withNumbers(lexicon, [street], words, text) : [spot];
      return mention && !isDenied(lexicon, mention, words) ? placeOf(mention, words) : null;
    },
    ...createPlaceAlone(languages, lexicon),
    isStreetType: (word) => lexicon.streetType(word) !== null,
  };
}

type Span = Pick<Mention, 'from' | 'to'>;

function rangeOf({ from, to }: Span, words: readonly Word[]): { start: number; end: number } {
  return { start: words[from]!.start, end: words[to - 1]!.end };
}

/** Numbers before a street are certain ("6 rue Ampère"), so they are taken before those behind one. */
function withNumbers(lexicon: PlaceLexicon, mentions: readonly Mention[], words: readonly Word[], text: string): Mention[] {
  const numbered = mentions.map((mention) => {
    const found = mention.names[0]!.kind === 'street' ? numberBefore(lexicon, words, mention.from, text) : null;
    return found ? { ...mention, from: found.from, number: found.number } : mention;
  });
  return numbered.map((mention, index) => {
    if (mention.number !== undefined || mention.names[0]!.kind !== 'street') return mention;
    const found = numberAfter(lexicon, words, mention.to);
    return found && found.to <= (numbered[index + 1]?.from ?? words.length)
      ? { ...mention, to: found.to, number: found.number }
      : mention;
  });
}

/** "pas rue Pasteur", "not rue Pasteur": the place it is not. */
function isDenied({ denied, deniedBetween }: PlaceLexicon, mention: Mention, words: readonly Word[]): boolean {
  let before = mention.from - 1;
  while (before >= 0 && deniedBetween.has(words[before]!.text)) before--;
  return denied.has(words[before]?.text ?? '');
}

/** A landmark and its street, when they stand side by side, are one place. */
function spanOf(spot: Mention, street: Mention | undefined): Mention {
  if (!street || Math.max(street.from - spot.to, spot.from - street.to) > 3) return spot;
  return { ...spot, from: Math.min(spot.from, street.from), to: Math.max(spot.to, street.to) };
}

function isOn(landmark: Landmark | undefined, street: Street): boolean {
  return landmark?.street !== undefined && phraseKey(landmark.street) === phraseKey(street.name);
}

function landmarkText({ name, street }: Landmark): string {
  return street === undefined ? name : `${name}, ${street}`;
}
