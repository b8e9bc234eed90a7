// What a town embeds: <script src="https://…/widget.js" data-town="bellerive" defer></script>. Puts a launcher on the
// page, apart from the page's own styles, and does nothing else until a citizen presses it. README.md is its manual.
import { createChat } from './chat';
import { readOptions } from './options';
// @ts-expect-error -- the bundler hands style sheets over as text (tools/build.mjs)
import css from './widget.css';

const HOST = 'guichet-widget';

function mount(script: HTMLScriptElement) {
  if (document.querySelector(HOST)) return;
  const host = document.createElement(HOST);
  const root = host.attachShadow({ mode: 'open' });
  const paint = dress(root, script.nonce);
  const chat = createChat(readOptions(script), (colour) => paint(`:host{--guichet-town-colour:${colour}}`));
  root.append(chat.element);
  document.body.append(host);

  // Any element of the page may open the chat: `data-guichet-open`, with words to start from as its value if wished.
  document.addEventListener('click', (event) => {
    const opener = event.target instanceof Element && event.target.closest<HTMLElement>('[data-guichet-open]');
    if (!opener) return;
    event.preventDefault();
    chat.open(opener.dataset.guichetOpen);
  });
}

/** Constructed style sheets need no CSP exception. Safari before 16.4 lacks them and gets a <style> with the script's nonce. */
function dress(root: ShadowRoot, nonce: string): (rule: string) => void {
  if (!('adoptedStyleSheets' in root)) {
    const style = Object.assign(document.createElement('style'), { nonce, textContent: css });
    (root as ShadowRoot).append(style);
    return (rule) => style.append(rule);
  }
  const [looks, theme] = [new CSSStyleSheet(), new CSSStyleSheet()];
  looks.replaceSync(css);
  root.adoptedStyleSheets = [looks, theme];
  return (rule) => theme.replaceSync(rule);
}

const script = document.currentScript as HTMLScriptElement;
if (document.body) mount(script);
else document.addEventListener('DOMContentLoaded', () => mount(script));
