// What was sent and has not left yet: how long it can still be taken back, or why it was held and what can be done.
import { useEffect, useState } from 'react';
import type { LeavingAnswer } from '../../../src/desk/wire';
import { useKeys } from '../keys';
import { Button } from '../parts/controls';
import { sendHeldAgain, takeBack } from '../state/sending';
import { useMe } from '../state/store';
import { useWords } from '../words';
import { File } from './file';

const TICK_MS = 250;

export function LeavingLine({ id, answer, isLast }: { id: string; answer: LeavingAnswer; isLast: boolean }) {
  const t = useWords();
  const me = useMe();
  const { text, files, state, leavesInMs, why } = answer;
  const left = useCountdown(leavesInMs);
  const isWaiting = state === 'waiting';
  const mayUndo = isWaiting && left > 0;
  useKeys({ z: mayUndo && isLast ? () => void takeBack(id, answer) : undefined });
  return (
    <div className="line agent pending leaving">
      <p className="author">{t.talk.you}</p>
      <div className="bubble">
        {text && <p dir="auto">{text}</p>}
        {files.map((file) => (
          <File key={file.url} {...file} />
        ))}
      </div>
      <div className="meta">
        {isWaiting ? (
          <span className="figure">{left > 0 ? t.talk.leavesIn(Math.ceil(left / 1000)) : t.talk.delivery.sending}</span>
        ) : (
          <span className="failed-word">{t.talk.heldBecause[why ?? ''] ?? t.talk.heldBecause.other}</span>
        )}
        {mayUndo && (
          <Button look="quiet" keyHint={me.settings.keys && isLast ? 'Z' : undefined} onPress={() => void takeBack(id, answer)}>
            {t.talk.takeBack}
          </Button>
        )}
        {!isWaiting && (
          <>
            <Button look="quiet" onPress={() => void sendHeldAgain(id, answer)}>
              {t.write.sendAnyway}
            </Button>
            <Button look="quiet" onPress={() => void takeBack(id, answer)}>
              {t.talk.toDraft}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

/** Milliseconds that are left, by the page's own clock from the moment the server said them. */
function useCountdown(ms: number): number {
  const [left, setLeft] = useState(ms);
  useEffect(() => {
    const end = performance.now() + ms;
    setLeft(ms);
    const timer = setInterval(() => setLeft(Math.max(0, end - performance.now())), TICK_MS);
    return () => clearInterval(timer);
  }, [ms]);
  return left;
}
