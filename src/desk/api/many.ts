/**
 * One thing done to several at once: to each by itself, a few side by side, so that one refusal stops none and everybody's
 * rights are asked for each. What became of each is told by its id.
 */
import { isRefusal } from '../../domain/http/refusal';
import type { ManyResults } from '../wire';
import type { Answer } from './frame';

const SIDE_BY_SIDE = 5;

/** Each answered once, in the order they were given in. */
export async function eachOf<Id extends string, T>(ids: Id[], does: (id: Id) => Promise<T>): Promise<Array<[Id, T]>> {
  const wanted = [...new Set(ids)];
  const answers = new Map<Id, T>();
  const left = [...wanted];
  const work = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) answers.set(id, await does(id));
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return wanted.map((id) => [id, answers.get(id) as T]);
}

export function resultOf(id: string, answer: Answer): ManyResults['results'][number] {
  if (!isRefusal(answer)) return { id, isDone: true };
  const { code, more } = answer;
  const by = more?.by as ManyResults['results'][number]['by'];
  return { id, isDone: false, code, ...(by && { by }) };
}
