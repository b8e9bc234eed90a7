// The foot of a list in which rows are being chosen: how many, what to do to them, and a way to choose all.
import type { ReactNode } from 'react';
import { Button, IconButton } from '../parts/controls';
import { useWords } from '../words';

interface BarProps {
  chosen: number;
  /** How many there are in all, and how they are chosen. */
  total: number;
  all(): void;
  end(): void;
  /** What can be done to them. */
  children: ReactNode;
}

export function ManyBar({ chosen, total, all, end, children }: BarProps) {
  const { many } = useWords();
  return (
    <section className="many" aria-label={many.label}>
      <header>
        <strong role="status">{many.chosen(chosen)}</strong>
        {chosen < total && (
          <Button look="quiet" onPress={all}>
            {many.all(total)}
          </Button>
        )}
        <IconButton icon="close" label={many.end} onPress={end} />
      </header>
      {chosen > 0 && <div className="many-acts">{children}</div>}
    </section>
  );
}
