/**
 * Second thoughts in a form: another place, another number of the same street, 'back', the list of answers to change,
 * new values at the summary.
 */
import type { FoundPlace } from '../../domain/language/heard';
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Field, Topic } from '../../domain/topic/topic';
import { readChoice } from '../choices';
import type { Talk } from '../dialog';
import { applies, EDIT, fieldsOf } from './asking';
import type { Answer, FormData } from './form-data';
import { doorOn } from './place-field';

export function put(talk: Talk, data: FormData, field: Field, answer: Answer): void {
  const before = data.answers[field.id];
  const former =
    before && before.text !== answer.text
      ? [...(before.former ?? []), { text: before.text, at: talk.lookups.now.toISOString() }]
      : before?.former;
  data.answers[field.id] = former ? { ...answer, former } : answer;
  data.skipped = data.skipped.filter((id) => id !== field.id);
}

/** 'Pardon, au 52': another number of the street that is noted. */
async function sameStreet(talk: Talk, field: Field, data: FormData): Promise<FoundPlace | null> {
  const noted = data.answers[field.id];
  const street = (noted && (await talk.entities(noted.text)).place)?.street;
  return street ? doorOn(talk, street) : null;
}

/** 'Non, c'était rue Victor Hugo': a place said again, with a word of correction, replaces the one noted. */
export async function correct(talk: Talk, topic: Topic, data: FormData): Promise<boolean> {
  if (await correctPlate(talk, topic, data)) return true;
  if (!talk.means('correction')) return false;
  const field = fieldsOf(topic).find((each) => each.kind === 'place');
  const noted = field && (data.partial ?? data.answers[field.id]);
  if (!field || !noted) return false;
  const place = (await talk.entities()).place ?? (await sameStreet(talk, field, data));
  if (!place?.isInside) return false;
  const former = { text: data.partial?.text ?? data.answers[field.id]?.text ?? '', at: talk.lookups.now.toISOString() };
  data.answers[field.id] = {
    text: place.text,
    value: placeOf(place),
    former: [...(data.answers[field.id]?.former ?? []), former],
  };
  if (place.precision === 'street') data.partial = place;
  else delete data.partial;
  talk.say(talk.t('form.corrected', { place: place.text }));
  return true;
}

/** 'Non, AB 132 CD': a number plate said again, and little else, takes the place of the one in an answer. */
async function correctPlate(talk: Talk, topic: Topic, data: FormData): Promise<boolean> {
  const { plates, yesNo } = await talk.entities();
  const [plate, ...more] = plates;
  if (!plate || more.length > 0 || (yesNo !== 'no' && !talk.means('correction'))) return false;
  for (const field of fieldsOf(topic)) {
    const answer = field.kind === 'text' ? data.answers[field.id] : undefined;
    const [former] = answer ? (await talk.entities(answer.text)).plates : [];
    if (!answer || !former || former === plate) continue;
    const written = new RegExp(former.match(/[A-Z]+|\d+/g)?.join('[\\s.-]*') ?? former, 'iu');
    const text = answer.text.replace(written, plate);
    put(talk, data, field, { text, value: text });
    talk.say(talk.t('form.corrected', { place: plate }));
    return true;
  }
  return false;
}

export function placeOf(place: FoundPlace): TicketPlace {
  return { text: place.text, precision: place.precision, ...place.point };
}

/** Forgets the last answer, so that its question is asked again. */
export function takeBack(topic: Topic, data: FormData): void {
  const answered = fieldsOf(topic).filter((field) => data.answers[field.id] !== undefined || data.skipped.includes(field.id));
  const last = answered.at(-1);
  delete data.partial;
  if (!last) return;
  delete data.answers[last.id];
  data.skipped = data.skipped.filter((id) => id !== last.id);
}

/** A new address, phone number or e-mail replaces the one noted; false when the words hold none. */
export async function takeNewValues(talk: Talk, topic: Topic, data: FormData): Promise<boolean> {
  const { place, phones, emails } = await talk.entities();
  const fields = fieldsOf(topic).filter((field) => applies(talk, field, data));
  const placeField = fields.find((field) => field.kind === 'place');
  const contactField = fields.find((field) => field.kind === 'contact');
  const [contact] = [...phones, ...emails];
  if (contact && contactField) put(talk, data, contactField, { text: talk.wording.contact(contact), value: contact });
  // 'Right by the school' says where on the street it is; it takes the place of no house number.
  const noted = placeField && (data.answers[placeField.id]?.value as TicketPlace | undefined);
  const isBeside = place?.precision === 'landmark' && noted?.precision === 'number' && data.at !== EDIT;
  const isNew = place?.isInside && !isBeside;
  if (place && isNew && placeField) {
    put(talk, data, placeField, { text: place.text, value: placeOf(place) });
    if (place.precision === 'street') data.partial = place;
  }
  return Boolean((contact && contactField) || (isNew && placeField));
}

/** The answer that is named: 'the address', 'my number'. */
export function labelledField(talk: Talk, topic: Topic, data: FormData): Field | undefined {
  const fields = fieldsOf(topic).filter((field) => applies(talk, field, data));
  const labels = fields.map((field) => ({
    id: field.id,
    words: [talk.local(field.label), ...talk.t(`form.field.${field.kind}`).split('|')],
  }));
  const chosen = readChoice(talk.text, labels, talk.choosing);
  return fields.find((field) => field.id === chosen);
}
