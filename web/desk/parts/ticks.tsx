// Boxes to tick, in the desk's own dress: React Aria does what they do, and says it to a screen reader.
import { type ReactNode, useRef } from 'react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';

interface TickProps {
  /** What is read where nothing is written beside it. */
  label?: string;
  isSelected: boolean;
  /** Some of what it stands for is chosen. */
  isPartly?: boolean;
  /** @param isReach everything from the one before is meant: the shift key was held. */
  change(isSelected: boolean, isReach: boolean): void;
  children?: ReactNode;
}

export function Tick({ label, isSelected, isPartly = false, change, children }: TickProps) {
  const isReach = useRef(false);
  const note = ({ shiftKey }: { shiftKey: boolean }) => {
    isReach.current = shiftKey;
  };
  return (
    <span className="tick-place" onPointerDownCapture={note} onKeyDownCapture={note}>
      <Checkbox
        className="tick-box"
        aria-label={label}
        isSelected={isSelected}
        isIndeterminate={isPartly}
        onChange={(chosen) => change(chosen, isReach.current)}
      >
        <span className="tick" aria-hidden="true" />
        {children && <span>{children}</span>}
      </Checkbox>
    </span>
  );
}

interface TicksProps {
  label: string;
  options: ReadonlyArray<readonly [id: string, name: string, hint?: string]>;
  value: string[];
  choose(ids: string[]): void;
}

/** Any of several, all in sight. */
export function Ticks({ label, options, value, choose }: TicksProps) {
  return (
    <CheckboxGroup className="choice" value={value} onChange={choose}>
      <Label>{label}</Label>
      <div className="choices">
        {options.map(([id, name, hint]) => (
          <Checkbox key={id} value={id} className="choice-option">
            <span className="tick" aria-hidden="true" /> {name} {hint && <span className="hint">{hint}</span>}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}
