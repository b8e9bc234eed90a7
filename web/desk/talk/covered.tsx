// A citizen's words with what hurts covered, until whoever reads wants to see it. What was written stays as it was.
import { type ReactNode, useState } from 'react';
import { Button } from '../parts/controls';
import { useWords } from '../words';

export function Covered({ text, stretches }: { text: string; stretches: ReadonlyArray<[number, number]> }) {
  const t = useWords();
  const [isShown, setShown] = useState(false);
  const parts: ReactNode[] = [];
  let done = 0;
  for (const [from, to] of stretches) {
    parts.push(
      text.slice(done, from),
      <span key={from} className="covered" role="img" aria-label={t.abuse.covered}>
        {'•'.repeat(Math.min(8, to - from))}
      </span>,
    );
    done = to;
  }
  parts.push(text.slice(done));
  return (
    <>
      <p dir="auto">{isShown ? text : parts}</p>
      <Button look="quiet" className="uncover" onPress={() => setShown(!isShown)}>
        {isShown ? t.abuse.cover : t.abuse.uncover}
      </Button>
    </>
  );
}
