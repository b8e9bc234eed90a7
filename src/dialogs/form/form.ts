/**
 * The guided form of a topic: one question at a time, answers already given not asked again,
 * corrections at any moment, a summary before anything is sent. Ends in one ticket.
 */
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Field, Topic } from '../../domain/topic/topic';
import type { Dialog, Step, Talk } from '../dialog';
import { knownIncident } from '../request/same';
import { applies, ask, EDIT, fieldsOf, isOffer, listsWhatIsNoted, nextField, refuseOffers } from './asking';
import { carriedFrom, keptFor } from './carried';
import { otherTopic, putOff, secondRequest } from './change';
import { correct, labelledField, put, takeBack, takeNewValues, wrongPlace } from './corrections';
import { keepWords, openingOf, saysSomething, wantsToSend } from './details';
import { isAboutElse, isDigression, readField } from './fields';
import { type Carried, type FieldReading, type FormData, SUMMARY } from './form-data';
import { unclearPlace } from './place-choice';
import { takeNear } from './place-field';
import { absorb, describesOther } from './said/absorb';
import { askToEnd, hearEnd, isOverInForm } from './said/ending';
import { askInVain, passOver } from './said/in-vain';
import { sameAs } from './said/named-choices';
import { answerInForm, askedInForm, hearPassOn, offersToPassOn } from './said/questions';
import { holdTime, sendOff } from './sending';

export interface FormInput {
  topic: string;
  made?: Topic;
  text: string;
  place?: TicketPlace;
  files?: string[];
  /** Of the form that this one takes the place of. */
  kept?: FormData;
  carried?: Carried;
  /** A place said with another request of the same message. */
  near?: string;
  /** Answers that are known before anything is asked. */
  given?: FormData['answers'];
}

