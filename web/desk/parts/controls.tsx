// The controls every view is made of, in the desk's own dress: React Aria does what they do, the style sheet how they look.
import { type ReactNode, useId } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Dialog,
  Heading,
  Label,
  Modal,
  ModalOverlay,
  Radio,
  RadioGroup,
  Text,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import { useWords } from '../words';
import { Icon, type IconName } from './icon';

interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className'> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  icon?: IconName;
  children: ReactNode;
  /** The key that does the same, shown to those who use keys. */
  keyHint?: string;
  className?: string;
}

export function Button({ look = 'plain', icon, children, keyHint, className = '', ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={`button ${look} ${className}`}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {keyHint && <Key>{keyHint}</Key>}
    </AriaButton>
  );
}

/** A key as it is printed; not read out, since it is no part of the button's name. */
export function Key({ children }: { children: string }) {
  return (
    <span className="key" aria-hidden="true">
      {children}
    </span>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className'> {
  icon: IconName;
  label: string;
  className?: string;
}

/** A button that is a sign alone: its name is read, and shown when it is looked at. */
export function IconButton({ icon, label, className = '', ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton {...rest} aria-label={label} className={`icon-button ${className}`}>
        <Icon name={icon} />
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}

interface WindowProps {
  title: string;
  isOpen: boolean;
  onClose(): void;
  children: ReactNode;
  wide?: boolean;
}

/** A dialog over the page; Escape and a press beside it close it. */
export function Window({ title, isOpen, onClose, children, wide = false }: WindowProps) {
  const t = useWords();
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable className="veil">
      <Modal className={`window ${wide ? 'wide' : ''}`}>
        <Dialog className="dialog">
          <header>
            <Heading slot="title">{title}</Heading>
            <IconButton icon="close" label={t.close} onPress={onClose} />
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface ChoiceProps {
  label: string;
  hint?: string;
  value: string;
  /** What each is called, by its id. */
  options: Record<string, string>;
  choose(value: string): void;
}

/** One of a few, all in sight; arrows move along them. */
export function Choice({ label, hint, value, options, choose }: ChoiceProps) {
  return (
    <RadioGroup className="choice" value={value} onChange={choose}>
      <Label>{label}</Label>
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <div className="choices">
        {Object.entries(options).map(([id, name]) => (
          <Radio key={id} value={id} className="choice-option">
            <span className="radio" aria-hidden="true" /> {name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** Why something could not be loaded, and how to try again; nothing where it was. */
export function Failed({ fault, retry }: { fault?: string; retry(): void }) {
  const t = useWords();
  if (!fault) return null;
  return (
    <div className="failed" role="alert">
      <p>{fault}</p>
      <Button onPress={retry}>{t.retry}</Button>
    </div>
  );
}

interface FieldProps {
  label: string;
  hint?: string;
  /** What is filled in, by the id of its label and that of its hint. */
  children(id: string, hintId?: string): ReactNode;
}

/** Something to fill in under its name, with a word of help. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id, hintId)}
      {hint && (
        <span className="hint" id={hintId}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** What is seen where there is nothing, or where something failed: never a bare panel. */
export function Empty({ words: [title, advice], children }: { words: [string, string]; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      <p>{advice}</p>
      {children}
    </div>
  );
}
