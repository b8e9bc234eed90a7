// Other programs of the town: the keys they call with, shown once, renewed and ended; the web hooks they are told by, and what
// did not arrive there.
import { type FormEvent, useState } from 'react';
import type { HookState, KeyRow, NewKey, Scope } from '../../../src/desk/wire';
import { Button, Empty, Failed, Field, Window } from '../parts/controls';
import { Table } from '../parts/table';
import { Ticks } from '../parts/ticks';
import { programs } from '../server/programs';
import { explain, toast } from '../state/toasts';
import { useMoments } from '../time';
import { useLoaded } from '../views/load';
import { useWords } from '../words';

export function Programs() {
  const t = useWords();
  const words = t.programs;
  const { value, fault, isMissing, load } = useLoaded(programs.keys);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<NewKey>();
  const [ending, setEnding] = useState<KeyRow>();

  async function change(work: () => Promise<unknown>) {
    try {
      await work();
    } catch (error) {
      toast('bad', explain(error));
    }
    load();
  }
  if (isMissing) return <Empty words={t.people.forbidden} />;
  return (
    <>
      <div className="part-head">
        <h2>{words.keys}</h2>
        <Button look="primary" icon="plus" onPress={() => setMaking(true)}>
          {words.add}
        </Button>
      </div>
      <p className="hint">{words.keysIntro}</p>
      <Failed fault={fault} retry={load} />
      {value?.items.length === 0 && <p className="sheet">{words.noKeys}</p>}
      <ul className="people">
        {value?.items.map((row) => (
          <Key
            key={row.prefix}
            row={row}
            renew={() => void change(async () => setMade(await programs.renewKey(row.prefix)))}
            end={() => setEnding(row)}
          />
        ))}
      </ul>
      <Hooks />
      <Window title={words.add} isOpen={isMaking} onClose={() => setMaking(false)} wide>
        <KeyForm
          done={(key) => {
            setMaking(false);
            setMade(key);
            load();
          }}
        />
      </Window>
      <Window title={words.shownTitle} isOpen={made !== undefined} onClose={() => setMade(undefined)}>
        {made && <ShownOnce made={made} />}
      </Window>
      <Window
        title={ending ? words.endTitle(ending.name) : words.end}
        isOpen={ending !== undefined}
        onClose={() => setEnding(undefined)}
      >
        <p>{words.endIntro}</p>
        <div className="window-foot">
          <Button onPress={() => setEnding(undefined)}>{t.cancel}</Button>
          <Button
            look="danger"
            onPress={() => {
              if (ending) void change(() => programs.endKey(ending.prefix));
              setEnding(undefined);
            }}
          >
            {words.end}
          </Button>
        </div>
      </Window>
    </>
  );
}

function Key({ row, renew, end }: { row: KeyRow; renew(): void; end(): void }) {
  const words = useWords().programs;
  const { shortDay, dayAndClock } = useMoments();
  const { prefix, name, scopes, createdAt, lastUsedAt, endsAt, endedAt } = row;
  const facts = [words.since(shortDay(createdAt)), lastUsedAt ? words.used(dayAndClock(lastUsedAt)) : words.unused];
  return (
    <li className="sheet reply">
      <div className="person-who">
        <p>
          <strong>{name}</strong> <code>{prefix}…</code> {endedAt && <span className="tag">{words.ended}</span>}
          {endsAt && !endedAt && <span className="tag waiting">{words.ends(dayAndClock(endsAt))}</span>}
        </p>
        <p>{scopes.map((scope) => words.scopeNames[scope]).join(' · ')}</p>
        <p className="hint">{facts.join(' · ')}</p>
      </div>
      {!endedAt && (
        <div className="person-acts">
          {!endsAt && <Button onPress={renew}>{words.renew}</Button>}
          <Button look="quiet" onPress={end}>
            {words.end}
          </Button>
        </div>
      )}
    </li>
  );
}

