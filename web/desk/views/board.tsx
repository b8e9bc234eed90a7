// For those who steer: where each service stands now, and who is there. Read anew every ten seconds while it is looked at.
import { type FormEvent, useEffect, useState } from 'react';
import type { Board as Standing } from '../../../src/desk/wire';
import { Button, Empty, Failed, Window } from '../parts/controls';
import { Table } from '../parts/table';
import { api } from '../server/api';
import { useMe } from '../state/store';
import { explain, toast } from '../state/toasts';
import { inWords, useMoments, useNow } from '../time';
import { useWords, type Words } from '../words';
import { useLoaded } from './load';

const EVERY_MS = 10_000;
const LONG_WAIT_MS = 15 * 60_000;
const ask = () => api.board();

export function Board() {
  const t = useWords();
  const now = useNow();
  const { clock } = useMoments();
  const [pausing, setPausing] = useState<Standing['services'][number]>();
  const { value: board, fault, load } = useLoaded(ask);
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && load(), EVERY_MS);
    return () => clearInterval(timer);
  }, [load]);
  async function resume(id: string) {
    await api.resumeIntake(id).catch((error) => toast('bad', explain(error)));
    load();
  }
  return (
    <div className="view">
      <header className="view-head">
        <h1>{t.board.title}</h1>
        {board && <p className="hint">{t.board.at(clock(board.at))}</p>}
      </header>
      <Failed fault={fault} retry={load} />
      {!board && !fault && <p role="status">{t.loading}</p>}
      {board && board.services.length === 0 && <Empty words={t.board.empty} />}
      {board && board.services.length > 0 && (
        <section className="sheet">
          <h2 id="board-services">{t.board.services}</h2>
          <Table
            labelledBy="board-services"
            columns={[
              t.board.service,
              t.board.waiting,
              t.board.longest,
              t.board.present,
              t.board.load,
              t.board.taken,
              t.board.closed,
              t.board.promises,
              t.board.intake,
            ]}
          >
            {board.services.map((service) => {
              const wait = service.longestSince ? now - Date.parse(service.longestSince) : 0;
              return (
                <tr key={service.id}>
                  <th scope="row">
                    {service.name}{' '}
                    {service.pause ? (
                      <span className="tag waiting">{t.board.paused}</span>
                    ) : (
                      <span className="hint">{service.isOpen ? t.board.open : t.board.shut}</span>
                    )}
                  </th>
                  <td className="figure">{service.waiting}</td>
                  <td className={`figure ${wait > LONG_WAIT_MS ? 'long' : ''}`}>{wait > 0 ? inWords(wait, t) : '–'}</td>
                  <td className="figure">{service.present}</td>
                  <td>
                    <Meter load={service.load} capacity={service.capacity} />
                  </td>
                  <td className="figure">{service.takenIn15}</td>
                  <td className="figure">{service.closedIn15}</td>
                  <td className="figure">{keptOf(service.promises, t)}</td>
                  <td>
                    <Button look="quiet" onPress={() => (service.pause ? void resume(service.id) : setPausing(service))}>
                      {service.pause ? t.board.resume : t.board.pause}
                    </Button>
                  </td>
                </tr>
              );
            })}
          </Table>
        </section>
      )}
      {board && board.agents.length > 0 && (
        <section className="sheet">
          <h2 id="board-agents">{t.board.agents}</h2>
          <Table labelledBy="board-agents" columns={[t.board.agent, t.board.state, t.board.since, t.board.load]}>
            {board.agents.map((agent) => (
              <tr key={agent.id}>
                <th scope="row">{agent.name}</th>
                <td>
                  <span className={`status-sign ${agent.isOnline ? agent.status : 'offline'}`} aria-hidden="true" />{' '}
                  {agent.isOnline ? t.status[agent.status] : t.board.offline}
                </td>
                <td className="figure">{agent.since ? inWords(now - Date.parse(agent.since), t) : '–'}</td>
                <td>
                  <Meter load={agent.load} capacity={agent.capacity} />
                </td>
              </tr>
            ))}
          </Table>
        </section>
      )}
      <Window
        title={t.board.pauseTitle(pausing?.name ?? '')}
        isOpen={pausing !== undefined}
        onClose={() => setPausing(undefined)}
      >
        {pausing && (
          <Pause
            service={pausing}
            done={() => {
              setPausing(undefined);
              load();
            }}
          />
        )}
      </Window>
    </div>
  );
}

/** Of those who were told a time, how many were answered within it. */
function keptOf({ told, kept }: Standing['services'][number]['promises'], t: Words): string {
  return told ? `${new Intl.NumberFormat(t.locale, { style: 'percent' }).format(kept / told)} (${kept}/${told})` : '–';
}

/** Nobody more is let in; citizens read why, and can leave a message. */
function Pause({ service, done }: { service: Standing['services'][number]; done(): void }) {
  const t = useWords();
  const { town } = useMe();
  const names = new Intl.DisplayNames(t.locale, { type: 'language' });
  async function pause(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = [...new FormData(event.currentTarget)].map(([code, words]) => [code, String(words).trim()]);
    const words = Object.fromEntries(typed.filter(([, text]) => text));
    await api.pauseIntake(service.id, words).catch((error) => toast('bad', explain(error)));
    done();
  }
  return (
    <form className="form" onSubmit={pause}>
      <p>{t.board.pauseIntro}</p>
      {town.languages.map((code) => (
        <div key={code} className="field">
          <label htmlFor={`pause-${code}`}>{t.board.pauseWords(names.of(code) ?? code)}</label>
          <input id={`pause-${code}`} name={code} maxLength={300} lang={code} autoComplete="off" />
        </div>
      ))}
      <div className="window-foot">
        <Button onPress={done}>{t.cancel}</Button>
        <Button type="submit" look="primary">
          {t.board.pause}
        </Button>
      </div>
    </form>
  );
}

function Meter({ load, capacity }: { load: number; capacity: number }) {
  const share = capacity ? Math.min(1, load / capacity) : 0;
  return (
    <span className="meter-of">
      <span className="meter" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span className="figure">
        {load}/{capacity}
      </span>
    </span>
  );
}
