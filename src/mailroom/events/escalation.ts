/**
 * A danger that nobody has acknowledged goes on to the next people whom the town names (`alerts.escalate` of town.yml), a step
 * after so many minutes each. The letters are written first and the step noted after them, both under ids of their own:
 * whatever dies in between, each step leaves once.
 */
import type { Alert, AlertEvent } from '../../domain/alert';
import type { Town } from '../../domain/town';
import type { MailroomParts } from '../parts';
import { createAlertOffice } from './alerts';

const MINUTE = 60_000;
const MOST_OPEN = 200;
const LOOK_EVERY = 5000;

export interface EscalationParts extends Pick<MailroomParts, 'alerts' | 'mail' | 'alertLetters' | 'onAlert' | 'clock' | 'log'> {
  towns: Town[];
}

export function createEscalation(parts: EscalationParts, ask: (conversation: string) => void) {
  const { alerts, towns, clock, log, onAlert } = parts;
  const office = createAlertOffice(parts);
  const steps = towns.filter(({ alerts: told }) => told?.escalate);
  let lookAt = 0;

  async function escalate(alert: Alert, step: number, at: string): Promise<void> {
    const event: AlertEvent = { id: `${alert.id}~escalated-${step}`, at, kind: 'escalated', by: String(step) };
    for (const thread of await office.write(alert, event)) ask(thread);
    await alerts.add(alert.town, alert.reference, event);
    log('warn', 'danger.escalated', { town: alert.town, alert: alert.reference, step });
    onAlert?.(alert.town, alert.conversation);
  }

  return {
    async sweep(): Promise<void> {
      const now = clock();
      if (now.getTime() < lookAt && lookAt - now.getTime() <= LOOK_EVERY) return;
      lookAt = now.getTime() + LOOK_EVERY;
      for (const town of steps) {
        for (const alert of await alerts.list(town.id, 'open', MOST_OPEN)) {
          const waited = now.getTime() - Date.parse(alert.openedAt);
          for (const [n, { after }] of (town.alerts?.escalate ?? []).entries()) {
            const isDone = alert.history.some(({ kind, by }) => kind === 'escalated' && by === String(n + 1));
            if (!isDone && waited >= after * MINUTE) await escalate(alert, n + 1, now.toISOString());
          }
        }
      }
    },
  };
}
