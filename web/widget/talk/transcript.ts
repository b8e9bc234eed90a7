// The conversation as a text file the citizen keeps, whatever the town or the browser later forgets.
import { el } from '../element';
import type { Words } from '../words';
import { authorOf, type Shown } from './log';

export function writeTranscript(messages: readonly Shown[], town: string, words: Words): string {
  const day = new Intl.DateTimeFormat(words.locale, { dateStyle: 'long' }).format(new Date());
  const moment = new Intl.DateTimeFormat(words.locale, { dateStyle: 'short', timeStyle: 'short' });
  const parts = messages.map((message) => {
    const lines = [
      message.text,
      ...message.cards.map(({ title, text }) => [title, text].filter(Boolean).join('\n')),
      message.place ? words.placeShared(message.place.metres) : '',
      ...message.files.map(({ name }) => `${words.file} : ${name}`),
      message.state && message.state !== 'sent' ? `(${words[message.state]})` : '',
    ];
    return `[${moment.format(message.at)}] ${authorOf(message, words)}\n${lines.filter(Boolean).join('\n')}`;
  });
  return [words.transcript(town, day), ...parts, ''].join('\n\n').replace(/\r?\n/g, '\r\n');
}

export function saveText(text: string, fileName: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  el('a', { href, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
