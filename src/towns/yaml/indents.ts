/**
 * Why a YAML file cannot be read, when the reason is how its lines are indented: the parser complains where it gives up,
 * often lines further down and in words of its own. Asked only about files that cannot be read.
 */
import type { Fault } from '../fault';

/** The first line that is indented by a tab, or neither as the lines beside it nor below a line that opens a block. */
export function misindented(file: string, text: string): Fault | null {
  const fault = (line: number, message: string, fix: string): Fault => ({
    file,
    line,
    severity: 'fault',
    code: 'yaml',
    message,
    fix,
  });
  /** Columns at which blocks began, outermost first. */
  const open = [0];
  let opens = true;
  /** Lines deeper than this belong to a text of several lines. */
  let textBelow: number | null = null;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, white = '', rest = ''] = /^([ \t]*)(.*)$/.exec(line)!;
    if (rest === '' || rest.startsWith('#')) continue;
    const column = white.length;
    if (textBelow !== null && column > textBelow) continue;
    textBelow = null;
    if (white.includes('\t'))
      return fault(
        index + 1,
        'This line is indented with a tab; YAML allows only spaces.',
        'Replace the tab by spaces, as many as on the lines beside it.',
      );
    const isEntry = /^(- |-$|[^\s'"{[][^:]*:( |$)|["'][^"']*["']:( |$))/.test(rest);
    if (!isEntry) {
      opens = false;
      continue;
    }
    if (column > open.at(-1)!) {
      if (!opens)
        return fault(
          index + 1,
          `This line is indented by ${spaces(column)}, deeper than the lines it belongs to.`,
          `Begin it after ${spaces(open.at(-1)!)}, as the line above it, unless it belongs below that one.`,
        );
      open.push(column);
    } else {
      while (column < open.at(-1)!) open.pop();
      if (column !== open.at(-1))
        return fault(
          index + 1,
          `This line is indented by ${spaces(column)}, as no line above it is.`,
          `Line it up with the lines beside it: ${open.map(spaces).join(' or ')}.`,
        );
    }
    // A dash and a name on one line open two blocks.
    let inner = column;
    let entry = rest;
    for (let dash = /^-\s+/.exec(entry); dash; dash = /^-\s+/.exec(entry)) {
      inner += dash[0].length;
      entry = entry.slice(dash[0].length);
      if (/^[^\s'"{[][^:]*:( |$)/.test(entry) || entry.startsWith('- ')) open.push(inner);
    }
    opens = /(^|:|-)\s*$/.test(entry.replace(/\s+#.*$/, ''));
    if (/[|>][+-]?\d?\s*(#.*)?$/.test(entry)) textBelow = column;
  }
  return null;
}

function spaces(count: number): string {
  return count === 0 ? 'no space' : count === 1 ? 'one space' : `${count} spaces`;
}
