/** A message becomes a row of the inbox, and nothing more: by the running server, or by a command beside it. */
import { maskNumbers } from '../domain/language/mask';
import type { Receive, Received } from '../domain/message/letter';
import type { MailroomParts } from './parts';

/** Resolves once it is on disk; whoever works off the inbox finds it there. */
export function createWriteDown({ mail, clock }: Pick<MailroomParts, 'mail' | 'clock'>): Receive {
  let arrivals = 0;
  return (message) => {
    const now = clock().getTime();
    arrivals = (arrivals + 1) % 1_000_000;
    const { id, ...rest } = masked(message);
    return mail.inbox.write({
      _id: id,
      ...rest,
      order: `${String(now).padStart(14, '0')}-${String(arrivals).padStart(6, '0')}`,
      state: 'new',
      attempts: 0,
      dueAt: now + (message.pauseMs ?? 0),
      waitMs: message.pauseMs ?? 0,
    });
  };
}

/** What must not be written down at all is hidden before the first row: no copy, backup or log ever has it. */
function masked(message: Received): Received {
  const { text } = message.activity;
  if (!text) return message;
  const hidden = maskNumbers(text);
  return hidden === text ? message : { ...message, activity: { ...message.activity, text: hidden } };
}
