/**
 * Somebody at the town hall was reached about a danger: the citizen is told so, once, and not before. Whom to call
 * was said long ago and stays what counts.
 */
import type { Talk } from '../../dialogs';
import { readAlertTold } from '../../domain/alert';

/** What is nobody's business but theirs: whoever else holds the phone reads nothing of it. */
const UNSAID: ReadonlySet<string> = new Set(['self-harm', 'child-abuse', 'domestic-violence']);

export async function alertTold(talk: Talk): Promise<boolean> {
  const { activity, memory, lookups, town } = talk;
  const reference = readAlertTold(activity);
  const alert = reference ? await lookups.alert() : null;
  if (!alert || alert.reference !== reference) return false;
  if (alert.state === 'false-alarm' || UNSAID.has(alert.danger) || !(await lookups.mayWrite())) return true;
  // What was offered before is still there to be chosen from.
  const { offered } = memory;
  talk.say(talk.t(memory.isMinor ? 'danger.minor.told' : 'danger.told', { general: town.emergency.general }));
  memory.offered = offered;
  return true;
}
