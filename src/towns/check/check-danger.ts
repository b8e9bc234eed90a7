/**
 * Phrases of a town's topics that the bot takes for danger: whoever types one is told whom to call, and the topic is never
 * reached. Weighed as the bot weighs them, not by single words.
 */
import type { Screening, SpokenPhrase } from '../../domain/language/screening';
import type { Topic } from '../../domain/topic/topic';
import type { Fault } from '../fault';
import type { Path, Source } from '../yaml/yaml-source';

interface Placed extends SpokenPhrase {
  file: string;
  path: Path;
}

/** @param languages that the town speaks. */
export async function checkDanger(
  topics: readonly Topic[],
  sources: readonly Source[],
  languages: readonly string[],
  screening: Screening,
): Promise<Fault[]> {
  const own = topics.flatMap((topic) => [...phrasesOf(topic)]);
  const suspects = own.filter(({ text }) => screening.soundsDangerous(text));
  if (suspects.length === 0) return [];
  const weighed = await screening.weigh(suspects, languages);
  return suspects.flatMap(({ text, file, path }, at): Fault[] => {
    const taken = weighed[at];
    const source = sources.find((each) => each.file === file);
    if (taken === 'none' || !source) return [];
    const isSure = taken === 'danger';
    const severity = isSure ? 'fault' : 'warning';
    const message = isSure
      ? `The phrase "${text}" is taken for danger: emergency numbers are said, and it never reaches this topic.`
      : `The phrase "${text}" may be danger: emergency numbers are said before this topic.`;
    const fix = 'Remove it, or say it as people do when nobody is in danger.';
    return [{ file, line: source.lineOf(path), severity, code: 'phrase-taken', message, fix }];
  });
}

function* phrasesOf({ phrases, details = [], file }: Topic): Generator<Placed> {
  const lists = [
    { at: ['phrases'], of: phrases },
    ...details.map((detail, index) => ({ at: ['details', index, 'phrases'], of: detail.phrases })),
  ];
  for (const { at, of } of lists)
    for (const [language, texts] of Object.entries(of))
      for (const [index, text] of texts.entries()) yield { text, language, file, path: [...at, language, index] };
}
