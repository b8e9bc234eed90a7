/**
 * An alert of danger on its way to the people whom the town names: a text message to a duty phone, a signed web hook.
 * Each is a row of the outbox under an id derived from the event, so that it leaves once, in order, is tried again, and is
 * seen in `npm run mail` when it cannot leave. Once one of them was accepted the citizen's conversation is told so.
 */
import { createHash } from 'node:crypto';
import { type Alert, type AlertEvent, alertToldOf, isAlertNews } from '../../domain/alert';
import type { ChannelName, Conversation, Pending } from '../../domain/conversation';
import type { Effect } from '../../domain/effect';
import type { Receive } from '../../domain/message/letter';
import { createReference } from '../../domain/ticket/ticket';
import type { Alerts } from '../../store/rows/alerts';
import type { Mail, OutboxRow } from '../../store/rows/mail';
import { orderOf, rowOf } from '../outbox/letter-row';
import type { MailroomParts } from '../parts';

/** The conversation in which an alert's messages stand: none of the citizen's. */
const threadOf = ({ town, reference }: Alert, way: string) => `alert:${town}:${reference}:${way}`;

export interface AlertOffice {
  /** Writes to whom the town names for this event, once; the conversations to send from. */
  write(alert: Alert, event: AlertEvent): Promise<string[]>;
  /** Notes what a message said of danger, and writes to whom the town names; the conversations to send from. */
  note(id: string, effect: Extract<Effect, { kind: 'alert' }>, conversation: Conversation, pending: Pending): Promise<string[]>;
}

export function createAlertOffice({
  alerts,
  mail,
  alertLetters,
  log,
}: Pick<MailroomParts, 'alerts' | 'mail' | 'alertLetters' | 'log'>): AlertOffice {
  return {
    write,
    async note(id, { danger, place, news }, conversation, pending) {
      const { town, channel } = conversation;
      const reference = createReference(createHash('sha256').update(id).digest());
      const noted = await alerts.note({
        id,
        news,
        danger,
        ...(place ? { place } : {}),
        town,
        reference,
        conversation: conversation.id,
        channel,
        language: conversation.memory.language,
        at: pending.at,
      });
      if (!noted) return [];
      const { alert } = noted;
      if (news === 'danger') {
        const isNew = noted.events.some(({ kind }) => kind === 'opened');
        log('warn', isNew ? 'danger.reported' : 'danger.repeated', {
          town,
          conversation: conversation.id,
          danger,
          alert: alert.reference,
        });
      } else if (news === 'false-alarm') log('warn', 'danger.false-alarm', { town, alert: alert.reference });
      const written = await Promise.all(noted.events.filter(isAlertNews).map((event) => write(alert, event)));
      return written.flat();
    },
  };

  async function write(alert: Alert, event: AlertEvent): Promise<string[]> {
    const letters = alertLetters?.(alert, event) ?? [];
    const at = Date.parse(event.at);
    return Promise.all(
      letters.map(async ({ channel, address, activity, way }) => {
        const conversation = threadOf(alert, way);
        const id = `${event.id}~alert-${way}`;
        const said = { ...activity, id, timestamp: event.at };
        const order = orderOf(at, placeIn(alert, event));
        const letter = { id, town: alert.town, channel, conversation, address, activity: said };
        await mail.outbox.write(rowOf(letter, { at, order, alert: alert.reference }));
        return conversation;
      }),
    );
  }
}

/** One of an alert's messages was accepted: it stands on the alert, and the citizen's conversation hears of the first. */
export async function tellAccepted(
  { alerts }: { alerts: Alerts; mail: Mail },
  receive: Receive,
  row: OutboxRow,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  const event: AlertEvent = { id: `${row._id}~told`, at, kind: 'told', by: row.channel };
  const alert = row.alert ? await alerts.add(row.town, row.alert, event) : null;
  if (!alert) return;
  const { town, reference, conversation } = alert;
  const channel = alert.channel as ChannelName;
  // The bot looks at the conversation's own address when it speaks; nothing here needs it.
  await receive({
    id: `alert:${town}:${reference}:told`,
    town,
    channel,
    conversation,
    address: '',
    activity: alertToldOf(town, reference, at),
  });
}

/** Its number in the alert's history, or the one it is to have. */
function placeIn({ history }: Alert, event: AlertEvent): number {
  const at = history.findIndex(({ id }) => id === event.id);
  return at === -1 ? history.length : at;
}
