// A message is text. What is made of it are nodes: paragraphs, lists, links one can follow or call, references one can copy, a
// part behind a fold. What citizens write stays as they wrote it; only what the town says is dressed.
import { readReference } from '../../../src/domain/ticket/ticket';
import { el, icon } from '../element';
import { safeAddress } from '../line/incoming';
import type { Words } from '../words';

export interface Look {
  words: Words;
  /** The town's words, or a citizen's own. */
  isOurs: boolean;
  isMarkdown: boolean;
  /** What web addresses are called; others by their site. */
  names?: ReadonlyMap<string, string>;
  copy(reference: string): void;
}

export interface Fold {
  /** UTF-16 offset from where the text is folded away. */
  at: number;
  title: string;
}

// A web address up to a space, a phone number as the French and international writings have it,
// a reference, an e-mail address, or a short number of a national service in France (3919, 36 46).
// (No look-behind: Safari has it only since 16.4.)
const SPECIAL =
  /\[([^\]\n]{1,200})\]\((https?:\/\/[^\s()<>"]+)\)|(https?:\/\/[^\s<>"]+)|(^|[^\w+.-])((?:\+\d{1,3}|0)(?:[ .\u00a0\u202f-]?\d){8,12})(?![\w-])|\b([0-9A-Z]{4}-[0-9A-Z]{4})\b|([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)|\b(3\d[ \u00a0\u202f]?\d\d)(?![\w-]|[ \u00a0\u202f]?[\d€%]|[ \u00a0\u202f](?:euros?|m[²2]?)\b)/gi;
const TRAILING = /[.,;:!?)\]}»’'…]+$/;

/** A link out of the chat; `tel:` and `mailto:` stay in the page, everything else opens a tab that cannot reach back. */
export function link(address: string, text: string, newTab: string, looks?: string): HTMLElement {
  if (/^(tel|mailto):/.test(address)) return el('a', { href: address, class: looks }, text);
  const settings = { href: address, class: looks, target: '_blank', rel: 'noopener noreferrer' };
  return el('a', settings, text, el('span', { class: 'unseen' }, ` ${newTab}`));
}

/** The site that an address is of: 'service-public.fr'. */
const siteOf = (address: string): string => new URL(address).host.replace(/^www\./, '');

export function richText(text: string, look: Look, fold?: Fold): Node[] {
  const copied = new Set<string>();
  const [shown, folded] = fold ? [text.slice(0, fold.at), text.slice(fold.at)] : [text, ''];
  const nodes = blocks(shown, look, copied);
  if (fold && folded.trim()) nodes.push(el('details', {}, el('summary', {}, fold.title), ...blocks(folded, look, copied)));
  return nodes;
}

/** Lines that begin with '- ' are a list; the others, up to the next list, a paragraph that keeps its line ends. */
function blocks(text: string, look: Look, copied: Set<string>): Node[] {
  const paragraph = (lines: string[]) => el('p', { dir: 'auto' }, ...inline(lines.join('\n'), look, copied));
  if (!look.isOurs) return [paragraph([text])];
  const nodes: Node[] = [];
  let lines: string[] = [];
  let list: HTMLElement | undefined;
  const flush = () => {
    const said = lines.join('\n').replace(/^\n+|\s+$/g, '');
    if (said) nodes.push(paragraph([said]));
    lines = [];
  };
  for (const line of text.split('\n')) {
    if (!line.startsWith('- ')) {
      list = undefined;
      lines.push(line);
      continue;
    }
    if (!list) {
      flush();
      list = el('ul', { dir: 'auto' });
      nodes.push(list);
    }
    list.append(el('li', {}, ...inline(line.slice(2), look, copied)));
  }
  flush();
  return nodes;
}

function inline(message: string, look: Look, copied: Set<string>): Node[] {
  // French sets a space before these marks and inside times of day; cut there at the end of a line they look like a mistake.
  // Behind a dash a line may end whatever space follows, but not before a word joiner.
  const text = message
    .replace(/ ([?!:;»])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
    .replace(/(\d) h\b/g, '$1\u00a0h')
    .replace(/\u00a0h (\d)/g, '\u00a0h\u00a0$1')
    .replace(/(\d|[ap]m|h) – (?=\d)/g, '$1\u00a0–\u2060\u00a0');
  const nodes: Node[] = [];
  let from = 0;
  const put = (at: number, length: number, ...made: Node[]) => {
    nodes.push(document.createTextNode(text.slice(from, at)), ...made);
    from = at + length;
  };
  for (const match of text.matchAll(SPECIAL)) {
    const [whole, name, named, web, before = '', phone, reference, mail, service] = match;
    const { newTab } = look.words;
    if (name && named) {
      const address = look.isMarkdown && safeAddress(named);
      if (address) put(match.index, whole.length, link(address, name, newTab));
      else if (!look.isMarkdown) {
        // Not meant as a link by whoever wrote it: the address inside is one all the same.
        const at = match.index + whole.indexOf('](') + 2;
        const plain = safeAddress(named);
        if (plain) put(at, named.length, link(plain, named, newTab));
      }
    } else if (web) {
      const written = web.replace(TRAILING, '');
      const address = safeAddress(written);
      if (address)
        put(
          match.index,
          written.length,
          link(address, look.isOurs ? (look.names?.get(written) ?? siteOf(address)) : written, newTab),
        );
    } else if (phone) {
      const address = safeAddress(`tel:${phone.replace(/[^\d+]/g, '')}`);
      if (address) put(match.index + before.length, phone.length, link(address, phone, newTab));
    } else if (mail) {
      const address = safeAddress(`mailto:${mail}`);
      if (address) put(match.index, mail.length, link(address, mail, newTab));
    } else if (service && look.isOurs) {
      put(match.index, service.length, link(`tel:${service.replace(/\D/g, '')}`, service, newTab));
    } else if (reference && look.isOurs && isReference(reference)) {
      put(match.index, reference.length, ...shownReference(reference, look, copied));
    }
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

const isReference = (text: string): boolean => /\d/.test(text) && /[A-Z]/.test(text) && readReference(text) === text;

/** It stands out, and can be copied where a message first says it. */
function shownReference(reference: string, { words, copy }: Look, copied: Set<string>): Node[] {
  const shown = el('strong', { class: 'reference' }, reference);
  if (copied.has(reference)) return [shown];
  copied.add(reference);
  const label = words.copyReference(reference);
  const button = el(
    'button',
    { type: 'button', class: 'copy', 'aria-label': label, title: label, onclick: () => copy(reference) },
    icon('copy'),
  );
  return [el('span', { class: 'kept' }, shown, button)];
}

/** Whether the device took it; the older way is for pages without TLS. */
export async function copyText(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = el('textarea', { class: 'unseen', 'aria-hidden': 'true', readonly: true });
    box.value = text;
    beside.append(box);
    box.select();
    const isCopied = document.execCommand('copy');
    box.remove();
    return isCopied;
  }
}
