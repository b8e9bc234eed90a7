/**
 * Second thoughts in a form: another place, another number of the same street, 'back', the list of answers to change,
 * new values at the summary.
 */
import type { FoundPlace } from '../../domain/language/heard';
import { countWords, phraseKey } from '../../domain/language/words';
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Field, Topic } from '../../domain/topic/topic';
import { readChoice } from '../choices';
import { isPosted, type Talk } from '../dialog';
import { applies, EDIT, fieldsOf } from './asking';
import { dropsContact } from './details';
import { choiceSaid } from './fields';
import { type Answer, type FormData, SUMMARY } from './form-data';
import { doorSaid, isUnknownDoor } from './place-choice';
import { denialIn } from './said/denial';

/** Longer words say more than which. */
const MOST_OF_CHOICE = 8;

export function put(talk: Talk, data: FormData, field: Field, answer: Answer): void {
  const before = data.answers[field.id];
  const former =
    before && before.text !== answer.text
      ? [...(before.former ?? []), { text: before.text, at: talk.lookups.now.toISOString() }]
      : before?.former;
  data.answers[field.id] = former ? { ...answer, former } : answer;
  data.skipped = data.skipped.filter((id) => id !== field.id);
}

/** What words change about the place that is noted: where it is instead, or that it is not there. */
interface Amended {
  place: FoundPlace | null;
  /** The street that is left where its number is denied; null where all of it is. */
  rest: FoundPlace | null;
}

/**
 * 'Pardon, au 52', 'not 14 but 12', 'c'est pas la rue Voltaire c'est la rue Diderot': another place than the one noted. A word of
 * correction says so, or a denial of what is noted; at the summary, and where a photo or a phone number is asked for, a number
 * of a door alone.
 */
async function amended(talk: Talk, field: Field, topic: Topic, data: FormData): Promise<Amended | null> {
  const noted = data.partial ?? (await talk.entities(data.answers[field.id]?.text ?? '')).place;
  const { place, doors, notAt = [], phones, isPlaceAlone } = await talk.entities();
  const street = noted?.street ?? null;
  const isElsewhere = notAt.some((name) =>
    [noted?.street, noted?.landmark].some((one) => one && phraseKey(one) === phraseKey(name)),
  );
  const isOther = noted?.number !== undefined && (doors?.denied ?? []).includes(noted.number);
  const isCorrected = talk.means('correction') || talk.means('wrong-place') || isElsewhere || isOther;
  const door = street && (!place || place.text === street) ? await doorSaid(talk, street, noted?.number) : null;
  const asked = fieldsOf(topic).find(({ id }) => id === data.at);
  const isAsked = asked?.kind === 'file' || asked?.kind === 'contact';
  // 'My neighbour at 14 saw it' corrects nothing.
  const isAlone = data.at === EDIT || ((data.at === SUMMARY || (isAsked && door?.precision === 'number')) && doors?.isAll);
  // A number and nothing else may be a choice, or the beginning of a phone number.
  const mayBeBare = !isAsked && !isPosted(talk) && noted?.number !== undefined;
  const isDoorAlone = isAlone && door !== null && phones.length === 0 && (countWords(talk.text) > 1 || mayBeBare);
  // '20 rue Marceau' and nothing else, where a photo or a choice was asked for, is where it is instead.
  const isAnswered =
    asked !== undefined && asked.kind !== 'place' && asked.kind !== 'text' && data.answers[field.id] !== undefined;
  const isPlace = isAnswered && isPlaceAlone === true && place?.precision === 'number' && place.text !== noted?.text;
  if (!isCorrected && !isDoorAlone && !isPlace) return null;
  const other = door ?? place;
  if (other) return other.isInside && other.text !== data.answers[field.id]?.text ? { place: other, rest: null } : null;
  if (isElsewhere) return { place: null, rest: null };
  return isOther && street ? { place: null, rest: (await talk.entities(street)).place } : null;
}

/** 'Non, c'était rue Victor Hugo': a place said again, with a word of correction, replaces the one noted. */
export async function correct(talk: Talk, topic: Topic, data: FormData): Promise<boolean> {
  for (const one of [correctPlate, correctContact, correctDate, correctDenied, correctChoice])
    if (await one(talk, topic, data)) return true;
  const field = fieldsOf(topic).find((each) => each.kind === 'place');
  const noted = field && (data.partial ?? data.answers[field.id]);
  if (!field || !noted) return false;
  const amends = await amended(talk, field, topic, data);
  if (!amends) return false;
  const former = { text: noted.text, at: talk.lookups.now.toISOString() };
  const { place, rest } = amends;
  delete data.partial;
  if (!place) {
    delete data.answers[field.id];
    if (rest) data.partial = rest;
    return true;
  }
  const before = data.answers[field.id]?.former ?? [];
  data.answers[field.id] = { text: place.text, value: placeOf(place), former: [...before, former] };
  if (place.precision === 'street') data.partial = place;
  // What the map does not have is asked about before it is said to be corrected.
  if (!isUnknownDoor(place)) talk.say(talk.t('form.corrected', { place: place.text }));
  return true;
}

/** 'I got the street wrong', and no other named: the place is asked for again. */
export async function wrongPlace(talk: Talk, topic: Topic, data: FormData): Promise<Field | null> {
  const field = fieldsOf(topic).find(({ kind }) => kind === 'place');
  if (!field || field.id === data.at || data.answers[field.id] === undefined || !talk.means('wrong-place')) return null;
  const { place, doors } = await talk.entities();
  return place || doors ? null : field;
}

