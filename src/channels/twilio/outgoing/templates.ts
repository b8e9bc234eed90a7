/**
 * The sentences that may open a WhatsApp conversation, or go on with one a day later: approved by
 * WhatsApp beforehand and stored at Twilio, where they are found by the names that
 * `npm run check-twilio -- --submit-templates` gave them.
 */
import type { Client } from '../client';

const PREFIX = 'guichet_';
const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** What a template of ours is called at Twilio and at WhatsApp: small letters, digits and underscores only. */
export function templateName(name: string, language: string): string {
  return `${PREFIX}${name}_${language}`.toLowerCase().replace(/[^a-z0-9_]/g, '_');
}

export interface Templates {
  /** The sid of the approved template, or undefined while there is none. Throws what the API answered. */
  sidOf(name: string, language: string): Promise<string | undefined>;
}

/** Keeps what is approved for an hour, and asks again for one that is missing, at most once a minute. */
export function createTemplates(client: Pick<Client, 'templates'>, clock: () => Date): Templates {
  let approved = new Map<string, string>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  function read(): Promise<void> {
    reading ??= client
      .templates(PREFIX)
      .then((found) => {
        approved = found;
        readAt = clock().getTime();
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  return {
    async sidOf(name, language) {
      const key = templateName(name, language);
      const known = approved.get(key);
      if (clock().getTime() - readAt >= (known ? HOUR : MINUTE)) {
        try {
          await read();
        } catch (error) {
          // One that was approved an hour ago most likely still is.
          if (!known) throw error;
          return known;
        }
      }
      return approved.get(key);
    },
  };
}
