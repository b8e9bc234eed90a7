// The border of a pane, which can be moved: by pointer, by arrow keys; a double click puts it back. A window splitter of the
// ARIA Authoring Practices: its value is the pane's width.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { PANE_WIDTH } from '../../../src/domain/desk/agent';

/** Of an arrow key, in rem. */
const STEP = 1;

/** Of the desk's panes, in rem: as chosen in the settings, where no border needs to be dragged. */
export const WIDTHS = {
  narrow: { list: 17, citizen: 16 },
  usual: { list: 21, citizen: 19 },
  wide: { list: 26, citizen: 24 },
};

interface BorderProps {
  label: string;
  /** On which side of the border the pane stands. */
  side: 'start' | 'end';
  /** Of the pane, in rem. */
  width: number;
  /** What it is without the agent's doing. */
  usual: number;
  /** While it is moved. */
  move(width: number): void;
  /** Once it stays. */
  keep(width: number): void;
}

const within = (width: number) => Math.min(PANE_WIDTH.most, Math.max(PANE_WIDTH.least, Math.round(width * 4) / 4));

export function Border({ label, side, width, usual, move, keep }: BorderProps) {
  const held = useRef<{ x: number; width: number } | undefined>(undefined);
  const grows = side === 'start' ? 1 : -1;
  const widthAt = ({ clientX }: PointerEvent, from: { x: number; width: number }) => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    return within(from.width + (grows * (clientX - from.x)) / rem);
  };

  function press(event: KeyboardEvent): void {
    const wished: Record<string, number> = {
      ArrowLeft: width - grows * STEP,
      ArrowRight: width + grows * STEP,
      Home: PANE_WIDTH.least,
      End: PANE_WIDTH.most,
    };
    const next = wished[event.key];
    if (next === undefined) return;
    event.preventDefault();
    keep(within(next));
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved has no element of its own
    <div
      role="separator"
      className={`pane-border at-${side}`}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={PANE_WIDTH.least}
      aria-valuemax={PANE_WIDTH.most}
      tabIndex={0}
      onKeyDown={press}
      onDoubleClick={() => keep(usual)}
      onPointerDown={(event) => {
        held.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => held.current && move(widthAt(event, held.current))}
      onPointerUp={(event) => {
        const from = held.current;
        held.current = undefined;
        if (from && event.clientX !== from.x) keep(widthAt(event, from));
      }}
      onPointerCancel={() => {
        held.current = undefined;
        move(width);
      }}
    />
  );
}
