/**
 * What decisions at the desk are made of: what they may look up, what they come to, the lines that citizens and colleagues
 * read. For agents' actions (`turn.ts`) and the house's (`house-turn.ts`).
 */
import type { Conversation } from '../../domain/conversation';
import type { Decision } from '../../domain/decision';
import type { Hub } from '../../domain/desk/hub';
import type { QueueEntry } from '../../domain/desk/queue';
import type { Effect, Speaker } from '../../domain/effect';
import type { Activity } from '../../domain/message/activity';
import type { Unasked } from '../../domain/message/letter';
import type { Routing } from '../../domain/town';
import type { ActionAnswer } from './action';

export interface Colleague {
  id: string;
  name: string;
  isThere: boolean;
  serves(service: string): boolean;
  supervises(service: string): boolean;
}

export interface FilledTemplate {
  text: string;
  language: string;
  template: NonNullable<Unasked['template']>;
}

export interface DeskLookups {
  now: Date;
  /** The product's own sentence in the language of the conversation. */
  t(id: string, fields?: Record<string, string | number>): string;
  /** A service inside a sentence. */
  serviceNamed(id: string): string;
  /** A template for WhatsApp with its fields filled in, in the conversation's language or the town's; null where there is none. */
  template(name: string, values: string[]): FilledTemplate | null;
  colleague(id: string): Promise<Colleague | null>;
  /** Whom a note names, of those who may read conversations of this service; ids. */
  named(text: string, service: string): Promise<string[]>;
  /** Whether somebody else than this agent wrote after a line: the citizen, or a colleague to them. */
  isNewsSince(line: number, agent: string): Promise<boolean>;
  /** The hub that answers for a service, if one does. */
  hub(service: string): Hub | undefined;
  /** What was said so far, as it is handed over. */
  transcript(): Promise<Activity[]>;
  /** A fresh reference of a numbered request. */
  reference: string;
  /** When the service opens next, in words; null while it is open, or when nobody knows. */
  opens(service: string): string | null;
  isOpen(service: string): boolean;
  /** How conversations of this service reach an agent. */
  routing(service: string): Routing;
  /** Whether nobody of the service has been at the desk for some time. */
  isDeserted(service: string): Promise<boolean>;
  /** Whether nobody has seen this agent for some time. */
  isGone(agent: string): Promise<boolean>;
}

/** Who acts: an agent, or the house. */
export interface Actor {
  id: string;
  name: string;
}

export type Outlook = Pick<Decision, 'holder' | 'queue'> & { effects?: Effect[] } & Partial<
    Pick<Conversation['memory'], 'dialogs' | 'language'>
  >;

export const answering = (answer: ActionAnswer) => ({ answer });
export type Decided = Outlook | { answer: ActionAnswer };

/** What holds while somebody has it, and ends with that; and what was offered and told before. */
const OF_ITS_AGENT = [
  'agent',
  'takenAt',
  'saidAt',
  'parkedAt',
  'parkedUntil',
  'wokeAt',
  'calmUntil',
  'offer',
  'asked',
  'told',
] as const;

/** Waiting again, where it stood before. */
export function backInLine(queue: QueueEntry): QueueEntry {
  const entry = { ...queue } as Partial<QueueEntry>;
  for (const field of OF_ITS_AGENT) delete entry[field];
  return entry as QueueEntry;
}

/** Of those asked in vain so many are remembered. */
const MOST_ASKED = 20;

/** Waiting without the offer that stood: whoever was asked in vain is asked again when everybody was. */
export function offerOver({ offer, ...entry }: QueueEntry, how: 'missed' | 'refused' | 'withdrawn'): QueueEntry {
  if (!offer || how === 'withdrawn') return entry;
  return { ...entry, asked: [...(entry.asked ?? []), { offer: offer.id, agent: offer.agent, how }].slice(-MOST_ASKED) };
}

export function handled(queue: QueueEntry, now: Date): Effect {
  const ms = Math.max(0, now.getTime() - Date.parse(queue.takenAt ?? now.toISOString()));
  return { kind: 'recordQueue', what: 'handled', service: queue.service, ms };
}

export function say(text: string, by: Speaker): Extract<Effect, { kind: 'say' }> {
  return { kind: 'say', activity: { type: 'message', text, textFormat: 'plain' }, by };
}

export const tell = (text: string) => say(text, { kind: 'system' });

export function note(text: string, { id, name }: Actor): Effect {
  return { kind: 'note', text, by: { kind: 'agent', id, name } };
}

/** Where somebody sees at once that something was said, and it costs nothing. */
export function isScreen(channel: Conversation['channel']): boolean {
  return channel === 'web' || channel === 'botframework';
}

/** Citizens know a person of the town hall by the first name. */
export function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}
