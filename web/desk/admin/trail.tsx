// Who saw and did what at the desk: by day, by person, by kind; the same as a file for a spreadsheet.
import { useCallback, useState } from 'react';
import { Empty, Failed } from '../parts/controls';
import { DayField } from '../parts/dates';
import { Icon } from '../parts/icon';
import { Select } from '../parts/select';
import { Table } from '../parts/table';
import { api, auditFile } from '../server/api';
import { useMoments } from '../time';
import { useLoaded } from '../views/load';
import { actInWords, useWords } from '../words';
import { TrailDetails } from './trail-details';
import { TrailSubject } from './trail-subject';

export function Trail() {
  const t = useWords();
  const { dayAndClock } = useMoments();
  const [asked, setAsked] = useState({ from: '', to: '', by: '', what: '' });
  const ask = useCallback(() => api.audit(asked), [asked]);
  const askPeople = useCallback(() => api.people(), []);
  const { value, fault, isMissing, load } = useLoaded(ask);
  const { value: people } = useLoaded(askPeople);
  const set = (change: Partial<typeof asked>) => setAsked((before) => ({ ...before, ...change }));
  const { value: services } = useLoaded(api.services);
  const { value: topics } = useLoaded(api.topics);
  const names = {
    agents: new Map(people?.items.map(({ id, name }) => [id, name])),
    services: new Map(services?.items.map(({ id, name }) => [id, name])),
    topics: new Map(topics?.items.map(({ id, title }) => [id, title])),
  };
  const kinds = Object.entries(t.trail.kinds).sort(([, one], [, other]) => one.localeCompare(other, t.locale));
  if (isMissing) return <Empty words={t.people.forbidden} />;
  return (
    <>
      <div className="part-head">
        <h2>{t.trail.title}</h2>
        <a className="button plain" href={auditFile(asked)} download>
          <Icon name="download" /> <span>{t.trail.export}</span>
        </a>
      </div>
      <p className="hint">{t.trail.intro}</p>
      <div className="filters">
        <DayField label={t.trail.from} value={asked.from} choose={(from) => set({ from })} />
        <DayField label={t.trail.to} value={asked.to} choose={(to) => set({ to })} />
        <Select
          label={t.trail.by}
          value={asked.by}
          options={[['', t.trail.anybody], ...(people?.items ?? []).map(({ id, name }) => [id, name] as const)]}
          choose={(by) => set({ by })}
        />
        <Select
          label={t.trail.what}
          value={asked.what}
          options={[['', t.trail.anything], ...kinds]}
          choose={(what) => set({ what })}
        />
      </div>
      <Failed fault={fault} retry={load} />
      {value?.items.length === 0 && <p className="hint">{t.trail.empty}</p>}
      {value && value.items.length > 0 && (
        <Table isSheet stacks="trail" label={t.trail.title} columns={[t.trail.at, t.trail.by, t.trail.what, t.trail.subject]}>
          {value.items.map(({ at, by, what, subject, details, network }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries never change places.
            <tr key={`${at}${index}`}>
              <td className="figure">{dayAndClock(at)}</td>
              <td>{by?.name ?? '–'}</td>
              <td>{actInWords(what, t)}</td>
              <td>
                <TrailSubject subject={subject} names={names} />
                <TrailDetails details={details} network={network} names={names} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
