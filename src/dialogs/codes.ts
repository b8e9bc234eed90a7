/** Six digits by which somebody proves that a phone or an e-mail address is theirs, or passes on that they agree. */
import type { Ticket } from '../domain/ticket/ticket';
import type { Talk } from './dialog';

export type Contact = NonNullable<Ticket['contact']>;

/** The digits typed, however they were spaced; null where there are none. */
export function readCode(text: string): string | null {
  return /(?<!\d)\d{3}\s?\d{3}(?!\d)/.exec(text)?.[0].replace(/\s/, '') ?? null;
}

export function sendCode(talk: Talk, { kind, value: to }: Contact, { text, subject }: { text: string; subject: string }): void {
  if (kind === 'phone') talk.act({ kind: 'writeText', to, text });
  else talk.act({ kind: 'writeMail', to, mail: { subject }, text });
}

/** Where the citizen of a request is reached: what they left with it, or the phone or the e-mail address that it came from. */
export function citizenOf({ contact, channel, address }: Ticket): Contact | undefined {
  if (!contact && channel === 'mail') return { kind: 'email', value: address };
  const number = channel === 'sms' || channel === 'whatsapp' ? /\+\d+$/.exec(address)?.[0] : undefined;
  if (contact) return contact;
  return number ? { kind: 'phone', value: number } : undefined;
}
