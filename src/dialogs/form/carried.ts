/**
 * What a form holds is not lost when the citizen goes elsewhere: to a person, or to the form of another topic
 * ('actually it is a badly parked lorry').
 */
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Topic } from '../../domain/topic/topic';
import type { Talk } from '../dialog';
import { fieldsOf } from './asking';
import type { Carried, FormData } from './form-data';
import { draftOf } from './summary';

/** Everything that was gathered, for the person who will read it. */
export function carriedFrom(talk: Talk, topic: Topic, data: FormData): Carried {
  const { title, service, words, said = [], answers, files, place, contact } = draftOf(talk, topic, data);
  // A street whose number was being asked for is a place all the same.
  const street: TicketPlace | undefined = data.partial && {
    text: data.partial.text,
    precision: data.partial.precision,
    ...data.partial.point,
  };
  const others = answers.filter(({ field }) => topic.form?.find(({ id }) => id === field)?.kind !== 'contact');
  const shown = talk.local(topic.title);
  return {
    title,
    shown,
    form: data,
    service,
    words,
    said,
    answers: others,
    files,
    place: place ?? street,
    contact: contact?.value,
  };
}

/** The answers that the other topic asks for too, by kind; where they fit nowhere, their words are kept. */
export function keptFor(topic: Topic, old: FormData, text: string): Partial<FormData> {
  const answers: FormData['answers'] = {};
  const rest: string[] = [];
  const oldFields = Object.keys(old.answers);
  for (const id of oldFields) {
    const answer = old.answers[id];
    if (!answer) continue;
    const field = fieldsOf(topic).find((each) => each.id === id && each.kind !== 'choice');
    if (field) answers[id] = answer;
    else rest.push(answer.text);
  }
  return { words: old.words, opening: old.opening, said: [...old.said, ...rest, text], answers, partial: old.partial };
}
