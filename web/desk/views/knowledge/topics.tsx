// Every topic with how long its answer holds and how it is used; and those that want a second look.

import { useState } from 'react';
import type { TopicRow } from '../../../../src/desk/knowledge/wire';
import { fold } from '../../../../src/domain/language/words';
import { Button, Empty } from '../../parts/controls';
import { Table } from '../../parts/table';
import { follow, go, pathOf } from '../../route';
import { useMoments } from '../../time';
import { useWords } from '../../words';
import { useLoaded } from '../load';
import { knowledge } from './ask';

const SOON_DAYS = 30;
const ask = () => knowledge.topics();

export function Topics() {
  const words = useWords().knowledge;
  const [wanted, setWanted] = useState('');
  return (
    <Loaded>
      {(items) => {
        const found = items.filter(({ id, title, service }) =>
          fold(`${id} ${title} ${service?.name ?? ''}`).includes(fold(wanted)),
        );
        return (
          <div className="sheet">
            <label className="field">
              <span>{words.topics.find}</span>
              <input type="search" value={wanted} onChange={(event) => setWanted(event.target.value)} />
            </label>
            {found.length === 0 ? <Empty words={words.topics.none} /> : <TopicTable name={words.parts.topics} items={found} />}
            <Button onPress={() => go({ view: 'knowledge', topic: '' })}>{words.editor.create}</Button>
          </div>
        );
      }}
    </Loaded>
  );
}

export function Radar() {
  const words = useWords().knowledge;
  return (
    <Loaded>
      {(items) => {
        const own = items.filter(({ isBorrowed }) => !isBorrowed);
        const due = items
          .filter(({ daysLeft }) => daysLeft !== undefined && daysLeft <= SOON_DAYS)
          .sort((one, other) => (one.daysLeft ?? 0) - (other.daysLeft ?? 0));
        const parts: Array<[string, TopicRow[]]> = [
          [words.radar.flagged, items.filter(({ flag }) => flag)],
          [words.radar.due, due],
          [words.radar.unused, own.filter(({ used }) => used === 0)],
        ];
        const filled = parts.filter(([, rows]) => rows.length > 0);
        if (filled.length === 0) return <Empty words={words.radar.nothing} />;
        return filled.map(([name, rows]) => (
          <section key={name} className="sheet" aria-label={name}>
            <h2>{name}</h2>
            <TopicTable name={name} items={rows} />
          </section>
        ));
      }}
    </Loaded>
  );
}

function Loaded({ children }: { children(items: TopicRow[]): React.ReactNode }) {
  const t = useWords();
  const { value, fault, load } = useLoaded(ask);
  if (value) return children(value.items);
  if (!fault) return <p role="status">{t.loading}</p>;
  return (
    <div className="failed" role="alert">
      <p>{fault}</p>
      <Button onPress={load}>{t.retry}</Button>
    </div>
  );
}

function TopicTable({ name, items }: { name: string; items: TopicRow[] }) {
  const words = useWords().knowledge;
  const { shortDay, date } = useMoments();
  return (
    <Table
      label={words.topics.table(name)}
      caption={name}
      columns={[words.topics.name, words.topics.until, words.topics.used, words.topics.notUseful]}
    >
      {items.map(({ id, title, service, isBorrowed, verified, daysLeft, used, notUseful, flag }) => {
        const to = { view: 'knowledge', topic: id } as const;
        return (
          <tr key={id}>
            <th scope="row">
              <a href={pathOf(to)} onClick={(event) => follow(event, to)}>
                {title}
              </a>
              <span className="card-foot">
                {[service?.name, isBorrowed && words.topics.borrowed].filter(Boolean).join(' · ')}
              </span>
              {flag && (
                <span className="card-foot">
                  {words.radar.flag(flag.by.name, shortDay(flag.at))} : {flag.note}
                </span>
              )}
            </th>
            <td className={`figure ${daysLeft !== undefined && daysLeft <= SOON_DAYS ? 'long' : ''}`}>
              {verified ? date(verified.until) : '–'}{' '}
              {daysLeft !== undefined && daysLeft <= SOON_DAYS && (
                <span>({daysLeft < 0 ? words.topics.expired : words.topics.inDays(daysLeft)})</span>
              )}
            </td>
            <td className="figure">{used || words.topics.never}</td>
            <td className="figure">{notUseful || '–'}</td>
          </tr>
        );
      })}
    </Table>
  );
}
