/**
 * What stands in a file word for word: whoever adds a way of asking for a topic, or of steering the conversation, has it heard
 * as that, however many ways of asking for others are like it ('I've lost my mum' beside lost property).
 */
import type { HeardIntent } from '../../domain/language/heard';
import type { Topic } from '../../domain/topic/topic';
import { OUTSIDE } from '../learning/model';
import { lazily } from '../text/lazily';
import { wordsOf } from '../text/words';
import { ELSEWHERE, type Phrases } from './examples';

const SURE = 0.95;
/** A word alone is said of many things. */
const FEWEST_WORDS = 2;

const rounded = (confidence: number) => Math.round(confidence * 1000) / 1000;

export type OwnPhrases = (intents: HeardIntent[], words: string[], language: string) => HeardIntent[];

export function createOwnPhrases(topics: Topic[], controls: Phrases): OwnPhrases {
  // Read for the first message in a language: a start has nothing to wait for in it.
  const whoseIn = lazily(phrasesIn);

  /** Whose each phrase is; null where it is more than one's. */
  function phrasesIn(code: string): Map<string, string | null> {
    const whose = new Map<string, string | null>();
    const add = (id: string, texts: string[] = []) => {
      for (const text of texts) {
        const words = wordsOf(text).map((word) => word.text);
        if (words.length < FEWEST_WORDS) continue;
        const key = words.join(' ');
        const before = whose.get(key);
        whose.set(key, before === undefined || before === id ? id : null);
      }
    };
    for (const { id, phrases } of topics) add(id, phrases[code]);
    for (const [intent, texts] of Object.entries(controls[code] ?? {})) add(intent, texts);
    return whose;
  }
  // Danger is heard by rules and a model of its own; what is nobody's is known by being like nothing else.
  const isLeft = new Set(['emergency', OUTSIDE, ELSEWHERE]);

  return (intents, words, language) => {
    const topic = whoseIn(language).get(words.join(' '));
    if (!topic || isLeft.has(topic)) return intents;
    const others = intents.filter((one) => one.topic !== topic);
    const own = intents.find((one) => one.topic === topic)?.confidence ?? 0;
    if (own >= SURE) return intents;
    return [{ topic, confidence: SURE }, ...others.map((one) => ({ ...one, confidence: rounded(one.confidence * (1 - SURE)) }))];
  };
}
