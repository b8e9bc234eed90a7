/**
 * What the bot would answer about a topic at this moment, for an agent to whom it is proposed: with hours, numbers and
 * addresses filled in, and whose it is where it is not the town's. Null for a form, and where the bot would not say it either.
 */
import { createMemory } from '../../domain/conversation';
import { lookupsOfNobody, type ProposeAnswer } from '../../domain/decision';
import { isStillVerified } from '../../domain/topic/topic';
import type { TalkParts, Talks } from '../talk';
import { fillFacts, whoseItIs } from './answer-words';
import { NO_DAYS } from './hours';

export function createProposing({ towns, understanding }: TalkParts, talks: Talks): ProposeAnswer {
  return async ({ town: id, channel, address, language }, topicId, now) => {
    const [town, topic] = [towns.get(id), towns.topic(id, topicId)];
    if (!town || !topic?.answer || topic.kind === 'report') return null;
    const memory = createMemory(language);
    const at = now.toISOString();
    const conversation = {
      ...{ id: '', town: id, channel, address, version: 0, holder: 'bot' as const, memory },
      ...{ lines: 0, pending: null, lastCauses: [], createdAt: at, updatedAt: at },
    };
    // Nothing was said: it is told as to whoever asks for it in general.
    const heard = await understanding.hear('', { town: id, prior: language, now });
    const { talk } = talks.open(town, conversation, memory, { type: 'event' }, '', heard, lookupsOfNobody(now));
    if (!isStillVerified(topic.verified, talk.calendar.local(town, now).date)) return null;
    const { text, week } = fillFacts(talk, talk.service(topic.service), talk.local(topic.answer), NO_DAYS);
    const answer = week ? `${text}\n${week}` : text;
    return topic.office ? whoseItIs(talk, topic.office, answer) : answer;
  };
}
