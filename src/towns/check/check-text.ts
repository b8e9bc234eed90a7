/**
 * What citizens will read, and what they are expected to write, read once as they will see it: signs that no screen
 * shows, markup that every screen shows, texts too long for a phone, texts in another language than their field says,
 * phrases that are heard as something else before they reach their topic. None of it keeps a town from being opened.
 */
import type { Screening } from '../../domain/language/screening';
import { inPlainAlphabet, sizeOf } from '../../domain/message/sms-encoding';
import type { Complain, Fault } from '../fault';
import type { Source, SourceText } from '../yaml/yaml-source';
import { checkLanguage } from './check-language';

/** Past this an SMS costs more than a letter is read for. */
const MOST_PIECES = 10;
/** A phone gets what is longer as several messages. */
const LONGEST_SAID = 1600;
/** Nobody types a longer one, and what is longer teaches its filling. */
const LONGEST_PHRASE = 300;

export interface Reading {
  source: Source;
  /** Languages that fields are named after, or the one language of the whole file. */
  languages: readonly string[];
  /** A file in one language, and whether it holds phrases, what is said, or what is known of a foreign language. */
  whole?: 'said' | 'typed' | 'foreign';
}

/** @param heard languages of the product, in which a text may turn out to be written. */
export function checkText({ source, languages, whole }: Reading, screening: Screening | null, heard: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  const complainAt =
    ({ line }: SourceText): Complain =>
    (_, code, message, fix, severity = 'fault') =>
      faults.push({ file: source.file, line, severity, code, message, fix });
  const texts = source.texts();
  const lists = new Map<string, SourceText[]>();
  for (const one of texts) {
    const complain = complainAt(one);
    checkSigns(one.text, complain);
    if (one.swallowed !== undefined)
      complainAt({ ...one, line: one.swallowed })(
        [],
        'yaml',
        'This line is indented deeper than the list it belongs to, so it is read as the end of the text above it.',
        'Begin it after as many spaces as the other lines with a dash; if it does belong to the text above, put that between quotes.',
      );
    // What people type to the product of every town may well hold tags.
    if (whole !== 'typed') checkMarkup(one.text, complain);
    const language = whole ? languages[0] : languageOf(one, languages);
    if (language === undefined) continue;
    checkCut(one, complain);
    const role = whole === 'foreign' ? foreignRoleOf(one) : (whole ?? roleOf(one));
    if (role === 'said' && !isWordList(one)) {
      checkLength(one.text, complain);
      if (screening) checkLanguage({ texts: [one.text], as: 'said' }, language, heard, screening, complain);
    }
    if (role !== 'typed') continue;
    if (one.text.length > LONGEST_PHRASE)
      complain(
        [],
        'long-text',
        `This phrase has ${one.text.length} characters.`,
        'Keep the part that tells what it is about.',
        'warning',
      );
    const list = JSON.stringify(one.path.slice(0, -1));
    lists.set(list, [...(lists.get(list) ?? []), one]);
    if (screening && !whole) checkHeardFirst(one.text, screening, complain);
  }
  if (!screening) return faults;
  for (const list of lists.values()) {
    const language = whole ? languages[0]! : languageOf(list[0]!, languages)!;
    const before = faults.length;
    checkLanguage({ texts: list.map(({ text }) => text), as: 'phrases' }, language, heard, screening, complainAt(list[0]!));
    // Of a list that stands under the wrong heading no phrase is told by itself.
    if (faults.length > before) continue;
    for (const one of list) checkLanguage({ texts: [one.text], as: 'phrase' }, language, heard, screening, complainAt(one));
  }
  return faults;
}

function languageOf({ path }: SourceText, languages: readonly string[]): string | undefined {
  return path.findLast((part): part is string => typeof part === 'string' && languages.includes(part));
}

/** Phrases teach the bot; other lists of words are patterns and names. */
function roleOf({ path }: SourceText): 'said' | 'typed' | 'words' {
  if (path.includes('phrases')) return 'typed';
  return typeof path.at(-1) === 'number' ? 'words' : 'said';
}

/** Of a language that no town speaks only some sentences are said. */
function foreignRoleOf({ path }: SourceText): 'said' | 'words' {
  return path[0] === 'sentences' ? 'said' : 'words';
}

/** `words.send: "oui envoyez* | ok"` in the sentences of a language. */
function isWordList({ path }: SourceText): boolean {
  return String(path[0]).startsWith('words');
}

