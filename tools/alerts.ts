/**
 * The alerts of danger in `npm run ticket`: who has written of danger and is nobody's yet, what is known of the place,
 * who was told, and "I look after it", by name. What the citizen wrote is shown only when asked for.
 */
import { createHash } from 'node:crypto';
import type { Alert } from '../src/domain/alert';
import { readReference } from '../src/domain/ticket/ticket';
import type { Alerts } from '../src/store/rows/alerts';
import type { Store } from '../src/store/store';

const MOST_LISTED = 200;
const LONGEST_NAME = 80;

export async function listAlerts(alerts: Alerts, towns: string[]): Promise<void> {
  const found = (await Promise.all(towns.map((town) => alerts.list(town, 'open', MOST_LISTED)))).flat();
  for (const alert of found.sort((left, right) => (left.openedAt < right.openedAt ? 1 : -1))) {
    const { reference, town, openedAt, danger, place } = alert;
    const told = [...new Set(alert.history.filter(({ kind }) => kind === 'told').map(({ by }) => by))].join(', ');
    const facts = [reference, town, openedAt.slice(0, 16), 'DANGER', danger, place?.text ?? 'place unknown'];
    process.stdout.write(`${facts.join('  ')}  (${told ? `told by ${told}` : 'nobody told'})\n`);
  }
  if (found.length > 0) process.stdout.write(`${found.length} alert(s) of danger that nobody has acknowledged\n\n`);
}

export async function findAlert(alerts: Alerts, towns: string[], typed: string): Promise<Alert | null> {
  const reference = readReference(typed);
  const found = reference ? await Promise.all(towns.map((town) => alerts.byReference(town, reference))) : [];
  return found.find((alert) => alert !== null) ?? null;
}

export async function acknowledge(alerts: Alerts, alert: Alert | null, by: string): Promise<number> {
  if (!alert) return complain('No alert has this reference.');
  if (by.length > LONGEST_NAME) return complain(`This name is too long: at most ${LONGEST_NAME} characters.`);
  const known = alert.history.find(({ kind }) => kind === 'acknowledged');
  if (known) return complain(`${known.by} acknowledged it already, at ${known.at}; nothing was changed.`);
  const id = createHash('sha256')
    .update(JSON.stringify([alert.id, 'acknowledged']))
    .digest('hex')
    .slice(0, 16);
  const event = { id, at: new Date().toISOString(), kind: 'acknowledged' as const, by };
  const now = await alerts.add(alert.town, alert.reference, event, alert.state === 'open' ? 'acknowledged' : undefined);
  const taken = now?.history.find((one) => one.id === id);
  if (taken?.by !== by) return complain(`${taken?.by ?? 'Somebody'} acknowledged it in this very moment; nothing was changed.`);
  process.stdout.write(`${alert.reference}: ${alert.state} -> ${now?.state}, by ${by}\n`);
  return 0;
}

export async function showAlert({ transcript }: Store, alert: Alert, withText: boolean): Promise<number> {
  const { id: _id, revision: _revision, ...facts } = alert;
  const lines = withText ? (await transcript.after(alert.conversation, 0, 1000)).slice(-30) : [];
  const words = lines.map(({ at, from, activity }) => ({ at, from, text: activity.text }));
  process.stdout.write(`${JSON.stringify({ ...facts, ...(withText ? { words } : {}) }, null, 2)}\n`);
  return 0;
}

function complain(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}
