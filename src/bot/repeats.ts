/**
 * The same answer is never given three times, whatever it is: the third time a person is offered in its place. Answers of
 * topics grow shorter before that: `topics/answers.ts`.
 */
import type { Talk } from '../dialogs';
import type { Effect } from '../domain/effect';
import type { Activity } from '../domain/message/activity';

const MOST_TIMES = 2;
const FRESH = 30 * 60_000;
/** Answers that are remembered, the last first. */
const REMEMBERED = 6;
/** Characters: 'you are welcome' may be said as often as somebody thanks. */
const SHORTEST = 60;
const ENOUGH_TO_TELL = 80;

/** What is only counted. Anything else was done because the citizen asked, and that it was done is said each time. */
const COUNTED: ReadonlySet<Effect['kind']> = new Set([
  'recordTopic',
  'recordMiss',
  'recordFeedback',
  'recordReferral',
  'recordQueue',
]);

/** Looks at what is about to be said, and says something else instead where it was said twice. */
export function neverThrice(talk: Talk, said: Activity[], effects: readonly Effect[]): void {
  const { memory, lookups } = talk;
  const text = said.map((each) => each.text ?? '').join('\n');
  if (memory.dialogs.length > 0 || text.length < SHORTEST || effects.some(({ kind }) => !COUNTED.has(kind))) return;
  const now = lookups.now.getTime();
  const key = `${text.length} ${text.slice(0, ENOUGH_TO_TELL)}`;
  const known = (memory.answers ?? []).filter(({ at }) => now - Date.parse(at) < FRESH);
  const times = (known.find((one) => one.key === key)?.times ?? 0) + 1;
  memory.answers = [{ key, times, at: lookups.now.toISOString() }, ...known.filter((one) => one.key !== key)].slice(
    0,
    REMEMBERED,
  );
  if (times <= MOST_TIMES) return;
  said.length = 0;
  talk.say(talk.t('again.person'), { choices: [{ title: talk.t('person.ask') }] });
}