const TAGS =
  /<\/?(a|abbr|article|b|big|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|img|li|mark|o:p|ol|p|pre|s|script|section|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul)(\s[^<>]*)?\/?>/i;
const ENTITY =
  /&(#\d{1,6}|#x[\da-f]{1,6}|nbsp|amp|lt|gt|quot|apos|euro|laquo|raquo|rsquo|hellip|ndash|mdash|[aeiouyc](acute|grave|circ|uml|cedil|tilde)|oelig);/i;
const BOLD = /\*\*[^*\n]+\*\*|__[^_\n]+__/;
/** UTF-8 that was once read as Latin-1 and saved so: 'Ã©' for 'é'. */
const TWICE_ENCODED =
  /\u00c3[\u0080-\u00bf]|\u00c2[\u00a0\u00ab\u00b0\u00bb]|\u00e2\u20ac[\u0153\u2122\u201c\u00a6]|\u00c5\u201c/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Signs that show a file was harmed on its way, or that no screen shows. */
export function checkSigns(text: string, complain: Complain): void {
  if (text.includes('\ufffd') || TWICE_ENCODED.test(text)) {
    const fix =
      'Write the letters again and save the file as UTF-8. It was probably saved as Latin-1 and opened as UTF-8, or the reverse.';
    complain(
      [],
      'encoding',
      `Letters with accents were lost here: ${shown(text, /\ufffd/.test(text) ? /\ufffd/ : TWICE_ENCODED)}.`,
      fix,
    );
  }
  const control = CONTROL.exec(text)?.[0];
  if (control !== undefined) {
    const code = control.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    const fix =
      'It often comes along when a text is copied from a PDF, a web page or Word: delete it and type the words around it again.';
    complain([], 'control-sign', `An invisible sign (U+${code}) stands in ${shown(text, CONTROL)}.`, fix);
  }
  if (text.includes('\t'))
    complain(
      [],
      'tab',
      `A tab stands in ${shown(text, /\t/)}.`,
      'A table pasted from Word or a spreadsheet does not stay a table: write one line for each row.',
    );
}

function checkMarkup(text: string, complain: Complain): void {
  const markup = [TAGS, ENTITY, BOLD].map((kind) => kind.exec(text)?.[0]).find((found) => found !== undefined);
  if (markup) {
    const fix = 'Write plain text: a new line under "|-" for a line break, "- " before each item of a list.';
    complain([], 'markup', `Citizens would read "${markup.slice(0, 40)}" as it stands: texts are not HTML or Markdown.`, fix);
  }
}

/** The words around what was found, invisible signs left out. */
function shown(text: string, found: RegExp): string {
  const at = Math.max(0, text.search(found) - 15);
  const part = text.slice(at, at + 35).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
  return `"${at > 0 ? '…' : ''}${part.trim()}${at + 35 < text.length ? '…' : ''}"`;
}

/** `- ma poubelle #3 est cassée` is read as `- ma poubelle`. A note begins with '# ', as everywhere in these files. */
function checkCut({ text, note }: SourceText, complain: Complain): void {
  if (note === undefined || /^(\s|$)/.test(note)) return;
  const fix = 'Put the whole text between quotes; if this is a note for colleagues, leave a space after the #.';
  complain([], 'cut-text', `The text ends at "${text.slice(-30)}": what follows the # is not read.`, fix);
}

function checkLength(text: string, complain: Complain): void {
  const { segments } = sizeOf(inPlainAlphabet(text));
  const lines = text.split('\n').length;
  if (text.length > LONGEST_SAID) {
    const message = `This text has ${text.length} characters on ${lines} line(s); by SMS (${segments} pieces) and WhatsApp it would come in several messages.`;
    complain([], 'long-text', message, `Keep it below ${LONGEST_SAID}: say what most people need, and where to read the rest.`);
  } else if (segments > MOST_PIECES)
    complain(
      [],
      'long-text',
      `This text costs ${segments} pieces by SMS (${text.length} characters).`,
      `Keep it within ${MOST_PIECES}, or move parts of it to "details:".`,
      'warning',
    );
}

function checkHeardFirst(phrase: string, screening: Screening, complain: Complain): void {
  const heard = screening.hear(phrase);
  if (heard === null) return;
  const as = heard === 'opt-out' ? 'a wish to get messages or not' : `"${heard}" to what was asked before`;
  complain([], 'phrase-taken', `The phrase "${phrase}" is always heard as ${as}.`, 'Remove it: it never reaches this topic.');
}
