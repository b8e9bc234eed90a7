/**
 * Topics: what citizens come for. One request is begun or answered; two in one message are both
 * seen; a photo or a pin alone is kept until it is said what it is about; words that are not
 * understood get a question with choices, then another, then a person.
 */

import { canBeOffered, fileIds, holdsQuestion, isDetailOf, keepInRequest, offerTopics, type Talk } from '../../dialogs';
import type { Memory } from '../../domain/conversation';
import { type FoundPlace, type Heard, worthOffering } from '../../domain/language/heard';
import { countWords } from '../../domain/language/words';
import { pinOf } from '../../domain/message/activity';
import type { Topic } from '../../domain/topic/topic';
import { begin, startTopic, wait } from '../hold';
import { likelyMeant, photoAdded, photoLater, sameAgain } from '../requests/later';
import { answerHoursAgain } from './answers';
import { answerFollowUp, answerLeaning } from './follow-ups';
import { lostFile } from './lost-files';
import { officeAsked } from './named-office';
import { mayStayInTopic, saysUnfiled } from './unanswered';

/** Nothing in the words was known: they are asked for once in other words. */
const MOST_MISSES = 1;
/** Less likely, what follows an answer is not offered as another topic. */
const LIKELY = 0.3;
/** Fewer words beside another request are no request to another office. */
const LEAST_WORDS = 3;
/** Characters of an address. */
const LONGEST_PLACE = 80;

export async function answerTopics(talk: Talk): Promise<boolean> {
  const { heard, memory } = talk;
  const office = memory.dialogs.length === 0 ? officeAsked(talk) : undefined;
  if (office) {
    await startTopic(talk, office.id, talk.text);
    return understood(talk);
  }
  if (memory.dialogs.length === 0 && ((await answerHoursAgain(talk)) || (await answerFollowUp(talk)))) return understood(talk);
  if (memory.dialogs.length === 0 && (await placeAlone(talk))) return true;
  const parts = await inTurn(talk);
  const [only] = parts;
  if (only && parts.length === 1 && heard.parts.length > 1 && memory.dialogs.length === 0) {
    await startTopic(talk, only.topic, talk.text);
    return understood(talk);
  }
  if (parts.length > 1) {
    const listed = parts.map(({ topic }, n) => `${n + 1}) ${talk.local(talk.topic(topic)?.title)}`).join(' ; ');
    talk.say(talk.t('parts.heard', { count: parts.length, listed }));
    await keepInRequest(talk);
    const [first, ...rest] = parts;
    memory.waiting.push(...rest);
    if (first) await startTopic(talk, first.topic, first.text, { near: first.near });
    return understood(talk);
  }
  const [top] = heard.intents;
  if (heard.zone !== 'act' || !top) return false;
  // Likelier than any topic, and not likely enough for whom to call: nothing of it was said.
  if (top.topic === 'emergency' && !heard.perhapsDanger) return false;
  if (SHORT_ANSWERS[top.topic]) {
    await keepInRequest(talk);
    await SHORT_ANSWERS[top.topic]?.(talk);
    return true;
  }
  const topic = talk.topic(top.topic);
  if (!topic) return saysUnfiled(talk);
  const held = memory.dialogs.at(-1);
  if (topic.kind === 'report' && held?.dialog === 'form') {
    // A second request in the middle of a form is noted and taken after it.
    if (held.data.topic === topic.id) return false;
    await keepInRequest(talk);
    wait(talk, { topic: topic.id, text: talk.text });
    return understood(talk);
  }
  if (topic.kind === 'report' && (await sameAgain(talk, topic.id))) return understood(talk);
  if (topic.kind === 'report' && (await asksWhetherAllowed(talk, topic))) return understood(talk);
  await startTopic(talk, topic.id, talk.text);
  return understood(talk);
}

