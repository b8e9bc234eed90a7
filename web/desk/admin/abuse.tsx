// What colleagues were called or threatened with, for whoever looks after their services; the same as a file for a spreadsheet.
import { useCallback } from 'react';
import { Empty, Failed } from '../parts/controls';
import { Icon } from '../parts/icon';
import { Table } from '../parts/table';
import { follow, pathOf } from '../route';
import { abuseFile, api } from '../server/api';
import { useMoments } from '../time';
import { useLoaded } from '../views/load';
import { useWords } from '../words';

export function Abuse() {
  const t = useWords();
  const { dayAndClock } = useMoments();
  const ask = useCallback(() => api.abuse(), []);
  const { value, fault, isMissing, load } = useLoaded(ask);
  if (isMissing) return <Empty words={t.people.forbidden} />;
  return (
    <>
      <div className="part-head">
        <h2>{t.abuse.title}</h2>
        <a className="button plain" href={abuseFile} download>
          <Icon name="download" /> <span>{t.trail.export}</span>
        </a>
      </div>
      <p className="hint">{t.abuse.listIntro}</p>
      <Failed fault={fault} retry={load} />
      {value?.items.length === 0 && <p className="hint">{t.abuse.none}</p>}
      {value && value.items.length > 0 && (
        <Table isSheet label={t.abuse.title} columns={[t.trail.at, t.trail.by, t.abuse.kind, t.abuse.words]}>
          {value.items.map(({ at, by, service, kind, words, note, pausedMinutes, conversation }) => {
            const to = { view: 'desk', conversation } as const;
            return (
              <tr key={`${at}${conversation}`}>
                <td className="figure">
                  <a href={pathOf(to)} onClick={(event) => follow(event, to)}>
                    {dayAndClock(at)}
                  </a>
                </td>
                <td>
                  {by.name}
                  <span className="card-foot">{service.name}</span>
                </td>
                <td>
                  {t.abuse.kinds[kind]}
                  <span className="card-foot">{t.abuse.minutes(pausedMinutes)}</span>
                </td>
                <td>
                  {words.map((said, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: lines of a report never change places.
                    <q key={index} dir="auto" className="reported">
                      {said}
                    </q>
                  ))}
                  {note && <span className="card-foot">{note}</span>}
                </td>
              </tr>
            );
          })}
        </Table>
      )}
    </>
  );
}
