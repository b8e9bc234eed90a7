/**
 * A person, please. Says honestly when people are there, then takes a message or a call-back as
 * a numbered request for the right service: nobody is told that somebody is coming who is not.
 */
import type { Field, Topic } from '../domain/topic';
import type { Service } from '../domain/town';
import { phraseKey } from '../domain/words';
import type { Dialog, Talk } from './dialog';
import { form } from './form';

export const person: Dialog = {
  ...form,
  name: 'person',

  async begin(talk, input) {
    const { text } = input as { text: string };
    const service = serviceNamed(talk, text);
    talk.say(whenOpen(talk, service));
    return form.begin(talk, { topic: 'talk_to_human', made: messageFor(talk, service), text });
  },
};

/** The service whose name or other names stand in the words; the front desk otherwise. */
function serviceNamed(talk: Talk, text: string): Service {
  const said = ` ${phraseKey(text)} `;
  const named = talk.town.services.find((service) =>
    [...Object.values(service.name), ...Object.values(service.alsoCalled ?? {}).flat()].some((name) =>
      said.includes(` ${phraseKey(name)} `),
    ),
  );
  return named ?? talk.service(undefined);
}

function whenOpen(talk: Talk, service: Service): string {
  const { isOpen, opens } = talk.calendar.at(talk.town, service, talk.lookups.now);
  const name = talk.local(service.name);
  if (isOpen) return talk.t('person.open', { service: name, phone: service.phone ?? '' });
  if (!opens) return talk.t('person.closed', { service: name });
  return talk.t('person.opens', {
    service: name,
    day: talk.t(`day.${opens.weekday}`),
    date: talk.day(opens.date),
    time: opens.time,
  });
}

/** The two questions a person needs answered before calling back, in every language the town speaks. */
function messageFor(talk: Talk, service: Service): Topic {
  const ask = (id: string, kind: Field['kind']): Field => ({
    id,
    kind,
    required: true,
    label: talk.inEach(`person.${id}.label`),
    ask: talk.inEach(`person.${id}.ask`),
  });
  return {
    id: 'talk_to_human',
    kind: 'report',
    service: service.id,
    title: talk.inEach('person.title', (language) => ({ service: service.name[language] ?? talk.local(service.name) })),
    phrases: {},
    form: [ask('subject', 'text'), ask('contact', 'contact')],
    file: '',
  };
}
