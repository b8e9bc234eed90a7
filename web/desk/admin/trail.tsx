// Who saw and did what at the desk: by day, by person, by kind; the same as a file for a spreadsheet.
import { useCallback, useState } from 'react';
import { Empty, Failed } from '../parts/controls';
import { Icon } from '../parts/icon';
import { Table } from '../parts/table';
import { api, auditFile } from '../server/api';
import { useMoments } from '../time';
import { useLoaded } from '../views/load';
import { actInWords, useWords } from '../words';

export function Trail() {
  const t = useWords();
  const { dayAndClock } = useMoments();
  const [asked, setAsked] = useState({ from: '', to: '', by: '', what: '' });
  const ask = useCallback(() => api.audit(asked), [asked]);
  const askPeople = useCallback(() => api.people(), []);
  const { value, fault, isMissing, load } = useLoaded(ask);
  const { value: people } = useLoaded(askPeople);
  const set = (change: Partial<typeof asked>) => setAsked((before) => ({ ...before, ...change }));
  if (isMissing) return <Empty words={t.people.forbidden} />;
  return (
    <>
      <div className="part-head">
        <h2>{t.trail.title}</h2>
        <a className="button plain" href={auditFile(asked)} download>
          <Icon name="file" /> <span>{t.trail.export}</span>
        </a>
      </div>
      <p className="hint">{t.trail.intro}</p>
      <div className="filters">
        <DayField label={t.trail.from} value={asked.from} choose={(from) => set({ from })} />
        <DayField label={t.trail.to} value={asked.to} choose={(to) => set({ to })} />
        <div className="field">
          <label htmlFor="trail-by">{t.trail.by}</label>
          <select id="trail-by" value={asked.by} onChange={({ target }) => set({ by: target.value })}>
            <option value="">{t.trail.anybody}</option>
            {people?.items.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="trail-what">{t.trail.what}</label>
          <select id="trail-what" value={asked.what} onChange={({ target }) => set({ what: target.value })}>
            <option value="">{t.trail.anything}</option>
            {Object.entries(t.trail.kinds).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </div>
      <Failed fault={fault} retry={load} />
      {value?.items.length === 0 && <p className="hint">{t.trail.empty}</p>}
      {value && value.items.length > 0 && (
        <Table isSheet label={t.trail.title} columns={[t.trail.at, t.trail.by, t.trail.what, t.trail.subject]}>
          {value.items.map(({ at, by, what, subject, details, network }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries never change places.
            <tr key={`${at}${index}`}>
              <td className="figure">{dayAndClock(at)}</td>
              <td>{by?.name ?? '–'}</td>
              <td>{actInWords(what, t)}</td>
              <td>
                {subject}
                <span className="card-foot">
                  {[...Object.entries(details ?? {}).map((pair) => pair.join(' : ')), network].join(' · ')}
                </span>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}

function DayField({ label, value, choose }: { label: string; value: string; choose(value: string): void }) {
  return (
    <div className="field">
      <label>
        {label}
        <input type="date" value={value} onChange={({ target }) => choose(target.value)} />
      </label>
    </div>
  );
}
