// The conversation as the citizen sees and hears it: a `role="log"` that stands in the page before the first message
// (W3C technique ARIA23), each message in its own language, each of the citizen's own with how far it has got.

import { drawThumbnail } from '../attach/photo';
import { el, icon, nameButton } from '../element';
import type { Button, Call, Card, SharedFile } from '../line/incoming';
import type { Letter, LetterState } from '../line/letter';
import type { Words } from '../words';
import { copyText, type Fold, type Look, link, richText } from './rich-text';

/** Messages that come this close together are one answer. */
const SAME_BREATH_MS = 3_000;
/** So close together their times of day would say nothing new. */
const SAME_MINUTE_MS = 60_000;

export interface Shown {
  key: string;
  author: 'citizen' | 'assistant' | 'agent';
  agentName?: string;
  at: Date;
  text: string;
  isMarkdown?: boolean;
  fold?: Fold;
  names?: Look['names'];
  language?: string;
  isUrgent?: boolean;
  isWithPerson?: boolean;
  calls?: Call[];
  cards: Card[];
  files: Array<SharedFile & { file?: File }>;
  place?: { metres?: number };
  state?: LetterState;
}

interface Parts {
  words(): Words;
  language(): string;
  press(button: Button): void;
  retry(key: string): void;
  say(text: string): void;
}

interface Log {
  element: HTMLElement;
  shown(): readonly Shown[];
  add(message: Shown): void;
  /** `why` it was refused, in words. */
  setState(key: string, state: LetterState, canRetry: boolean, why?: string): void;
  notice(text: string): void;
  /** It has been moved in the page, and stands where it stood. */
  settle(): void;
  clear(): void;
}

export function authorOf({ author, agentName }: Pick<Shown, 'author' | 'agentName'>, words: Words): string {
  if (author === 'citizen') return words.you;
  return author === 'agent' ? words.agent(agentName) : words.assistant;
}

/** A citizen's own message as it is shown before the server has it. */
export function shownLetter({ id, activity, at, file, fileName }: Letter): Shown {
  const place = activity.entities?.find((entity) => entity.type === 'Place') as { geo: { accuracy?: number } } | undefined;
  const pressed = activity.channelData?.messageBack as { displayText: string } | undefined;
  return {
    key: id,
    author: 'citizen',
    at: new Date(at),
    text: pressed?.displayText ?? activity.text ?? '',
    cards: [],
    files: fileName ? [{ name: fileName, isImage: !!file?.type.startsWith('image/'), file }] : [],
    place: place && { metres: place.geo.accuracy },
  };
}

