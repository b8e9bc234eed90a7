/**
 * What is said in a conversation as an e-mail: plain words with links spelled out and choices as numbered lines, between the
 * town's own greeting and signature, as an answer in the thread it belongs to. Pure: it says what is sent, not how.
 */
import { z } from 'zod';
import type { Localised } from '../../domain/language/localised';
import type { Activity } from '../../domain/message/activity';
import { type LinkTo, numberedLines, plainWordsOf } from '../plain-words';
import { MailNote } from './mail';

/** How a town writes. */
export interface Manner {
  name: string;
  authority: Localised;
  languages: readonly string[];
  mail?: { greeting?: Localised; signature?: Localised };
}

export interface Reply {
  subject: string;
  text: string;
  inReplyTo?: string;
  references?: string[];
}

/** What an e-mail of its own says of itself: a notice, an alert, a receipt. */
const OwnMail = z.object({ subject: z.string().min(1), replyTo: z.email().optional() });
export type OwnMail = z.infer<typeof OwnMail>;

/** The subject an e-mail brings along; null for what is said in a conversation. */
export function ownMailOf({ channelData }: Activity): OwnMail | null {
  const found = OwnMail.safeParse(channelData?.subject ? channelData : channelData?.mail);
  return found.success ? found.data : null;
}

/** @param heard the activity of the e-mail that is answered; null where there is none any more. */
export function replyFor(activity: Activity, heard: Activity | null, town: Manner, linkTo: LinkTo): Reply | null {
  const { text: said, choices, files } = plainWordsOf(activity, linkTo);
  const words = [numberedLines(said, choices), ...files.map(({ url, name }) => (name ? `${name} : ${url}` : url))];
  const text = words.filter(Boolean).join('\n');
  if (!text) return null;
  const language = activity.locale?.slice(0, 2) ?? town.languages[0] ?? '';
  const inTheirs = (of: Localised | undefined) => of?.[language] ?? of?.[town.languages[0] ?? ''];
  const author = (activity.channelData?.author as { name?: string } | undefined)?.name;
  const signature = [author, inTheirs(town.mail?.signature) ?? inTheirs(town.authority)].filter(Boolean).join('\n');
  const note = MailNote.safeParse(heard?.channelData?.mail);
  const { messageId, subject = '' } = note.success ? note.data : {};
  const own = ownMailOf(activity)?.subject;
  return {
    subject: own ?? (subject ? `Re: ${subject.replace(/^(\s*re\s*:)+\s*/i, '')}` : town.name),
    text: [inTheirs(town.mail?.greeting), text, `-- \n${signature}`].filter(Boolean).join('\n\n'),
    ...(messageId ? { inReplyTo: messageId, references: [messageId] } : {}),
  };
}
