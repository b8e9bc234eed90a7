// Until when a conversation is put off: one key each for what is meant most often, or a moment of its own.
import { useState } from 'react';
import { Button, Field } from '../parts/controls';
import { useMoments } from '../time';
import { useWords } from '../words';
import { Outcomes } from './outcomes';

const HOUR_MS = 60 * 60_000;
/** When the working day begins. */
const MORNING = 9;

type Later = 'hour' | 'tomorrow' | 'monday';

/** The moment that is meant, by the clock of this screen. */
function momentOf(later: Later, now: Date): Date {
  if (later === 'hour') return new Date(now.getTime() + HOUR_MS);
  const days = later === 'tomorrow' ? 1 : (8 - now.getDay()) % 7 || 7;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
}

/** As a field for a moment takes it: local, to the minute. */
const asTyped = (moment: Date) =>
  new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);

/** `until`: the moment (ISO), and as it is told. */
export function Snooze({ until }: { until(moment: string, words: string): void }) {
  const t = useWords();
  const { dayAndClock } = useMoments();
  const [typed, setTyped] = useState('');
  const choose = (moment: Date) => until(moment.toISOString(), dayAndClock(moment.toISOString()));
  const moment = typed ? new Date(typed) : undefined;
  const isLater = moment !== undefined && moment.getTime() > Date.now();
  const options = Object.entries(t.actions.snoozeFor).map(([id, name]) => ({ id, name }));
  return (
    <>
      <Outcomes outcomes={options} choose={(id) => choose(momentOf(id as Later, new Date()))} />
      <form
        className="change"
        onSubmit={(event) => {
          event.preventDefault();
          if (moment && isLater) choose(moment);
        }}
      >
        <Field label={t.actions.snoozeAt}>
          {(id) => (
            <input
              id={id}
              type="datetime-local"
              min={asTyped(new Date())}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        <Button type="submit" isDisabled={!isLater}>
          {t.actions.snoozeNow}
        </Button>
      </form>
    </>
  );
}
