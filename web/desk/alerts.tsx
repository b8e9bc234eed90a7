// Somebody may be in danger: the loudest thing on the desk, on every view, until a person says that they look after it.
import { Button } from './parts/controls';
import { Icon } from './parts/icon';
import { go } from './route';
import { act } from './state/conversation';
import { openAlerts } from './state/state';
import { useDesk } from './state/store';
import { inWords, useNow } from './time';
import { useWords } from './words';

const SHOWN = 3;

export function Alerts() {
  const t = useWords();
  const now = useNow();
  const rows = useDesk((state) => state.rows);
  const alerts = openAlerts(rows.values());
  if (alerts.length === 0) return <div role="alert" />;
  return (
    <div role="alert" className="alerts">
      {alerts.length > 1 && <p className="alerts-count">{t.alert.many(alerts.length)}</p>}
      {alerts.slice(0, SHOWN).map((row) => (
        <section key={row.id} className="alert-row" aria-label={t.alert.title}>
          <Icon name="alert" />
          <p>
            <strong>{t.alert.title}</strong> {row.alert!.danger} · {row.who} ·{' '}
            {t.alert.since(inWords(now - Date.parse(row.alert!.at), t))}
            {/* What the citizen wrote, until somebody has answered it: a colleague's answer is not what happened. */}
            {row.awaitsReply && <q>{row.snippet}</q>}
          </p>
          <div className="alert-does">
            <Button onPress={() => go({ view: 'desk', conversation: row.id })}>{t.alert.open}</Button>
            <Button
              look="danger"
              onPress={async () => {
                if (await act(row.id, { kind: 'acknowledge', alert: row.alert!.id })) go({ view: 'desk', conversation: row.id });
              }}
            >
              {t.alert.mine}
            </Button>
          </div>
        </section>
      ))}
    </div>
  );
}