/** 'May I feed the pigeons?' is no report of pests: what else it may be about is offered with it. */
async function asksWhetherAllowed(talk: Talk, topic: Topic): Promise<boolean> {
  if (talk.heard.isReport || talk.memory.dialogs.length > 0 || !talk.means('asks-permission')) return false;
  const questions = (topic.seeAlso ?? []).filter((id) => talk.topic(id)?.kind === 'question');
  const topics = [...questions, topic.id];
  offerTopics(talk, talk.t('choose.did-you-mean'), topics);
  await begin(talk, 'choose', { topics, text: talk.text });
  return true;
}

/** The requests of one message: questions are answered before a form begins; a place said with one report is the others' too. */
async function inTurn(talk: Talk): Promise<Memory['waiting']> {
  const topics = talk.heard.parts.flatMap(({ topic }) => talk.topic(topic) ?? []);
  // 'I am looking for work, is the town hall hiring?' asks the town hall.
  const isLedTo = (id: string) => talk.topic(id)?.kind === 'elsewhere' && topics.some(({ seeAlso }) => seeAlso?.includes(id));
  // 'The toilets are shut and there's no paper': two words are not taken to another office.
  const isScrap = (id: string, words: string) => talk.topic(id)?.kind === 'elsewhere' && countWords(words) < LEAST_WORDS;
  const parts = talk.heard.parts.filter(({ topic, text }) => talk.topic(topic) && !isLedTo(topic) && !isScrap(topic, text));
  const [reports, others] = [true, false].map((isReport) =>
    parts.filter(({ topic }) => (talk.topic(topic)?.kind === 'report') === isReport),
  ) as [Heard['parts'], Heard['parts']];
  // 'Rubble and tyres dumped here' asks nothing about rubble.
  const named = await Promise.all(others.map(({ text }) => talk.about(text)));
  const questions = others.filter((_, at) => !reports.some(({ topic }) => isDetailOf(named[at]!, topic)));
  const places = await Promise.all(reports.map(async ({ text }) => (await talk.entities(text)).place));
  const beside = (at: number) => places.slice(0, at).findLast(Boolean) ?? places.slice(at).find(Boolean);
  return [...questions, ...reports.map((part, at) => (places[at] ? part : { ...part, near: beside(at)?.text }))];
}

function understood(talk: Talk): true {
  talk.memory.misses = 0;
  return true;
}

/** Calm, short, and nothing is opened. */
const SHORT_ANSWERS: Record<string, (talk: Talk) => Promise<void>> = {
  // Whom to call was said in the first line.
  emergency: async (talk) => talk.say(talk.t('danger.ask')),
  complaint: complained,
};

/** Whoever complains of something in the street may want it seen to: that is offered, with the words as they stand. */
async function complained(talk: Talk): Promise<void> {
  const choices = [{ title: talk.t('person.ask') }, { title: talk.t('welcome.status') }];
  const topic = talk.topic(talk.heard.spokenOf ?? '');
  if (!topic || talk.memory.dialogs.length > 0) return talk.say(talk.t('complaint'), { choices });
  const title = talk.local(topic.title);
  talk.say(talk.t('complaint.report', { title }), { choices: [{ title }, ...choices] });
  await begin(talk, 'choose', { topics: [topic.id], text: talk.text });
}

/** A photo, a document or a position without words. */
export async function mediaAlone(talk: Talk): Promise<boolean> {
  const { activity, memory } = talk;
  const files = fileIds(activity.attachments);
  const pin = pinOf(activity);
  if (files.length === 0 && !pin && !activity.attachments?.length) return false;
  memory.held.files = [...memory.held.files, ...files].slice(0, 5);
  if (talk.text !== '' && talk.means('add') && files.length > 0 && (await photoAdded(talk, memory.held.files))) {
    memory.held.files = [];
    return true;
  }
  let lead = files.length > 0 ? talk.t('media.kept', { count: memory.held.files.length }) : '';
  if (pin) {
    const near = talk.nearest(pin.geo);
    if (!near?.isInside) {
      talk.say(talk.t('form.outside', { place: talk.t('form.your-position'), town: talk.town.name }));
      return true;
    }
    memory.held.place = { text: near.text, precision: 'pin', latitude: pin.geo.latitude, longitude: pin.geo.longitude };
    lead = talk.t('media.pin', { place: near.text });
  }
  if (talk.text !== '' && talk.heard.zone !== 'none') return false;
  if (files.length > 0 && !pin && (await photoLater(talk, memory.held.files))) {
    memory.held.files = [];
    return true;
  }
  if (files.length === 0 && !pin) {
    talk.say(lostFile(talk) ?? talk.t('media.refused'));
    return true;
  }
  talk.say(`${lead} ${talk.t('media.what')}`.trim());
  return true;
}

