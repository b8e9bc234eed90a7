/**
 * The answer to a question of the town hall: one of its choices, or words of one's own that begin as they were asked to. A
 * later answer stands instead; after the end it is said that it comes too late.
 */
import { readChoice, type Talk } from '../../dialogs';
import { countWords, phraseKey } from '../../domain/language/words';
import { type Campaign, isPollOpen } from '../../domain/listening/campaign';

/** More words than these are about something else, whatever choice they name. */
const MOST_WORDS = 6;
const LONGEST_ANSWER = 1000;
/** How long after its end somebody who answers is told that it is over. */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

export async function pollAnswer(talk: Talk): Promise<boolean> {
  const { memory, text, lookups, conversation } = talk;
  const asked = memory.poll;
  if (!asked || text === '' || conversation.holder !== 'bot' || memory.dialogs.length > 0 || talk.heard.danger) return false;
  const campaign = await lookups.campaign(asked.id);
  if (!campaign?.poll || lookups.now.getTime() > campaign.poll.closesAt + REMEMBERED_MS) delete memory.poll;
  const answer = campaign?.poll ? readAnswer(talk, campaign) : null;
  if (!campaign?.poll || !answer) return false;
  if (!isPollOpen(campaign, lookups.now)) {
    delete memory.poll;
    talk.say(talk.t('poll.closed', { date: talk.day(new Date(campaign.poll.closesAt).toISOString()) }));
    return true;
  }
  talk.act({ kind: 'answerPoll', poll: campaign.id, ...answer.given });
  const date = talk.day(new Date(campaign.poll.closesAt).toISOString());
  talk.say(talk.t('poll.noted', { answer: answer.said, date }));
  return true;
}

type Answer = { given: { choice: number } | { words: string }; said: string };

function readAnswer(talk: Talk, { poll }: Campaign): Answer | null {
  const { text, memory } = talk;
  if (!poll?.choices) return wordsAfter(talk);
  const titles = poll.choices.map((choice) => Object.values(choice));
  const key = phraseKey(text);
  // What was offered since is answered first; there only the whole words of a choice are meant.
  const isOther = memory.offered.some(({ title }) => !titles.some((names) => names.includes(title)));
  if (isOther && !titles.some((names) => names.some((name) => phraseKey(name) === key))) return null;
  if (countWords(text) > MOST_WORDS) return null;
  const bare = titles.map((names) => names.map(withoutArticle));
  const isOne = (word: string) => bare.filter((names) => names.includes(word)).length === 1;
  const choices = titles.map((names, n) => ({ id: String(n), words: [...names, ...(bare[n] ?? []).filter(isOne)] }));
  const chosen = readChoice(text, choices, talk.choosing);
  if (chosen === null) return null;
  return { given: { choice: Number(chosen) }, said: talk.local(poll.choices[Number(chosen)]) };
}

/** 'Le vendredi' is answered by 'vendredi'. */
function withoutArticle(choice: string): string {
  return choice.replace(/^\p{L}{1,3}(?:\s+|['\u2019])/u, '');
}

/** Free words begin with the word they were asked to: anything else is something that a citizen came for. */
function wordsAfter(talk: Talk): Answer | null {
  const { text } = talk;
  const [first = ''] = text.split(/[\s:,.–-]+/u);
  const isAnswer = Object.values(talk.inEach('poll.keyword')).some((keyword) => phraseKey(keyword) === phraseKey(first));
  const words = text
    .slice(first.length)
    .replace(/^[\s:,.–-]+/u, '')
    .slice(0, LONGEST_ANSWER);
  return isAnswer && words !== '' ? { given: { words }, said: words } : null;
}
