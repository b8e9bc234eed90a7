// Figures for those who steer: what came in, what became of it, how long it took, what it cost; each with its table and file.
import { type ReactNode, useCallback, useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Figures as Counted, Duration } from '../../../../src/desk/figures/wire';
import { Empty, Failed } from '../../parts/controls';
import { Select } from '../../parts/select';
import { call } from '../../server/api';
import { useMe } from '../../state/store';
import { useWords } from '../../words';
import { useLoaded } from '../load';
import { Bars, Sheet } from './chart';

const PERIODS = ['7', '30', '90', '365'] as const;
const DAY = 24 * 60 * 60 * 1000;

/** A date of the town's, so many days ago. */
function dayAgo(days: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(Date.now() - days * DAY);
}

export function Figures() {
  const t = useWords();
  const words = useWords().figures;
  const { timeZone } = useMe().town;
  const [period, setPeriod] = useState<(typeof PERIODS)[number]>('30');
  const [channel, setChannel] = useState('');
  const [service, setService] = useState('');
  const query = new URLSearchParams({
    from: dayAgo(Number(period) - 1, timeZone),
    to: dayAgo(0, timeZone),
    ...(channel && { channel }),
    ...(service && { service }),
  }).toString();
  const ask = useCallback(() => call<Counted>('GET', `figures?${query}`), [query]);
  const { value, fault, load } = useLoaded(ask);
  const channelName = (id: string) => words.channels[id] ?? id;
  const date = new Intl.DateTimeFormat(t.locale, { timeZone: 'UTC', dateStyle: 'long' });
  return (
    <div className="view">
      <header className="view-head">
        <h1>{words.title}</h1>
        {value && <p className="hint">{words.span(date.format(Date.parse(value.from)), date.format(Date.parse(value.to)))}</p>}
        <ToggleButtonGroup
          aria-label={words.period}
          className="kinds"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[period]}
          onSelectionChange={([key]) => setPeriod(key as typeof period)}
        >
          {PERIODS.map((days) => (
            <ToggleButton key={days} id={days} className="kind">
              {words.periods[days]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </header>
      {value && (
        <div className="view-filters">
          <Select
            label={words.channel}
            value={channel}
            options={[['', words.all], ...value.channels.map((id) => [id, channelName(id)] as const)]}
            choose={setChannel}
          />
          <Select
            label={words.service}
            value={service}
            options={[['', words.all], ...value.services.map(({ id, name }) => [id, name] as const)]}
            choose={setService}
          />
        </div>
      )}
      <Failed fault={fault} retry={load} />
      {!value && !fault && <p role="status">{t.loading}</p>}
      {value && value.totals.contacts === 0 && <Empty words={words.empty} />}
      {value && value.totals.contacts > 0 && (
        <>
          <Totals figures={value} />
          <Charts figures={value} query={query} channelName={channelName} />
        </>
      )}
    </div>
  );
}

function Totals({ figures: { totals, firstResponse, handling, promises, satisfaction, cost } }: { figures: Counted }) {
  const words = useWords().figures;
  const t = useWords();
  const { locale } = t;
  const money = (amount: number) =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: cost.currency,
      maximumFractionDigits: amount < 100 ? 2 : 0,
    }).format(amount);
  const number = (n: number) => new Intl.NumberFormat(locale).format(n);
  const share = (part: number, of: number) =>
    of > 0 ? new Intl.NumberFormat(locale, { style: 'percent' }).format(part / of) : '';
  const rated = (name: string, part: number, hint?: string) => (
    <Fact name={name} value={number(part)} hint={[share(part, totals.contacts), hint].filter(Boolean).join(' · ')} />
  );
  return (
    <dl className="totals">
      <Fact name={words.contacts} value={number(totals.contacts)} hint={words.contactsHint} />
      {rated(words.confirmed, totals.confirmed, words.confirmedHint)}
      {rated(words.handedOver, totals.handedOver)}
      {rated(words.unknown, totals.unknown, words.unknownHint)}
      {rated(words.afterHours, totals.afterHours)}
      <Fact name={words.requests} value={number(totals.requests)} hint={t.pair(words.reopened, totals.reopened)} />
      <Lasting name={words.firstResponse} duration={firstResponse} more={t.pair(words.left, totals.left)} />
      <Lasting name={words.handling} duration={handling} />
      <Fact
        name={words.promises}
        value={promises.told ? share(promises.kept, promises.told) : words.none}
        hint={promises.told ? words.of(promises.kept, promises.told) : ''}
      />
      <Fact
        name={words.satisfaction}
        value={satisfaction.n ? share(satisfaction.yes, satisfaction.n) : words.none}
        hint={satisfaction.n ? words.of(satisfaction.yes, satisfaction.n) : ''}
      />
      <Fact
        name={words.cost}
        value={money(cost.total)}
        hint={[
          cost.each !== undefined && words.each(money(cost.each)),
          cost.pieces > 0 && words.texts(cost.pieces, money(cost.pieces * cost.perPiece)),
          words.costHint(money(cost.perContact.desk), money(cost.perContact.online)),
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      <Fact name={words.saved} value={money(cost.saved)} hint={`${words.savedHint} ${words.atDesk(money(cost.atDesk))}`} />
    </dl>
  );
}

function Fact({ name, value, hint }: { name: string; value: ReactNode; hint?: string }) {
  return (
    <div className="total">
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        {hint && <span className="card-foot">{hint}</span>}
      </dd>
    </div>
  );
}

function Lasting({ name, duration: { n, median, most }, more }: { name: string; duration: Duration; more?: string }) {
  const words = useWords().figures;
  const hint = [words.working, most !== undefined && words.most(words.minutes(most), n), more].filter(Boolean).join(' · ');
  return (
    <Fact
      name={name}
      value={median === undefined ? words.none : words.minutes(median)}
      hint={median === undefined ? more : hint}
    />
  );
}

function Charts({ figures, query, channelName }: { figures: Counted; query: string; channelName(id: string): string }) {
  const words = useWords().figures;
  const { locale } = useWords();
  const day = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' });
  const wholeDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium' });
  const { byDay, byHour, byChannel, byService, byTopic } = figures;
  const parts = [words.confirmed, words.unknown, words.handedOver];
  const counts = [words.contacts, words.confirmed, words.handedOver, words.afterHours];
  return (
    <>
      <Sheet
        of="days"
        query={query}
        title={words.charts.days}
        head={[words.day, words.contacts, ...parts]}
        rows={byDay.map((row) => [
          wholeDay.format(Date.parse(row.day)),
          row.contacts,
          row.confirmed,
          row.unknown,
          row.handedOver,
        ])}
      >
        <Bars
          label={words.charts.days}
          series={parts}
          bars={byDay.map((row) => ({
            name: day.format(Date.parse(row.day)),
            values: [row.confirmed, row.unknown, row.handedOver],
          }))}
        />
      </Sheet>
      <Sheet
        of="hours"
        query={query}
        title={words.charts.hours}
        head={[words.hour, words.contacts]}
        rows={byHour.map(({ hour, contacts }) => [`${hour} h`, contacts])}
      >
        <Bars
          label={words.charts.hours}
          series={[words.contacts]}
          bars={byHour.map(({ hour, contacts }) => ({ name: `${hour} h`, values: [contacts] }))}
        />
      </Sheet>
      <Sheet
        of="channels"
        query={query}
        title={words.charts.channels}
        head={[words.channel, ...counts]}
        rows={byChannel.map((row) => [channelName(row.channel), row.contacts, row.confirmed, row.handedOver, row.afterHours])}
      />
      <Sheet
        of="services"
        query={query}
        title={words.charts.services}
        head={[words.service, ...counts, words.firstResponse, words.satisfied]}
        rows={byService.map(({ service, median, satisfied, answered, ...row }) => [
          service.name,
          row.contacts,
          row.confirmed,
          row.handedOver,
          row.afterHours,
          median === undefined ? '–' : words.minutes(median),
          answered ? words.of(satisfied, answered) : '–',
        ])}
      />
      <Sheet
        of="topics"
        query={query}
        title={words.charts.topics}
        head={[words.topic, words.times, words.requests, words.useful, words.notUseful]}
        rows={byTopic.map((row) => [row.title, row.times, row.requests, row.useful, row.notUseful])}
      />
    </>
  );
}
