/** What is wrong with a topic that is being edited, as `npm run check-town` finds it, told in the agent's language. */
import type { WireFault } from '../../../src/desk/knowledge/wire';

/** What a sentence may name. */
export interface FaultParts {
  /** What the check quotes, as it stands in the topic: a phrase, an id, a placeholder. */
  quoted: string;
  /** Of a text that a language lacks or has too much of: the language's name; empty where it is none's. */
  language: string;
}

/** What is wrong, and what to do. */
export type FaultWords = Record<string, (parts: FaultParts) => [message: string, fix: string]>;

const QUOTED = /"([^"]*)"/;

/** In the check's own English words where the page's language has none for this kind, or is English. */
export function faultInWords({ code, message, fix, language }: WireFault, words: FaultWords, locale: string): [string, string] {
  const named = language ? new Intl.DisplayNames([locale], { type: 'language' }).of(language) : undefined;
  return words[code]?.({ quoted: QUOTED.exec(message)?.[1] ?? '', language: named ?? '' }) ?? [message, fix];
}
