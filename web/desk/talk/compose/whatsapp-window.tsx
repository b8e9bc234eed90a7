// WhatsApp lets a town answer freely for a day after the citizen's last words: when two hours are left, it is told.
import { Icon } from '../../parts/icon';
import { useDesk } from '../../state/store';
import { inWords, useNow } from '../../time';
import { useWords } from '../../words';

const TOLD_FROM_MS = 2 * 3_600_000;

/** Milliseconds for which free words may still be sent, by the page's own clock since the server said so; undefined where that has no end. */
export function useWindowLeft(): number | undefined {
  const now = useNow();
  const ends = useDesk(({ open }) => open?.windowEndsAt);
  return ends === undefined ? undefined : ends - now;
}

export function WhatsAppWindow({ leftMs }: { leftMs: number }) {
  const t = useWords();
  if (leftMs > TOLD_FROM_MS) return null;
  return (
    <p className="held">
      <Icon name="alert" /> {leftMs > 0 ? t.write.window(inWords(leftMs, t)) : t.write.windowOver}
    </p>
  );
}