export async function clarify(talk: Talk): Promise<boolean> {
  const { heard, memory } = talk;
  if (memory.dialogs.length > 0) {
    // What is said in the middle of a form and is nothing else is a detail of it, or a question that may go with it.
    if (await keepInRequest(talk)) talk.say(talk.t('form.noted'));
    else if (!holdsQuestion(talk)) talk.say(talk.t('not-understood'));
    return true;
  }
  const { place } = await talk.entities();
  if (place && (place.precision === 'number' || place.precision === 'landmark') && keep(talk, place) && heard.zone === 'none') {
    askWhat(talk, place);
    return true;
  }
  if (answerLeaning(talk)) return understood(talk);
  const topics = worthOffering(heard).filter((id) => canBeOffered(talk, id));
  // 'He was in my garden' after an answer is about that rather than about waste, which it only resembles.
  const isNear = (heard.intents[0]?.confidence ?? 0) < LIKELY && !heard.intents.some(({ topic }) => topic === memory.lastTopic);
  if (isNear && !heard.wish && mayStayInTopic(talk)) return understood(talk);
  if (topics.length > 0) {
    const [sent] = heard.wish ? [] : await likelyMeant(talk);
    offerTopics(talk, talk.t('choose.did-you-mean'), topics, sent?.reference);
    await begin(talk, 'choose', { topics, text: talk.text, reference: sent?.reference });
    return true;
  }
  if (memory.misses >= MOST_MISSES) return false;
  memory.misses += 1;
  if (mayStayInTopic(talk)) return true;
  missed(talk);
  // Chatter is told what this is for; words that mean nothing to us are asked for again.
  talk.say(talk.t(heard.intents[0]?.topic === 'out_of_scope' ? 'small-talk' : 'choose.none'), {
    choices: [{ title: talk.t('person.ask') }, { title: talk.t('help.ask') }],
  });
  return true;
}

/** Where, before what: a place and nothing else is no topic, whatever phrases it stands in; it is kept for the request that follows. */
async function placeAlone(talk: Talk): Promise<boolean> {
  if (talk.text.length > LONGEST_PLACE) return false;
  // 'And the pool?' asks of the pool what was asked before.
  if (talk.memory.lastTopic && talk.heard.zone === 'act' && (await talk.followUp(talk.memory.lastTopic))) return false;
  const { place, isPlaceAlone } = await talk.entities();
  if (!isPlaceAlone) return false;
  const isOne = place !== null && keep(talk, place);
  // Of a street, one of several schools, a bakery that is on no map the words themselves are read with those of the request.
  if (!isOne || place.precision === 'street') talk.memory.held.place = { text: talk.text, precision: 'text' };
  if (isOne) askWhat(talk, place);
  else talk.say(talk.t('media.what'));
  return true;
}

/** Whether there is exactly one such place in the town; then it is kept. */
function keep({ memory }: Talk, place: FoundPlace): boolean {
  if (!place.isInside || !place.point || place.others.length > 0) return false;
  memory.held.place = { text: place.text, precision: place.precision, ...place.point };
  return true;
}

function askWhat(talk: Talk, place: FoundPlace): void {
  talk.say(`${talk.t('media.pin', { place: place.text })} ${talk.t('media.what')}`);
}

function missed(talk: Talk): void {
  talk.act({ kind: 'recordMiss', reason: 'not-understood', words: talk.text });
}

/** After a miss no second question: a person, or a message. */
export async function person(talk: Talk): Promise<boolean> {
  talk.memory.misses = 0;
  missed(talk);
  talk.say(talk.t('person.offer'), { choices: [{ title: talk.t('person.ask') }, { title: talk.t('help.ask') }] });
  return true;
}
