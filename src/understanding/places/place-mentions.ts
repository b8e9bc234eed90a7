/**
 * Which words of a message name a street or a landmark. A street needs its type ("rue", "bd") or
 * a whole proper name; a bare landmark needs a word of place before it ("devant l'école"), so
 * that "la mairie ferme" is not taken for an address.
 */
import { editDistance } from '../../domain/language/words';
import type { Fit, Name, Names } from './place-names';
import type { PlaceLexicon, Word } from './place-words';

/** A stretch of a message that names a place; word indexes, `to` exclusive. */
export interface Mention {
  from: number;
  to: number;
  /** Best first; more than one when it cannot be told. Never empty. */
  names: Name[];
  /** Door number: '14 bis'. Streets only. */
  number?: string;
  /** Only the kind of landmark was said: "the school". */
  isBare: boolean;
}

/** Fits this much worse than the best are kept beside it, unless the best is word for word. */
const MARGIN = 0.6;
const COST = { otherType: 1, linkMissing: 0.1, linkOther: 0.3 } as const;
/** Beyond this a fit is a coincidence. */
const MOST_COST = 2.5;
/** Without the type of the street one slip is all that may be. */
const MOST_COST_ALONE = 1;
/** Names looked for among a town's thousands in one message: more than anybody writes. */
const MOST_LOOKUPS = 20;

/** Streets and landmarks named in a message, in order, without overlaps. */
export function mentionsIn(words: readonly Word[], all: Names, lexicon: PlaceLexicon): Mention[] {
  const mentions: Mention[] = [];
  let looked = 0;
  const names: Names = { ...all, fits: (...where) => (looked++ < MOST_LOOKUPS ? all.fits(...where) : []) };
  for (let index = 0; index < words.length; ) {
    const mention =
      typedStreet(words, index, names, lexicon) ??
      landmark(words, index, names, lexicon) ??
      bareName(words, index, names, lexicon) ??
      lastTyped(words, index, names, lexicon, mentions.at(-1)?.to ?? 0);
    if (mention) mentions.push(mention);
    index = mention ? mention.to : index + 1;
  }
  return mentions;
}

/** "rue victor hugo", "av j jaures", "bd gambeta". */
function typedStreet(words: readonly Word[], index: number, names: Names, lexicon: PlaceLexicon): Mention | null {
  const head = headAt(lexicon, words, index);
  if (!head) return null;
  let start = index + head.words;
  while (start < words.length && lexicon.links.has(words[start]!.text) && !words[start]!.isAfterBreak) start++;
  if (start >= words.length || words[index + head.words]!.isAfterBreak || words[start]!.isAfterBreak) return null;
  const links = words
    .slice(index + head.words, start)
    .map((word) => word.text)
    .join(' ');
  const isShort = words[index]!.text.length <= 2;
  const mayDiffer = !lexicon.unsureShortcuts.has(words[index]!.text);
  const fits = names.fits(words, start, links !== '').flatMap((fit) => {
    const { name } = fit;
    if (name.kind !== 'street' || !isWhole(lexicon, fit, words) || (isShort && fit.isCutShort)) return [];
    const isEverydayType = lexicon.everydayTypes.has(head.type);
    const isOtherLink = links !== '' && links !== name.links;
    if (name.head !== head.type && (fit.cost > 0 || ((isEverydayType || !mayDiffer) && name.core.length === 1))) return [];
    if (isEverydayType && isOtherLink && name.core.length === 1) return [];
    const linkCost = links === name.links ? 0 : isOtherLink ? COST.linkOther : COST.linkMissing;
    const cost = fit.cost + linkCost + (name.head === head.type ? 0 : COST.otherType);
    return cost <= MOST_COST ? [{ ...fit, cost }] : [];
  });
  return mentionOf(index, fits, false);
}

/** "école jules ferry"; "en face du stade" when a word of place comes before. */
function landmark(words: readonly Word[], index: number, names: Names, lexicon: PlaceLexicon): Mention | null {
  const known = names.landmarkHead(words[index]!.text);
  if (known.length === 0) return null;
  const targets = new Set(known.map((name) => name.target));
  let start = index + 1;
  while (start < words.length && lexicon.links.has(words[start]!.text)) start++;
  const fits = names
    .fits(words, start, start > index + 1)
    .filter(
      (fit) =>
        fit.name.kind === 'landmark' && targets.has(fit.name.target) && isWhole(lexicon, fit, words) && fit.cost <= MOST_COST,
    );
  const named = mentionOf(index, fits, false);
  if (named && (named.names.some((name) => name.isProper) || isPlaced(lexicon, words, named))) return named;
  const isComplemented =
    start > index + 1 && start < words.length && !headAt(lexicon, words, start) && !words[start]!.isAfterBreak;
  const kinds = known.filter((name) => name.isProper || name.core.length === 0);
  if (kinds.length === 0 || (isComplemented && lexicon.of.has(words[index + 1]!.text))) return null;
  const bare = mentionOf(
    index,
    kinds.map((name) => ({ name, cost: 0, end: index + 1, isCutShort: false })),
    true,
  );
  return bare && isPlaced(lexicon, words, bare) ? bare : null;
}

