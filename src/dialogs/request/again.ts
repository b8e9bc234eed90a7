/** Whoever follows up what has no reference at hand, or says that nothing was done: what they speak of can be reported anew. */
import type { Talk } from '../dialog';

/** So likely beside the wish to follow a request, its topic is named. */
const NAMED = 0.1;
/** Words at the end of a message that name a thing. */
export const MOST_OF_END = 4;
/** Characters kept of what is told instead of a reference. */
export const LONGEST_WORDS = 500;

/** What somebody speaks of who has no reference: a new report of it can be made. */
export async function spokenOf(talk: Talk): Promise<{ topic?: string; words?: string }> {
  const { heard, text, topic } = talk;
  if (heard.spokenOf && topic(heard.spokenOf)) return { topic: heard.spokenOf, words: text.slice(0, LONGEST_WORDS) };
  const isReport = (id: string) => topic(id)?.kind === 'report';
  const said = text.split(/\s+/u);
  // 'I told you of that pothole': the end names what the whole does not.
  const end = said.length > MOST_OF_END ? (await talk.about(said.slice(-MOST_OF_END).join(' '))).heard : null;
  const named =
    heard.intents.find(({ topic: id, confidence }) => confidence >= NAMED && isReport(id)) ??
    (end?.zone === 'act' ? end.intents.slice(0, 1).find(({ topic: id }) => isReport(id)) : undefined);
  return named ? { topic: named.topic, words: text.slice(0, LONGEST_WORDS) } : {};
}

/** Whoever says what was not seen to may have no reference at hand: a new report of it is offered with the question. */
export function askReference(talk: Talk, id: string | undefined): void {
  const title = talk.local(talk.topic(id ?? '')?.title);
  if (!title) talk.say(talk.t('status.which-reference'));
  else talk.say(talk.t('status.which-or-new', { title }), { choices: [{ title: talk.t('status.new-report') }] });
}
