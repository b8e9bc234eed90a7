// What was said, as a live log: a window of the newest lines that grows upwards when asked. It stays at the bottom while the
// agent reads there; a line counts as seen once it has stood in sight for a moment, so a reply knows what its writer read.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { LeavingAnswer, Line } from '../../../src/desk/wire';
import { Button, IconButton } from '../parts/controls';
import { loadEarlier, sawLine, trimLines } from '../state/conversation';
import type { Open, Pending } from '../state/state';
import { current } from '../state/store';
import { useMoments } from '../time';
import { useWords } from '../words';
import { insert } from './compose/composer-door';
import { LeavingLine } from './leaving';
import { PendingLine, SaidLine } from './line';

const NEAR_PX = 80;
const SEEN_AFTER_MS = 1000;
const TOGETHER_MS = 5 * 60_000;
/** Nothing says that somebody stopped typing. */
const TYPING_MS = 6000;

interface LogProps {
  id: string;
  who: string;
  lines: Line[];
  hasEarlier: boolean;
  pending: readonly Pending[];
  typing: Open['typing'];
  leaving: readonly LeavingAnswer[];
}

export function Log({ id, who, lines, hasEarlier, pending, typing, leaving }: LogProps) {
  const t = useWords();
  const moments = useMoments();
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const first = lines[0]?.line;
  const last = lines.at(-1)?.line ?? 0;

  // What is read stays where it is when lines come in above it.
  const fromEnd = useRef(0);
  const firstBefore = useRef(first);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when lines or what is under way change.
  useLayoutEffect(() => {
    const log = box.current;
    if (!log) return;
    if (firstBefore.current !== first && !isAtEnd) log.scrollTop = log.scrollHeight - fromEnd.current;
    else if (isAtEnd) log.scrollTop = log.scrollHeight;
    firstBefore.current = first;
  }, [first, last, pending.length, leaving.length, id]);

  // The composer grows and shrinks below: whoever reads at the end stays there.
  useEffect(() => {
    const log = box.current;
    if (!log || !isAtEnd) return;
    const stay = new ResizeObserver(() => {
      log.scrollTop = log.scrollHeight;
    });
    stay.observe(log);
    return () => stay.disconnect();
  }, [isAtEnd]);

  useEffect(() => {
    if (!isAtEnd || !last) return;
    const see = () => document.visibilityState === 'visible' && sawLine(id, last);
    // What stands there when one comes is read first; what comes while one writes needs a moment.
    const timer = setTimeout(see, current().open?.seen && insert.isWriting?.() ? SEEN_AFTER_MS : 0);
    document.addEventListener('visibilitychange', see);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', see);
    };
  }, [id, last, isAtEnd]);

  function scrolled() {
    const log = box.current!;
    fromEnd.current = log.scrollHeight - log.scrollTop;
    const isNear = fromEnd.current - log.clientHeight < NEAR_PX;
    if (isNear !== isAtEnd) setAtEnd(isNear);
    if (isNear) trimLines();
  }

  let day = '';
  return (
    <div className="log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard. */}
      <div className="log" ref={box} onScroll={scrolled} role="log" aria-label={t.talk.log(who)} tabIndex={0}>
        {hasEarlier && (
          <Button look="quiet" className="earlier" onPress={() => void loadEarlier()}>
            {t.talk.earlier}
          </Button>
        )}
        {lines.map((line, index) => {
          const thisDay = moments.day(line.at);
          const isNewDay = thisDay !== day;
          day = thisDay;
          const before = lines[index - 1];
          const goesOn =
            !isNewDay &&
            before?.by === line.by &&
            before.agent?.id === line.agent?.id &&
            Date.parse(line.at) - Date.parse(before.at) < TOGETHER_MS;
          return (
            <div key={line.line} className="log-entry">
              {isNewDay && <p className="day">{thisDay}</p>}
              <SaidLine line={line} goesOn={goesOn} />
            </div>
          );
        })}
        {leaving.map((one, index) => (
          <LeavingLine key={one.actionId} id={id} answer={one} isLast={index === leaving.length - 1} />
        ))}
        {pending.map((one) => (
          <PendingLine key={one.actionId} pending={one} />
        ))}
        {typing?.after === last && <CitizenTypes key={typing.times} />}
      </div>
      {!isAtEnd && (
        <IconButton
          icon="down"
          label={t.talk.below}
          className="below"
          onPress={() => {
            box.current!.scrollTop = box.current!.scrollHeight;
          }}
        />
      )}
    </div>
  );
}

/** Seen and not announced: a live region would interrupt at every key. */
function CitizenTypes() {
  const t = useWords();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), TYPING_MS);
    return () => clearTimeout(timer);
  }, []);
  if (isOver) return null;
  return (
    <p className="citizen-types" aria-live="off">
      {t.talk.citizenTypes}
    </p>
  );
}