/** "victor hugo" without its type: proper names of two words or more, others only behind a number or a word of place. */
function bareName(words: readonly Word[], index: number, names: Names, lexicon: PlaceLexicon): Mention | null {
  // Behind a type it is a street the town does not have: "rue Marcel Pagnol" is not the school of that name.
  if (index > 0 && headAt(lexicon, words, index - 1)) return null;
  const isNumbered = index > 0 && lexicon.numberAt(words, index - 1) !== null;
  const isAddressed = isNumbered && lexicon.numberMarks.has(words[index - 2]?.text ?? '');
  const fits = names.exactFits(words, index).filter(({ name, end }) => {
    if (name.core.some((word) => /^\d/.test(word))) return false;
    // "The Lambert bakery": its kind stands behind it.
    const isKindBehind = names.landmarkHead(words[end]?.text ?? '').some(({ target }) => target === name.target);
    if (name.kind === 'landmark' && isKindBehind && !words[end]!.isAfterBreak) return true;
    if (name.core.length === 1) return name.isProper && name.kind === 'street' && isAddressed;
    return name.isProper || isNumbered || isPlaced(lexicon, words, { from: index, to: end });
  });
  const mention = mentionOf(index, fits, false);
  const after = mention && words[mention.to];
  if (!after || after.isAfterBreak) return mention;
  if (mention.names[0]!.kind === 'street' && lexicon.lastTypes.has(after.text)) return { ...mention, to: mention.to + 1 };
  // "Jules Ferry school" is the school, not the street.
  const kinds = new Set(names.landmarkHead(after.text).map((name) => name.target));
  const schools = mention.names.filter((name) => name.kind === 'landmark' && kinds.has(name.target));
  return schools.length > 0 ? { ...mention, names: schools, to: mention.to + 1 } : mention;
}

/** "Voltaire", "12 voltaire", "the Colombe one": all that was answered is the name of a street, without its type. */
export function nameAlone(words: readonly Word[], names: Names, lexicon: PlaceLexicon): Mention | null {
  const index = words.findIndex((_, at) => !addsNothing(lexicon, words, at));
  if (index < 0) return null;
  const exact = names.exactFits(words, index);
  const fits = (exact.length > 0 ? exact : names.fits(words, index, false)).filter(
    ({ name, cost, isCutShort }) => name.kind === 'street' && !isCutShort && cost <= MOST_COST_ALONE,
  );
  const mention = mentionOf(index, fits, false);
  return mention && words.every((_, at) => at < mention.to || addsNothing(lexicon, words, at)) ? mention : null;
}

function addsNothing(lexicon: PlaceLexicon, words: readonly Word[], at: number): boolean {
  const { fillers, aroundNumber, links, articles, beside, between, lastTypes, numberMarks } = lexicon;
  const { text } = words[at]!;
  return (
    [fillers, aroundNumber, links, articles, beside, between, lastTypes, numberMarks].some((list) => list.has(text)) ||
    lexicon.isBeforePlace(text, undefined, false) ||
    lexicon.numberAt(words, at) !== null
  );
}

/** "Pasteur street": English puts the type last. */
function lastTyped(words: readonly Word[], index: number, names: Names, lexicon: PlaceLexicon, earliest: number): Mention | null {
  if (!lexicon.lastTypes.has(words[index]!.text)) return null;
  for (let start = Math.max(earliest, index - 3); start < index; start++) {
    const fits = names.exactFits(words, start).filter(({ name, end }) => name.kind === 'street' && end === index);
    const mention = mentionOf(start, fits, false);
    if (mention) return { ...mention, to: index + 1 };
  }
  return null;
}

function headAt(lexicon: PlaceLexicon, words: readonly Word[], index: number): { type: string; words: number } | null {
  const word = words[index]?.text ?? '';
  const known = lexicon.streetType(word, words[index + 1]?.text);
  if (known || word.length < 5) return known;
  const meant = lexicon.longTypes.find((type) => type[0] === word[0] && editDistance(type, word, 1) <= 1);
  return meant ? { type: meant, words: 1 } : null;
}

/** A name cut short must not run into a word that would belong to another name: "rue Victor Duruy". */
function isWhole(lexicon: PlaceLexicon, fit: Fit, words: readonly Word[]): boolean {
  const after = words[fit.end];
  return (
    !fit.isCutShort ||
    !after ||
    after.isAfterBreak ||
    lexicon.afterName.has(after.text) ||
    lexicon.numberAt(words, fit.end) !== null
  );
}

/** Whether a word of place comes before, or nothing else is said at all. */
function isPlaced(lexicon: PlaceLexicon, words: readonly Word[], { from, to }: Pick<Mention, 'from' | 'to'>): boolean {
  let before = from - 1;
  while (before >= 0 && lexicon.between.has(words[before]!.text)) before--;
  const word = words[before]?.text ?? '';
  // 'à' often loses its accent, but "il y a l'école" and "needs a school" place nothing.
  if (lexicon.isBeforePlace(word, words[before - 1]?.text, before === from - 1)) return true;
  return words.every(
    (other, index) => (index >= from && index < to) || lexicon.fillers.has(other.text) || lexicon.between.has(other.text),
  );
}

/** The best of some fits and those that could as well be meant, each target once. */
function mentionOf(from: number, fits: readonly Fit[], isBare: boolean): Mention | null {
  const sorted = [...fits].sort((left, right) => left.cost - right.cost || right.end - left.end);
  const best = sorted[0];
  if (!best) return null;
  const near = sorted.filter(({ cost }) => cost <= (best.cost === 0 ? 0 : best.cost + MARGIN));
  const names = new Map(near.map(({ name }) => [`${name.kind} ${name.target}`, name]));
  // The map keeps the last name of a target; the order of its keys is that of the best.
  return { from, to: best.end, names: [...names.values()], isBare };
}