export const form: Dialog = {
  name: 'form',

  async begin(talk, input) {
    const { topic: id, made, text, place, files, kept, carried, near, given = {} } = input as FormInput;
    // A place that is not one door or landmark is read with the words: what is missing of it is asked for.
    const isUnsure = ['street', 'text'].includes(place?.precision ?? '');
    const words = isUnsure ? `${text}, ${place?.text}` : text;
    const data: FormData = { topic: id, made, words, said: [], answers: given, skipped: [], at: '', misses: 0, carried };
    const topic = topicOf(talk, data);
    if (!topic) return { next: 'done' };
    if (kept) Object.assign(data, keptFor(topic, kept, text));
    const placeField = topic.form?.find((field) => field.kind === 'place');
    if (place && placeField && !isUnsure) data.answers[placeField.id] = { text: place.text, value: place };
    const fileField = topic.form?.find((field) => field.kind === 'file');
    if (files?.length && fileField) data.answers[fileField.id] = { text: String(files.length), value: files };
    await absorb(talk, topic, data, words, true);
    if (kept) await absorb(talk, topic, data, kept.words, true);
    refuseOffers(talk, topic, data);
    // What was asked of whoever asks for a person, or of another form before, is no detail of it.
    if (!made && !kept && text !== '') data.opening = await openingOf(await talk.about(text), data);
    if (topic.answer) talk.say(talk.local(topic.answer));
    if (near) await takeNear(talk, data, placeField, text, near);
    const unclear = await unclearPlace(talk, data, placeField, words);
    if (unclear) {
      talk.say(unclear.say, { choices: unclear.choices });
      return { next: 'wait', data };
    }
    return goOn(talk, topic, data);
  },

  async hear(talk, input) {
    const data = structuredClone(input) as FormData;
    const topic = topicOf(talk, data);
    if (!topic) return { next: 'done' };
    if (talk.means('back')) {
      takeBack(topic, data);
      return goOn(talk, topic, data);
    }
    if (data.offersPerson && !data.tried?.length && (await talk.entities()).yesNo === 'yes')
      return { next: 'person', text: talk.text, carried: carriedFrom(talk, topic, data) };
    delete data.offersPerson;
    const ended = await hearEnd(talk, data);
    if (ended) return ended === 'go-on' ? askOnceMore(talk, topic, data) : ended;
    if (await hearPassOn(talk, data)) return askOnceMore(talk, topic, data);
    const asked = await askedInForm(talk, data);
    if (asked) {
      const present = fieldsOf(topic).find(({ id }) => id === data.at);
      const said = answerInForm(talk, topic, data, asked.kind, present);
      if (said) talk.say(said);
      // What stands beside it is heard as if it had come alone.
      if (said && asked.rest !== '') return form.hear(await talk.about(asked.rest), data);
      if (said) return askOnceMore(talk, topic, data);
      if (asked.rest === '' && offersToPassOn(talk, data)) return { next: 'wait', data };
    }
    if (isOverInForm(talk, topic, data)) {
      await keepWords(talk, data);
      askToEnd(talk);
      return { next: 'wait', data: { ...data, asksEnd: talk.text } };
    }
    const wrong = await wrongPlace(talk, topic, data);
    if (wrong) return editField(talk, topic, data, wrong);
    const other = await otherTopic(talk, data);
    if (other) return other;
    if (await correct(talk, topic, data)) {
      await keepWords(talk, data);
      return goOn(talk, topic, data);
    }
    const second = await secondRequest(talk, topic, data);
    if (second) {
      await keepWords(talk, data);
      putOff(talk, second, talk.text);
      ask(talk, topic, data, true);
      return { next: 'wait', data };
    }
    if (data.at === SUMMARY) return hearSummary(talk, topic, data);
    if (data.at === EDIT) return hearEdit(talk, topic, data);
    const field = fieldsOf(topic).find((each) => each.id === data.at);
    if (!field) return goOn(talk, topic, data);
    if (talk.means('edit') && Object.keys(data.answers).length > 0) return edit(talk, topic, data);
    if (!field.required && wantsToSend(talk)) return send(talk, topic, data);
    if (field.kind !== 'file' && (await keepFiles(talk, topic, data)) && talk.text === '') {
      ask(talk, topic, data, false, field.id);
      return { next: 'wait', data };
    }
    if (await isDigression(talk, field, data)) return { next: 'not-mine' };
    const isOther = field.kind === 'place' && (await describesOther(talk, topic));
    const reading: FieldReading = isOther ? { kind: 'unread' } : await readField(talk, field, data);
    if (reading.kind === 'unread') {
      // Not what was asked, but perhaps what would have been asked next: a phone number instead of a photo.
      const answers = Object.keys(data.answers).length;
      const before = answers + data.skipped.length;
      await absorb(talk, topic, data, talk.text, false);
      refuseOffers(talk, topic, data);
      if (Object.keys(data.answers).length + data.skipped.length > before) {
        const isKept = (await keepWords(talk, data)) || Object.keys(data.answers).length > answers;
        const isOpen = data.answers[field.id] === undefined && !data.skipped.includes(field.id);
        // The same is asked again: what was said instead was not lost.
        if (isKept && isOpen) talk.say(talk.t('form.noted'));
        return goOn(talk, topic, data, undefined, isOpen ? data.misses + 1 : 0);
      }
    }
    return take(talk, topic, data, field, reading);
  },

  askAgain(talk, input) {
    const data = input as FormData;
    const topic = topicOf(talk, data);
    // Something else was asked since: the question before it stays out of the request.
    if (data.question !== talk.text) delete data.question;
    if (data.asksEnd !== talk.text) delete data.asksEnd;
    if (topic) ask(talk, topic, data, true);
  },
};

/** Asks what is still missing, of a form that was changed from outside. */
export async function proceed(talk: Talk, data: FormData, topic = topicOf(talk, data)): Promise<Step> {
  return topic ? goOn(talk, topic, data) : { next: 'done' };
}

function askOnceMore(talk: Talk, topic: Topic, data: FormData): Step {
  ask(talk, topic, data, true);
  return { next: 'wait', data };
}

function topicOf(talk: Talk, data: FormData): Topic | undefined {
  return data.made ?? talk.topic(data.topic);
}

/** `found`: the address as it was understood; `misses`: times that what is asked now was asked in vain before. */
async function goOn(talk: Talk, topic: Topic, data: FormData, found?: string, misses = 0): Promise<Step> {
  const field = data.partial ? fieldsOf(topic).find((each) => each.kind === 'place') : nextField(talk, topic, data);
  data.misses = misses;
  if (field?.kind !== 'place') delete data.tried;
  const before = data.at;
  data.at = field?.id ?? SUMMARY;
  if (field) data.asked = [...(data.asked ?? []).filter((id) => id !== field.id), field.id];
  const known = await knownIncident(talk, topic, data);
  if (known) return { next: 'digress', data, dialog: 'same', input: known };
  if (found && !listsWhatIsNoted(topic, data, before)) talk.say(found);
  ask(talk, topic, data, false, before);
  return { next: 'wait', data };
}

