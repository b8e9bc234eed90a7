/** What was typed is no answer to what was asked: kept if it says something, and the question asked again with its choices. */
import { countWords } from '../../../domain/language/words';
import type { Field } from '../../../domain/topic/topic';
import type { Step, Talk } from '../../dialog';
import { howAgain, isAlmostContact, isOffer } from '../asking';
import { isBare, keepWords } from '../details';
import { isAboutElse, isWhere } from '../fields';
import type { FormData } from '../form-data';
import { asSaid, BOTH, placesOffered } from '../place-choice';
import { mayNamePlace, tellsWhat, whereTheyAre } from '../place-field';
import { describesOther } from './absorb';
import { offersToPassOn } from './questions';

/** Asked in vain so often, a question is put away or a person offered. */
export const MOST_MISSES = 2;
/** An offer is not pressed upon anybody. */
const MOST_OFFERS = 1;
/** Shorter words are kept, and not said to be. */
const SHORTEST_DETAIL = 3;

/** Of what was said of the place so many replies are kept, and so much of each. */
const MOST_TRIED = 3;
const LONGEST_TRIED = 80;

/** `go-on`: it is asked no more. */
export async function askInVain(talk: Talk, data: FormData, field: Field): Promise<Step | 'go-on'> {
  // 'Hier' is a day to be kept.
  const isDay = countWords(talk.text) < SHORTEST_DETAIL && (await talk.entities()).dates.length > 0;
  const isAnswer = isDay || (await isWhere(talk)) || (await isBare(talk));
  if (isAboutElse(talk, data.topic, false, data) && !isAnswer) return { next: 'not-mine' };
  // Nobody here knows.
  if (offersToPassOn(talk, data)) return { next: 'wait', data };
  data.misses += 1;
  const isTheirs = field.kind === 'place' && whereTheyAre(talk) !== null;
  const offered = field.kind === 'place' && !data.partial ? placesOffered(talk) : [];
  // Where one of several was to be chosen, 'it is urgent' names no other.
  const isNamed = offered.length < 2 || Boolean((await talk.entities()).saysWhere);
  const topic = data.made ?? talk.topic(data.topic);
  const isWhat = tellsWhat(talk, data) || (topic !== undefined && (await describesOther(talk, topic)));
  const mayBePlace = field.kind === 'place' && !isTheirs && isNamed && !isWhat && (await mayNamePlace(talk));
  if (mayBePlace) data.tried = [...(data.tried ?? []), talk.text.slice(0, LONGEST_TRIED)].slice(-MOST_TRIED);
  const isKept = await keepWords(talk, data);
  // 'It has a red collar', where one of several schools was to be chosen: which one is asked again.
  if ((isKept || isWhat) && offered.length > 1 && data.misses < MOST_MISSES) {
    const isCrossing = offered.some(({ title }) => title.includes(BOTH));
    const lead = isKept ? `${talk.t('form.noted')} ` : '';
    talk.say(`${lead}${talk.t(isCrossing ? 'form.no-crossing' : 'form.which-place')}`, {
      choices: [...offered, ...asSaid(talk, data)],
    });
    return { next: 'wait', data };
  }
  if (data.misses > (isOffer(field) ? MOST_OFFERS : MOST_MISSES) && !field.required) {
    data.skipped.push(field.id);
    if (isKept) talk.say(talk.t('form.noted'));
    return 'go-on';
  }
  // A detail at an offer is a detail: 'it goes off at night too' when a photo was asked for.
  const { again, choices } = await howAgain(talk, field, data, isKept);
  const isDetail = isKept && (field.kind === 'place' ? !mayBePlace && !isTheirs : countWords(talk.text) >= SHORTEST_DETAIL);
  const isUnread = field.kind === 'contact' && isAlmostContact(talk.text);
  const lead = !isUnread && (isDetail || (isKept && isOffer(field))) ? `${talk.t('form.noted')} ` : '';
  data.offersPerson = data.misses >= MOST_MISSES && field.required && !data.made;
  const stuck = field.kind === 'place' && data.tried ? 'form.stuck-place' : 'form.stuck';
  const help = data.offersPerson ? `\n${talk.t(stuck)}` : '';
  const ways = data.offersPerson ? [{ title: talk.t('person.ask') }, { title: talk.t('form.cancel') }] : [];
  talk.say(`${lead}${again}${help}`, { choices: [...choices, ...ways] });
  return { next: 'wait', data };
}

/** A place that is asked about: asked once already, the words themselves are offered to be noted. */
export function passOver(talk: Talk, data: FormData, tried?: string): void {
  const wasAsked = placesOffered(talk).length > 1;
  const words = tried ?? talk.text.slice(0, LONGEST_TRIED);
  if (words) data.tried = [...(data.tried ?? []), words].slice(-MOST_TRIED);
  if (wasAsked) data.misses += 1;
}
