// A conversation is offered to this agent before anybody else: until when, and one key to take it or to pass.
import { useEffect, useState } from 'react';
import { useKeys } from './keys';
import { Button } from './parts/controls';
import { Icon } from './parts/icon';
import { go } from './route';
import { act, claimed } from './state/conversation';
import { offeredTo } from './state/state';
import { useDesk, useMe } from './state/store';
import { useWords } from './words';

export function Offer() {
  const t = useWords();
  const me = useMe();
  const rows = useDesk((state) => state.rows);
  const isLost = useDesk(({ link }) => link === 'lost');
  const row = offeredTo(rows.values(), me.id);
  const seconds = useSecondsUntil(row?.offer?.until);
  async function take() {
    if (!row || !(await act(row.id, { kind: 'claim' }))) return;
    claimed();
    go({ view: 'desk', conversation: row.id });
  }
  const may = row && !isLost;
  useKeys({ x: may ? () => void act(row.id, { kind: 'refuse' }) : undefined, c: may ? () => void take() : undefined });
  // Said once to those who listen; the seconds are for the eye.
  return (
    <div role="alert">
      {row && (
        <section className="offer" aria-label={t.offer.title}>
          <Icon name={row.channel} />
          <p>
            <strong>{t.offer.title}</strong> {[row.service?.name, row.who].filter(Boolean).join(' · ')}
            <q>{row.subject || row.snippet}</q>
          </p>
          <span className="offer-left figure" aria-hidden="true">
            {t.offer.left(seconds)}
          </span>
          <Button look="primary" keyHint={me.settings.keys ? 'C' : undefined} isDisabled={isLost} onPress={() => void take()}>
            {t.offer.take}
          </Button>
          <Button
            keyHint={me.settings.keys ? 'X' : undefined}
            isDisabled={isLost}
            onPress={() => void act(row.id, { kind: 'refuse' })}
          >
            {t.offer.refuse}
          </Button>
        </section>
      )}
    </div>
  );
}

function useSecondsUntil(moment: string | undefined): number {
  const left = () => (moment ? Math.max(0, Math.ceil((Date.parse(moment) - Date.now()) / 1000)) : 0);
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another moment begins another countdown.
  useEffect(() => {
    setSeconds(left());
    if (!moment) return;
    const timer = setInterval(() => setSeconds(left()), 1000);
    return () => clearInterval(timer);
  }, [moment]);
  return seconds;
}
