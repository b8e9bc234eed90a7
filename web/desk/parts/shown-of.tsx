// That a list shows the last few of more: nothing where it shows them all.
import { useWords } from '../words';

export function ShownOf({ shown, total }: { shown: number; total: number }) {
  const { citizen } = useWords();
  return total > shown && <p className="hint">{citizen.shownOf(shown, total)}</p>;
}
