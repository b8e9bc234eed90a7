// WhatsApp lets a town answer freely for 24 hours after the citizen's last words; when two are left, it is told.
import { Icon } from '../../parts/icon';
import { inWords, useNow } from '../../time';
import { useWords } from '../../words';

const TOLD_FROM_MS = 2 * 3_600_000;

export function WhatsAppWindow({ until }: { until: string }) {
  const t = useWords();
  const left = Date.parse(until) - useNow();
  if (left > TOLD_FROM_MS) return null;
  return (
    <p className="held">
      <Icon name="alert" /> {left > 0 ? t.write.window(inWords(left, t)) : t.write.windowOver}
    </p>
  );
}
