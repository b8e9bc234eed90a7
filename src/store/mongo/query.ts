/**
 * Words for MongoDB: a checked filter as a query, checked changes as an update, an explained plan as the name
 * of an index. Every operator in what is sent was put there by this file.
 */
import type { ReadChanges } from '../changes';
import type { Term } from '../filter';

type Query = Record<string, unknown>;

/** For MongoDB a missing field equals null; for the port it does not. */
function condition(term: Term): Query {
  if (term.operator === '$eq') return term.value === null ? { $eq: null, $exists: true } : { $eq: term.value };
  if (term.operator === '$ne' && term.value === null) return { $not: { $type: 'null' } };
  if (term.operator === '$in' && term.value.includes(null)) return { $in: term.value, $exists: true };
  return { [term.operator]: term.value };
}

export function mongoFilter(terms: Term[]): Query {
  const query: Record<string, Query> = {};
  const more: Query[] = [];
  for (const term of terms) {
    const wanted = condition(term);
    const present = query[term.path];
    if (!present) query[term.path] = wanted;
    else if (Object.keys(wanted).some((operator) => operator in present)) more.push({ [term.path]: wanted });
    else Object.assign(present, wanted);
  }
  return more.length === 0 ? query : { ...query, $and: more };
}

export function mongoUpdate(changes: ReadChanges): Query {
  const update: Query = {};
  if (changes.set.length > 0) update.$set = Object.fromEntries(changes.set);
  if (changes.unset.length > 0) update.$unset = Object.fromEntries(changes.unset.map((path) => [path, '']));
  if (changes.inc.length > 0) update.$inc = Object.fromEntries(changes.inc);
  if (changes.push.length > 0) update.$push = Object.fromEntries(changes.push);
  return update;
}

interface Stage {
  stage?: string;
  indexName?: string;
  indexBounds?: Record<string, string[]>;
}

/** Every stage of a winning plan, whichever engine of the server drew it. */
function stagesIn(plan: unknown): Stage[] {
  if (Array.isArray(plan)) return plan.flatMap(stagesIn);
  if (typeof plan !== 'object' || plan === null) return [];
  const inner = Object.values(plan).flatMap(stagesIn);
  return 'stage' in plan ? [plan as Stage, ...inner] : inner;
}

function isWhole(stage: Stage): boolean {
  return Object.values(stage.indexBounds ?? {}).every((bounds) => /^\[M(inKey, MaxKey|axKey, MinKey)\]$/.test(bounds.join()));
}

/** The index of a winning plan. Walking a whole index is a scan, unless the question was for everything in its order. */
export function indexInPlan(plan: unknown, isEverything: boolean): string | null {
  const stages = stagesIn(plan);
  if (stages.some(({ stage }) => stage === 'COLLSCAN')) return null;
  if (stages.some(({ stage }) => stage === 'IDHACK')) return '_id';
  const walks = stages.filter(({ indexName }) => indexName !== undefined);
  const first = walks[0];
  if (!first || (!isEverything && walks.some((stage) => stage.indexBounds && isWhole(stage)))) return null;
  return first.indexName === '_id_' ? '_id' : first.indexName!;
}
