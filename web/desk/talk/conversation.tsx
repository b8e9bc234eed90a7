// The middle pane: who it is with and who holds it, what can be done, what was said, and where to write.
import { useCallback, useEffect, useState } from 'react';
import type { ConversationRow } from '../../../src/desk/wire';
import { useKeys } from '../keys';
import { Button, Empty, IconButton, Window } from '../parts/controls';
import { Icon } from '../parts/icon';
import { go } from '../route';
import { act, claimed, refresh } from '../state/conversation';
import { changeMe } from '../state/session';
import { inOrder } from '../state/state';
import { useDesk, useMe } from '../state/store';
import { useMoments } from '../time';
import { useWords, type Words } from '../words';
import { Actions } from './actions';
import { Composer } from './compose/composer';
import { insert } from './compose/composer-door';
import { Log } from './log';
import { Outcomes } from './outcomes';

function heldBy(row: ConversationRow, me: string, t: Words, clock: (at: string) => string): string {
  if (row.holder === 'queue') return t.talk.heldBy.queue;
  if (row.holder === 'bot') return t.talk.heldBy.bot;
  if (row.calmUntil) return t.abuse.restsUntil(clock(row.calmUntil));
  if (row.parkedAt) return t.talk.parked;
  return row.agent?.id === me ? t.talk.withYou : t.talk.withAgent(row.agent?.name ?? '');
}

export function Conversation({ showCitizen }: { showCitizen(): void }) {
  const t = useWords();
  const me = useMe();
  const { clock } = useMoments();
  const open = useDesk((state) => state.open);
  const pending = useDesk((state) => state.pending);
  const detail = open?.detail;
  const [asked, setAsked] = useState<{ done(outcome: string): void }>();
  const choose = useCallback(
    (outcome: string) => {
      setAsked(undefined);
      asked?.done(outcome);
    },
    [asked],
  );
  const suggestions = detail?.suggestions ?? [];
  const insertSuggestion = (at: number) => suggestions[at] && insert.text?.(suggestions[at].text);
  useKeys({
    1: () => insertSuggestion(0),
    2: () => insertSuggestion(1),
    3: () => insertSuggestion(2),
    Escape: open ? () => go({ view: 'desk' }) : undefined,
  });
  useEffect(() => {
    if (!detail) document.title = `${t.views.desk} · ${t.product}`;
  }, [detail, t]);

  if (!open) return <Nothing />;
  if (open.failed && !detail) {
    return (
      <section className="pane talk-pane" aria-label={t.views.desk}>
        <BackToList />
        {open.failed === 'missing' ? (
          <Empty words={t.talk.missing} />
        ) : (
          <Empty words={[t.talk.failed, open.failed === 'offline' ? t.errors.offline : t.errors.other]}>
            <Button onPress={() => void refresh(open.id)}>{t.retry}</Button>
          </Empty>
        )}
      </section>
    );
  }
  if (!detail) {
    return (
      <section className="pane talk-pane" aria-label={t.views.desk}>
        <div className="skeleton talk" role="status">
          <span className="unseen">{t.loading}</span>
          <span />
          <span />
          <span />
        </div>
      </section>
    );
  }
  const row = detail.conversation;
  const others = row.looking.filter(({ id }) => id !== me.id);
  return (
    <section className="pane talk-pane" aria-label={t.talk.log(row.who)}>
      <header className="talk-head">
        <BackToList />
        {/* Two lines, whatever stands in them: what is read below does not move when a colleague comes or goes. */}
        <div className="talk-name">
          <div>
            <h2>{row.who}</h2>
            <p className="looking">
              {others
                .map(({ name, isTyping }) => (isTyping ? t.lists.typing(name, false) : t.lists.looking(name, false)))
                .join(' · ')}
            </p>
          </div>
          <p>
            <Icon name={row.channel} /> <strong>{heldBy(row, me.id, t, clock)}</strong>
            {[row.service?.name, t.channels[row.channel]].map((one) => one && ` · ${one}`)}
          </p>
        </div>
        <Actions detail={detail} askOutcome={(done) => setAsked({ done })} />
        <IconButton icon="person" label={t.talk.citizenPane} className="to-citizen" onPress={showCitizen} />
      </header>
      <Log
        key={open.id}
        id={open.id}
        who={row.who}
        lines={open.lines}
        hasEarlier={open.hasEarlier}
        typing={open.typing}
        leaving={detail.leaving}
        pending={pending.filter((one) => one.conversation === open.id)}
      />
      <Composer
        key={open.id}
        detail={detail}
        held={open.held}
        closeWith={(send) => (row.holder === 'agent' ? setAsked({ done: send }) : undefined)}
      />
      <Window title={t.actions.outcome} isOpen={asked !== undefined} onClose={() => setAsked(undefined)}>
        <Outcomes outcomes={detail.outcomes} choose={choose} />
      </Window>
    </section>
  );
}

function BackToList() {
  const t = useWords();
  return <IconButton icon="back" label={t.talk.list} className="to-list" onPress={() => go({ view: 'desk' })} />;
}

/** No conversation is open: the next one can be taken from here. */
function Nothing() {
  const t = useWords();
  const me = useMe();
  const rows = useDesk((state) => state.rows);
  const isLost = useDesk(({ link }) => link === 'lost');
  const isFree = me.load < me.capacity;
  const next = inOrder(rows.values(), 'queue', me)[0];
  async function take() {
    if (!next) return;
    if (!(await act(next.id, { kind: 'claim' }))) return;
    go({ view: 'desk', conversation: next.id });
    claimed();
  }
  const mayTake = next !== undefined && isFree && !isLost;
  useKeys({ c: mayTake ? () => void take() : undefined });
  return (
    <section className="pane talk-pane" aria-label={t.views.desk}>
      {me.status === 'away' && !next ? (
        <Empty words={t.talk.away}>
          <Button
            look="primary"
            isDisabled={isLost}
            keyHint={me.settings.keys ? 'A' : undefined}
            onPress={() => void changeMe({ status: 'available' })}
          >
            {t.talk.beAvailable}
          </Button>
        </Empty>
      ) : next ? (
        <Empty words={t.talk.none}>
          <Button look="primary" isDisabled={!mayTake} keyHint={me.settings.keys ? 'C' : undefined} onPress={() => void take()}>
            {t.talk.takeOldest}
          </Button>
        </Empty>
      ) : (
        <Empty words={t.talk.calm} />
      )}
    </section>
  );
}
