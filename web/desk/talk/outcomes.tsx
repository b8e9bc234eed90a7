// A few choices with a digit for each: how a conversation ends, until when it is put off.
import { useEffect } from 'react';
import type { ConversationDetail } from '../../../src/desk/wire';
import { isTypedInto } from '../keys';
import { Button } from '../parts/controls';

/** One key each: what an agent presses most often asks for nothing but a digit. */
export function Outcomes({ outcomes, choose }: { outcomes: ConversationDetail['outcomes']; choose(id: string): void }) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
      const outcome = digit && outcomes[Number(digit) - 1];
      if (!outcome || event.ctrlKey || event.metaKey || event.altKey || isTypedInto(event.target)) return;
      event.preventDefault();
      choose(outcome.id);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [outcomes, choose]);
  return (
    <ul className="outcomes">
      {outcomes.map(({ id, name }, index) => (
        <li key={id}>
          <Button keyHint={String(index + 1)} autoFocus={index === 0} onPress={() => choose(id)}>
            {name}
          </Button>
        </li>
      ))}
    </ul>
  );
}
