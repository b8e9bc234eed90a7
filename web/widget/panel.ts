// The launcher and the panel: what stands on the town's page. Beside the page on a large screen, and the page stays
// in reach; over it on a small one, where everything behind is put out of reach until it is closed.
import { el, icon, nameButton } from './element';
import type { Words } from './words';

const TYPING_MS = 8_000;
/** Small enough that the panel fills the screen: phones, and 400 % zoom on a desktop. Mirrors the style sheet. */
const SMALL = '(max-width: 30em), (max-height: 30em)';

interface Parts {
  words(): Words;
  /** From top to bottom, between the header and the writing box. */
  middle: HTMLElement[];
  tools: HTMLElement[];
  send(text: string): void;
  person(): void;
  /** Words stand in the writing box, and change. */
  typed(): void;
  switchLanguage(): void;
  download(): void;
  /** The page of what the law wants published, in a language. */
  legalPage(language: string): string;
  restart(): void;
  opened(): void;
  closed(): void;
  /** Escape was pressed: true when something inside took it. */
  escape(): boolean;
}

interface Panel {
  element: HTMLElement;
  isOpen(): boolean;
  /** `quietly`: as it was before a reload; beside the page it leaves the focus where it is, over the page it takes it. */
  open(how?: 'quietly'): void;
  /** It has been moved in the page, which ends what only a browser knows of it: that it lies over the page, where the focus was. */
  settle(): void;
  focusText(): void;
  /** Puts words in the writing box, for the citizen to go on from and send. */
  draft(text: string): void;
  say(text: string, isProblem?: boolean): void;
  /** Who types, in words; nobody when empty, and after a while of silence. */
  setTyping(words: string): void;
  setBanner(text: string): void;
  setUnread(count: number): void;
  setTown(name: string): void;
  translate(language: string, other: { code: string; name: string } | undefined): void;
}

