// What the embedding page says: which town, in which language, how long to remember. On the script tag, in the script's own
// address, or in `window.guichet`, because tag managers (Google's among them) strip `data-` attributes from what they insert.
import { object, string } from './line/incoming';
import { chooseLanguage } from './words';

export interface Options {
  /** Origin of the Guichet server: where the script itself came from. */
  server: string;
  town: string;
  language: string;
  /** `session` (default): forgotten when the tab closes. `device`: kept on this device. */
  remember: 'session' | 'device';
  /** Of the script tag, for browsers that need a style element. */
  nonce: string;
}

const SETTINGS = ['town', 'lang', 'remember'] as const;

/** `<script src="…/widget.js" data-town="…">`, `…/widget.js?town=…`, `window.guichet = {town: '…'}`: the first that says it counts. */
export function readOptions(script: HTMLScriptElement): Options {
  const address = new URL(script.src);
  // An element of the page with the id "guichet" is `window.guichet` too: only plain words count.
  const page = object((window as { guichet?: unknown }).guichet);
  const [town, lang, remember] = SETTINGS.map(
    (name) => script.dataset[name] || address.searchParams.get(name) || string(page[name]),
  );
  if (!town || !/^[a-z0-9-]+$/.test(town)) {
    throw new Error(
      'Guichet: which town? Write data-town="…" on the script tag, or ?town=… after widget.js, or window.guichet = {town: "…"} before it: the id of a town on this server (a-z, 0-9, -).',
    );
  }
  return {
    server: address.origin,
    town,
    language: chooseLanguage([lang, document.documentElement.lang, ...(navigator.languages ?? [])]),
    remember: remember === 'device' ? 'device' : 'session',
    nonce: script.nonce,
  };
}

/** The tag that runs this; tag managers and page routers run scripts that no longer know it. */
export function ownScript(): HTMLScriptElement | null {
  return document.currentScript instanceof HTMLScriptElement
    ? document.currentScript
    : (Array.from(document.querySelectorAll<HTMLScriptElement>('script[src*="/widget.js"]')).pop() ?? null);
}
