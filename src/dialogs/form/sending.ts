/** The end of a form: the request is opened, and how it is followed is said with its reference. */
import type { Topic } from '../../domain/topic';
import type { Talk } from '../dialog';
import { type FormData, fieldsOf, isMeant } from './asking';
import { draftOf, openedText } from './summary';

export function sendOff(talk: Talk, topic: Topic, data: FormData): void {
  const reference = talk.lookups.reference(0);
  talk.act({ kind: 'openTicket', reference, draft: draftOf(talk, topic, data) });
  const link = photoLink(talk, topic, data, reference);
  talk.say([openedText(talk, topic, data, reference), ...(link ? [talk.t('form.photo-link', { link })] : [])].join('\n'));
}

/** Where a photo can still be sent when none came: in Europe a text message cannot carry one. */
function photoLink(talk: Talk, topic: Topic, data: FormData, reference: string): string | null {
  if (talk.conversation.channel !== 'sms') return null;
  const field = fieldsOf(topic).find((each) => each.kind === 'file' && isMeant(each, data));
  return field && !data.answers[field.id] ? talk.lookups.photoLink(reference) : null;
}
