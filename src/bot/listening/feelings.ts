/**
 * How somebody feels, where nothing is asked for: at the end of their strength, alone, angry at the bot, fond of it. They are
 * answered as people, told who listens, and what they may ask. What is surely a request is answered as one.
 */
import type { Talk } from '../../dialogs';
import type { Feeling } from '../../domain/language/said';
import { countWords } from '../../domain/language/words';
import { excused, isExcuseAlone, thank } from '../reactions';

/** So sure of a topic, the words are about that. */
const SURE = 0.65;
const FEW_WORDS = 4;
/** Gravest first. */
const ORDER: readonly Feeling[] = ['weary', 'lonely', 'insult', 'love', 'praise'];
/** These are said of anything one waits for: what may be a topic of the town's is offered as such. */
const VAGUE: ReadonlySet<Feeling> = new Set(['praise', 'love']);

export async function feelings(talk: Talk): Promise<boolean> {
  const { heard, memory, conversation } = talk;
  const feeling = ORDER.find((each) => heard.feelings.includes(each));
  if (conversation.holder !== 'bot' || memory.dialogs.some(({ dialog }) => dialog !== 'choose')) return false;
  // A few words sound like any language: 'ok pardon', 't'es con'.
  if (heard.language.foreign && countWords(talk.text) > FEW_WORDS) return false;
  if (heard.isExcuse && (await isExcuseAlone(talk))) return excused(talk);
  if (!feeling) return false;
  if (await isRequest(talk, feeling)) return false;
  memory.dialogs = [];
  memory.misses = 0;
  if (feeling === 'praise') return thank(talk);
  if (feeling === 'insult') {
    talk.say(talk.t('complaint'), { choices: [{ title: talk.t('person.ask') }, { title: talk.t('welcome.status') }] });
    return true;
  }
  const { suicide } = talk.town.emergency;
  const person = { title: talk.t('person.ask') };
  talk.say(talk.t(`feelings.${feeling}`, { suicide }), { choices: feeling === 'love' ? [] : [person] });
  return true;
}

/** A place, or what is surely something of the town's. */
async function isRequest(talk: Talk, feeling: Feeling): Promise<boolean> {
  const { heard, topic } = talk;
  const [top] = heard.intents;
  const isTopic = top !== undefined && topic(top.topic) !== undefined;
  // Whoever reports it for the third time, and is angry, wants it seen to.
  if (heard.parts.length > 0 || heard.spokenOf || (await talk.entities()).place) return true;
  if (isTopic && heard.zone === 'act' && top.confidence >= SURE) return true;
  // 'Are you a robot or what' asks who answers, fond as it may sound.
  if (VAGUE.has(feeling) && heard.zone === 'act' && top?.topic === 'about_bot') return true;
  return VAGUE.has(feeling) && isTopic && heard.zone !== 'none' && talk.text.includes('?');
}
