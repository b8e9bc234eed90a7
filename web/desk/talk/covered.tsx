// A citizen's words with what hurts covered, until whoever reads wants to see it. What was written stays as it was.
import { type ReactNode, useState } from 'react';
import { Button } from '../parts/controls';
import { useWords } from '../words';

type Stretches = ReadonlyArray<[from: number, to: number]>;

/** The words with these stretches drawn over; `name` is what a screen reader says in their place. */
export function withCovers(text: string, stretches: Stretches, name: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let done = 0;
  for (const [from, to] of stretches) {
    parts.push(
      text.slice(done, from),
      <span key={from} className="covered" role="img" aria-label={name}>
        {'•'.repeat(Math.min(8, to - from))}
      </span>,
    );
    done = to;
  }
  parts.push(text.slice(done));
  return parts;
}

export function Covered({ text, stretches }: { text: string; stretches: Stretches }) {
  const t = useWords();
  const [isShown, setShown] = useState(false);
  return (
    <>
      <p dir="auto">{isShown ? text : withCovers(text, stretches, t.abuse.covered)}</p>
      <Button look="quiet" className="uncover" onPress={() => setShown(!isShown)}>
        {isShown ? t.abuse.cover : t.abuse.uncover}
      </Button>
    </>
  );
}
