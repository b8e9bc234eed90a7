// The one-stop desk: who stands at the counter, calls or writes is noted in one go, by keyboard: what they want, who they are,
// what the form of their topic asks; beside it what they asked before, and the answer where it is a question.
import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import type { ContactReading } from '../../../src/desk/wire';
import { Button, Choice } from '../parts/controls';
import { ShownOf } from '../parts/shown-of';
import { follow, pathOf } from '../route';
import { api } from '../server/api';
import { useDesk, useMe } from '../state/store';
import { useMoments } from '../time';
import { useLoaded } from '../views/load';
import { useWords } from '../words';
import { begin, send, useCounter, WAYS, write } from './contact';
import { Fields } from './fields';
import { Receipt } from './receipt';
import { About } from './topic';

export function Counter() {
  const t = useWords();
  const { receipt, contact, isSending, isIncomplete, reading, fault } = useCounter();
  const isLost = useDesk(({ link }) => link === 'lost');
  const words = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const ask = useCallback(async () => {
    const [{ items: topics }, { items: services }] = await Promise.all([api.topics(), api.services()]);
    return { topics, services };
  }, []);
  const { value, fault: notLoaded, load } = useLoaded(ask);
  useEffect(() => {
    if (!receipt) words.current?.focus();
  }, [receipt]);
  useEffect(() => {
    if (isIncomplete) form.current?.querySelector<HTMLElement>('[data-missing] :is(input, textarea)')?.focus();
  }, [isIncomplete]);

  function pressed(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isSending || isLost) return;
    event.preventDefault();
    void send();
  }
  if (receipt) {
    return (
      <div className="view narrow">
        <h1 className="unseen">{t.counter.title}</h1>
        <Receipt receipt={receipt} />
      </div>
    );
  }
  const isQuestion = reading?.answer !== undefined && !contact.service;
  return (
    <div className="view">
      <header className="view-head">
        <h1>{t.counter.title}</h1>
        <p className="hint">{t.counter.intro}</p>
      </header>
      {notLoaded && (
        <div className="failed" role="alert">
          <p>{notLoaded}</p>
          <Button onPress={load}>{t.retry}</Button>
        </div>
      )}
      <form
        className="counter"
        ref={form}
        noValidate
        onKeyDown={pressed}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <div className="sheet">
          <Choice
            label={t.counter.way}
            value={contact.way}
            options={Object.fromEntries(WAYS.map((way) => [way, t.channels[way] ?? way]))}
            choose={(way) => write({ way: way as (typeof WAYS)[number] })}
          />
          <div className="field">
            <label htmlFor="contact-words">{t.counter.words}</label>
            <textarea
              id="contact-words"
              ref={words}
              rows={3}
              maxLength={2000}
              value={contact.words}
              onChange={({ target }) => write({ words: target.value })}
            />
          </div>
          {value && <About {...value} reading={reading} />}
          {reading && <Fields fields={reading.fields} typed={contact.answers} isTried={isIncomplete} />}
          <Who reading={reading} />
          <div className="counter-foot">
            <Button type="submit" look="primary" keyHint="Ctrl ↵" isDisabled={isSending || isLost}>
              {isQuestion ? t.counter.keep : t.counter.register}
            </Button>
            <Button look="quiet" onPress={begin}>
              {t.counter.discard}
            </Button>
            <p className="fault" role="alert">
              {fault ?? (isIncomplete ? t.counter.incomplete : '')}
            </p>
          </div>
        </div>
        <Beside reading={reading} />
      </form>
    </div>
  );
}

/** Who it is for: joined by phone or e-mail to whatever they asked before. */
function Who({ reading }: { reading: ContactReading | undefined }) {
  const t = useWords();
  const { town } = useMe();
  const { contact } = useCounter();
  const languages = new Intl.DisplayNames(t.locale, { type: 'language' });
  const { reach, reachRefused } = reading ?? {};
  const isRead = reach !== undefined && reach !== contact.reach;
  return (
    <>
      <div className="two">
        <div className="field">
          <label htmlFor="contact-reach">{t.counter.optional(t.counter.reach)}</label>
          <input
            id="contact-reach"
            value={contact.reach}
            autoComplete="off"
            inputMode="email"
            maxLength={200}
            aria-describedby="contact-reach-read"
            aria-invalid={reachRefused ? true : undefined}
            onChange={({ target }) => write({ reach: target.value })}
          />
          <p id="contact-reach-read" className={reachRefused ? 'fault' : isRead ? 'understood-as' : 'hint'}>
            {reachRefused ?? (isRead ? t.counter.read(reach) : t.counter.reachHint)}
          </p>
        </div>
        <div className="field">
          <label htmlFor="contact-name">{t.counter.optional(t.counter.name)}</label>
          <input
            id="contact-name"
            value={contact.name}
            autoComplete="off"
            maxLength={100}
            onChange={({ target }) => write({ name: target.value })}
          />
        </div>
      </div>
      {town.languages.length > 1 && (
        <Choice
          label={t.counter.language}
          value={contact.language}
          options={Object.fromEntries(town.languages.map((code) => [code, languages.of(code) ?? code]))}
          choose={(language) => write({ language })}
        />
      )}
    </>
  );
}

/** What the agent can say at once, and what is known already. */
function Beside({ reading }: { reading: ContactReading | undefined }) {
  const t = useWords();
  const { shortDay } = useMoments();
  const { answer, others = [], othersTotal = 0 } = reading ?? {};
  if (!answer && others.length === 0) return null;
  return (
    <aside className="beside" aria-label={t.counter.beside}>
      {answer && (
        <section className="sheet">
          <h2>{t.counter.answer}</h2>
          <p className="answer-text">{answer}</p>
        </section>
      )}
      {others.length > 0 && (
        <section className="sheet">
          <h2>{t.counter.before}</h2>
          <ShownOf shown={others.length} total={othersTotal} />
          <ul className="cards">
            {others.map((ticket) => {
              const to = { view: 'ticket', reference: ticket.reference } as const;
              return (
                <li key={ticket.reference}>
                  <a className="card" href={pathOf(to)} onClick={(event) => follow(event, to)}>
                    <span className="card-title">{ticket.title}</span>
                    <span className="card-foot">
                      <code>{ticket.reference}</code> {t.tickets.is[ticket.state] ?? ticket.state} · {shortDay(ticket.openedAt)}
                    </span>
                  </a>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </aside>
  );
}
