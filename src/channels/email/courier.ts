/**
 * E-mail out, through the operator's own mail server: notices and alerts, and what is said in a conversation by e-mail. Plain
 * text in the town's name; the Message-ID is made from the letter's id, so that a letter sent twice after a lost answer
 * is one message to mail programs that compare them, and an answer to it is known for one.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { NotOurs } from '../../domain/http/departure';
import { type Activity, isByPerson } from '../../domain/message/activity';
import { type Courier, type Delivery, GIVEN_BACK, type Letter } from '../../domain/message/courier';
import { unaskedOf } from '../../domain/message/letter';
import type { LinkTo } from '../plain-words';
import { conversationOf } from './accept';
import { type Manner, ownMailOf, type Reply, replyFor } from './reply';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Each step of the protocol; all of them together stay well within the lease of a letter. */
const STEP_MS = 5 * SECOND;

export interface EmailCourierParts {
  /** `smtp://user:password@host:587` (STARTTLS) or `smtps://…` (TLS from the start). */
  url: string;
  /** Whose address stands in From, and takes what bounces. */
  from: string;
  /** The town as its citizens know it, and the address they write to. */
  townOf(town: string): (Manner & { senders: { email?: string } }) | undefined;
  /** The e-mail a letter answers, where it still stands; absent where no mail comes in. */
  heardBy?(letter: Pick<Letter, 'conversation' | 'activity'>): Promise<Activity | null>;
  /** Where a citizen may open a file of a conversation. */
  linkTo?(conversation: string): LinkTo;
}

const Address = z.email();

export interface EmailCourier extends Courier {
  close(): void;
}

export function createEmailCourier({ url, from, townOf, heardBy, linkTo }: EmailCourierParts): EmailCourier {
  const { username, protocol, hostname } = new URL(url);
  // Most towns send no e-mail: it is loaded by those that do.
  const { createTransport } = require('nodemailer') as typeof import('nodemailer');
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
  // A server takes its time for each step before the words: whether they may leave is asked when it wants them.
  transport.use('stream', (mail, done) => {
    const { isOurs } = mail.data as { isOurs?: () => boolean };
    if (isOurs) mail.message.processFunc((words) => whileOurs(words, isOurs));
    done();
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);

  /** What is said in a conversation is an answer there; everything else brings its own subject. */
  async function contentOf(letter: Letter): Promise<Content | null> {
    const { town, conversation, activity } = letter;
    const known = townOf(town);
    const own = activity.channelData?.subject === undefined ? null : ownMailOf(activity);
    const isUnasked = unaskedOf(activity) !== null;
    const isTalk = own === null && activity.channelId === 'mail' && known !== undefined;
    const said = isTalk
      ? replyFor(activity, (await heardBy?.(letter)) ?? null, known, linkTo?.(conversation) ?? (() => null))
      : own && activity.text
        ? { subject: own.subject, text: activity.text }
        : null;
    const theirs = isTalk || isUnasked ? known?.senders.email : undefined;
    // Out-of-office replies to what a program wrote help nobody (RFC 3834).
    const submitted = isByPerson(activity) ? 'no' : isTalk && !isUnasked ? 'auto-replied' : 'auto-generated';
    const leave: Record<string, string> = isUnasked && theirs ? { 'List-Unsubscribe': `<mailto:${theirs}?subject=STOP>` } : {};
    return said && { ...said, replyTo: theirs ?? own?.replyTo, headers: { 'Auto-Submitted': submitted, ...leave } };
  }

  return {
    lane: 'email',
    isAnsweredByMachines: true,
    threadWith: (town, address) => ({ channel: 'mail', conversation: conversationOf({ id: town }, address) }),
    async deliver(letter, isOurs) {
      const { id, town, address, activity } = letter;
      if (!Address.safeParse(address).success) return { outcome: 'never', reason: 'bad-address' };
      const content = await contentOf(letter);
      if (!content) return { outcome: 'never', reason: 'nothing-to-say' };
      const messageId = `<${createHash('sha256').update(id).digest('hex').slice(0, 32)}@${domain}>`;
      const { headers, ...mail } = content;
      try {
        const asked = { isOurs };
        await transport.sendMail({
          ...asked,
          messageId,
          from: { name: townOf(town)?.name ?? '', address: from },
          to: { name: '', address },
          ...mail,
          headers: { ...headers, ...(activity.locale ? { 'Content-Language': activity.locale } : {}) },
        });
        return { outcome: 'sent', providerId: messageId };
      } catch (error) {
        return error instanceof NotOurs ? GIVEN_BACK : deliveryForFault(error as SmtpFault);
      }
    },
    close: () => transport.close(),
  };
}

/** The same words, unless they may not leave when the first of them is asked for: then an error, and the server is told no more. */
function whileOurs(words: Readable, isOurs: () => boolean): Readable {
  async function* lookedAt() {
    if (!isOurs()) throw new NotOurs('Another process may be sending it');
    yield* words;
  }
  return Readable.from(lookedAt(), { objectMode: false });
}

interface Content extends Reply {
  replyTo?: string;
  headers: Record<string, string>;
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
