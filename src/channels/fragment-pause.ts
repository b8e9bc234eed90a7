/**
 * How long to wait for the rest of a thought. On a phone 'bonjour', 'y a', 'un rat' are beginnings;
 * 'oui', 'ok', '2' and 'stop' are answers; a sentence is a sentence.
 */
import { typedWords } from '../domain/language/words';
import type { Activity } from '../domain/message/activity';

const MOST_WORDS = 3;
const ANSWER_LETTERS = 4;

/** Milliseconds; 0 when the message stands by itself. */
export function fragmentPause(activity: Activity, pauseMs: number): number {
  if (activity.type !== 'message' || activity.channelData?.optOut || activity.value !== undefined) return 0;
  const words = typedWords(activity.text ?? '');
  // Photos without words come one by one and are one thought too.
  if (words.length === 0) return activity.attachments?.length ? pauseMs : 0;
  if (words.length > MOST_WORDS || /\d/.test(activity.text ?? '')) return 0;
  const [first = ''] = words;
  return words.length === 1 && first.length <= ANSWER_LETTERS ? 0 : pauseMs;
}
