/**
 * The guided form of a topic: one question at a time, answers already given not asked again,
 * corrections at any moment, a summary before anything is sent. Ends in one ticket.
 */
import type { FoundPlace } from '../domain/heard';
import type { TicketPlace } from '../domain/ticket';
import type { Field, Topic } from '../domain/topic';
import { applies, ask, EDIT, type FormData, fieldsOf, isMeant, SUMMARY } from './asking';
import { readChoice } from './choices';
import type { Dialog, Step, Talk } from './dialog';
import { type Answer, absorb, type FieldReading, isDigression, readField } from './fields';
import { draftOf, openedText } from './summary';

export interface FormInput {
  topic: string;
  made?: Topic;
  text: string;
  place?: TicketPlace;
  files?: string[];
}

const MOST_MISSES = 2;

export const form: Dialog = {
  name: 'form',

  async begin(talk, input) {
    const { topic: id, made, text, place, files } = input as FormInput;
    const data: FormData = { topic: id, made, words: text, answers: {}, skipped: [], at: '', misses: 0 };
    const topic = topicOf(talk, data);
    if (!topic) return { next: 'done' };
    const placeField = topic.form?.find((field) => field.kind === 'place');
    // A street alone is read with the words, and its number asked for.
    const isStreet = place?.precision === 'street';
    if (place && placeField && !isStreet) data.answers[placeField.id] = { text: place.text, value: place };
    const fileField = topic.form?.find((field) => field.kind === 'file');
    if (files?.length && fileField) data.answers[fileField.id] = { text: String(files.length), value: files };
    await absorb(talk, topic, data, isStreet ? `${text}, ${place?.text}` : text, true);
    if (topic.answer) talk.say(talk.local(topic.answer));
    return goOn(talk, topic, data);
  },

  async hear(talk, input) {
    const data = structuredClone(input) as FormData;
    const topic = topicOf(talk, data);
    if (!topic) return { next: 'done' };
    if (talk.means('back')) return goBack(talk, topic, data);
    if (await correct(talk, topic, data)) return goOn(talk, topic, data);
    if (data.at === SUMMARY) return hearSummary(talk, topic, data);
    if (data.at === EDIT) return hearEdit(talk, topic, data);
    const field = fieldsOf(topic).find((each) => each.id === data.at);
    if (!field) return goOn(talk, topic, data);
    if (!field.required && talk.means('send')) return send(talk, topic, data);
    if (field.kind !== 'file' && (await keepFiles(talk, topic, data)) && talk.text === '') {
      ask(talk, topic, data, false, field.id);
      return { next: 'wait', data };
    }
    if (isDigression(talk, field)) return { next: 'not-mine' };
    const reading = await readField(talk, field, data);
    if (reading.kind === 'unread') {
      // Not what was asked, but perhaps what would have been asked next: a phone number instead of a photo.
      const before = Object.keys(data.answers).length;
      await absorb(talk, topic, data, talk.text, false);
      if (Object.keys(data.answers).length > before) return goOn(talk, topic, data);
    }
    return take(talk, topic, data, field, reading);
  },

  askAgain(talk, input) {
    const data = input as FormData;
    const topic = topicOf(talk, data);
    if (topic) ask(talk, topic, data, true);
  },
};

function topicOf(talk: Talk, data: FormData): Topic | undefined {
  return data.made ?? talk.topic(data.topic);
}

function nextField(talk: Talk, topic: Topic, data: FormData): Field | undefined {
  return fieldsOf(topic).find(
    (field) => data.answers[field.id] === undefined && !data.skipped.includes(field.id) && applies(talk, field, data),
  );
}

function goOn(talk: Talk, topic: Topic, data: FormData): Step {
  const field = data.partial ? fieldsOf(topic).find((each) => each.kind === 'place') : nextField(talk, topic, data);
  data.misses = 0;
  const before = data.at;
  data.at = field?.id ?? SUMMARY;
  ask(talk, topic, data, false, before);
  return { next: 'wait', data };
}