/** 'No, it is 06…', where a number is noted already: the other one counts. A second one beside it is kept as a detail. */
async function correctContact(talk: Talk, topic: Topic, data: FormData): Promise<boolean> {
  const { phones, emails, yesNo } = await talk.entities();
  const [value, ...more] = [...phones, ...emails];
  const field = fieldsOf(topic).find(({ kind }) => kind === 'contact');
  const noted = field && data.answers[field.id];
  if (field && !field.required && (dropsContact(talk) || (noted && talk.means('no-contact'))) && !value) {
    delete data.answers[field.id];
    if (!data.skipped.includes(field.id)) data.skipped.push(field.id);
    if (noted) talk.say(talk.t('form.contact-gone'));
    return true;
  }
  if (!value || more.length > 0 || !field || !noted || noted.value === value) return false;
  if (yesNo !== 'no' && !talk.means('correction')) return false;
  const text = talk.wording.contact(value);
  put(talk, data, field, { text, value });
  talk.say(talk.t('form.corrected', { place: text }));
  return true;
}

/** 'It's not the light, it's the stop sign': another choice; where none of them is said instead, it is asked again. */
function correctDenied(talk: Talk, topic: Topic, data: FormData): boolean {
  const denial = denialIn(talk);
  if (!denial) return false;
  for (const field of fieldsOf(topic)) {
    const noted = field.kind === 'choice' && field.id !== data.at ? data.answers[field.id] : undefined;
    if (!noted || choiceSaid(talk, field, denial.denied)?.id !== noted.value) continue;
    const said = choiceSaid(talk, field, denial.instead);
    if (said?.id === noted.value) return false;
    const text = talk.local(said?.label);
    if (said) put(talk, data, field, { text, value: said.id });
    else delete data.answers[field.id];
    talk.say(said ? talk.t('form.corrected', { place: text }) : talk.t('form.noted'));
    return true;
  }
  return false;
}

/** 'No wait, on Wednesday, not Tuesday': another day than the one noted. */
async function correctDate(talk: Talk, topic: Topic, data: FormData): Promise<boolean> {
  const denial = denialIn(talk);
  const { yesNo, place } = await talk.entities();
  // 'Not a firework but a moped now' denies no day.
  const isDenied = denial !== null && (await talk.entities(denial.denied)).dates.length > 0;
  const isCorrected = isDenied || (denial === null && (talk.means('correction') || (data.at === SUMMARY && yesNo === 'no')));
  const field = fieldsOf(topic).find(({ id, kind, looks }) => (kind === 'date' || looks) && data.answers[id] !== undefined);
  if (!isCorrected || !field || field.id === data.at || place) return false;
  const { dates } = await talk.entities(denial?.instead ?? talk.text, field.looks ?? 'back');
  const other = dates.find(({ text, value }) => /\p{L}/u.test(text) && value !== data.answers[field.id]?.value);
  if (!other || countWords(talk.text) > MOST_OF_CHOICE) return false;
  put(talk, data, field, { text: other.text, value: field.kind === 'date' ? other.value : other.text });
  talk.say(talk.t('form.corrected', { place: other.text }));
  return true;
}

/** 'It is the yellow one, actually': another choice than the one noted, of the only question that it answers. */
async function correctChoice(talk: Talk, topic: Topic, data: FormData): Promise<boolean> {
  const { yesNo, place } = await talk.entities();
  const isCorrected = talk.means('correction') || (data.at === SUMMARY && yesNo === 'no');
  if (!isCorrected || place || countWords(talk.text) > MOST_OF_CHOICE) return false;
  const others = fieldsOf(topic).flatMap((field) => {
    const noted = field.kind === 'choice' && field.id !== data.at ? data.answers[field.id] : undefined;
    const said = noted && choiceSaid(talk, field, talk.text);
    return said && said.id !== noted.value ? [{ field, said }] : [];
  });
  const [other, ...more] = others;
  if (!other || more.length > 0) return false;
  const text = talk.local(other.said.label);
  put(talk, data, other.field, { text, value: other.said.id });
  talk.say(talk.t('form.corrected', { place: text }));
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
  // What was never asked, because the words said it, is no question to go back to.
  const asked = (data.asked ?? []).filter((id) => id !== data.at);
  const last = answered.find(({ id }) => id === asked.at(-1)) ?? answered.at(-1);
  data.asked = asked.filter((id) => id !== last?.id);
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

/** The answer that is named: 'the address', 'my number', which is that of the door where no phone number was given. */
export function labelledField(talk: Talk, topic: Topic, data: FormData): Field | undefined {
  const fields = fieldsOf(topic).filter((field) => applies(talk, field, data));
  const named = (id: string) => talk.t(id).split('|').map(phraseKey);
  const isDoor =
    fields.some(({ id, kind }) => kind === 'place' && /\d/.test(data.answers[id]?.text ?? '')) &&
    !fields.some(({ id, kind }) => kind === 'contact' && data.answers[id] !== undefined);
  const doors = isDoor ? named('form.field.door') : [];
  const labels = fields.map(({ id, kind, label }) => {
    const words = [talk.local(label), ...named(`form.field.${kind}`)];
    return { id, words: kind === 'place' ? [...words, ...doors] : words.filter((word) => !doors.includes(phraseKey(word))) };
  });
  const chosen = readChoice(talk.text, labels, talk.choosing);
  return fields.find((field) => field.id === chosen);
}
