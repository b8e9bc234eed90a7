/**
 * A person, please. Says honestly when people are there, then takes a message or a call-back as
 * a numbered request for the right service: nobody is told that somebody is coming who is not.
 */

import { CLAUSE_END } from '../domain/language/clauses';
import { capital } from '../domain/language/wording';
import { countWords, phraseKey } from '../domain/language/words';
import { SLOT } from '../domain/ticket/call-back';
import { type Field, FOR_A_PERSON, type Topic } from '../domain/topic/topic';
import type { Service } from '../domain/town';
import { type SlotMeant, slotField, slotMeant } from './callback';
import { thinksOfDying } from './danger/past';
import type { Dialog, Step, Talk } from './dialog';
import { carriedFrom } from './form/carried';
import { isCovered, keepWords } from './form/details';
import { form, proceed } from './form/form';
import type { Answer, Carried, FormData } from './form/form-data';
import { backToForm, endsBoth, goesBackToForm } from './hand-over';
import { waitForPerson } from './queue';

interface PersonInput {
  text: string;
  /** What was gathered in a form that is left for this. */
  carried?: Carried;
  /** The question that was left open, and whose it is. */
  open?: { title: string; text: string; service: string | undefined };
  /** The words are the message itself: it is not asked for again. */
  isMessage?: boolean;
  /** The service, where it is known already. */
  service?: string;
  /** They asked to be called back. */
  wantsCallback?: boolean;
  /** False: whoever does not want to wait leaves a message, also where somebody is there. */
  mayWait?: boolean;
}

const MOST_OF_SUBJECT = 300;
const MOST_PIECES = 5;
const SHORTEST_PIECE = 3;
/** Fewer words beside a number only say that it is one. */
const SHORTEST_BESIDE = 8;
const CONTACT = /[^\s,;]+@[^\s,;]+|\+?\d[\d\s./()-]{7,}\d/g;
const MARK = ' § ';
const ALSO_ABOUT = 0.3;

export const person: Dialog = {
  ...form,
  name: 'person',

  async begin(talk, input) {
    const { text, carried, open, isMessage, service: known, mayWait = true, wantsCallback } = input as PersonInput;
    const service = (known ? undefined : serviceNamed(talk, text)) ?? talk.service(known ?? carried?.service ?? open?.service);
    const made = await messageOrCall(talk, service, wantsCallback === true || talk.means('call-back'));
    const asked = open && talk.t('person.carried', { title: open.title, words: open.text.slice(0, MOST_OF_SUBJECT) });
    // Whoever thinks of dying is not asked what it is about.
    const isGrave = thinksOfDying(talk);
    const subject = carried ? null : isMessage || isGrave ? text : ((await subjectIn(talk, text)) ?? asked);
    const { asked: before } = talk.memory;
    const words = open?.text ?? carried?.words ?? subject ?? before?.text ?? '';
    // 'A person, please' alone says nothing of what could have been answered.
    if (words) talk.act({ kind: 'recordMiss', reason: 'handed-over', words, topic: before?.topic, service: service.id });
    const outlook = mayWait && isOpenNow(talk, service) ? await talk.lookups.outlook(service.id) : null;
    if (outlook?.pause) talk.say(talk.local(outlook.pause.words) || talk.t('person.paused', { service: talk.named(service) }));
    else if (outlook?.isAnybodyThere) {
      // Whoever does not wait after all, or is back from the person, goes on with it.
      if (carried?.form) talk.memory.putAway = { dialog: 'form', data: { ...carried.form }, at: talk.lookups.now.toISOString() };
      waitForPerson(talk, service, outlook, {
        subject: carried?.title ?? subject ?? '',
        summary: carried ? summaryOf(carried) : [],
      });
      return { next: 'done', isQuiet: true };
    }
    const untilThen = isGrave ? ` ${talk.t('danger.until-then', { suicide: talk.town.emergency.suicide })}` : '';
    if (mayWait && !outlook?.pause) talk.say(whenOpen(talk, service) + untilThen);
    const given = carried ? givenBy(talk, carried) : subject ? { subject: { text: subject, value: subject } } : {};
    // 'Call me tomorrow morning' says when.
    const time = isCall({ made }) && !carried ? await slotMeant(talk, service) : null;
    if (time) given[SLOT] = timeNoted(talk, time);
    return form.begin(talk, { topic: made.id, made, text, carried, given });
  },

  async hear(talk, input) {
    const data = input as FormData;
    if (endsBoth(talk, data)) return { next: 'done' };
    if (await goesBackToForm(talk, talk.memory.dialogs.at(-1))) {
      backToForm(talk, data);
      return { next: 'done' };
    }
    const time = (await hearTime(talk, data)) ?? (isCall(data) ? await besideTime(talk, data) : null);
    if (time) return time;
    if (talk.means('when-called')) {
      talk.say(whenOpen(talk, talk.service(data.made?.service ?? '')));
      form.askAgain(talk, data);
      return { next: 'wait', data };
    }
    const isRefused = (talk.means('no-contact') || talk.means('refuse')) && !(await contactIn(talk));
    if (data.at === 'contact' && !isCall(data) && isRefused) {
      // Nobody is kept from leaving a message by having no number: it is said what that means.
      talk.say(talk.t('person.no-contact'));
      const { made, ...rest } = structuredClone(data);
      const form = made?.form?.map((field) => (field.kind === 'contact' ? { ...field, required: false } : field));
      return proceed(talk, {
        ...{ ...rest, made: made && { ...made, form } },
        ...{ skipped: [...data.skipped, 'contact'], said: [...data.said, talk.text] },
      });
    }
    const [top] = talk.heard.intents;
    const isAgain =
      talk.means('person') || talk.heard.asks === 'person' || (talk.heard.zone === 'act' && top?.topic === 'talk_to_human');
    // 'I want the mayor', where a number is asked for: it is read by whoever answers, and no number.
    if (isAgain && data.at === 'contact' && !(await contactIn(talk))) {
      await keepWords(talk, data);
      const phone = talk.service(data.made?.service).phone;
      talk.say([talk.t('person.sure-contact'), phone && talk.t('person.or-phone', { phone })].filter(Boolean).join(' '));
      return { next: 'wait', data };
    }
    // 'No, a real human!' is no subject: it is what they are being given. Said twice, or with a time to call back, it is the message.
    if (!isAgain || data.at !== 'subject' || data.misses > 0 || (await talk.entities()).dates.length > 0)
      return form.hear(talk, input);
    talk.say(`${talk.t('person.sure')} ${talk.t('person.subject.ask')}`);
    return { next: 'wait', data: { ...data, said: [...data.said, talk.text], misses: 1 } };
  },
};

