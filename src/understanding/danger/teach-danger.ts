/** Danger told from the ordinary: read with the clues of each language, learnt for margins alone. */
import type { Clues } from '../../domain/language/language-pack';
import type { Taught } from '../learning/classifier';
import type { Phrase, ReaderPack } from '../topics/examples';
import { teach } from '../topics/training';

/** A danger and its twin share nearly all their words: after eight rounds the order of the examples still decides between many of them. */
const ROUNDS = 16;

export interface DangerLesson {
  /** How danger sounds, by kind, among what only sounds like it or is ordinary. */
  phrases: Phrase[];
  packs: Record<string, ReaderPack>;
  /** What else is seen in the words of danger, by language. */
  clues: Record<string, Clues>;
}

/** Packs as danger is read with them. */
export function withClues(packs: DangerLesson['packs'], clues: DangerLesson['clues']): DangerLesson['packs'] {
  return Object.fromEntries(
    Object.entries(packs).map(([code, pack]) => [code, { ...pack, ...(clues[code] ? { clues: clues[code] } : {}) }]),
  );
}

/** Danger is told by how far one label leads before another: nothing is asked of how sure that is in itself. */
export function teachDanger(phrases: Phrase[], packs: DangerLesson['packs'], clues: DangerLesson['clues']): Taught {
  return teach(phrases, withClues(packs, clues), undefined, { outside: null, isSure: false, least: 3, rounds: ROUNDS });
}
