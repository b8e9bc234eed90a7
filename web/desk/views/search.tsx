// Search over everything the agent may read: a reference, a number, a word.
import { type FormEvent, useCallback } from 'react';
import { Failed } from '../parts/controls';
import { Icon } from '../parts/icon';
import { follow, go, pathOf, type Route } from '../route';
import { api } from '../server/api';
import { useMoments } from '../time';
import { useWords } from '../words';
import { useLoaded } from './load';

export function Search({ words }: { words: string }) {
  const t = useWords();
  const { dayAndClock } = useMoments();
  const ask = useCallback(() => (words ? api.search(words) : Promise.resolve({ items: [] })), [words]);
  const { value, fault, load } = useLoaded(ask);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    go({ view: 'search', words: String(new FormData(event.currentTarget).get('words')).trim() });
  }
  const items = value?.items ?? [];
  return (
    <div className="view narrow">
      <header className="view-head">
        <h1>{t.search.title}</h1>
        <search className="search-large">
          <form onSubmit={submit}>
            <Icon name="search" />
            <input
              key={words}
              name="words"
              type="search"
              aria-label={t.search.label}
              defaultValue={words}
              // biome-ignore lint/a11y/noAutofocus: whoever comes here comes to type.
              autoFocus={!words}
            />
          </form>
        </search>
      </header>
      <p role="status" className="hint">
        {words && value && (items.length ? t.search.found(items.length) : t.search.none(words))}
      </p>
      <Failed fault={fault} retry={load} />
      {items.length === 0 && <p className="hint">{t.search.advice}</p>}
      {items.length > 0 && (
        <ul className="cards">
          {items.map((hit) => {
            const to: Route =
              hit.kind === 'ticket' ? { view: 'ticket', reference: hit.id } : { view: 'desk', conversation: hit.id };
            return (
              <li key={`${hit.kind}${hit.id}`}>
                <a className="card" href={pathOf(to)} onClick={(event) => follow(event, to)}>
                  <span className="card-title">{hit.title}</span>
                  <span className="card-text">{hit.excerpt}</span>
                  <span className="card-foot">
                    <Icon name={hit.kind === 'ticket' ? 'ticket' : 'inbox'} />
                    {hit.kind === 'ticket' ? t.search.ticket : t.search.conversation} · {dayAndClock(hit.at)}
                    {hit.service && ` · ${hit.service.name}`}
                  </span>
                </a>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
