/**
 * A reply as a WhatsApp message: up to three choices are buttons, up to ten a list, more are
 * numbered lines, and outside the 24-hour window nothing but an approved template may be sent
 * (protocols.md 1.9). Pure: it says which shape a message takes, not how it travels.
 */
import type { Activity } from '../domain/message/activity';
import { inPieces, type LinkTo, numberedLines, type PlainWords, plainWordsOf } from './plain-words';

export type WhatsAppShape =
  | { kind: 'text'; bodies: string[]; files: string[] }
  | { kind: 'buttons'; body: string; actions: Array<{ title: string; id: string }>; plain: string }
  | {
      kind: 'list';
      body: string;
      button: string;
      items: Array<{ item: string; id: string; description?: string }>;
      plain: string;
    };

/** Characters, from Twilio's content types. */
const LIMITS = {
  body: 1600,
  richBody: 1024,
  buttons: 3,
  buttonTitle: 20,
  items: 10,
  item: 24,
  description: 72,
  id: 200,
  files: 10,
};

export function whatsAppShape(activity: Activity, linkTo: LinkTo): WhatsAppShape {
  const words = plainWordsOf(activity, linkTo);
  const plain = numberedLines(words.text, words.choices);
  return tappable(words, plain) ?? { kind: 'text', bodies: inPieces(plain, LIMITS.body), files: filesOf(words) };
}

function filesOf(words: PlainWords): string[] {
  return words.files.slice(0, LIMITS.files).map((file) => file.url);
}

/** Buttons or a list, where every part fits; a cut or doubled title would be worse than numbers. */
function tappable({ text, choices, files }: PlainWords, plain: string): WhatsAppShape | null {
  const titles = choices.map((choice) => choice.title);
  const isFit =
    choices.length > 0 &&
    files.length === 0 &&
    text.length > 0 &&
    text.length <= LIMITS.richBody &&
    // Twilio would read braces as the name of a variable.
    !/\{\{/.test(text + titles.join('')) &&
    new Set(titles).size === titles.length &&
    choices.every((choice) => choice.title && choice.value && choice.value.length <= LIMITS.id);
  if (!isFit) return null;
  if (choices.length <= LIMITS.buttons && titles.every((title) => title.length <= LIMITS.buttonTitle)) {
    return { kind: 'buttons', body: text, actions: choices.map(({ title, value }) => ({ title, id: value })), plain };
  }
  if (choices.length > LIMITS.items || titles.some((title) => title.length > LIMITS.description)) return null;
  const items = choices.map(({ title, value }) => ({ ...itemFor(title), id: value }));
  if (new Set(items.map(({ item }) => item)).size < items.length) return null;
  // The label that opens the list is the same in every language.
  return { kind: 'list', body: text, button: `1 – ${choices.length}`, items, plain };
}

/** A title too long for its line is cut at a word and stands whole underneath. */
function itemFor(title: string): { item: string; description?: string } {
  if (title.length <= LIMITS.item) return { item: title };
  const head = title.slice(0, LIMITS.item - 1);
  const end = head.lastIndexOf(' ') > LIMITS.item / 2 ? head.lastIndexOf(' ') : head.length;
  return { item: `${head.slice(0, end).trimEnd()}…`, description: title };
}
