// The keyboard of the desk. Letters work outside fields only, without Alt or Ctrl, and can be turned off (WCAG 2.1.4); digits
// are read by their place, since French keyboards type them with Shift; every other sign by what it types, so `/` is `/` anywhere.
import { useEffect } from 'react';
import { current } from './state/store';

type Bindings = Record<string, (() => void) | undefined>;

const layers: Array<{ bindings: Bindings }> = [];
const SEQUENCE_MS = 1500;
let prefix = '';
let prefixUntil = 0;

/** Where what is typed is text, part of a date, or the beginning of an entry of a list. */
const FIELDS = 'input, textarea, [contenteditable], [role=spinbutton], .select, .select-list';
export const isTypedInto = (target: EventTarget | null) => target instanceof Element && target.closest(FIELDS) !== null;

/** Where arrows and letters already mean something. */
const OTHERS = '[role=menu], [role=listbox]:not([data-desk-keys]), [role=dialog], [role=radiogroup], [role=tablist]';

function nameOf(event: KeyboardEvent): string {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (event.key === '/' || event.key === '?') return event.key;
  if (digit) return digit;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target as Element;
  const name = nameOf(event);
  if (isTypedInto(target) || document.querySelector('[role=dialog], [role=menu]')) return;
  if (target.closest(OTHERS) && name.length > 1) return;
  if (name.length === 1 && !current().me?.settings.keys) return;
  if (name === 'g' && !prefix) {
    prefix = 'g';
    prefixUntil = event.timeStamp + SEQUENCE_MS;
    return;
  }
  const whole = prefix && event.timeStamp < prefixUntil ? `${prefix} ${name}` : name;
  prefix = '';
  for (const { bindings } of [...layers].reverse()) {
    const does = bindings[whole];
    if (!does) continue;
    event.preventDefault();
    does();
    return;
  }
}

addEventListener('keydown', pressed);

/** These keys do this while the view is shown; a later view's win. */
export function useKeys(bindings: Bindings): void {
  useEffect(() => {
    const layer = { bindings };
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  });
}
