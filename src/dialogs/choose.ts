/** Did you mean this, that, or the other? Up to three topics offered when the words were not enough. */
import { readChoice } from './choices';
import type { Dialog, Talk } from './dialog';

interface ChooseData {
  topics: string[];
  /** The words that were not enough, to be heard again as this topic's own. */
  text: string;
}

/** What steers the conversation can be offered too, in the words that the commands listen for. */
const STEERING: Record<string, string> = { ticket_status: 'welcome.status', talk_to_human: 'person.ask', help: 'help.ask' };

/** Whether a topic, or what a control intent does, can be offered as a choice. */
export function canBeOffered(talk: Talk, id: string): boolean {
  return talk.topic(id) !== undefined || id in STEERING;
}

/** Offers topics by their titles, plus 'something else'. @param locale of the sentence, when not the conversation's. */
export function offerTopics(talk: Talk, sentence: string, topics: string[], locale?: string): void {
  const titles = topics.map((id) => (STEERING[id] ? talk.t(STEERING[id]) : talk.local(talk.topic(id)?.title)));
  talk.say(talk.t(sentence), {
    choices: [...titles.map((title) => ({ title })), { title: talk.t('choose.other') }],
    locale,
  });
}

export const choose: Dialog = {
  name: 'choose',
  async begin(_talk, input) {
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const { topics, text } = input as ChooseData;
    const named = topics.map((id) => ({ id, words: Object.values(talk.topic(id)?.title ?? {}) }));
    const chosen = readChoice(talk.text, [...named, { id: '', words: [talk.t('choose.other')] }]);
    if (chosen === null) return { next: 'not-mine' };
    if (chosen === '') {
      talk.say(talk.t('choose.say-more'));
      return { next: 'done' };
    }
    return { next: 'become', topic: chosen, text: text || talk.text };
  },
  askAgain() {
    // An offer that was passed over is not repeated.
  },
};
