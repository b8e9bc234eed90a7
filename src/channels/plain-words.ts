/**
 * An activity in plain words, for telephones: markdown undone, links spelled out, choices and
 * files listed apart so that each telephone channel can offer them the way its citizens know.
 */
import type { Activity, CardAction } from '../domain/message/activity';

export interface PlainWords {
  text: string;
  /** Choices to answer with, in the order offered; links and numbers to call are already in the text. */
  choices: CardAction[];
  /** Absolute http(s) addresses of files that go with the message. */
  files: Array<{ url: string; name?: string }>;
  language: string | undefined;
}

/** The address under which a phone may open a file, or null when it may not be opened from outside. */
export type LinkTo = (contentUrl: string) => string | null;

export function plainWordsOf(activity: Activity, linkTo: LinkTo): PlainWords {
  const actions = activity.suggestedActions?.actions ?? [];
  const links = actions.filter((action) => action.type === 'openUrl').map((action) => `${action.title} : ${action.value}`);
  const spoken = activity.textFormat === 'markdown' ? withoutMarkdown(activity.text ?? '') : (activity.text ?? '');
  return {
    text: [spoken.trim(), ...links].filter(Boolean).join('\n'),
    choices: actions.filter(({ type }) => type !== 'openUrl' && type !== 'call'),
    files: (activity.attachments ?? []).flatMap(({ contentUrl, name }) => {
      const url = contentUrl && linkTo(contentUrl);
      return url ? [{ url, name }] : [];
    }),
    language: activity.locale?.slice(0, 2),
  };
}

/** Choices as numbered lines: '1', 'the first' or the words answer them. */
export function numberedLines(text: string, choices: CardAction[]): string {
  return [text, ...choices.map((choice, index) => `${index + 1}. ${choice.title}`)].filter(Boolean).join('\n');
}

/** Cuts at the end of a line, else of a sentence, else of a word, never inside a character. At most `limit` UTF-16 units each. */
export function inPieces(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const head = rest.slice(0, limit + 1);
    const ends = [head.lastIndexOf('\n'), head.lastIndexOf('. ') + 1, head.lastIndexOf(' ')];
    let end = ends.find((at) => at > limit / 2) ?? limit;
    if (/[\ud800-\udbff]/.test(rest[end - 1]!)) end -= 1;
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest ? [...pieces, rest] : pieces;
}

function withoutMarkdown(text: string): string {
  return text
    .replace(/!?\[([^\]\n]{0,300})\]\((\S{1,500}?)\)/g, (_, label: string, url: string) =>
      label === url || !label ? url : `${label} : ${url}`,
    )
    .replace(/(\*\*|__)(\S(?:[^\n]{0,500}?\S)?)\1/g, '$2')
    .replace(/^#{1,6} +/gm, '')
    .replace(/^[*+] +/gm, '- ');
}
