// One of many, in a list that opens: the desk's own dress for what a browser draws otherwise on every machine. Keys, the
// letters one types to find an entry, and what a screen reader says are React Aria's.
import { useId } from 'react';
import { Select as AriaSelect, Button, Label, ListBox, ListBoxItem, Popover, SelectValue, Text } from 'react-aria-components';
import { Icon } from './icon';

/** React Aria names no entry with nothing. */
const NONE = '·';

interface SelectProps {
  label: string;
  /** Its name is read, and not seen. */
  isLabelUnseen?: boolean;
  hint?: string;
  value: string;
  /** Each by its id, which may be empty: 'all of them'. */
  options: ReadonlyArray<readonly [id: string, name: string, hint?: string]>;
  choose(id: string): void;
  isDisabled?: boolean;
  /** What stands there while nothing is chosen. */
  placeholder?: string;
  /** These cannot be chosen now. */
  disabled?: readonly string[];
}

export function Select({ label, isLabelUnseen, hint, value, options, choose, disabled = [], ...rest }: SelectProps) {
  const id = useId();
  const isKnown = options.some(([one]) => one === value);
  return (
    <AriaSelect
      {...rest}
      className="field select"
      value={isKnown ? value || NONE : null}
      onChange={(key) => choose(key === NONE || key === null ? '' : String(key))}
      disabledKeys={disabled}
    >
      <Label className={isLabelUnseen ? 'unseen' : 'field-label'}>{label}</Label>
      <Button className="select-button" id={id}>
        <SelectValue className="select-value" />
        <Icon name="down" />
      </Button>
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <Popover className="popover select-list" placement="bottom start">
        <ListBox className="menu" items={options.map(([key, name, more]) => ({ id: key || NONE, name, more }))}>
          {({ id: key, name, more }) => (
            <ListBoxItem id={key} textValue={name} className="menu-item">
              <span>{name}</span>
              {more && <span className="hint">{more}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