function take(talk: Talk, topic: Topic, data: FormData, field: Field, reading: FieldReading): Step | Promise<Step> {
  switch (reading.kind) {
    case 'answer':
      put(talk, data, field, reading.answer);
      delete data.partial;
      if (reading.note) talk.say(reading.note);
      return absorb(talk, topic, data, talk.text, false).then(() => goOn(talk, topic, data));
    case 'partial':
      data.partial = reading.place;
      return absorb(talk, topic, data, talk.text, false).then(() => goOn(talk, topic, data));
    case 'skip':
      data.skipped.push(field.id);
      return goOn(talk, topic, data);
    case 'more':
      talk.say(reading.say, { choices: reading.choices });
      return { next: 'wait', data };
    case 'unread': {
      if (talk.heard.zone === 'act' && talk.heard.intents[0] && talk.heard.intents[0].topic !== data.topic)
        return { next: 'not-mine' };
      data.misses += 1;
      if (data.misses > MOST_MISSES && !field.required) {
        data.skipped.push(field.id);
        return goOn(talk, topic, data);
      }
      const again = field.askAgain ? talk.local(field.askAgain) : talk.t(`form.again.${field.kind}`);
      const help = data.misses > MOST_MISSES ? `\n${talk.t('form.stuck')}` : '';
      talk.say(`${again}${help}`, {
        choices: data.misses > MOST_MISSES ? [{ title: talk.t('person.ask') }, { title: talk.t('form.cancel') }] : [],
      });
      return { next: 'wait', data };
    }
  }
}

/** A photo is kept whenever it comes, whatever was being asked; false when there is none. */
async function keepFiles(talk: Talk, topic: Topic, data: FormData): Promise<boolean> {
  const field = fieldsOf(topic).find((each) => each.kind === 'file');
  if (!field || !talk.activity.attachments?.length) return false;
  const reading = await readField(talk, field, data);
  if (reading.kind !== 'answer') return false;
  put(talk, data, field, reading.answer);
  if (reading.note) talk.say(reading.note);
  return true;
}

function put(talk: Talk, data: FormData, field: Field, answer: Answer): void {
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
  const number = /(?<![\p{L}\p{N}])\d{1,4}(?:\s?(?:bis|ter))?(?![\p{L}\p{N}])/iu.exec(talk.text)?.[0];
  const street = data.answers[field.id]?.text.replace(/^\d+\s?(?:bis|ter)?\s+/i, '');
  if (!number || !street) return null;
  const { place } = await talk.entities(`${number} ${street}`);
  return place?.precision === 'number' ? place : null;
}

/** 'Non, c'était rue Victor Hugo': a place said again, with a word of correction, replaces the one noted. */
async function correct(talk: Talk, topic: Topic, data: FormData): Promise<boolean> {
  if (!talk.means('correction')) return false;
  const field = fieldsOf(topic).find((each) => each.kind === 'place');
  const noted = field && (data.partial ?? data.answers[field.id]);
  if (!field || !noted) return false;
  const place = (await talk.entities()).place ?? (await sameStreet(talk, field, data));
  if (!place?.isInside) return false;
  const former = { text: data.partial?.text ?? data.answers[field.id]?.text ?? '', at: talk.lookups.now.toISOString() };
  if (place.precision === 'street') {
    data.partial = place;
    data.answers[field.id] = {
      text: place.text,
      value: placeOf(place),
      former: [...(data.answers[field.id]?.former ?? []), former],
    };
  } else {
    delete data.partial;
    data.answers[field.id] = {
      text: place.text,
      value: placeOf(place),
      former: [...(data.answers[field.id]?.former ?? []), former],
    };
  }
  talk.say(talk.t('form.corrected', { place: place.text }));
  return true;
}

function placeOf(place: FoundPlace): TicketPlace {
  return { text: place.text, precision: place.precision, ...place.point };
}

function goBack(talk: Talk, topic: Topic, data: FormData): Step {
  const answered = fieldsOf(topic).filter((field) => data.answers[field.id] !== undefined || data.skipped.includes(field.id));
  const last = answered.at(-1);
  delete data.partial;
  if (last) {
    delete data.answers[last.id];
    data.skipped = data.skipped.filter((id) => id !== last.id);
  }
  return goOn(talk, topic, data);
}

