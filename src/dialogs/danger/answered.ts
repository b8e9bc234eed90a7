/**
 * What is said once whom to call was told, and is answered by more than the next piece of advice: nobody answers there, I
 * cannot speak, where can I go, does it stand on the bill, may we go back in.
 */

import type { DangerKind } from '../../domain/language/danger';
import type { AfterDanger } from '../../domain/language/said';
import type { Talk } from '../dialog';
import { type DangerData, goOn, LISTENED, MOST_SAID, say } from './advice';

/** Kinds in which those who were feared may stand before the door: 'they are here' is no help that came. */
const FEARED: ReadonlySet<DangerKind> = new Set(['violence', 'domestic-violence', 'child-abuse', 'general']);
/** Of these one goes out, and asks when one may go back. */
export const LEFT_BEHIND: ReadonlySet<DangerKind> = new Set(['gas', 'fire', 'electric', 'chemical', 'flood', 'collapse']);
/** Whoever is hit or threatened may be seen with the phone, and needs another roof. */
const WATCHED: ReadonlySet<DangerKind> = new Set(['domestic-violence', 'child-abuse', 'violence']);

/** What ends the talk of danger. */
const ENDING: ReadonlySet<AfterDanger> = new Set(['called', 'over', 'left', 'mistake']);

/** The word lists of every language that say the same, also in languages that have no rules. */
const LISTS: Partial<Record<AfterDanger, string>> = {
  called: 'help-called',
  unanswered: 'no-answer',
  over: 'danger-over',
  mistake: 'false-alarm',
};

/** @param wasCalled help was called before: who is said to have come is help. */
export function saysOf(talk: Talk, danger: DangerKind, wasCalled = false): (what: AfterDanger) => boolean {
  const { afterDanger } = talk.heard;
  return (what) => {
    const list = LISTS[what];
    if (list !== undefined && talk.means(list)) return true;
    // Whether they are on their way is asked, not told.
    if (talk.text.includes('?') && ENDING.has(what)) return false;
    // What sounds like danger once more ends none, whatever else it sounds like; but who put a fire out speaks of fire.
    if (talk.heard.danger !== null && !LEFT_BEHIND.has(danger) && (what === 'over' || what === 'left')) return false;
    if (what === 'called' && afterDanger.includes('here') && (wasCalled || !FEARED.has(danger))) return true;
    if (what === 'over' && afterDanger.includes('left') && FEARED.has(danger)) return true;
    return afterDanger.includes(what);
  };
}

/** Whether it is said of what was told, and not of another danger. */
export function isAnswer(talk: Talk, danger: DangerKind, wasCalled = false): boolean {
  const { afterDanger, danger: told } = talk.heard;
  if (afterDanger.length === 0) return false;
  // 'My phone is about to die.'
  const isOfPhone = told === 'self-harm' && danger !== 'self-harm' && afterDanger.includes('silent');
  return told === null || told === danger || isOfPhone || saysOf(talk, danger, wasCalled)('called');
}

/** The sentence that answers it, the first that fits; none where further advice is the answer. */
function answerTo(danger: DangerKind, says: (what: AfterDanger) => boolean): string | null {
  if (says('unanswered')) return 'unanswered';
  if (says('late') && !says('over')) return LISTENED.has(danger) ? 'unanswered' : 'late';
  if (says('back') && LEFT_BEHIND.has(danger)) return 'stay-out';
  if (says('silent') && danger !== 'self-harm') return 'silent';
  if (WATCHED.has(danger) && says('shelter')) return 'shelter';
  if (LISTENED.has(danger) && says('traces')) return 'traces';
  const isRefused = says('refuses') || (says('hopeless') && danger !== 'self-harm');
  if (LISTENED.has(danger) && isRefused) return 'refuses';
  if (LISTENED.has(danger) && says('farewell')) return 'take-care';
  return says('number') ? 'which' : null;
}

/** Answers it, as long as the same was not said too often; null where nothing of the kind is said. */
export function answerSaid(talk: Talk, data: DangerData, says: (what: AfterDanger) => boolean): DangerData | null {
  const name = answerTo(data.danger, says);
  if (!name) return null;
  const id = `danger.${talk.memory.isMinor ? 'minor.' : ''}${name}`;
  if (data.said.at(-1) === id || data.said.filter((one) => one === id).length >= MOST_SAID) return goOn(talk, data);
  say(talk, id, data.danger);
  const { languages, emergency } = talk.town;
  const { shelter } = emergency;
  if (name === 'shelter' && shelter && languages.includes(talk.spokenLanguage)) talk.say(talk.t('danger.tonight', { shelter }));
  return { ...data, said: [...data.said, id] };
}
