/** Did you mean this, that, or the other? Up to three topics offered when the words were not enough. */
import { countWords } from '../domain/language/words';
import { readChoice } from './choices';
import type { Dialog, Step, Talk } from './dialog';
import { addTo } from './request/join';
import { theirs } from './request/theirs';

interface ChooseData {
  topics: string[];
  /** The words that were not enough, to be heard again as this topic's own. */
  text: string;
  /** The request just sent, which may be meant too. */
  reference?: string;
}

const SENT = 'sent';
const LONGEST_BARE = 3;
const LONGEST_PLACE = 8;
/** Words of whoever says more of what was not understood. */
const LONGEST_MORE = 12;
/** So sure of something that was not offered, it is that. */
const SURELY_ELSE = 0.8;

/** What steers the conversation can be offered too, in the words that the commands listen for. */
const STEERING: Record<string, string> = { ticket_status: 'welcome.status', talk_to_human: 'person.ask', help: 'help.ask' };

/** Whether a topic, or what a control intent does, can be offered as a choice. */
export function canBeOffered(talk: Talk, id: string): boolean {
  return talk.topic(id) !== undefined || id in STEERING;
}

/** Offers topics by their titles, and the request just sent, plus 'something else'. */
export function offerTopics(talk: Talk, words: string, topics: string[], reference?: string): void {
  const titles = topics.map((id) => (STEERING[id] ? talk.t(STEERING[id]) : talk.local(talk.topic(id)?.title)));
  talk.say(words, {
    choices: [...titles, ...sentIn(talk, reference), talk.t('choose.other')].map((title) => ({ title })),
  });
}

function sentIn(talk: Talk, reference: string | undefined): string[] {
  return reference ? [talk.t('choose.request', { reference })] : [];
}

/** 'For my request 7K3M-9QPX', or 'for my request', where that was offered. */
export function choosesSent(talk: Talk, input: object): boolean {
  const { reference } = input as ChooseData;
  if (!reference) return false;
  const [title = ''] = sentIn(talk, reference);
  const words = [reference, title, title.replace(reference, '')];
  return readChoice(talk.text, [{ id: SENT, words }], talk.choosing) === SENT;
}

/** Asked again which one. */
const WHICH = 'which';

/** 'Yes' chooses the only one, 'no' none, 'the other' the second of two. */
async function meant(talk: Talk, topics: string[]): Promise<string | null> {
  if (talk.means('the-other')) return topics.length === 2 ? (topics[1] ?? null) : WHICH;
  const { yesNo } = await talk.entities();
  const isBare = countWords(talk.text) <= LONGEST_BARE;
  if (!yesNo || !isBare) return null;
  if (yesNo === 'no') return '';
  return topics.length === 1 ? (topics[0] ?? null) : WHICH;
}

/** Where it is, said instead of what it is: kept for what was offered alone, or until it is said which. */
async function placed(talk: Talk, topics: string[], text: string): Promise<Step | null> {
  const reports = topics.filter((id) => talk.topic(id)?.kind === 'report');
  const [report] = reports;
  if (!report || countWords(talk.text) > LONGEST_PLACE) return null;
  const { isPlaceAlone } = await talk.entities();
  if (!isPlaceAlone && !talk.means('whereabouts')) return null;
  const words = [text, talk.text].filter(Boolean).join(', ');
  const { place } = await talk.entities();
  // Whatever it becomes, it is there.
  if (place?.isInside && place.others.length === 0 && place.point)
    talk.memory.held.place = { text: place.text, precision: place.precision, ...place.point };
  if (topics.length === 1) return { next: 'become', topic: report, text: words };
  offerTopics(talk, talk.t('choose.which'), topics);
  return { next: 'wait', data: { topics, text: words } satisfies ChooseData };
}

/** 'As a cleaner', after 'I look for work at the town hall' was not enough: together they say which of those offered is meant. */
async function together(talk: Talk, topics: string[], text: string): Promise<Step | null> {
  const [own] = talk.heard.intents;
  const isElse = talk.heard.zone === 'act' && own !== undefined && !topics.includes(own.topic) && own.confidence >= SURELY_ELSE;
  if (!text || isElse || countWords(talk.text) > LONGEST_MORE) return null;
  const words = `${text}, ${talk.text}`;
  const { heard } = await talk.about(words);
  const topic = heard.intents[0]?.topic ?? '';
  const isMeant = topics.includes(topic) || talk.heard.zone === 'none';
  return heard.zone === 'act' && isMeant && talk.topic(topic) ? { next: 'become', topic, text: words } : null;
}

export const choose: Dialog = {
  name: 'choose',
  async begin(_talk, input) {
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const { topics, text, reference } = input as ChooseData;
    const ticket = choosesSent(talk, input) ? (await theirs(talk)).find((each) => each.reference === reference) : undefined;
    if (ticket) {
      await addTo(talk, ticket, { text, files: [] });
      return { next: 'done' };
    }
    const named = topics.map((id) => ({ id, words: Object.values(talk.topic(id)?.title ?? {}) }));
    const offered = [...named, { id: '', words: [talk.t('choose.other')] }];
    const chosen = readChoice(talk.text, offered, talk.choosing) ?? (await meant(talk, topics));
    if (chosen === null)
      return (await placed(talk, topics, text)) ?? (await together(talk, topics, text)) ?? { next: 'not-mine' };
    if (chosen === '') {
      if (text) talk.act({ kind: 'recordMiss', reason: 'not-understood', words: text });
      talk.say(talk.t('choose.say-more'));
      return { next: 'done' };
    }
    if (chosen === WHICH) {
      offerTopics(talk, talk.t('choose.which'), topics, reference);
      return { next: 'wait', data: input };
    }
    if (chosen === 'help') {
      talk.say(talk.t('help.text', { authority: talk.local(talk.town.authority) }));
      return { next: 'done' };
    }
    talk.memory.passed = { topics: topics.filter((id) => id !== chosen && talk.topic(id)), references: [], text };
    return { next: 'become', topic: chosen, text: text || talk.text };
  },
  askAgain() {
    // An offer that was passed over is not repeated.
  },
};
