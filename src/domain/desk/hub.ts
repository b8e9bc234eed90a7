/**
 * Another hub of people answers for some services of a town: a contact centre's, a shared desk's. Conversations are handed
 * over to it by the Bot Framework's handoff events, and what it says comes back the same way (protocol: handoff.initiate,
 * handoff.status, with messages between them).
 */
import type { Activity } from '../message/activity';
import type { QueueEntry } from './queue';

export interface Hub {
  /** In small letters: 'contact-centre'. */
  name: string;
  /** Where events are posted to, signed. */
  url: string;
  /** Services (by id) whose conversations it answers. */
  services: string[];
}

/** As which agent it stands at the desk. */
export const hubAgent = (name: string) => `hub:${name}`;

export const isHubAgent = (agent: string | undefined) => agent?.startsWith('hub:') === true;

/** Asks the hub to take a conversation, with what is known of it and what was said so far. */
export function initiateOf(conversation: string, entry: QueueEntry, activities: Activity[]): Activity {
  const { service, language, subject, summary, priority, ticket } = entry;
  return {
    type: 'event',
    name: 'handoff.initiate',
    conversation: { id: conversation },
    value: { skill: service, language, subject, summary, priority, ticket },
    attachments: [{ name: 'Transcript', contentType: 'application/json', content: { activities } }],
  };
}

/** A citizen's words, or that they are gone, for the hub that has the conversation or is asked for it. */
export function toHubOf(conversation: string, { type, text, timestamp, attachments }: Activity): Activity {
  return { type, conversation: { id: conversation }, from: { id: 'citizen', role: 'user' }, text, timestamp, attachments };
}