async function contactIn(talk: Talk): Promise<string | undefined> {
  const { phones, emails } = await talk.entities();
  return [...phones, ...emails][0];
}

/** Whoever is to be called back is asked for a number until there is one. */
function isCall({ made }: Pick<FormData, 'made'>): boolean {
  return made?.form?.some(({ id }) => id === SLOT) === true;
}

/** 'Call me back on Monday morning': the time is noted, or asked for with those that are free. Null for anything else. */
async function hearTime(talk: Talk, data: FormData): Promise<Step | null> {
  const { made } = data;
  const isAsked = isCall(data);
  const mayCall = talk.means('call-back') || (data.at === 'subject' && (await isTimeAlone(talk)));
  if (!made || (isAsked ? data.at !== SLOT : !mayCall)) return null;
  const service = talk.service(made.service);
  const meant = await slotMeant(talk, service);
  if (isAsked && !meant) return null;
  const field = await slotField(talk, service);
  if (!field) return null;
  const next: FormData = {
    ...structuredClone(data),
    made: withTime(talk, service, made, field),
    said: [...data.said, talk.text],
  };
  const contact = await contactIn(talk);
  // 'Call me on 06…' says where, too.
  if (contact && !next.answers.contact) next.answers.contact = { text: talk.wording.contact(contact), value: contact };
  if (meant) next.answers[SLOT] = timeNoted(talk, meant);
  return proceed(talk, next);
}

/** The time that was meant, said as it is noted. */
function timeNoted(talk: Talk, { answer, isExact, isClosed }: SlotMeant): Answer {
  const sentence = isExact ? 'noted' : isClosed ? 'closed' : 'nearest';
  talk.say(talk.t(`person.slot.${sentence}`, { when: answer.text }));
  return answer;
}

/** What is said where a time was asked for: that they would rather be written to, or what it is about. */
async function besideTime(talk: Talk, data: FormData): Promise<Step | null> {
  const { phones, emails } = await talk.entities();
  if (data.at !== SLOT && (data.at !== 'contact' || phones.length + emails.length > 0)) return null;
  const [email] = phones.length === 0 && data.at === SLOT ? emails : [];
  const service = talk.service(data.made?.service);
  if (email || (talk.means('by-mail') && data.at === SLOT)) {
    const { [SLOT]: _, ...answers } = data.answers;
    if (email) answers.contact = { text: talk.wording.contact(email), value: email };
    else talk.say(talk.t('refused.held'));
    return proceed(talk, { ...structuredClone(data), made: messageFor(talk, service), answers });
  }
  const isSubject = data.answers.subject === undefined && talk.means('concerning') && !talk.text.includes('?');
  if (!isSubject || countWords(talk.text) < SHORTEST_PIECE) return null;
  talk.say(talk.t('form.noted'));
  const text = talk.text.slice(0, MOST_OF_SUBJECT);
  return proceed(talk, { ...structuredClone(data), answers: { ...data.answers, subject: { text, value: text } } });
}

/** 'Tomorrow at 10', where it was asked what it is about: no subject. */
async function isTimeAlone(talk: Talk): Promise<boolean> {
  const { dates } = await talk.entities(talk.text, 'ahead');
  return (
    dates.length > 0 &&
    isCovered(
      talk,
      talk.text,
      dates.map(({ text }) => text),
    )
  );
}

