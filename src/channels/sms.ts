/**
 * A reply as a text message: the plain alphabet where it harms nothing, choices as numbered
 * lines, two segments where that is possible. Pure: what it returns is what Twilio is asked to send.
 */
import type { Activity } from '../domain/message/activity';
import { inPlainAlphabet, sizeOf } from '../domain/message/sms-encoding';
import type { Town } from '../domain/town';
import { inPieces, type LinkTo, numberedLines, plainWordsOf } from './plain-words';

/** Twilio refuses a longer body (21617). */
const LONGEST_BODY = 1600;
const PREFERRED_SEGMENTS = 2;

/**
 * The bodies to send, in order; more than one only beyond 1,600 characters. A message that
 * comes unasked (`channelData.unprompted`: news of a request, an alert) opens with the town's
 * name, because nothing else on the phone says who writes; a reply does not spend characters on it.
 */
export function smsBodies(activity: Activity, town: Town, linkTo: LinkTo): string[] {
  const words = plainWordsOf(activity, linkTo);
  const files = words.files.map((file) => (file.name ? `${file.name} : ${file.url}` : file.url));
  const text = numberedLines([words.text, ...files].filter(Boolean).join('\n'), words.choices);
  const authority = town.authority[words.language ?? ''] ?? town.authority[town.languages[0]] ?? town.name;
  const isUnsigned = activity.channelData?.unprompted === true && !text.includes(authority);
  return inPieces(compact(inPlainAlphabet(isUnsigned ? `${authority} : ${text}` : text)), LONGEST_BODY);
}

/** Blank lines go when that is what it takes to stay within two segments. */
function compact(text: string): string {
  const tidy = text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
  if (sizeOf(tidy).segments <= PREFERRED_SEGMENTS) return tidy;
  const tight = tidy.replace(/\n\n/g, '\n');
  return sizeOf(tight).segments < sizeOf(tidy).segments ? tight : tidy;
}
