// The right pane: what is known of the citizen and their case, and answers of the town that may fit.
import type { ReactNode } from 'react';
import type { Line } from '../../../src/desk/wire';
import { Button, IconButton } from '../parts/controls';
import { Icon } from '../parts/icon';
import { ShownOf } from '../parts/shown-of';
import { follow, pathOf, type Route } from '../route';
import { useDesk, useMe } from '../state/store';
import { insert } from '../talk/compose/composer-door';
import { withCovers } from '../talk/covered';
import { useMoments } from '../time';
import { useWords } from '../words';

export function CitizenPane({ close }: { close(): void }) {
  const t = useWords();
  const me = useMe();
  const { shortDay, dayAndClock } = useMoments();
  const detail = useDesk(({ open }) => open?.detail);
  const lines = useDesk(({ open }) => open?.lines) ?? [];
  if (!detail) return null;
  const { conversation: row, summary, answers, tickets, ticketsTotal, suggestions, others } = detail;
  const languages = new Intl.DisplayNames(t.locale, { type: 'language' });
  return (
    <aside className="pane citizen-pane" aria-label={t.citizen.title}>
      <header className="citizen-head">
        <IconButton icon="back" label={t.back} className="to-list" onPress={close} />
        <h2>{row.who}</h2>
      </header>
      <div className="citizen-all">
        <dl className="facts">
          <dt>{t.citizen.channel}</dt>
          <dd>{t.channels[row.channel]}</dd>
          <dt>{t.citizen.language}</dt>
          <dd>{languages.of(row.language)}</dd>
          {row.service && (
            <>
              <dt>{t.citizen.service}</dt>
              <dd>{row.service.name}</dd>
            </>
          )}
          {row.lastCitizenAt && (
            <>
              <dt>{t.citizen.first}</dt>
              <dd>{dayAndClock(row.lastCitizenAt)}</dd>
            </>
          )}
        </dl>
        <Part title={t.citizen.summary}>
          {summary.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {summary.length === 0 && <OwnWords lines={lines} />}
        </Part>
        {answers.length > 0 && (
          <Part title={t.citizen.answers}>
            <dl className="answers">
              {answers.map(({ label, value }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </Part>
        )}
        {suggestions.length > 0 && detail.may.includes('say') && (
          <Part title={t.citizen.suggestions}>
            <ol className="suggestions">
              {suggestions.slice(0, 3).map(({ topic, title, text }, index) => (
                <li key={topic}>
                  <p className="suggestion-title">{title}</p>
                  <p className="suggestion-text">{text}</p>
                  <Button
                    look="quiet"
                    keyHint={me.settings.keys ? String(index + 1) : undefined}
                    onPress={() => insert.text?.(text)}
                  >
                    {t.citizen.insert(index + 1)}
                  </Button>
                </li>
              ))}
            </ol>
          </Part>
        )}
        <Part title={t.citizen.tickets}>
          {tickets.length === 0 && <p className="hint">{t.citizen.noTickets}</p>}
          <ShownOf shown={tickets.length} total={ticketsTotal} />
          <ul className="cards">
            {tickets.map((ticket) => (
              <li key={ticket.reference}>
                <Link to={{ view: 'ticket', reference: ticket.reference }}>
                  <span className="card-title">{ticket.title}</span>
                  <span className="card-foot">
                    <code>{ticket.reference}</code> {t.tickets.is[ticket.state] ?? ticket.state} · {shortDay(ticket.openedAt)}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </Part>
        {others.length > 0 && (
          <Part title={t.citizen.others}>
            <ul className="cards">
              {others.map(({ id, channel, at, subject }) => (
                <li key={id}>
                  <Link to={{ view: 'desk', conversation: id }}>
                    <span className="card-title">{subject}</span>
                    <span className="card-foot">
                      <Icon name={channel} /> {t.channels[channel]} · {shortDay(at)}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </Part>
        )}
      </div>
    </aside>
  );
}

/** Less says nothing by itself: 'oui', 'non merci'. */
const TELLING_WORDS = 3;

/** Where nothing is summed up: what the citizen said last that says something, in their own words. */
function OwnWords({ lines }: { lines: Line[] }) {
  const t = useWords();
  const all = lines.filter(({ by, text }) => by === 'citizen' && text);
  const telling = all.filter(({ text }) => text.trim().split(/\s+/).length >= TELLING_WORDS);
  const said = (telling.length > 0 ? telling : all).slice(-3);
  if (said.length === 0) return <p className="hint">{t.citizen.nothing}</p>;
  return said.map(({ line, text, covered }) => (
    <q key={line} className="own-words">
      {covered ? withCovers(text, covered, t.abuse.covered) : text}
    </q>
  ));
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Link({ to, children }: { to: Route; children: ReactNode }) {
  return (
    <a className="card" href={pathOf(to)} onClick={(event) => follow(event, to)}>
      {children}
    </a>
  );
}
