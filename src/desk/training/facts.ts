/** What was to be seen of an exercise, against what the town promises: facts, and nothing that would need an opinion. */
import type { Charter, Exercise, Fact } from '../../domain/desk/training';
import { fold, keyWords } from '../../domain/language/words';
import type { AgentAction } from '../queue/action';

export interface Seen {
  exercise: Exercise;
  charter: Charter;
  /** ISO. */
  startedAt: string;
  /** What the agent did and was done, the first first, by moment (ISO). */
  done: Array<{ at: string; action: AgentAction }>;
  /** What was said, the first first. */
  lines: Array<{ at: string; from: 'citizen' | 'agent'; text: string }>;
}

const MINUTE = 60_000;
const minutesBetween = (from: string, to: string) => Math.max(0, (Date.parse(to) - Date.parse(from)) / MINUTE);
/** Without spaces, dots and the like: '06 12 34 56 78' is '0612345678'. */
const bare = (text: string) => fold(text).replaceAll(/[^\p{L}\p{N}]/gu, '');

export function factsOf({ exercise, charter, startedAt, done, lines }: Seen): Fact[] {
  const taken = done.find(({ action }) => action.kind === 'claim')?.at;
  const answers = lines.filter(({ from }) => from === 'agent');
  const [first] = answers;
  const endings = done.filter(isEnding);
  const last = endings.at(-1)?.action;
  const isHandedOn = last?.kind === 'transfer';
  const said = answers.map(({ text }) => text).join('\n');
  return [
    within('taken', taken && minutesBetween(startedAt, taken), charter.takenWithinMinutes),
    // What goes to another service at once is answered there.
    ...(isHandedOn && !first
      ? []
      : [
          within('answered', taken && first && minutesBetween(taken, first.at), charter.answeredWithinMinutes),
          {
            kind: 'greeted' as const,
            isGood: (charter.greetings[exercise.language] ?? []).some((word) => fold(first?.text ?? '').includes(fold(word))),
          },
          { kind: 'replied' as const, isGood: lines.at(-1)?.from === 'agent' },
        ]),
    ending(exercise, last),
    ...(exercise.mentions
      ? [
          {
            kind: 'mentioned' as const,
            isGood: exercise.mentions.some((word) => keyWords(said).includes(fold(word))),
            what: exercise.mentions,
          },
        ]
      : []),
    ...(exercise.personal
      ? [{ kind: 'personal' as const, isGood: !exercise.personal.some((told) => bare(said).includes(bare(told))) }]
      : []),
  ];
}

function isEnding({ action }: { action: AgentAction }): boolean {
  return (
    action.kind === 'close' ||
    action.kind === 'giveBack' ||
    action.kind === 'transfer' ||
    (action.kind === 'say' && !!action.thenClose)
  );
}

function within(kind: 'taken' | 'answered', minutes: number | undefined | '', most: number): Fact {
  if (typeof minutes !== 'number') return { kind, isGood: false };
  return { kind, isGood: minutes <= most, minutes: Math.round(minutes * 10) / 10 };
}

function ending({ outcomes, transfer }: Exercise, last: AgentAction | undefined): Fact {
  const what = [...outcomes, ...(transfer ? [transfer] : [])];
  if (last?.kind === 'transfer') return { kind: 'ended', isGood: transfer !== undefined && last.service === transfer, what };
  const outcome = last?.kind === 'close' ? last.outcome : last?.kind === 'say' ? last.thenClose : undefined;
  return { kind: 'ended', isGood: outcome !== undefined && outcomes.includes(outcome), what };
}
