/**
 * A citizen's message on its way in: given its ids, dressed as an activity that the rest of
 * the house can trust, and handed over. The answer "we have it" goes out only once it is
 * written down; the same sending twice is the same message.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type Refusal, refuse } from '../../domain/http/refusal';
import type { Activity, Attachment } from '../../domain/message/activity';
import type { Citizen } from './access';
import { type Answer, isPassing } from './answer';
import type { Incoming } from './incoming';
import type { WebParts } from './parts';

export type Intake = ReturnType<typeof createIntake>;

export function createIntake({ receive, clock, fault }: Pick<WebParts, 'receive' | 'clock' | 'fault'>) {
  async function hand(
    who: Citizen,
    id: string,
    said: Partial<Activity> & Pick<Activity, 'type'>,
  ): Promise<'new' | 'known' | Refusal> {
    const { conv: conversation, user, town } = who;
    const activity: Activity = {
      ...said,
      id,
      timestamp: clock().toISOString(),
      channelId: 'directline',
      conversation: { id: conversation },
      from: { id: user, role: 'user' },
      recipient: { id: town },
    };
    try {
      return await receive({ id, town, channel: 'web', conversation, address: user, activity });
    } catch (error) {
      if (!isPassing(error)) fault?.('web: receive', error);
      return refuse(503, 'NotWrittenDown', 'Your message could not be kept just now. Send it again.', { retryAfterSeconds: 1 });
    }
  }

  return {
    /** The first start greets; the next ones find it done. */
    start: (who: Citizen, locale?: string) =>
      hand(who, `web:${who.conv}:start`, { type: 'conversationUpdate', ...(locale ? { locale } : {}) }),

    /** The id a message gets, known before it is written so that its files can be named after it. */
    idOf: (who: Citizen, { clientId }: Incoming) => `web:${who.conv}:${suffix(clientId)}`,

    async message(who: Citizen, id: string, { activity, from }: Incoming, attachments: Attachment[] = []): Promise<Answer> {
      if (!activity) return { status: 200, body: { id } };
      const speaker = who.user ? who : named(who, from);
      if ('refused' in speaker) return speaker;
      const known = await hand(speaker, id, { ...activity, ...(attachments.length ? { attachments } : {}) });
      return typeof known === 'string' ? { status: 200, body: { id } } : known;
    },
  };
}

/** A server with the secret says itself whom it speaks for, but for the names that only tokens give. */
function named(who: Citizen, from: string | undefined): Citizen | Refusal {
  if (!from) return refuse(400, 'BadActivity', 'With the Direct Line secret an activity needs from.id.');
  if (from.startsWith('dl_')) return refuse(403, 'ReservedUser', 'User ids that begin with dl_ speak through their token only.');
  return { ...who, user: from };
}

/** Readable where the client's id is plain; a digest where it is not, or where it would pass for an id of ours. */
function suffix(clientId: string | undefined): string {
  if (clientId === undefined) return randomBytes(12).toString('hex');
  if (/^[A-Za-z0-9_.-]{1,64}$/.test(clientId) && clientId !== 'start') return clientId;
  return createHash('sha256').update(clientId).digest('hex').slice(0, 32);
}
