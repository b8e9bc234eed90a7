/**
 * Buttons and lists exist at Twilio only as stored contents, which a message then names. They are
 * made when first needed, found again by a hash of what they say, and the oldest are removed, so
 * that nobody has to prepare anything in a console. Inside the 24-hour window they need no approval.
 */
import { createHash } from 'node:crypto';
import { createRecent } from '../../../recent';
import type { WhatsAppShape } from '../../whatsapp';
import type { Client, ContentRequest } from '../client';

const PREFIX = 'guichet-';
const MOST_KEPT = 500;

export type Tappable = Exclude<WhatsAppShape, { kind: 'text' }>;

export interface Contents {
  /** The sid of the stored content that shows this message. Throws what the API answered. */
  sidOf(shape: Tappable, language: string): Promise<string>;
}

export function createContents(client: Client): Contents {
  /** By name. One that cannot be removed just now is found and removed after the next start. */
  const known = createRecent<Promise<string>>(MOST_KEPT, (sid) => {
    sid.then((one) => client.removeContent(one)).catch(() => {});
  });
  let found: Promise<void> | undefined;

  async function findExisting(): Promise<void> {
    for (const [name, sid] of await client.contents(PREFIX)) if (!known.has(name)) known.set(name, Promise.resolve(sid));
  }

  return {
    async sidOf(shape, language) {
      found ??= findExisting().catch((error) => {
        found = undefined;
        throw error;
      });
      await found;
      const request = requestFor(shape, language);
      const name = request.friendly_name;
      const stored = known.get(name);
      if (stored) return stored;
      const sid = client.createContent(request);
      known.set(name, sid);
      sid.catch(() => known.delete(name));
      return sid;
    },
  };
}

function requestFor(shape: Tappable, language: string): ContentRequest {
  const types =
    shape.kind === 'buttons'
      ? {
          'twilio/quick-reply': {
            body: shape.body,
            actions: shape.actions.map((action) => ({ type: 'QUICK_REPLY', ...action })),
          },
        }
      : { 'twilio/list-picker': { body: shape.body, button: shape.button, items: shape.items } };
  const digest = createHash('sha256')
    .update(JSON.stringify([language, types]))
    .digest('hex');
  return { friendly_name: PREFIX + digest.slice(0, 40), language, types };
}
