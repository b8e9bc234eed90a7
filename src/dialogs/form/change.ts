/**
 * 'Actually it is a badly parked lorry', in the middle of a form: is it to become that request, with the answers given
 * so far, or is it a second one? Asked once; nothing is thrown away before it is answered.
 */

import type { FoundPlace } from '../../domain/language/heard';
import { countWords } from '../../domain/language/words';
import type { Topic } from '../../domain/topic/topic';
import type { Dialog, Step, Talk } from '../dialog';
import { keepInRequest } from './details';
import type { FormData } from './form-data';
import { doorOn } from './place-choice';
import { placeAnswer } from './place-field';
import { denialIn } from './said/denial';

/** So likely, another topic is asked about: nothing is changed before the answer. */
const LIKELY = 0.35;
/** Beside a place fewer words name no other topic: 'c'était'. */
const FEWEST_WORDS = 2;

interface ChangeData {
  topic: string;
  text: string;
  /** Said while it was asked. */
  door?: FoundPlace;
}

export const change: Dialog = {
  name: 'change',
  async begin(talk, input) {
    askWhich(talk, input as ChangeData);
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const { topic, text, door } = input as ChangeData;
    const { dialogs } = talk.memory;
    const held = dialogs.at(-2);
    const { yesNo } = await talk.entities();
    if (yesNo === 'yes' || talk.means('replace')) {
      if (held?.dialog === 'form') dialogs.splice(-2, 1);
      const kept = held?.data as FormData | undefined;
      return { next: 'become', topic, text, kept: kept && door ? withDoor(talk, kept, door) : kept };
    }
    if (yesNo === 'no' || talk.means('also')) {
      await keepInRequest(talk, text);
      putOff(talk, topic, text);
      return { next: 'done' };
    }
    // Where it is, whichever it becomes.
    const { place, isPlaceAlone } = await talk.entities();
    if (isPlaceAlone || (talk.heard.zone !== 'act' && (talk.means('whereabouts') || place))) {
      await keepInRequest(talk);
      const said = held?.dialog === 'form' ? await doorOf(talk, held.data as unknown as FormData) : null;
      talk.say(talk.t('form.noted'));
      const data = { topic, text: `${text}, ${talk.text}`, door: said ?? door };
      askWhich(talk, data);
      return { next: 'wait', data };
    }
    return { next: 'not-mine' };
  },
  askAgain(talk, input) {
    askWhich(talk, input as ChangeData);
  },
};

/** 'Outside number 4': a door of the street that the form has. */
async function doorOf(talk: Talk, { partial }: FormData): Promise<FoundPlace | null> {
  return partial?.street ? doorOn(talk, partial.street) : null;
}

/** The form that becomes another takes along the door that was said meanwhile. */
function withDoor(talk: Talk, data: FormData, door: FoundPlace): FormData {
  const field = talk.topic(data.topic)?.form?.find(({ kind }) => kind === 'place');
  if (!field) return data;
  return { ...data, partial: undefined, answers: { ...data.answers, [field.id]: placeAnswer(door) } };
}

function askWhich(talk: Talk, { topic }: ChangeData): void {
  const held = talk.memory.dialogs.filter(({ dialog }) => dialog === 'form').at(-1);
  const from = talk.local(talk.topic(String(held?.data.topic))?.title);
  const to = talk.local(talk.topic(topic)?.title);
  talk.say(talk.t('change.ask', { from, to }), {
    choices: [{ title: talk.t('change.replace') }, { title: talk.t('change.also') }],
  });
}

/** 'Actually it is a badly parked lorry': it is asked whether this form is to become that one; who denies what it is about is not asked. */
export async function otherTopic(talk: Talk, data: FormData): Promise<Step | null> {
  if (data.made) return null;
  const instead = await topicInstead(talk, data);
  if (instead) return { next: 'become', topic: instead, text: talk.text, kept: withoutChoices(talk, data) };
  const topic = await topicMeant(talk, data);
  return topic ? { next: 'digress', data, dialog: 'change', input: { topic, text: talk.text } } : null;
}

/** 'It's not a street light, it's a traffic light': the subject of this form is denied, and that of another said. */
async function topicInstead(talk: Talk, data: FormData): Promise<string | null> {
  const denial = denialIn(talk);
  if (!denial) return null;
  const [denied] = (await talk.about(denial.denied)).heard.intents;
  const { intents, zone } = (await talk.about(denial.instead)).heard;
  const [instead] = intents;
  if (denied?.topic !== data.topic || zone !== 'act' || !instead || instead.topic === data.topic) return null;
  return talk.topic(instead.topic)?.kind === 'report' ? instead.topic : null;
}

/** What was chosen of a subject that is denied says nothing of another. */
function withoutChoices(talk: Talk, data: FormData): FormData {
  const chosen = new Set((talk.topic(data.topic)?.form ?? []).flatMap(({ id, kind }) => (kind === 'choice' ? [id] : [])));
  return { ...data, answers: Object.fromEntries(Object.entries(data.answers).filter(([id]) => !chosen.has(id))) };
}

async function topicMeant(talk: Talk, data: FormData): Promise<string | null> {
  if (!talk.means('correction')) return null;
  // Another street is a correction of where it is, whatever its name is like.
  const { place } = await talk.entities();
  const whole = place ? `${talk.text.slice(0, place.start)} ${talk.text.slice(place.end)}`.trim() : talk.text;
  if (place && countWords(whole.replace(/^[^,.:;!]{0,12}[,.:;!]\s*/u, '')) < FEWEST_WORDS) return null;
  const corrected = whole.replace(/^[^,.:;!]{0,12}[,.:;!]\s*/u, '');
  const heards = [
    whole === talk.text ? talk.heard : (await talk.about(whole)).heard,
    ...(corrected !== whole && corrected ? [(await talk.about(corrected)).heard] : []),
  ];
  const tops = heards.flatMap(({ intents }) => intents[0] ?? []).filter(({ confidence }) => confidence >= LIKELY);
  const report = tops.find(({ topic }) => topic !== data.topic && talk.topic(topic)?.kind === 'report');
  return report && !tops.some(({ topic }) => topic === data.topic) ? report.topic : null;
}

/**
 * 'Also a pothole at 10 rue Foch', where the place of this form is known already: a second request with a place of its own,
 * which must not become the place of the first.
 */
export async function secondRequest(talk: Talk, topic: Topic, data: FormData): Promise<string | null> {
  const field = topic.form?.find(({ kind }) => kind === 'place');
  const noted = field && data.answers[field.id];
  const { place } = await talk.entities();
  if (data.made || !noted || !place || place.text === noted.text) return null;
  const around = `${talk.text.slice(0, place.start)} ${talk.text.slice(place.end)}`.trim();
  if (around === '') return null;
  const rest = await talk.about(around);
  // 'Near the bins, 12 rue Foch' says where it is, though bins are a subject.
  if (rest.means('whereabouts') && !rest.means('moreover')) return null;
  const [top] = rest.heard.intents;
  const isOther = rest.heard.zone === 'act' && top && top.topic !== data.topic && talk.topic(top.topic)?.kind === 'report';
  return isOther ? top.topic : null;
}

/** Begun when what is held is done. */
export function putOff(talk: Talk, topic: string, text: string): void {
  const { waiting } = talk.memory;
  const before = waiting.find((each) => each.topic === topic);
  // Said of it once more: it begins once, with all that was said.
  if (before) before.text = [before.text, text].filter((each, at, all) => each && all.indexOf(each) === at).join(', ');
  else waiting.push({ topic, text });
  talk.say(talk.t('parts.later', { title: talk.local(talk.topic(topic)?.title) }));
}
