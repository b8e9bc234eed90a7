/**
 * An e-mail as a thread of its own reads it (`mail.worker.ts`), and the limits under which it does. Whoever sends one wrote all
 * of it, so nothing in it is believed: not its sender, not its sizes, not its nesting.
 */
import { z } from 'zod';

/** The whole message as it comes over the wire; ten photos of a telephone, coded for mail. */
export const MOST_BYTES = 25 * 1024 * 1024;
export const MOST_HEADER_BYTES = 256 * 1024;
export const MOST_DEPTH = 20;
export const MOST_FILES = 10;
/** As on the web; what is beyond it would be read by nobody. */
const MOST_TEXT = 10_000;
const MOST_SUBJECT = 300;
/** Message-IDs looked at of a long thread, and addresses of a message to many. */
const MOST_IDS = 20;
const MOST_RECIPIENTS = 50;

/** NUL and halves of characters cannot be stored as text everywhere; nobody types them. */
const clean = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\u{FFFD}');
const oneLine = (most: number) => z.string().transform((text) => clean(text).replace(/\s+/g, ' ').trim().slice(0, most));
const address = z.string().trim().toLowerCase().max(254).pipe(z.email());

export const Mail = z.object({
  /** Whom an answer reaches; absent where nobody is named, or nobody can be written to. */
  from: address.optional().catch(undefined),
  name: oneLine(100).optional(),
  /** Every address it says it is for. */
  to: z.array(z.string().trim().toLowerCase()).transform((all) => all.slice(0, MOST_RECIPIENTS)),
  messageId: z.string().max(1000).optional().catch(undefined),
  /** What it answers: In-Reply-To first, then References from the last. */
  answers: z.array(z.string().max(1000)).transform((all) => all.slice(0, MOST_IDS)),
  subject: oneLine(MOST_SUBJECT).default(''),
  /** As it was written, quotes and signature and all; HTML as plain words. */
  text: z.string().transform((text) => clean(text).slice(0, MOST_TEXT * 2)),
  /** Why a machine wrote it: the header that says so. */
  automatic: z.string().optional(),
  /** What a mail server says became of a letter of ours. */
  report: z.object({ messageId: z.string().max(1000), status: z.string().max(20) }).optional(),
  files: z.array(z.object({ name: z.string(), type: z.string(), bytes: z.instanceof(Uint8Array) })),
  /** Attachments beyond those in `files`. */
  isCut: z.boolean(),
});
export type Mail = z.infer<typeof Mail>;

/** What goes with an e-mail's words in its activity's `channelData.mail`: for answers to it, and for agents to read. */
export const MailNote = z.object({
  messageId: z.string().optional(),
  references: z.array(z.string()).default([]),
  subject: z.string().default(''),
  whole: z.string().optional(),
});
