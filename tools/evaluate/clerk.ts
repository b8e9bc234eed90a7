/**
 * For whoever writes a town's topics: which of their phrases the classifier would get wrong had
 * it not been taught them, which topics are taken for each other, which have too few phrases.
 */
import { type ClassifierPack, createClassifier, type Phrase, seeded, teach, wordsOf } from '../../src/understanding';
import { percent, type Table } from './table';

const FOLDS = 5;
const FEW = 12;
const SHOWN = 25;

export function evaluateTopics(phrases: Phrase[], packs: Record<string, ClassifierPack>): Table[] {
  const random = seeded(3);
  const foldOf = phrases.map(() => Math.floor(random() * FOLDS));
  const guesses: Array<{ phrase: Phrase; got: string; confidence: number }> = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const taught = phrases.filter((_, at) => foldOf[at] !== fold);
    const classifier = createClassifier(packs, teach(taught, packs));
    phrases.forEach((phrase, at) => {
      if (foldOf[at] !== fold) return;
      const [best] = classifier.sort(
        wordsOf(phrase.text).map((word) => word.text),
        phrase.language,
      ).intents;
      guesses.push({ phrase, got: best!.topic, confidence: best!.confidence });
    });
  }
  const wrong = guesses.filter(({ phrase, got }) => phrase.label !== got);
  const pairs = new Map<string, string[]>();
  for (const { phrase, got } of wrong) {
    const pair = `${phrase.label} | ${got}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), phrase.text]);
  }
  return [
    {
      title: 'Topics, each phrase heard as if for the first time',
      columns: ['topic', 'phrases', 'right, %', 'taken for'],
      rows: [...new Set(phrases.map(({ label }) => label))]
        .map((label) => rowOf(label, guesses))
        .sort((one, other) => Number(one[2]) - Number(other[2])),
      notes: [
        `In all ${Math.round(percent(guesses.length - wrong.length, guesses.length) * 10) / 10} % of ${guesses.length} phrases.`,
      ],
    },
    {
      title: 'Topics taken for each other',
      columns: ['phrases of', 'heard as', 'how many', 'for example'],
      rows: [...pairs]
        .sort(([, one], [, other]) => other.length - one.length)
        .slice(0, SHOWN)
        .map(([pair, texts]) => [...pair.split(' | '), texts.length, texts.slice(0, 2).join(' / ')]),
      notes: ['Cure: write in both topics the sentence that tells them apart, or move a phrase that stands in the wrong one.'],
    },
    {
      title: 'Phrases that pull the wrong way',
      columns: ['phrase', 'stands in', 'surely heard as', 'confidence'],
      rows: wrong
        .sort((one, other) => other.confidence - one.confidence)
        .slice(0, SHOWN)
        .map(({ phrase, got, confidence }) => [phrase.text, phrase.label, got, `${Math.round(confidence * 100)} %`]),
      notes: ['Read each one: is it in the right topic? Would a colleague answer it the same way?'],
    },
    {
      title: 'Topics too thin',
      columns: ['topic', 'language', 'phrases'],
      rows: thin(phrases),
      notes: [`Fewer than ${FEW} phrases: add some as citizens write them, short, long, misspelt.`],
    },
  ];
}

function rowOf(label: string, guesses: Array<{ phrase: Phrase; got: string }>): Array<string | number> {
  const own = guesses.filter(({ phrase }) => phrase.label === label);
  const others = new Map<string, number>();
  for (const { got } of own) if (got !== label) others.set(got, (others.get(got) ?? 0) + 1);
  const most = [...others].sort(([, one], [, other]) => other - one).slice(0, 3);
  return [
    label,
    own.length,
    percent(own.filter(({ got }) => got === label).length, own.length),
    most.map(([other, count]) => `${other} (${count})`).join(', '),
  ];
}

function thin(phrases: Phrase[]): Array<Array<string | number>> {
  const counts = new Map<string, number>();
  for (const { label, language } of phrases) counts.set(`${label} ${language}`, (counts.get(`${label} ${language}`) ?? 0) + 1);
  return [...counts].filter(([, count]) => count < FEW).map(([key, count]) => [...key.split(' '), count]);
}
