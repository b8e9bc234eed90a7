/**
 * What the town's answers do not tell: it is said whom to ask instead of another topic, and kept for the person it is offered to
 * and for those who write the answers.
 */
import type { Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import { countWords } from '../../domain/language/words';
import type { MissReason } from '../../domain/miss';
import type { Topic } from '../../domain/topic/topic';
import { isFresh } from './hours';

/** So sure of another topic, the words are not taken as a follow-up. */
export const PERHAPS_OTHER = 0.4;
/** Words of whoever tells more of their case. */
const LONGEST_ASIDE = 14;

/** 'And without a car?': about what was answered, and nothing verified says it. Who knows is said instead of another topic. */
export function staysInTopic(talk: Talk, topic: Topic, isSurely = false): boolean {
  const { heard } = talk;
  const [top] = heard.intents;
  // Danger that was not told is only a guess from very few words.
  const isOther =
    top !== undefined &&
    top.topic !== topic.id &&
    heard.zone !== 'none' &&
    top.confidence >= PERHAPS_OTHER &&
    (top.topic !== 'emergency' || heard.danger !== null);
  if ((isOther && !isSurely) || topic.kind !== 'question' || heard.wish || heard.parts.length > 1) return false;
  const service = talk.service(topic.service);
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  leftOpen(talk, topic, 'no-answer');
  talk.say(talk.t('answer.no-detail', { title: talk.local(topic.title), service: capital(talk.named(service)), reach }), {
    choices: [{ title: talk.t('person.ask') }],
  });
  return true;
}

/** Few words that nothing explains, right after an answer: they may still be about it, or about something else. */
export function mayStayInTopic(talk: Talk): boolean {
  const { memory, text } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (topic?.kind !== 'question' || !isFresh(talk) || countWords(text) > LONGEST_ASIDE) return false;
  const service = talk.service(topic.service);
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  leftOpen(talk, topic, 'no-answer');
  talk.say(talk.t('choose.still', { title: talk.local(topic.title), service: talk.named(service), reach }), {
    choices: [{ title: talk.t('person.ask') }, { title: talk.t('help.ask') }],
  });
  return true;
}

/** What town halls are asked, and this one has no file about: that is said, and who knows it. */
export function saysUnfiled(talk: Talk): boolean {
  const { heard, memory, town } = talk;
  const asked = heard.zone !== 'act' ? undefined : town.unfiled.find(({ id }) => id === heard.intents[0]?.topic);
  if (!asked || memory.dialogs.length > 0) return false;
  const service = talk.service(town.frontDesk);
  memory.unanswered = { topic: asked.id, text: talk.text };
  talk.act({ kind: 'recordMiss', reason: 'no-answer', words: talk.text, service: service.id });
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  talk.say(talk.t('answer.unfiled', { title: talk.local(asked.title), service: capital(talk.named(service)), reach }), {
    choices: [{ title: talk.t('person.ask') }],
  });
  return true;
}

/** Kept for the person it is offered to, and for those who write the answers. */
export function leftOpen(talk: Talk, { id, service }: Topic, reason: MissReason): void {
  talk.memory.unanswered = { topic: id, text: talk.text };
  talk.act({ kind: 'recordMiss', reason, words: talk.text, topic: id, service });
}
