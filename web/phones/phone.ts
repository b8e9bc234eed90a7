/**
 * One telephone on the page: shows the thread the carrier keeps for its number, and sends what
 * is typed, tapped, photographed or pinned. Everything from outside is set as text, never as HTML.
 */
import type { Words } from './words';

export interface Bubble {
  sid: string;
  isMine: boolean;
  text: string;
  status: string;
  at: string;
  pictures: string[];
  links: string[];
  buttons: string[];
  list: { button: string; items: Array<{ item: string; description?: string }> } | null;
}

export interface PhoneOptions {
  channel: 'sms' | 'whatsapp';
  label: string;
  number: string;
  town: { id: string; sender: string };
  language: string;
  words: Words;
  /** Where a dropped pin lies; no pin without one. */
  place?: { latitude: number; longitude: number };
}

const LOOK_EVERY_MS = 800;

export function createPhone({ channel, label, number, town, language, words, place }: PhoneOptions) {
  const which = { town: town.id, channel, number };
  const query = new URLSearchParams(which);
  const id = (name: string) => `${channel}-${number.slice(1)}-${name}`;
  const root = make('section', { className: `phone ${channel}` });
  root.setAttribute('aria-labelledby', id('title'));
  const isOn = make('input', { type: 'checkbox', checked: true, id: id('network') });
  const network = make('label', { className: 'network', htmlFor: isOn.id }, isOn, words.network);
  const title = make('span', { id: id('title') }, label, make('small', {}, `${number} ${words.writesTo} ${town.sender}`));
  const thread = make('ol', { className: 'thread' });
  const log = make('div', { className: 'log', tabIndex: 0, lang: language }, thread);
  log.setAttribute('role', 'log');
  log.setAttribute('aria-label', `${label} : ${words.thread}`);
  const trouble = make('p', { className: 'trouble' });
  trouble.setAttribute('role', 'alert');
  const text = make('textarea', { rows: 1, maxLength: 1600, id: id('text'), placeholder: words.type });
  const file = make('input', { type: 'file', accept: 'image/*,application/pdf', className: 'hidden' });
  const pin = make('button', { type: 'button', hidden: !place }, words.pin);
  const composer = make(
    'form',
    { className: 'composer' },
    make('label', { className: 'hidden', htmlFor: text.id }, words.type),
    text,
    make('label', { className: 'file' }, words.picture, file),
    pin,
    make('button', { type: 'submit' }, words.send),
  );
  root.append(make('h2', {}, title, network), log, trouble, composer);

  let shown = '';
  let timer: number | undefined;
  let isGone = false;
  const outgoing = new Set<string>();

  /** One try; what is typed while the network is off waits in the carrier until it is on again. */
  async function post(path: string, init: RequestInit, pending: string): Promise<void> {
    outgoing.add(pending);
    void look();
    try {
      const response = await fetch(`/demo/carrier/${path}`, { method: 'POST', ...init });
      const { isHeard } = (await response.json()) as { isHeard?: boolean };
      trouble.textContent = response.ok && isHeard !== false ? '' : words.unheard;
    } catch {
      trouble.textContent = words.unreachable;
    }
    outgoing.delete(pending);
    await look();
  }
  const json = (body: object): RequestInit => ({
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...which, ...body }),
  });

  composer.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = text.value.trim();
    if (!typed) return;
    text.value = '';
    void post('messages', json({ text: typed }), typed);
  });
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    composer.requestSubmit();
  });
  file.addEventListener('change', () => {
    const [picture] = file.files ?? [];
    file.value = '';
    if (picture) void post(`pictures?${query}`, { headers: { 'Content-Type': picture.type }, body: picture }, picture.name);
  });
  pin.addEventListener('click', () => void post('messages', json({ pin: place }), words.pin));
  isOn.addEventListener('change', () => {
    fetch('/demo/carrier/network', { method: 'POST', ...json({ isOn: isOn.checked }) }).then(look, () => {
      trouble.textContent = words.unreachable;
    });
  });

  async function look(): Promise<void> {
    window.clearTimeout(timer);
    if (isGone) return;
    try {
      const response = await fetch(`/demo/carrier/messages?${query}`);
      const seen = (await response.json()) as { isOn: boolean; messages: Bubble[] };
      isOn.checked = seen.isOn;
      show(seen.messages, seen.isOn);
    } catch {
      trouble.textContent = words.unreachable;
    }
    if (!isGone) timer = window.setTimeout(look, LOOK_EVERY_MS);
  }

  function show(bubbles: Bubble[], isConnected: boolean): void {
    const waiting = isConnected ? [] : [...outgoing];
    const now = JSON.stringify([bubbles, waiting]);
    if (now === shown) return;
    shown = now;
    const last = bubbles.findLast(({ isMine }) => !isMine)?.sid;
    thread.replaceChildren(
      ...bubbles.map((bubble) => draw(bubble, bubble.sid === last)),
      ...waiting.map((typed) => make('li', { className: 'bubble mine' }, make('p', {}, typed), make('small', {}, words.waiting))),
    );
    log.scrollTop = log.scrollHeight;
  }

  function draw(bubble: Bubble, isLast: boolean): HTMLElement {
    const at = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(new Date(bubble.at));
    const said = bubble.text || (bubble.pictures.length ? words.sentPicture : bubble.isMine ? words.sentPin : '');
    const item = make('li', { className: bubble.isMine ? 'bubble mine' : 'bubble' }, make('p', {}, said));
    for (const href of bubble.links)
      item.append(make('a', { href, textContent: href, target: '_blank', rel: 'noopener noreferrer' }));
    if (bubble.buttons.length)
      item.append(make('div', { className: 'taps' }, ...bubble.buttons.map((title) => tap(title, isLast))));
    if (bubble.list) {
      const items = bubble.list.items.map(({ item: title, description }) => tap(title, isLast, description));
      item.append(make('details', { className: 'taps' }, make('summary', {}, bubble.list.button), ...items));
    }
    item.append(make('small', {}, [at, words.status[bubble.status]].filter(Boolean).join(' · ')));
    return item;
  }

  function tap(title: string, isLast: boolean, description?: string): HTMLElement {
    const button = make(
      'button',
      { type: 'button', disabled: !isLast },
      title,
      ...(description ? [make('small', {}, description)] : []),
    );
    button.addEventListener('click', () => void post('messages', json({ tap: title }), title));
    return button;
  }

  void look();
  return {
    root,
    remove() {
      isGone = true;
      window.clearTimeout(timer);
      root.remove();
    },
  };
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: Array<Node | string>
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
