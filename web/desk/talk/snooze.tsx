// Until when a conversation is put off: one key each for what is meant most often, or a moment of its own,
// all by the town's clock.
import { useState } from 'react';
import { Button } from '../parts/controls';
import { MomentField } from '../parts/dates';
import { useDesk } from '../state/store';
import { useMoments } from '../time';
import { useWords } from '../words';
import { Outcomes } from './outcomes';
import { type Later, momentAt, momentOf, wallClock } from './snooze-moments';

/** `until`: the moment (ISO), and as it is told. */
export function Snooze({ until }: { until(moment: string, words: string): void }) {
  const t = useWords();
  const { dayAndClock } = useMoments();
  const zone = useDesk(({ me }) => me?.town.timeZone) ?? 'UTC';
  const [typed, setTyped] = useState('');
  const choose = (moment: Date) => until(moment.toISOString(), dayAndClock(moment.toISOString()));
  const moment = momentAt(typed, zone);
  const isLater = moment !== undefined && moment.getTime() > Date.now();
  const options = Object.entries(t.actions.snoozeFor).map(([id, name]) => ({ id, name }));
  return (
    <>
      <Outcomes outcomes={options} choose={(id) => choose(momentOf(id as Later, new Date(), zone))} />
      <form
        className="change"
        onSubmit={(event) => {
          event.preventDefault();
          if (moment && isLater) choose(moment);
        }}
      >
        <MomentField label={t.actions.snoozeAt} from={wallClock(new Date(), zone)} value={typed} choose={setTyped} />
        <Button type="submit" isDisabled={!isLater}>
          {t.actions.snoozeNow}
        </Button>
      </form>
    </>
  );
}
