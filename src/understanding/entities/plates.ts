/**
 * Number plates as citizens type them: the French ones since 2009 and before, and those of the neighbours. Shapes that
 * everyday words can have ("au 123 de la rue") count only in capitals or beside a word that says it is a plate.
 */
import type { PlateWords } from '../../domain/language/address-words';
import { fold } from '../../domain/language/words';
import type { Word } from '../text/words';

export interface FoundPlate {
  plate: string;
  start: number;
  end: number;
}

const EDGE = '(?<![\\p{L}\\p{N}])';
const STOP = '(?![\\p{L}\\p{N}])';
const BETWEEN = '(?: ?[.\\-_/·] ?| )?';
const SIV = '[A-HJ-NP-TV-Z]{2}';

/** Each group of the plate in a bracket. `isSure`: written like this it is nothing else. */
const SHAPES: Array<{ shape: RegExp; isSure: (typed: string) => boolean }> = [
  // France and Italy: AB-123-CD, in any case when there is no space in it.
  {
    shape: shapeOf(`(${SIV})${BETWEEN}(\\d{3})${BETWEEN}(${SIV})`),
    isSure: (typed) => /^\S+$|[.\-_/·]/.test(typed) || isCapital(typed),
  },
  // France before 2009: 1234 XY 75.
  { shape: shapeOf(`(\\d{2,4})${BETWEEN}([A-Z]{2,3})${BETWEEN}(\\d{2}|2[AB]|97\\d)`), isSure: isCapital },
  // Belgium: 1-ABC-123.
  { shape: shapeOf(`([1-9])-([A-Z]{3})-(\\d{3})`), isSure: isCapital },
  // The United Kingdom: AB12 CDE.
  { shape: shapeOf(`([A-Z]{2}\\d{2}) ?([A-Z]{3})`), isSure: isCapital },
  // Spain: 1234 BCD; vowels are never used.
  { shape: shapeOf(`(\\d{4})[ -]?([B-DF-HJ-NP-TV-Z]{3})`), isSure: () => false },
  // Germany: B-MW 1234.
  { shape: shapeOf(`([A-ZÄÖÜ]{1,3})[- ]([A-Z]{1,2}) ?(\\d{1,4})`), isSure: () => false },
  // The Netherlands and Portugal: three groups of one to three.
  { shape: shapeOf(`([A-Z]{1,3}|\\d{1,3})-([A-Z]{1,3}|\\d{2,3})-([A-Z]{1,3}|\\d{1,3})`), isSure: () => false },
  // Switzerland, Luxembourg, Poland, Romania…: letters and digits.
  { shape: shapeOf(`([A-Z]{1,3})[ -]?(\\d{2,6})(?:[ -]?([A-Z]{2,3}))?`), isSure: () => false },
];

/** Dictated sign by sign: 'A B 1 2 3 C D'. */
const SPELT = /(?<![\p{L}\p{N}])[A-Z\d](?:[ .\-·]{1,2}[A-Z\d]){5,9}(?![\p{L}\p{N}])/giu;
const SPELT_SHAPES = [new RegExp(`^(${SIV})(\\d{3})(${SIV})$`), /^(\d{2,4})([A-Z]{2,3})(\d{2})$/];
/** Signs in front of it that are words of the sentence: 'elle a A B 1 2 3 C D'. */
const MOST_BEFORE = 2;

function spelt(text: string): FoundPlate[] {
  return [...text.matchAll(SPELT)].flatMap(({ 0: typed, index }) => {
    const signs = [...typed.matchAll(/[A-Z\d]/gi)];
    for (let from = 0; from <= MOST_BEFORE; from++) {
      const joined = signs.slice(from).join('').toUpperCase();
      const groups = SPELT_SHAPES.map((shape) => shape.exec(joined)).find(Boolean);
      if (groups) return [{ plate: groups.slice(1).join('-'), start: index + signs[from]!.index, end: index + typed.length }];
    }
    return [];
  });
}

function shapeOf(groups: string): RegExp {
  return new RegExp(`${EDGE}${groups}${STOP}`, 'giu');
}

function isCapital(typed: string): boolean {
  return typed === typed.toUpperCase();
}

/** Words between "immatriculée" and the plate: "la plaque est AB 123 CD". */
const FAR = 24;
const MOST_PLATES = 20;

export type PlateReader = (text: string, words: Word[], taken: Array<{ start: number; end: number }>) => FoundPlate[];

export function createPlateReader({ said, never, vehicles }: PlateWords): PlateReader {
  const isSaid = new Set(said.map(fold));
  const isVehicle = new Set(vehicles.map(fold));
  const isNever = new Set(never.map(fold));
  return (text, words, taken) => {
    if (!/\d/.test(text)) return [];
    const marks = words.filter((word) => isSaid.has(word.text));
    const speaksOfCar = marks.length > 0 || words.some((word) => isVehicle.has(word.text));
    const found: FoundPlate[] = spelt(text).filter(
      (each) => !taken.some((other) => each.start < other.end && other.start < each.end),
    );
    for (const [at, { shape, isSure }] of SHAPES.entries()) {
      for (const match of text.matchAll(shape)) {
        const [typed, ...groups] = match;
        const [start, end] = [match.index, match.index + typed.length];
        if (found.length >= MOST_PLATES || [...found, ...taken].some((other) => start < other.end && other.start < end)) continue;
        const parts = groups.filter((group) => group !== undefined);
        if (!parts.some((part) => /\d/.test(part)) || !parts.some((part) => /\p{L}/u.test(part))) continue;
        if (parts.some((part) => isNever.has(fold(part)))) continue;
        const isNamed = marks.some((mark) => mark.end <= start && start - mark.end <= FAR);
        // The two French shapes are believed beside any vehicle, and where nothing else is said; the others only where a
        // plate is spoken of.
        const isAlone = at === 0 && typed.length === text.trim().length;
        if (!isSure(typed) && !isNamed && !isAlone && !(at < 2 && speaksOfCar)) continue;
        found.push({ plate: parts.join('-').toUpperCase(), start, end });
      }
    }
    return found.sort((one, other) => one.start - other.start);
  };
}
