// The keyboard map, behind `?`.
import { Fragment } from 'react';
import { Window } from '../parts/controls';
import { useMe } from '../state/store';
import { useWords, type Words } from '../words';

type Does = keyof Words['keys']['does'];

/** Each key or sequence that does it; a space means 'then'. */
const GROUPS: Record<keyof Words['keys']['groups'], Array<[Does, string[]]>> = {
  go: [
    ['next', ['J', 'K']],
    ['open', ['↵']],
    ['mark', ['M']],
    ['back', ['Esc']],
    ['search', ['/']],
    ['queue', ['G Q', 'G M', 'G T']],
    ['steering', ['G K', 'G F']],
    ['counter', ['V']],
    ['panes', ['[']],
    ['status', ['A']],
    ['help', ['?']],
  ],
  talk: [
    ['claim', ['C']],
    ['refuse', ['X']],
    ['transfer', ['T']],
    ['giveBack', ['B']],
    ['park', ['P']],
    ['snooze', ['H']],
    ['close', ['E']],
    ['closeNext', ['D']],
  ],
  write: [
    ['reply', ['R']],
    ['note', ['N']],
    ['suggestion', ['1', '2', '3']],
    ['canned', ['/']],
    ['send', ['Ctrl ↵']],
    ['sendClose', ['Ctrl ⇧ ↵']],
    ['takeBack', ['Z']],
  ],
};

export function KeyHelp({ isOpen, close }: { isOpen: boolean; close(): void }) {
  const t = useWords();
  const { settings } = useMe();
  return (
    <Window title={t.keys.title} isOpen={isOpen} onClose={close} wide>
      {!settings.keys && <p className="held">{t.keys.off}</p>}
      <div className="key-groups">
        {(Object.keys(GROUPS) as Array<keyof typeof GROUPS>).map((group) => (
          <section key={group}>
            <h3>{t.keys.groups[group]}</h3>
            <dl>
              {GROUPS[group].map(([does, keys]) => (
                <div key={does}>
                  <dt>{t.keys.does[does]}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Fragment key={key}>
                        {key.split(' ').map((part) => (
                          <kbd key={part}>{part}</kbd>
                        ))}{' '}
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Window>
  );
}