export function createLog({ words, language, press, retry, say }: Parts): Log {
  const element = el('div', { class: 'log', role: 'log', tabindex: 0, 'aria-labelledby': 'log-title' });
  const below = el('button', { type: 'button', class: 'tool below', hidden: true, onclick: readOn }, icon('down'));
  const frame = el('div', { class: 'talk' }, element, below);
  let messages: Shown[] = [];
  let lastAuthor = '';
  const progress = new Map<string, HTMLElement>();
  /** First of the messages to keep in view; none while the citizen is reading further up. */
  let anchor: HTMLElement | undefined;
  let addedAt = 0;
  let followedTo = 0;
  let scrolledTo = 0;

  /** Brings the newest into view, but never hides the beginning of what was said last. */
  function follow() {
    if (!anchor) return;
    // On low screens the panel scrolls as a whole, and the log with it.
    const isInner = getComputedStyle(element).overflowY !== 'visible';
    const scroller = isInner ? element : (element.closest('dialog') ?? element);
    const top = anchor.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop - 8;
    scroller.scrollTop = Math.min(scroller.scrollHeight - scroller.clientHeight, top);
    followedTo = element.scrollTop;
    showBelow();
  }

  const isAtEnd = () => element.scrollHeight - element.scrollTop - element.clientHeight < 40;

  function showBelow() {
    below.hidden = isAtEnd();
    nameButton(below, words().below);
  }

  function readOn() {
    anchor = element.lastElementChild as HTMLElement;
    element.scrollTop += element.clientHeight * 0.85;
    element.focus();
  }

  function append(item: HTMLElement, startsAnew: boolean) {
    const now = Date.now();
    if (startsAnew || (anchor && now - addedAt > SAME_BREATH_MS)) anchor = item;
    addedAt = now;
    element.append(item);
    follow();
  }

  // Replies to press make the log shorter, opening the panel gives it a size: the newest stays in view.
  new ResizeObserver(follow).observe(element);
  element.addEventListener('scroll', () => {
    showBelow();
    scrolledTo = element.scrollTop;
    // Someone who has scrolled up to read again is not pulled down by what comes next.
    if (isAtEnd()) anchor ??= element.lastElementChild as HTMLElement | undefined;
    else if (Math.abs(element.scrollTop - followedTo) > 2) anchor = undefined;
  });

  function file(shared: Shown['files'][number]): HTMLElement {
    const name = shared.name || words().file;
    const looks = el('span', { class: 'file' }, icon(shared.isImage || shared.file ? 'photo' : 'file'), name);
    if (shared.file) drawThumbnail(shared.file, name).then((canvas) => canvas && looks.replaceWith(canvas));
    if (!shared.url) return looks;
    const open = el('a', { class: 'file', href: shared.url, target: '_blank', rel: 'noopener noreferrer' });
    if (shared.isImage) open.append(el('img', { src: shared.url, alt: name, loading: 'lazy' }));
    else open.append(icon('file'), name);
    open.append(el('span', { class: 'unseen' }, ` ${words().newTab}`));
    return open;
  }

  const lookOf = (isOurs: boolean, isMarkdown: boolean, names?: Look['names']): Look => ({
    words: words(),
    isOurs,
    isMarkdown,
    names,
    copy: async (reference) => say((await copyText(reference, frame)) ? words().copied(reference) : words().notCopied),
  });

  /** Numbers to dial stay in the message that says them, however long the talk becomes. */
  function callsOf(calls: Call[]): HTMLElement {
    const dial = ({ title, address }: Call) =>
      el('a', { class: 'call', href: address }, icon('call'), el('span', { class: 'unseen' }, `${words().call} `), title);
    return el('div', { class: 'calls', lang: language() }, ...calls.map(dial));
  }

  function card({ title, text, buttons }: Card): HTMLElement {
    const pressed = (button: Button) =>
      button.kind === 'openUrl'
        ? link(button.value, button.title, words().newTab, 'choice')
        : el('button', { type: 'button', class: 'choice', onclick: () => press(button) }, button.title);
    return el(
      'div',
      { class: 'card' },
      title && el('strong', {}, title),
      ...(text ? richText(text, lookOf(true, false)) : []),
      buttons.length > 0 && el('div', { class: 'buttons' }, ...buttons.map(pressed)),
    );
  }

  function add(message: Shown) {
    const { text, place, calls = [] } = message;
    const isOurs = message.author !== 'citizen';
    const author = authorOf(message, words());
    const time = new Intl.DateTimeFormat(words().locale, { hour: '2-digit', minute: '2-digit' }).format(message.at);
    const meta = el('span', { class: 'progress' });
    const previous = messages[messages.length - 1];
    // What was said in one breath has one time, under the last of it.
    const isBreath = isOurs && author === lastAuthor && !!previous && +message.at - +previous.at < SAME_MINUTE_MS;
    if (isBreath) element.lastElementChild?.classList.add('goes-on');
    const item = el(
      'div',
      { class: `message ${message.author}${message.isUrgent ? ' urgent' : ''}` },
      el('p', { class: author === lastAuthor ? 'unseen' : 'author', lang: language() }, author),
      el(
        'div',
        { class: 'bubble', lang: message.language ?? language() },
        message.isUrgent && el('p', { class: 'alert', lang: language() }, icon('alert'), words().danger),
        ...(text ? richText(text, lookOf(isOurs, !!message.isMarkdown, message.names), message.fold) : []),
        calls.length > 0 && callsOf(calls),
        place && el('p', { class: 'file', lang: language() }, icon('place'), words().placeShared(place.metres)),
        ...message.cards.map(card),
        ...message.files.map(file),
      ),
      el(
        'p',
        { class: 'meta', lang: language(), 'aria-live': 'off' },
        el('time', { datetime: message.at.toISOString() }, time),
        meta,
      ),
    );
    const isFirstReply = !!anchor && message.author !== messages[messages.length - 1]?.author;
    lastAuthor = author;
    messages.push(message);
    progress.set(message.key, meta);
    append(item, message.author === 'citizen' || isFirstReply || messages.length === 1);
  }

  return {
    element: frame,
    shown: () => messages,
    add,
    setState(key, state, canRetry, why) {
      const meta = progress.get(key);
      const message = messages.find((one) => one.key === key);
      if (!meta || !message) return;
      message.state = state;
      meta.textContent = (state === 'refused' && why) || words()[state];
      meta.className = `progress ${state}`;
      if (state === 'failed' && canRetry) {
        const again = () => retry(key);
        meta.append(el('button', { type: 'button', class: 'retry', onclick: again }, words().retry));
      }
    },
    notice(text) {
      lastAuthor = '';

      append(el('p', { class: 'notice', lang: language() }, text), true);
    },
    settle() {
      element.scrollTop = scrolledTo;
    },
    clear() {
      messages = [];
      lastAuthor = '';
      progress.clear();
      element.replaceChildren();
    },
  };
}