export function createPanel(parts: Parts): Panel {
  const small = window.matchMedia(SMALL);
  let unread = 0;
  let typingTimer: ReturnType<typeof setTimeout>;
  let townName = '';

  const badge = el('span', { class: 'badge', hidden: true });
  const launcherText = el('span');
  const launcher = el(
    'button',
    { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', onclick: () => open() },
    icon('chat'),
    launcherText,
    badge,
  );
  const outside = el('p', { class: 'unseen', role: 'status' });

  const title = el('h2', { id: 'title', tabindex: -1 });
  const kind = el('p', { class: 'kind' });
  const languageButton = el('button', { type: 'button', class: 'language', onclick: parts.switchLanguage });
  const moreButton = el(
    'button',
    { type: 'button', class: 'tool', 'aria-expanded': 'false', 'aria-controls': 'more', onclick: () => showMore(!!more.hidden) },
    icon('more'),
  );
  const closeButton = el('button', { type: 'button', class: 'tool', onclick: close }, icon('close'));
  const action = (act: () => void) => () => {
    showMore(false);
    moreButton.focus();
    act();
  };
  const downloadButton = el('button', { type: 'button', onclick: action(parts.download) });
  const restartButton = el('button', { type: 'button', onclick: action(parts.restart) });
  const legalLink = el('a', { target: '_blank', rel: 'noopener' });
  const more = el('div', { id: 'more', class: 'more', hidden: true }, downloadButton, restartButton, legalLink);
  const banner = el('p', { class: 'banner', hidden: true });
  const logTitle = el('h3', { id: 'log-title', class: 'unseen' });
  // Seen, and there to be read, but not announced: a live region would interrupt at every message.
  const typing = el('p', { class: 'typing', hidden: true });
  const note = el('p', { class: 'unseen', role: 'status' });
  const label = el('label', { class: 'unseen', for: 'text' });
  const text = el('textarea', { id: 'text', rows: 1, maxlength: 2000, oninput: written, onkeydown: enter });
  const personButton = el('button', { type: 'button', class: 'person', onclick: parts.person }, icon('person'), el('span'));
  const sendButton = el('button', { type: 'submit', class: 'tool send' }, icon('send'));
  const form = el(
    'form',
    { onsubmit: submit },
    personButton,
    el('div', { class: 'writing' }, ...parts.tools, label, text, sendButton),
  );
  const dialog = el(
    'dialog',
    { 'aria-labelledby': 'title', oncancel: leave, onclose: closed },
    el('header', {}, el('div', { class: 'name' }, title, kind), languageButton, moreButton, closeButton, more),
    banner,
    logTitle,
    ...parts.middle,
    typing,
    note,
    form,
  );
  dialog.addEventListener('keydown', (event) => event.key === 'Escape' && leave(event));
  const element = el('section', {}, launcher, outside, dialog);
  let focused: HTMLElement | undefined;
  const focusIn = () => (element.getRootNode() as Document | ShadowRoot).activeElement as HTMLElement | null;
  element.addEventListener('focusin', ({ target }) => {
    focused = target as HTMLElement;
  });
  // An element that is being moved loses the focus too; it is back on the page before this looks.
  element.addEventListener('focusout', () =>
    setTimeout(() => {
      if (element.isConnected && !focusIn()) focused = undefined;
    }),
  );

  function show(isQuiet: boolean) {
    // `show()` would move the focus; the bare attribute is the same panel without taking anyone away from the page.
    if (small.matches) dialog.showModal();
    else if (isQuiet) dialog.open = true;
    else dialog.show();
    launcher.hidden = true;
    launcher.setAttribute('aria-expanded', 'true');
  }
  function open(how?: 'quietly') {
    if (dialog.open) return;
    show(how === 'quietly');
    setUnread(0);
    parts.opened();
    // On a phone the keyboard would cover what the assistant has to say first.
    if (small.matches) title.focus();
    else if (!how) text.focus();
  }
  function close() {
    dialog.close();
  }
  function closed() {
    // Turning the screen closes and reopens the dialog in its other mode; by the time this runs it is open again.
    if (dialog.open) return;
    showMore(false);
    launcher.hidden = false;
    launcher.setAttribute('aria-expanded', 'false');
    launcher.focus();
    parts.closed();
  }
  function leave(event: Event) {
    event.preventDefault();
    if (!more.hidden) {
      showMore(false);
      moreButton.focus();
    } else if (!parts.escape()) close();
  }
  small.addEventListener('change', () => {
    if (!dialog.open) return;
    reopen(focusIn());
  });
  function reopen(focusOn: HTMLElement | null | undefined) {
    dialog.close();
    show(!focusOn);
    focusOn?.focus();
  }

  function showMore(isShown: boolean) {
    more.hidden = !isShown;
    moreButton.setAttribute('aria-expanded', String(isShown));
    if (isShown) downloadButton.focus();
  }
  function grow() {
    text.rows = 1;
    while (text.rows < 4 && text.scrollHeight > text.clientHeight) text.rows += 1;
  }
  function written() {
    grow();
    if (text.value.trim()) parts.typed();
  }
  function enter(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    submit(event);
  }
  function submit(event: Event) {
    event.preventDefault();
    const written = text.value.trim();
    text.value = '';
    grow();
    say('');
    parts.send(written);
    text.focus();
  }
  function say(words: string, isProblem = false) {
    note.className = isProblem ? 'note' : 'unseen';
    note.textContent = words;
    if (!dialog.open) outside.textContent = words;
  }
  function setTyping(words: string) {
    clearTimeout(typingTimer);
    typing.hidden = words === '';
    typing.textContent = words;
    if (words) typingTimer = setTimeout(() => setTyping(''), TYPING_MS);
  }
  function setUnread(count: number) {
    unread = count;
    badge.hidden = count === 0;
    const rest = el('span', { class: 'unseen' }, ` ${parts.words().unread(count).replace(/^\d+ /, '')}`);
    badge.replaceChildren(String(count), rest);
  }

  return {
    element,
    isOpen: () => dialog.open,
    open,
    settle() {
      if (dialog.open && small.matches) reopen(focused);
      else if (!focusIn()) focused?.focus();
    },
    focusText: () => text.focus(),
    draft(words) {
      text.value = words;
      grow();
      text.focus();
    },
    say,
    setTyping,
    setBanner(words) {
      banner.hidden = words === '';
      banner.textContent = words;
    },
    setUnread,
    setTown(name) {
      townName = name;
      title.textContent = name;
    },
    translate(language, other) {
      const words = parts.words();
      element.lang = language;
      element.setAttribute('aria-label', words.region);
      launcherText.replaceChildren(words.launcher, el('span', { class: 'unseen' }, ` ${words.open}.`));
      title.textContent = townName || words.title;
      kind.textContent = words.automatic;
      languageButton.hidden = !other;
      if (other) {
        languageButton.lang = other.code;
        languageButton.textContent = other.name;
      }
      nameButton(moreButton, words.more);
      nameButton(closeButton, words.close);
      downloadButton.textContent = words.download;
      restartButton.textContent = words.restart;
      legalLink.textContent = words.legal;
      legalLink.href = parts.legalPage(language);
      logTitle.textContent = words.log;
      label.textContent = words.message;
      text.placeholder = words.placeholder;
      (personButton.lastChild as HTMLElement).textContent = words.person;
      nameButton(sendButton, words.send);
      setUnread(unread);
    },
  };
}