async function take(talk: Talk, topic: Topic, data: FormData, field: Field, reading: FieldReading): Promise<Step> {
  switch (reading.kind) {
    case 'answer':
      put(talk, data, field, reading.answer);
      delete data.partial;
      if (reading.note && field.kind !== 'place') talk.say(reading.note);
      await absorb(talk, topic, data, talk.text, false);
      refuseOffers(talk, topic, data);
      await keepWords(talk, data, field.kind === 'choice' ? sameAs(field) : []);
      return goOn(talk, topic, data, field.kind === 'place' ? reading.note : undefined);
    case 'partial':
      data.partial = reading.place;
      await absorb(talk, topic, data, talk.text, false);
      await keepWords(talk, data);
      return goOn(talk, topic, data);
    case 'skip':
      data.skipped.push(field.id);
      await absorb(talk, topic, data, talk.text, false);
      refuseOffers(talk, topic, data);
      await keepWords(talk, data);
      return goOn(talk, topic, data);
    case 'more':
      if (field.kind === 'place') passOver(talk, data, reading.tried);
      data.misses += isOffer(field) ? 1 : 0;
      talk.say([(await keepWords(talk, data)) ? talk.t('form.noted') : '', reading.say].filter(Boolean).join(' '), {
        choices: reading.choices,
      });
      return { next: 'wait', data };
    case 'unread':
      return unread(talk, topic, data, field);
  }
}

async function unread(talk: Talk, topic: Topic, data: FormData, field: Field): Promise<Step> {
  const step = await askInVain(talk, data, field);
  return step === 'go-on' ? goOn(talk, topic, data) : step;
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

function edit(talk: Talk, topic: Topic, data: FormData): Step {
  data.at = EDIT;
  ask(talk, topic, data, false);
  return { next: 'wait', data };
}

async function hearSummary(talk: Talk, topic: Topic, data: FormData): Promise<Step> {
  const { yesNo } = await talk.entities();
  const isEdit = talk.means('edit') || yesNo === 'no';
  if (!isEdit && (wantsToSend(talk) || yesNo === 'yes' || talk.means('all-right'))) {
    await keepWords(talk, data);
    return send(talk, topic, data);
  }
  if (isEdit) {
    await keepWords(talk, data);
    return edit(talk, topic, data);
  }
  if (await keepFiles(talk, topic, data)) return goOn(talk, topic, data);
  if (await takeNewValues(talk, topic, data)) {
    await keepWords(talk, data);
    return goOn(talk, topic, data);
  }
  const chosen = labelledField(talk, topic, data);
  if (chosen) return editField(talk, topic, data, chosen);
  if (isAboutElse(talk, data.topic, false, data)) return { next: 'not-mine' };
  if (offersToPassOn(talk, data)) return { next: 'wait', data };
  if (await keepWords(talk, data)) talk.say(talk.t('form.noted'));
  ask(talk, topic, data, false);
  return { next: 'wait', data };
}

function editField(talk: Talk, topic: Topic, data: FormData, field: Field): Step {
  data.skipped = data.skipped.filter((id) => id !== field.id);
  data.at = field.id;
  delete data.partial;
  ask(talk, topic, data, false, field.id);
  return { next: 'wait', data };
}

async function hearEdit(talk: Talk, topic: Topic, data: FormData): Promise<Step> {
  // 'modifier: 14 rue Pasteur': the new value itself says which answer it replaces.
  if (await takeNewValues(talk, topic, data)) {
    await keepWords(talk, data);
    return goOn(talk, topic, data);
  }
  const { yesNo } = await talk.entities();
  const [only, ...others] = fieldsOf(topic).filter((field) => applies(talk, field, data));
  const chosen = labelledField(talk, topic, data) ?? (yesNo === 'yes' && others.length === 0 ? only : undefined);
  if (chosen) return editField(talk, topic, data, chosen);
  if (wantsToSend(talk) || yesNo === 'no') return goOn(talk, topic, data);
  if (isAboutElse(talk, data.topic, false, data)) return { next: 'not-mine' };
  if (await saysSomething(talk)) {
    await keepWords(talk, data);
    talk.say(talk.t('form.noted'));
    return goOn(talk, topic, data);
  }
  ask(talk, topic, data, false);
  return { next: 'wait', data };
}

async function send(talk: Talk, topic: Topic, data: FormData): Promise<Step> {
  const missing = fieldsOf(topic).find(
    (field) => field.required && applies(talk, field, data) && data.answers[field.id] === undefined,
  );
  if (missing || !(await holdTime(talk, data))) return goOn(talk, topicOf(talk, data) ?? topic, data);
  await sendOff(talk, topic, data);
  return { next: 'done' };
}
