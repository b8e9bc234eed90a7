/**
 * The texts that the law wants published about the assistant, filled in from what is known of the town. The town's own words
 * win: its lawyer writes them in `legal.yml` of its folder, with the same fields in braces.
 */

import { filledIn, sentenceOf } from './language/sentences';
import type { Town, Towns } from './town';

export const LEGAL_TEXTS = ['accessibility', 'algorithm', 'ai', 'data'] as const;
export type LegalText = (typeof LEGAL_TEXTS)[number];

export const LEGAL_FIELDS = ['authority', 'contact', 'privacy', 'front', 'reach', 'kept'] as const;

/** A piece of a text, in the order it is read. */
export type Piece = { kind: 'heading' | 'words'; text: string } | { kind: 'list'; items: string[] };

export function isLegalText(name: string): name is LegalText {
  return (LEGAL_TEXTS as readonly string[]).includes(name);
}

export function legalTitle(towns: Towns, town: Town, name: LegalText, language: string): string {
  return sentenceOf(towns, town.id, language, `legal.${name}.title`);
}

/** As it was written, filled in. */
export function legalText(towns: Towns, town: Town, name: LegalText, language: string): string {
  const fields = fieldsOf(towns, town, language);
  const own = town.legal?.[name]?.[language];
  return own ? filledIn(own, fields) : sentenceOf(towns, town.id, language, `legal.${name}.text`, fields);
}

function fieldsOf(towns: Towns, town: Town, language: string): Record<(typeof LEGAL_FIELDS)[number], string> {
  const front = town.services.find(({ id }) => id === town.frontDesk);
  const { contact, url: privacy } = town.privacy;
  const { conversations, inUse, restricted } = town.retention ?? {};
  const kept = town.retention
    ? sentenceOf(towns, town.id, language, 'legal.kept', { conversations, in_use: inUse, restricted } as Record<string, number>)
    : sentenceOf(towns, town.id, language, 'legal.kept-always', { contact });
  return {
    authority: town.authority[language] ?? town.name,
    contact,
    privacy,
    front: front?.called?.[language] ?? front?.name[language] ?? '',
    reach: [front?.phone, front?.email, front?.address].filter(Boolean).join(', '),
    kept,
  };
}

/** `## ` begins a heading, `- ` an item of a list; the rest is paragraphs, parted by empty lines. Nothing else is markup. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let isOpen = false;
  for (const line of text.split('\n').map((each) => each.trim())) {
    const last = pieces.at(-1);
    if (line === '') isOpen = false;
    else if (line.startsWith('## ')) pieces.push({ kind: 'heading', text: line.slice(3) });
    else if (line.startsWith('- ') && last?.kind === 'list') last.items.push(line.slice(2));
    else if (line.startsWith('- ')) pieces.push({ kind: 'list', items: [line.slice(2)] });
    else if (isOpen && last?.kind === 'words') last.text += ` ${line}`;
    else pieces.push({ kind: 'words', text: line });
    if (line !== '') isOpen = !line.startsWith('## ') && !line.startsWith('- ');
  }
  return pieces;
}
