// Colleagues named this agent in a note: said on every view until the note has been seen.
import { useEffect, useState } from 'react';
import { Button } from './parts/controls';
import { Icon } from './parts/icon';
import { go } from './route';
import { readMention } from './state/conversation';
import { mentionsIn } from './state/state';
import { useDesk } from './state/store';
import { inWords, useNow } from './time';
import { useWords } from './words';

const SHOWN = 3;

export function Mentions() {
  const t = useWords();
  const now = useNow();
  const rows = useDesk((state) => state.rows);
  const open = useDesk((state) => state.open);
  const isSeen = useIsSeen();
  const mentions = mentionsIn(rows.values());
  const here = open?.detail && isSeen ? mentions.find(({ id }) => id === open.id) : undefined;
  const last = open?.lines.at(-1)?.at ?? '';
  // The note that names them stands in what is shown.
  const isRead = here?.mention !== undefined && last >= here.mention.at;
  useEffect(() => {
    if (isRead) void readMention(here.id);
  }, [isRead, here?.id]);
  const unread = mentions.filter(({ id }) => id !== here?.id);
  return (
    <div role="status">
      {unread.slice(0, SHOWN).map((row) => (
        <section key={row.id} className="offer" aria-label={t.mention.title(row.mention!.by.name)}>
          <Icon name="email" />
          <p>
            <strong>{t.mention.title(row.mention!.by.name)}</strong>{' '}
            {[row.who, inWords(now - Date.parse(row.mention!.at), t)].join(' · ')}
            <q>{row.subject || row.snippet}</q>
          </p>
          <Button look="primary" onPress={() => go({ view: 'desk', conversation: row.id })}>
            {t.mention.open}
          </Button>
        </section>
      ))}
      {unread.length > SHOWN && <p className="offer">{t.mention.more(unread.length - SHOWN)}</p>}
    </div>
  );
}

/** Whether the page is in sight: what stands in a tab behind others was not read. */
function useIsSeen(): boolean {
  const [isSeen, setSeen] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setSeen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isSeen;
}
