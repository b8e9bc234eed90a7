/**
 * E-mail, through the operator's own mail server. Plain text in the town's name; the Message-ID is made from the letter's
 * id, so that a letter sent twice after a lost answer is one message to mail programs that compare them.
 */
import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { type Courier, type Delivery, GIVEN_BACK } from '../domain/message/courier';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Each step of the protocol; all of them together stay well within the lease of a letter. */
const STEP_MS = 5 * SECOND;

export interface EmailParts {
  /** `smtp://user:password@host:587` (STARTTLS) or `smtps://…` (TLS from the start). */
  url: string;
  /** Whose address stands in From, and takes what bounces. */
  from: string;
  /** The town as its citizens know it, for the From line. */
  nameOf(town: string): string | undefined;
}

const Mail = z.object({ subject: z.string().min(1), replyTo: z.email().optional() });
const Address = z.email();

export interface EmailCourier extends Courier {
  close(): void;
}

export function createEmailCourier({ url, from, nameOf }: EmailParts): EmailCourier {
  const { username, protocol, hostname } = new URL(url);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 3,
    // A password is never shown to a server that does not encrypt, but on this machine itself.
    requireTLS: username !== '' && protocol === 'smtp:' && !/^(localhost|127\.|\[::1\])/.test(hostname),
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: 2 * STEP_MS,
    // What is said may hold a citizen's words: nothing in it makes this machine read files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    lane: 'email',
    async deliver({ id, town, address, activity }, isOurs) {
      const mail = Mail.safeParse(activity.channelData);
      if (!Address.safeParse(address).success) return { outcome: 'never', reason: 'bad-address' };
      if (!mail.success || !activity.text) return { outcome: 'never', reason: 'nothing-to-say' };
      const messageId = `<${createHash('sha256').update(id).digest('hex').slice(0, 32)}@${domain}>`;
      if (!isOurs()) return GIVEN_BACK;
      try {
        await transport.sendMail({
          messageId,
          from: { name: nameOf(town) ?? '', address: from },
          to: { name: '', address },
          replyTo: mail.data.replyTo,
          subject: mail.data.subject,
          text: activity.text,
          // Out-of-office replies to what a program wrote help nobody (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated', ...(activity.locale ? { 'Content-Language': activity.locale } : {}) },
        });
        return { outcome: 'sent', providerId: messageId };
      } catch (error) {
        return deliveryForFault(error as SmtpFault);
      }
    },
    close: () => transport.close(),
  };
}

/** What nodemailer throws: its own code ('ETIMEDOUT', 'EAUTH'), and the server's reply code where it gave one. */
interface SmtpFault {
  code?: string;
  responseCode?: number;
}

/** By the codes of RFC 5321, 4.2.1: what the server refuses with 4xx may be tried again, with 5xx it may not. */
function deliveryForFault({ code = 'no-answer', responseCode }: SmtpFault): Delivery {
  // Our own account, or a server that does not encrypt: the operator puts it right, and the letter must still be there then.
  if (code.endsWith('AUTH')) return { outcome: 'later', reason: 'credentials-refused', afterMs: 5 * MINUTE };
  if (code === 'ETLS') return { outcome: 'later', reason: 'no-encryption', afterMs: 5 * MINUTE };
  if (responseCode) return { outcome: responseCode >= 500 ? 'never' : 'later', reason: `smtp-${responseCode}` };
  if (code === 'EENVELOPE') return { outcome: 'never', reason: 'bad-address' };
  // A connection that broke behind the words looks like one that never stood.
  return { outcome: 'unknown', reason: code.toLowerCase() };
}
