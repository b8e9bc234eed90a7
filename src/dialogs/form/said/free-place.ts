/**
 * Where something was lost is often no address: 'on the line 2 bus', 'somewhere between the library and the church'. Such a
 * question takes an address where one is said, and else the words that say where, as they stand.
 */
import { countWords, phraseKey, typedWords } from '../../../domain/language/words';
import { pinOf } from '../../../domain/message/activity';
import type { Field } from '../../../domain/topic/topic';
import type { Talk } from '../../dialog';
import { isAsked, isCovered, namedIn } from '../details';
import type { FieldReading, FormData } from '../form-data';
import { inWords } from '../place-choice';
import { isNoPlace, placeAnswer, readPlace } from '../place-field';

const MOST_TEXT = 200;
/** A question asked and answered by so many words may say anything; more of them say where only if a word says so. */
const SHORT = 6;

export async function readFreePlace(talk: Talk, field: Field, data: FormData): Promise<FieldReading> {
  if (pinOf(talk.activity)) return readPlace(talk, field, data);
  if (await isNoPlace(talk)) return talk.means('dont-know') ? unknown(talk) : { kind: 'unread' };
  const { place, dates, phones, emails } = await talk.entities();
  const isWhole = place?.isInside && place.others.length === 0 && isCovered(talk, talk.text, [place.text, ...whereWords(talk)]);
  if (place && isWhole) return { kind: 'answer', answer: placeAnswer(place) };
  const isElse = isCovered(talk, talk.text, [...dates.map(({ text }) => text), ...phones, ...emails]) || /\S@\S/u.test(talk.text);
  if (isElse || phones.length > 0 || isAsked(talk)) return { kind: 'unread' };
  const where = whereIn(talk, talk.text) ?? (place || countWords(talk.text) <= SHORT ? talk.text : null);
  return where ? { kind: 'answer', answer: inWords(where) } : { kind: 'unread' };
}

/** Nobody knows where they lost what they lost: said so, it is an answer. */
function unknown(talk: Talk): FieldReading {
  return { kind: 'answer', answer: inWords(talk.text) };
}

/** The words of a message that say where, beside what else it says. */
export async function takeFreePlace(talk: Talk, field: Field, data: FormData, text: string, isInWords: boolean): Promise<void> {
  const { place, dates } = await talk.entities(text);
  const isClear = place?.isInside === true && place.others.length === 0;
  const days = dates.map((date) => date.text);
  const said = isInWords ? whereIn(talk, text) : null;
  const where = said && !isCovered(talk, said, days) ? withoutEnd(said, days) : null;
  if (place && isClear && (!where || isCovered(talk, where, [place.text, ...whereWords(talk)])))
    data.answers[field.id] = placeAnswer(place);
  else if (where) data.answers[field.id] = inWords(where);
}

/** 'In the park yesterday' says where and when. */
function withoutEnd(text: string, ends: string[]): string {
  const end = ends.find((each) => each !== '' && text.endsWith(each));
  return end ? text.slice(0, -end.length).replace(/[\s,]+$/u, '') : text;
}

/** Whether a message says where, and nothing of what a question in words asks for. */
export function saysOnlyWhere(talk: Talk, field: Field): boolean {
  return field.saidBy !== undefined && namedIn(field, talk.text).length === 0 && whereIn(talk, talk.text) !== null;
}

function whereWords(talk: Talk): string[] {
  const lists = ['words.whereabouts', 'words.aboard'].flatMap((id) => Object.values(talk.inEach(id)));
  return lists.flatMap((list) => list.split('|').map(phraseKey).filter(Boolean));
}

/** From the first word that says where to the end of the clause: 'on the bus line 2'. */
export function whereIn(talk: Talk, text: string): string | null {
  const phrases = whereWords(talk);
  const words = typedWords(text);
  const keys = words.map(phraseKey);
  for (let at = 0; at < words.length; at += 1) {
    const ahead = `${keys.slice(at).join(' ')} `;
    if (!phrases.some((phrase) => ahead.startsWith(`${phrase} `))) continue;
    const rest = words.slice(at).join(' ');
    return (
      rest
        .split(/[;!?\n]|[,.](?=\s)/u)[0]!
        .replace(/[\s,.:]+$/u, '')
        .slice(0, MOST_TEXT) || null
    );
  }
  return null;
}
