// A photo or a document that was sent: a photo is seen small and opens large, a document says what it is and how heavy.
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { WireFile } from '../../../src/desk/wire';
import { Window } from '../parts/controls';
import { Icon } from '../parts/icon';
import { useWords } from '../words';

const KB = 1024;

/** What a document is and how large: 'PDF · 120 ko'. */
export function useFileFacts({ type, size }: Pick<WireFile, 'type' | 'size'>): string {
  const t = useWords();
  const kind = type.split('/').at(-1)?.toUpperCase() ?? '';
  if (size === undefined) return kind;
  const isLarge = size >= KB * KB;
  const number = new Intl.NumberFormat(t.locale, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    unitDisplay: 'short',
    maximumFractionDigits: isLarge ? 1 : 0,
  });
  return `${kind} · ${number.format(isLarge ? size / KB / KB : Math.max(1, Math.round(size / KB)))}`;
}

export function File(file: WireFile) {
  const t = useWords();
  const facts = useFileFacts(file);
  const [isLarge, setLarge] = useState(false);
  const { url, name, type } = file;
  if (!type.startsWith('image/'))
    return (
      <a className="file document" href={url} target="_blank" rel="noopener noreferrer">
        <Icon name="ticket" />
        <span>
          {name || t.talk.file} <span className="file-facts">{facts}</span>
        </span>
        <span className="unseen">{t.talk.newTab}</span>
      </a>
    );
  return (
    <>
      <AriaButton className="file photo" aria-label={t.talk.enlarge(name)} onPress={() => setLarge(true)}>
        <img src={url} alt={t.talk.photo(name)} loading="lazy" />
      </AriaButton>
      <Window title={name || t.talk.file} isOpen={isLarge} onClose={() => setLarge(false)} wide>
        <img className="large-photo" src={url} alt={t.talk.photo(name)} />
        <p className="window-foot">
          <span className="hint">{facts}</span>
          <a href={url} target="_blank" rel="noopener noreferrer">
            {t.talk.openInTab}
          </a>
        </p>
      </Window>
    </>
  );
}
