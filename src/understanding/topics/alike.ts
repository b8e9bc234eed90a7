/**
 * Questions that mean the same, brought together: each is compared, by its stems and letters, with the middle of the groups
 * before it, and joins the nearest or begins one of its own. Bounded: every group keeps only what most of its texts share.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { fitVectorizer } from '../learning/vectorizer';
import { createReader, type ReaderPack } from './examples';

export interface Text {
  text: string;
  /** One of the town's languages; another is read as the first of them. */
  language: string;
}

/** So near (cosine) are two ways of asking the same. */
const NEAR = 0.42;
const MOST = 1000;
/** Texts between two moments at which citizens are served. */
const AT_ONCE = 20;

/** Lists of places in `texts`, the largest group first; those beyond a thousand stay apart. */
export async function groupAlike(texts: Text[], packs: Record<string, ReaderPack>): Promise<number[][]> {
  const [first = ''] = Object.keys(packs);
  const { read } = createReader(packs);
  const looked = texts.slice(0, MOST);
  const readings = [];
  for (const [place, { text, language }] of looked.entries()) {
    readings.push(read({ text, language: packs[language] ? language : first, label: '' }));
    if (place % AT_ONCE === 0) await turn();
  }
  if (readings.length === 0) return [];
  const { starts, ids, values } = fitVectorizer(readings, 1).rows;
  const groups: Array<{ places: number[]; language: string; sums: Map<number, number>; length: number }> = [];
  for (const [place, { language }] of looked.entries()) {
    const [from, to] = [starts[place]!, starts[place + 1]!];
    const own = Math.hypot(...values.subarray(from, to)) || 1;
    let best: (typeof groups)[number] | undefined;
    let nearest = NEAR;
    for (const group of groups) {
      if (group.language !== language) continue;
      let dot = 0;
      for (let at = from; at < to; at++) dot += values[at]! * (group.sums.get(ids[at]!) ?? 0);
      const cosine = dot / (own * (group.length || 1));
      if (cosine > nearest) [nearest, best] = [cosine, group];
    }
    if (!best) {
      best = { places: [], language, sums: new Map(), length: 0 };
      groups.push(best);
    }
    best.places.push(place);
    for (let at = from; at < to; at++) best.sums.set(ids[at]!, (best.sums.get(ids[at]!) ?? 0) + values[at]! / own);
    best.length = Math.sqrt([...best.sums.values()].reduce((sum, value) => sum + value * value, 0));
    if (place % AT_ONCE === 0) await turn();
  }
  const apart = texts.slice(MOST).map((_, place) => [MOST + place]);
  return [...groups.map(({ places }) => places), ...apart].sort((one, other) => other.length - one.length);
}
