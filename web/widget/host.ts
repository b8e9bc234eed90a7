// The element `guichet-widget`. A page has one chat, whatever its router does: Turbo and htmx put whole pages in the place of
// others and run the script again, snapshots hold copies of the element. The chat moves into the element that is on the page,
// with its conversation, its words half typed and its one stream; taken off the page by itself, it falls silent.
import type { Chat } from './chat';
import { looks } from './looks';
import type { Options } from './options';

export const HOST = 'guichet-widget';
/** From one place to another it is not gone. */
const GONE_AFTER_MS = 1_000;
/** What is done in the chat is not for the shortcuts of the page, which sees one element that is no writing box. */
const OWN_EVENTS = ['keydown', 'keypress', 'keyup', 'cut', 'copy', 'paste'];

export type CreateChat = (options: Options, paint: (colour: string) => void) => Chat;

export interface WidgetClass extends CustomElementConstructor {
  mount(options: Options): void;
}

/** Defines the element, once a page; `mount` puts it there, or finds that it is. */
export function defineHost(createChat: CreateChat): WidgetClass {
  const dress = createDress();
  let options: Options | undefined;
  let chat: Chat | undefined;
  /** The element that shows the chat. */
  let bearer: HTMLElement | undefined;
  let going: ReturnType<typeof setTimeout>;

  function arrive(host: HTMLElement) {
    if (!chat || !options || (bearer !== host && bearer?.isConnected)) return;
    clearTimeout(going);
    if (bearer !== host) {
      bearer = host;
      // Routers that morph a page into the next leave such an element where it is.
      host.dataset.turboPermanent = '';
      const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
      for (const type of OWN_EVENTS) root.addEventListener(type, (event) => event.stopPropagation());
      dress.put(root, options.nonce);
    }
    bearer.shadowRoot?.append(chat.element);
    chat.connect();
  }

  function leave(host: HTMLElement) {
    if (host !== bearer) return;
    const other = document.querySelector<HTMLElement>(HOST);
    if (other) return arrive(other);
    going = setTimeout(() => bearer?.isConnected || chat?.disconnect(), GONE_AFTER_MS);
  }

  class Widget extends HTMLElement {
    connectedCallback() {
      arrive(this);
    }
    disconnectedCallback() {
      leave(this);
    }
    static mount(wanted: Options) {
      if (wanted.town !== options?.town || wanted.server !== options.server) {
        chat?.disconnect();
        chat?.element.remove();
        options = wanted;
        chat = createChat(wanted, dress.paint);
      }
      chat?.prefer(wanted.language);
      const there = document.querySelector<HTMLElement>(HOST);
      if (there) return arrive(there);
      document.body.append(bearer ?? document.createElement(HOST));
      keepOnPage(() => bearer);
    }
  }
  return Widget;
}

let isKept = false;

/**
 * Whoever replaces what the page consists of did not mean the chat: it comes back. Taken away alone, it stays away.
 * (An element that stands in the page's own HTML is the page's affair: there the next page has its own, or none.)
 */
function keepOnPage(host: () => HTMLElement | undefined) {
  if (isKept) return;
  isKept = true;
  let body = document.body;
  const observer = new MutationObserver((records) => {
    const wasReplaced = document.body !== body;
    body = document.body;
    watch();
    const own = host();
    if (!own || !body || document.querySelector(HOST)) return;
    const isElement = (node: Node) => node instanceof Element && node !== own;
    const alsoChanged = records.some(({ removedNodes, addedNodes }) => [...removedNodes, ...addedNodes].some(isElement));
    if (wasReplaced || alsoChanged) body.append(own);
  });
  function watch() {
    for (const node of [document, document.documentElement, document.body]) if (node) observer.observe(node, { childList: true });
  }
  watch();
}

/** Constructed style sheets need no CSP exception. Safari before 16.4 lacks them and gets a <style> with the script's nonce. */
function createDress() {
  const canConstruct = 'adoptedStyleSheets' in ShadowRoot.prototype;
  const [sheet, theme] = canConstruct ? [new CSSStyleSheet(), new CSSStyleSheet()] : [];
  sheet?.replaceSync(looks);
  let colour = '';
  let style: HTMLStyleElement | undefined;
  const rule = () => (colour ? `:host{--guichet-town-colour:${colour}}` : '');
  return {
    put(root: ShadowRoot, nonce: string) {
      if (sheet && theme) root.adoptedStyleSheets = [sheet, theme];
      else {
        style = Object.assign(document.createElement('style'), { nonce, textContent: looks + rule() });
        root.replaceChildren(style);
      }
    },
    paint(wanted: string) {
      colour = wanted;
      theme?.replaceSync(rule());
      style?.append(rule());
    },
  };
}