async function hearSummary(talk: Talk, topic: Topic, data: FormData): Promise<Step> {
  const { yesNo } = await talk.entities();
  const isEdit = talk.means('edit') || yesNo === 'no';
  if (!isEdit && (talk.means('send') || yesNo === 'yes')) return send(talk, topic, data);
  if (isEdit) {
    data.at = EDIT;
    ask(talk, topic, data, false);
    return { next: 'wait', data };
  }
  if (await keepFiles(talk, topic, data)) return goOn(talk, topic, data);
  if (await takeNewValues(talk, topic, data)) return goOn(talk, topic, data);
  const chosen = labelledField(talk, topic, data);
  if (chosen) return editField(talk, topic, data, chosen);
  if (talk.heard.zone === 'act') return { next: 'not-mine' };
  ask(talk, topic, data, false);
  return { next: 'wait', data };
}

/** A new address, phone number or e-mail replaces the one noted; false when the words hold none. */
async function takeNewValues(talk: Talk, topic: Topic, data: FormData): Promise<boolean> {
  const { place, phones, emails } = await talk.entities();
  const fields = fieldsOf(topic).filter((field) => applies(talk, field, data));
  const placeField = fields.find((field) => field.kind === 'place');
  const contactField = fields.find((field) => field.kind === 'contact');
  const [contact] = [...phones, ...emails];
  if (contact && contactField) put(talk, data, contactField, { text: contact, value: contact });
  if (place?.isInside && placeField) {
    put(talk, data, placeField, { text: place.text, value: placeOf(place) });
    if (place.precision === 'street') data.partial = place;
  }
  return Boolean((contact && contactField) || (place?.isInside && placeField));
}

function labelledField(talk: Talk, topic: Topic, data: FormData): Field | undefined {
  const fields = fieldsOf(topic).filter((field) => applies(talk, field, data));
  const labels = fields.map((field) => ({
    id: field.id,
    words: [talk.local(field.label), ...talk.t(`form.field.${field.kind}`).split('|')],
  }));
  const chosen = readChoice(talk.text, labels);
  return fields.find((field) => field.id === chosen);
}

function editField(talk: Talk, topic: Topic, data: FormData, field: Field): Step {
  data.skipped = data.skipped.filter((id) => id !== field.id);
  data.at = field.id;
  delete data.partial;
  ask(talk, topic, data, false, field.id);
  return { next: 'wait', data };
}

async function hearEdit(talk: Talk, topic: Topic, data: FormData): Promise<Step> {
  const chosen = labelledField(talk, topic, data);
  if (chosen) return editField(talk, topic, data, chosen);
  // 'modifier: 14 rue Pasteur': the new value itself says which answer it replaces.
  if (await takeNewValues(talk, topic, data)) return goOn(talk, topic, data);
  const { yesNo } = await talk.entities();
  if (talk.means('send') || yesNo === 'no') return goOn(talk, topic, data);
  if (talk.heard.zone === 'act') return { next: 'not-mine' };
  ask(talk, topic, data, false);
  return { next: 'wait', data };
}

function send(talk: Talk, topic: Topic, data: FormData): Step {
  const missing = fieldsOf(topic).find(
    (field) => field.required && applies(talk, field, data) && data.answers[field.id] === undefined,
  );
  if (missing) return goOn(talk, topic, data);
  const reference = talk.lookups.reference(0);
  talk.act({ kind: 'openTicket', reference, draft: draftOf(talk, topic, data) });
  const link = photoLink(talk, topic, data, reference);
  talk.say([openedText(talk, topic, data, reference), ...(link ? [talk.t('form.photo-link', { link })] : [])].join('\n'));
  return { next: 'done' };
}

/** Where a photo can still be sent when none came: in Europe a text message cannot carry one. */
function photoLink(talk: Talk, topic: Topic, data: FormData, reference: string): string | null {
  if (talk.conversation.channel !== 'sms') return null;
  const field = fieldsOf(topic).find((each) => each.kind === 'file' && isMeant(each, data));
  return field && !data.answers[field.id] ? talk.lookups.photoLink(reference) : null;
}
