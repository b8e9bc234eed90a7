/**
 * A photo that did not get through is said to be missing, whatever else the message was about: nobody shall
 * believe that it stands in the request.
 */
import type { Talk } from '../../dialogs';
import type { Attachment } from '../../domain/message/activity';

/** By what the channel noted in `content.unavailable`; a reason not listed is none that the citizen could mend. */
const SENTENCES: Record<string, string> = {
  'not-found': 'media.again',
  'no-answer': 'media.again',
  'untrusted-address': 'media.again',
  'too-large': 'media.too-large',
  'too-many-pixels': 'media.too-many-pixels',
  heic: 'media.heic',
  damaged: 'media.damaged',
  empty: 'media.again',
  'not-fetched': 'media.not-here',
};

/** What to say of the first attachment that is missing, or null when none is. */
export function lostFile(talk: Talk): string | null {
  const reason = (talk.activity.attachments ?? []).map(unavailable).find((one) => one !== null);
  return reason ? talk.t(SENTENCES[reason] ?? 'media.refused') : null;
}

function unavailable({ content }: Attachment): string | null {
  const reason = typeof content === 'object' && content !== null ? (content as { unavailable?: unknown }).unavailable : null;
  return typeof reason === 'string' ? reason : null;
}
