// A message is text. The only things made of it are links one can follow or call, built as nodes.
import { el } from './element';
import { safeAddress } from './incoming';

// A web address up to a space, or a phone number as the French and international writings have it.
// (No look-behind: Safari has it only since 16.4.)
const FOLLOWED = /(https?:\/\/[^\s<>"]+)|(^|[^\w+.-])((?:\+\d{1,3}|0)(?:[ .\u00a0\u202f-]?\d){8,12})(?![\w-])/gi;
const TRAILING = /[.,;:!?)\]}»’'…]+$/;

/** A link out of the chat; `tel:` stays in the page, everything else opens a tab that cannot reach back. */
export function link(address: string, text: string, newTab: string, looks?: string): HTMLElement {
  if (address.startsWith('tel:')) return el('a', { href: address, class: looks }, text);
  const settings = { href: address, class: looks, target: '_blank', rel: 'noopener noreferrer' };
  return el('a', settings, text, el('span', { class: 'unseen' }, ` ${newTab}`));
}

export function richText(message: string, newTab: string): Node[] {
  // French sets a space before these marks; alone at the beginning of a line they look like a mistake.
  const text = message.replace(/ ([?!:;»])/g, '\u00a0$1').replace(/« /g, '«\u00a0');
  const nodes: Node[] = [];
  let from = 0;
  for (const match of text.matchAll(FOLLOWED)) {
    const [, web, before = '', phone = ''] = match;
    const shown = web ? web.replace(TRAILING, '') : phone;
    const address = safeAddress(web ? shown : `tel:${phone.replace(/[^\d+]/g, '')}`);
    if (!address) continue;
    const at = match.index + before.length;
    nodes.push(document.createTextNode(text.slice(from, at)), link(address, shown, newTab));
    from = at + shown.length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}