function KeyForm({ done }: { done(made: NewKey): void }) {
  const words = useWords().programs;
  const [scopes, setScopes] = useState<string[]>(['tickets.read']);
  const [fault, setFault] = useState('');

  async function make(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name'));
    if (scopes.length === 0) return setFault(words.noScope);
    try {
      done(await programs.makeKey(name, scopes as Scope[]));
    } catch (error) {
      setFault(explain(error));
    }
  }
  return (
    <form className="form" onSubmit={make}>
      <Field label={words.name}>{(id) => <input id={id} name="name" maxLength={100} autoComplete="off" required />}</Field>
      <Ticks label={words.scopes} options={Object.entries(words.scopeNames)} value={scopes} choose={setScopes} />
      <p className="fault" role="alert">
        {fault}
      </p>
      <div className="window-foot">
        <Button type="submit" look="primary">
          {words.make}
        </Button>
      </div>
    </form>
  );
}

function ShownOnce({ made }: { made: NewKey }) {
  const words = useWords().programs;
  const [isCopied, setCopied] = useState(false);
  return (
    <>
      <p>{words.shownIntro(made.row.name)}</p>
      <div className="field">
        <input readOnly value={made.key} aria-label={words.shownTitle} onFocus={({ target }) => target.select()} />
      </div>
      <div className="window-foot">
        <Button
          look="primary"
          icon={isCopied ? 'check' : 'link'}
          onPress={() => void navigator.clipboard.writeText(made.key).then(() => setCopied(true))}
        >
          {isCopied ? words.copied : words.copy}
        </Button>
      </div>
    </>
  );
}

function Hooks() {
  const words = useWords().programs;
  const { value, fault, load } = useLoaded(programs.hooks);
  return (
    <section className="part" aria-labelledby="hooks">
      <div className="part-head">
        <h2 id="hooks">{words.hooks}</h2>
        <Button onPress={load}>{words.reload}</Button>
      </div>
      <p className="hint">{words.hooksIntro}</p>
      <Failed fault={fault} retry={load} />
      {value?.items.length === 0 && <p className="sheet">{words.noHooks}</p>}
      <ul className="people">
        {value?.items.map((hook) => (
          <Hook key={hook.id} hook={hook} load={load} />
        ))}
      </ul>
    </section>
  );
}

function Hook({ hook: { id, url, events, letters }, load }: { hook: HookState; load(): void }) {
  const words = useWords().programs;
  const { dayAndClock } = useMoments();
  const { event, at: when, state: stands, tries } = words.columns;

  async function change(work: () => Promise<string>) {
    try {
      toast('good', await work());
    } catch (error) {
      toast('bad', explain(error));
    }
    load();
  }
  return (
    <li className="sheet">
      <div className="person-who">
        <p>
          <strong>{id}</strong> <code>{url}</code>
        </p>
        <p className="hint">{events?.join(' · ') ?? words.everything}</p>
        <p>{letters.length === 0 ? words.fine : words.waiting(letters.length)}</p>
      </div>
      {letters.length > 0 && (
        <Table label={id} columns={[event, when, stands, tries]}>
          {letters.map(({ id: letter, type, at, state, attempts, reason }) => (
            <tr key={letter}>
              <td>
                <code>{type}</code>
              </td>
              <td className="figure">{dayAndClock(at)}</td>
              <td>
                {words.states[state] ?? state}
                {reason && <span className="card-foot">{reason}</span>}
              </td>
              <td className="figure">{attempts}</td>
            </tr>
          ))}
        </Table>
      )}
      <div className="person-acts">
        <Button onPress={() => void change(async () => ((await programs.test(id)) ? words.tested : ''))}>{words.test}</Button>
        {letters.some(({ state }) => state === 'dead') && (
          <Button onPress={() => void change(async () => words.sentAgain((await programs.replay(id)).again))}>
            {words.again}
          </Button>
        )}
      </div>
    </li>
  );
}
