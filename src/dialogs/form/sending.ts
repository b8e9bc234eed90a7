/** The end of a form: the request is opened, and how it is followed is said with its reference. */
import { SLOT } from '../../domain/ticket/call-back';
import { FOR_A_PERSON, type Topic } from '../../domain/topic/topic';
import { chosenSlot, slotField } from '../callback';
import type { Talk } from '../dialog';
import { entryFor } from '../queue';
import { fieldsOf, isMeant } from './asking';
import type { FormData } from './form-data';
import { acknowledge } from './formal';
import { draftOf, openedText } from './summary';

export async function sendOff(talk: Talk, topic: Topic, data: FormData): Promise<void> {
  const reference = talk.lookups.reference(0);
  talk.act({ kind: 'openTicket', reference, draft: draftOf(talk, topic, data) });
  await keepForPerson(talk, topic, data, reference);
  const link = photoLink(talk, topic, data, reference);
  const when = chosenSlot(data.answers[SLOT]) ? data.answers[SLOT]?.text : undefined;
  const booked = when ? [talk.t('person.slot.booked', { when })] : [];
  const formal = acknowledge(talk, topic, data, reference);
  const helper = isForAnother(talk, data) ? [talk.t('helper.offer')] : [];
  const opened = openedText(talk, topic, data, reference);
  const lines = [opened, formal, ...booked, link && talk.t('form.photo-link', { link }), ...helper];
  talk.say(lines.filter(Boolean).join('\n'));
}

/** 'It is for my mother': she can agree to it, and be told too. */
function isForAnother(talk: Talk, { words, said }: FormData): boolean {
  return talk.means('for-another', [words, ...said].join('\n'));
}

/** Whether the time that was chosen is still free, and held from now on; if not, others are there to be chosen. */
export async function holdTime(talk: Talk, data: FormData): Promise<boolean> {
  const at = chosenSlot(data.answers[SLOT]);
  const service = talk.service(data.made?.service);
  if (!at || !data.made || (await talk.lookups.holdCallback(service.id, at))) return true;
  delete data.answers[SLOT];
  const time = await slotField(talk, service);
  const others = (data.made.form ?? []).filter(({ id }) => id !== SLOT);
  data.made = { ...data.made, form: time ? [time, ...others] : others };
  talk.say(talk.t('person.slot.none'));
  return false;
}

/** A message for a person stands in the queue too, where people answer at the desk: first at the next opening. */
async function keepForPerson(talk: Talk, topic: Topic, data: FormData, ticket: string): Promise<void> {
  const service = talk.service(topic.service);
  if (topic.id !== FOR_A_PERSON || !(await talk.lookups.outlook(service.id))) return;
  const subject = data.answers.subject?.text ?? data.words;
  const callAt = chosenSlot(data.answers[SLOT]);
  if (callAt) talk.act({ kind: 'takeCallback', service: service.id, at: callAt });
  talk.passTo('queue', entryFor(talk, service, { subject, ticket, ...(callAt ? { callAt } : {}), botAnswers: true }));
}

/** Where a photo can still be sent when none came: in Europe a text message cannot carry one. */
function photoLink(talk: Talk, topic: Topic, data: FormData, reference: string): string | null {
  if (talk.conversation.channel !== 'sms') return null;
  const field = fieldsOf(topic).find((each) => each.kind === 'file' && isMeant(each, data));
  return field && !data.answers[field.id] ? talk.lookups.photoLink(reference) : null;
}
