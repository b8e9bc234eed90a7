// Builds what citizens see, node by node. Text only ever becomes a text node and there is no way in for markup
// or style attributes, so nothing that a message contains can be interpreted, and a strict CSP is enough.

type Child = Node | string | null | undefined | false;
type Setting = string | number | boolean | null | undefined | ((event: never) => void);

/** `el('button', {type: 'button', onclick: press, hidden: true}, 'Send')`: false, null and undefined settings are left out. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  settings: Record<string, Setting> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** What a button that shows a drawing alone is called: by a screen reader, and where a mouse rests on it. */
export function nameButton(button: HTMLButtonElement, name: string): void {
  button.setAttribute('aria-label', name);
  button.title = name;
}

const outlines = {
  chat: 'M4 5h16v11H9l-5 4z M8 9h8 M8 12h5',
  close: 'M6 6l12 12 M18 6L6 18',
  more: 'M4 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0z M11 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0z M18 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0z',
  send: 'M4 12L20 4l-5 16-3.5-6.5z M11.5 13.5L20 4',
  photo: 'M4 7h4l2-2h4l2 2h4v12H4z M12 16a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z',
  place: 'M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21z M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  down: 'M12 5v14 M6 13l6 6 6-6',
  person: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4 21c0-4 3.5-7 8-7s8 3 8 7',
  copy: 'M9 8h11v13H9z M15 8V3H4v13h5',
  alert: 'M12 3L2.5 20h19z M12 10v4.5 M12 17.3v.2',
  call: 'M6 3h4l1.5 5-2.5 1.8a12 12 0 0 0 5.2 5.2l1.8-2.5 5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z',
  file: 'M7 3h7l4 4v14H7z M14 3v4h4',
};

/** A decorative line drawing in the colour of the text around it. */
export function icon(name: keyof typeof outlines): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(space, 'svg');
  const line = document.createElementNS(space, 'path');
  line.setAttribute('d', outlines[name]);
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  drawing.append(line);
  return drawing;
}
