// One conversation in a list: who, since when, about what, and what makes it matter now.
import type { ConversationRow } from '../../../src/desk/wire';
import { Icon } from '../parts/icon';
import { useMe } from '../state/store';
import { inWords, useMoments, useNow } from '../time';
import { useWords } from '../words';

export function Row({ row, density }: { row: ConversationRow; density: 'comfortable' | 'compact' }) {
  const t = useWords();
  const now = useNow();
  const me = useMe();
  const isQueued = row.holder === 'queue';
  const { clock, dayAndClock } = useMoments();
  const since = isQueued ? row.queuedAt : row.lastCitizenAt;
  const callAt = isQueued && row.callAt && Date.parse(row.callAt) > now ? clock(row.callAt) : undefined;
  const wait = since ? inWords(now - Date.parse(since), t) : '';
  const others = row.looking.filter(({ id }) => id !== me.id);
  const typing = others.filter(({ isTyping }) => isTyping);
  const names = (people: typeof others) => new Intl.ListFormat(t.locale).format(people.map(({ name }) => name));
  const isUrgent = row.alert !== undefined && !row.alert.acknowledgedBy;
  const waits = row.awaitsReply || isQueued;
  return (
    <div className={`row ${isUrgent || row.priority === 'danger' ? 'urgent' : ''} ${waits ? 'waits' : ''}`}>
      <p className="row-head">
        <Icon name={row.channel} />
        <span className="unseen">{t.channels[row.channel]}, </span>
        <span className="row-who">{row.who}</span>
        <span className="row-wait">
          {isQueued && row.position === 1 && <span className="unseen">{t.lists.row.place(1)}, </span>}
          {row.parkedUntil ? (
            t.actions.backAt(dayAndClock(row.parkedUntil))
          ) : callAt ? (
            t.lists.row.callAt(callAt)
          ) : (
            <>
              <span aria-hidden="true">{wait}</span>
              <span className="unseen">{waits ? t.lists.row.since(wait) : wait}</span>
            </>
          )}
        </span>
      </p>
      <p className="row-subject">
        {row.priority === 'danger' && (
          <span className="tag danger">
            <Icon name="alert" /> {t.lists.danger}
          </span>
        )}
        {row.wokeAt && (
          <span className="tag waiting">
            <Icon name="pause" /> {t.lists.woke}
          </span>
        )}
        {row.priority === 'high' && (
          <span className="tag waiting">
            <Icon name="bolt" /> {t.lists.high}
          </span>
        )}
        <span>{row.subject || row.snippet}</span>
      </p>
      {density === 'comfortable' && (
        <p className="row-foot">
          <span className="row-snippet">{row.subject && row.snippet !== row.subject ? row.snippet : ''}</span>
          {others.length > 0 ? (
            <span className="row-looking">
              {typing.length
                ? t.lists.typing(names(typing), typing.length > 1)
                : t.lists.looking(names(others), others.length > 1)}
            </span>
          ) : (
            (row.offer || row.service) && (
              <span className="row-service">
                {row.offer ? t.offer.to(row.offer.to.id === me.id ? t.talk.you : row.offer.to.name) : row.service?.name}
              </span>
            )
          )}
        </p>
      )}
      {row.awaitsReply && !isQueued && <span className="row-dot" role="img" aria-label={t.lists.awaits} />}
    </div>
  );
}
