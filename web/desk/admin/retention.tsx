// What the plan of retention takes away next, what is held against it, and the list of what went.
import { useState } from 'react';
import type { ComingEnd, RetentionPlan } from '../../../src/desk/wire';
import { Empty, Failed } from '../parts/controls';
import { DayField } from '../parts/dates';
import { Icon } from '../parts/icon';
import { Table } from '../parts/table';
import { follow, pathOf } from '../route';
import { eliminationsFile, rights } from '../server/rights';
import { useMoments } from '../time';
import { useLoaded } from '../views/load';
import { useWords } from '../words';

export function Retention() {
  const t = useWords();
  const words = t.rights.retention;
  const { value: plan, fault, isMissing, load } = useLoaded(rights.plan);
  if (isMissing) return <Empty words={t.people.forbidden} />;
  return (
    <>
      <div className="part-head">
        <h2>{words.title}</h2>
      </div>
      <p className="hint">{words.intro}</p>
      <Failed fault={fault} retry={load} />
      {!plan && !fault && <p role="status">{t.loading}</p>}
      {plan && <Plan plan={plan} />}
      {plan && <Held held={plan.held} />}
      <Eliminations />
    </>
  );
}

function Plan({ plan: { rules, ahead, topics, conversations, toTransfer } }: { plan: RetentionPlan }) {
  const words = useWords().rights.retention;
  const { shortDay } = useMoments();
  if (!rules) return <p className="sheet">{words.none}</p>;
  const next = (one: ComingEnd['ends']) => (one ? words.next(shortDay(one.on), one.count, ahead) : '–');
  const { topic, rule, restricts, ends } = words.columns;
  return (
    <>
      {topics.length === 0 && <p className="sheet">{words.calm}</p>}
      {topics.length > 0 && (
        <Table isSheet label={words.title} columns={[topic, rule, restricts, ends]}>
          {topics.map((one) => (
            <tr key={one.topic}>
              <td>{one.title}</td>
              <td>{words.rule(one.inUse, one.restricted)}</td>
              <td>{next(one.restricts)}</td>
              <td>
                {next(one.ends)}
                <span className="card-foot">{words.fates[one.end]}</span>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <p className="hint">{words.conversations(conversations, ahead)}</p>
      {toTransfer > 0 && <p className="hint">{words.toTransfer(toTransfer)}</p>}
    </>
  );
}

function Held({ held }: Pick<RetentionPlan, 'held'>) {
  const words = useWords().rights.retention;
  const { shortDay } = useMoments();
  const { reference, since, by, reason } = words.heldColumns;
  return (
    <section className="part" aria-labelledby="held">
      <h3 id="held">{words.heldTitle}</h3>
      {held.length === 0 && <p className="hint">{words.nothingHeld}</p>}
      {held.length > 0 && (
        <Table isSheet label={words.heldTitle} columns={[reference, since, by, reason]}>
          {held.map((one) => {
            const to = { view: 'ticket', reference: one.reference } as const;
            return (
              <tr key={one.reference}>
                <td>
                  <a href={pathOf(to)} onClick={(event) => follow(event, to)}>
                    <code>{one.reference}</code>
                  </a>
                  <span className="card-foot">{one.title}</span>
                </td>
                <td className="figure">{shortDay(one.at)}</td>
                <td>{one.by}</td>
                <td>{one.reason}</td>
              </tr>
            );
          })}
        </Table>
      )}
    </section>
  );
}

function Eliminations() {
  const t = useWords();
  const words = t.rights.retention;
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  return (
    <section className="part" aria-labelledby="eliminations">
      <div className="part-head">
        <h3 id="eliminations">{words.listTitle}</h3>
        <a className="button plain" href={eliminationsFile(from, to)} download>
          <Icon name="download" /> <span>{t.trail.export}</span>
        </a>
      </div>
      <p className="hint">{words.listIntro}</p>
      <div className="filters">
        <DayField label={t.trail.from} value={from} choose={setFrom} />
        <DayField label={t.trail.to} value={to} choose={setTo} />
      </div>
    </section>
  );
}
