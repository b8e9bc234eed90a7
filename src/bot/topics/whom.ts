/**
 * 'Who do I talk to about it?', 'à qui je m'adresse ?' right after an answer: the service that vouches for it, or the other
 * office, and how they are reached.
 */
import type { Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import { countWords } from '../../domain/language/words';
import { waysTo } from './answer-words';
import { isFresh } from './hours';

/** Longer words say what it is about. */
const LONGEST = 9;
/** So sure of another topic, the words are about that one: 'who do I contact about a will'. */
const SURE_OF_OTHER = 0.7;

export function tellsWhom(talk: Talk): boolean {
  const { memory, heard, text } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (!topic || !isFresh(talk) || !talk.means('whom') || countWords(text) > LONGEST) return false;
  const [top] = heard.intents;
  if (top && top.topic !== topic.id && talk.topic(top.topic) && top.confidence >= SURE_OF_OTHER) return false;
  if (topic.office) {
    talk.say([talk.t('answer.whom-office', { office: talk.local(topic.office.name) }), ...waysTo(talk, topic.office)].join('\n'));
    return true;
  }
  const service = talk.service(topic.service);
  const reach = [service.phone, service.email, service.address].filter(Boolean).join(', ');
  memory.unanswered = { topic: topic.id, text };
  talk.say(talk.t('answer.whom', { service: capital(talk.named(service)), reach }), {
    choices: [{ title: talk.t('person.ask') }],
  });
  return true;
}