/** A message; where times are free one can be called back instead, and is asked when if that is what they want. */
async function messageOrCall(talk: Talk, service: Service, wantsCallback: boolean): Promise<Topic> {
  const message = messageFor(talk, service);
  const time = await slotField(talk, service);
  if (!time) return message;
  if (wantsCallback) return withTime(talk, service, message, time);
  const beside = [talk.inEach('person.callback')];
  return { ...message, form: (message.form ?? []).map((field) => (field.id === 'subject' ? { ...field, beside } : field)) };
}

/** A message becomes a call back: when, where, then what about. */
function withTime(talk: Talk, service: Service, message: Topic, time: Field): Topic {
  const fields = (message.form ?? []).filter(({ id }) => id !== SLOT);
  const contact = fields.filter(({ kind }) => kind === 'contact');
  const others = fields.filter(({ kind }) => kind !== 'contact').map(({ beside: _, ...field }) => field);
  return { ...message, title: titleOf(talk, service, 'person.slot.title'), form: [time, ...contact, ...others] };
}

/** What a form holds that is left for a person: handed over with the wish. */
export function carriedFromForm(talk: Talk, held: object): Carried | undefined {
  const data = held as FormData;
  const topic = talk.topic(data.topic);
  return topic && carriedFrom(talk, topic, data);
}

/** Nobody is asked what it is about who was telling it, nor for the number just given. */
function givenBy(talk: Talk, { title, shown = title, words, contact }: Carried): FormData['answers'] {
  const subject = talk.t('person.carried', { title: shown, words: words.slice(0, MOST_OF_SUBJECT) });
  return {
    subject: { text: subject, value: subject },
    ...(contact ? { contact: { text: talk.wording.contact(contact), value: contact } } : {}),
  };
}

/** 'A person please, it is about my wedding file': what is said beside the wish. */
async function subjectIn(talk: Talk, text: string): Promise<string | null> {
  // 'My number is 06…' is no subject.
  const pieces = text
    .replace(CONTACT, MARK)
    .split(CLAUSE_END)
    .map((piece) => piece.trim());
  const told: string[] = [];
  for (const piece of pieces.slice(0, MOST_PIECES)) {
    if (countWords(piece) < (piece.includes(MARK.trim()) ? SHORTEST_BESIDE : SHORTEST_PIECE)) continue;
    const { intents, zone } = (await talk.about(piece)).heard;
    if (zone !== 'act' || intents[0]?.topic === undefined || talk.topic(intents[0].topic)) told.push(piece.replace(MARK, ' '));
  }
  // 'Call me back on Monday about my building permit' says it in one breath.
  const isTold = talk.heard.intents.some(({ topic, confidence }) => talk.topic(topic) && confidence >= ALSO_ABOUT);
  if (pieces.length === 1 && isTold && talk.means('call-back')) return text;
  return pieces.length > 1 && told.length > 0 ? told.join(', ') : null;
}

/** The service whose name or other names stand in the words. */
export function serviceNamed(talk: Talk, text: string): Service | undefined {
  const said = ` ${phraseKey(text)} `;
  return talk.town.services.find((service) =>
    [...Object.values(service.name), ...Object.values(service.alsoCalled ?? {}).flat()].some((name) =>
      said.includes(` ${phraseKey(name)} `),
    ),
  );
}

/** What was answered so far, for the person who will read it. */
function summaryOf({ words, answers, place }: Carried): string[] {
  return [words, ...answers.map(({ label, text }) => `${label} : ${text}`), ...(place ? [place.text] : [])].filter(Boolean);
}

function isOpenNow(talk: Talk, service: Service): boolean {
  return talk.calendar.at(talk.town, service, talk.lookups.now).isOpen;
}

function whenOpen(talk: Talk, service: Service): string {
  const { isOpen, opens } = talk.calendar.at(talk.town, service, talk.lookups.now);
  const name = capital(talk.named(service));
  if (isOpen) return talk.t('person.open', { service: name, phone: service.phone ?? '' });
  if (!opens) return talk.t('person.closed', { service: name });
  return talk.t('person.opens', { service: talk.named(service), when: talk.wording.when(opens.date, opens.time) });
}

/** The two questions a person needs answered before calling back, in every language the town speaks. */
export function messageFor(talk: Talk, service: Service): Topic {
  const ask = (id: string, kind: Field['kind']): Field => ({
    id,
    kind,
    required: true,
    label: talk.inEach(`person.${id}.label`),
    ask: talk.inEach(`person.${id}.ask`),
  });
  return {
    id: FOR_A_PERSON,
    kind: 'report',
    service: service.id,
    title: titleOf(talk, service, 'person.title'),
    phrases: {},
    form: [ask('subject', 'text'), ask('contact', 'contact')],
    file: '',
  };
}

function titleOf(talk: Talk, service: Service, sentence: string): Topic['title'] {
  return talk.inEach(sentence, (language) => ({ service: talk.named(service, language) }));
}
