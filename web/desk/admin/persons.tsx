// What is kept of a person, for whoever answers them: found once they were recognised, given as one file, or erased.
import { type FormEvent, useState } from 'react';
import type { PersonAsked, PersonErased, PersonHeld, Proof } from '../../../src/desk/wire';
import { Button, Choice, Field, Window } from '../parts/controls';
import { Table } from '../parts/table';
import { follow, pathOf } from '../route';
import { Refused } from '../server/api';
import { rights } from '../server/rights';
import { explain, toast } from '../state/toasts';
import { useMoments } from '../time';
import { useWords } from '../words';
import { ErasePerson } from './erase-person';

interface Found {
  asked: PersonAsked;
  held: PersonHeld;
}

export function Persons() {
  const words = useWords().rights;
  const [by, setBy] = useState<PersonAsked['by']>('phone');
  const [proof, setProof] = useState<Proof | ''>('');
  const [fault, setFault] = useState('');
  const [found, setFound] = useState<Found>();
  const [isErasing, setErasing] = useState(false);
  const [erased, setErased] = useState<PersonErased>();

  async function look(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get('value'));
    setFound(undefined);
    setErased(undefined);
    if (!proof) return setFault(words.noProof);
    const asked = { by, value, proof };
    try {
      setFound({ asked, held: await rights.find(asked) });
      setFault('');
    } catch (error) {
      const code = error instanceof Refused ? error.code : '';
      setFault(code === 'not-found' ? words.none : code === 'unreadable' ? words.unreadable : explain(error));
    }
  }

  return (
    <>
      <div className="part-head">
        <h2>{words.title}</h2>
      </div>
      <p className="hint">{words.intro}</p>
      <form className="sheet form" onSubmit={look}>
        <Choice label={words.by} value={by} options={words.ways} choose={(way) => setBy(way as PersonAsked['by'])} />
        <Field label={words.ways[by]}>
          {(id) => (
            <input id={id} name="value" type={by === 'email' ? 'email' : 'text'} maxLength={254} autoComplete="off" required />
          )}
        </Field>
        <Choice label={words.proof} value={proof} options={words.proofs} choose={(chosen) => setProof(chosen as Proof)} />
        <p className="fault" role="alert">
          {fault}
        </p>
        <div className="window-foot">
          <Button type="submit" look="primary" icon="search">
            {words.find}
          </Button>
        </div>
      </form>
      <div role="status">{erased && <Erased erased={erased} />}</div>
      {found && <Held {...found} erase={() => setErasing(true)} />}
      <Window title={words.eraseTitle} isOpen={isErasing} onClose={() => setErasing(false)} wide>
        {found && (
          <ErasePerson
            {...found}
            done={(gone) => {
              setErasing(false);
              if (!gone) return;
              setErased(gone);
              setFound(undefined);
            }}
          />
        )}
      </Window>
    </>
  );
}

function Erased({ erased: { requests, conversations, kept } }: { erased: PersonErased }) {
  const words = useWords().rights;
  return (
    <div className="sheet">
      <p>{words.erased(requests, conversations)}</p>
      {kept.length > 0 && <p>{words.stays}</p>}
      <ul>
        {kept.map(({ reference, why }) => (
          <li key={reference}>
            <code>{reference}</code> {words.keptFor[why]}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Held({ asked, held, erase }: Found & { erase: () => void }) {
  const t = useWords();
  const words = t.rights;
  const { dayAndClock, shortDay } = useMoments();
  const { requests, conversations, conversationCount } = held;

  async function save() {
    try {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([await rights.copy(asked)], { type: 'application/json' }));
      link.download = 'person.json';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      toast('good', words.exported);
    } catch (error) {
      toast('bad', explain(error));
    }
  }

  return (
    <>
      <div className="part-head">
        <h3>{words.held(requests.length, conversationCount)}</h3>
        <div className="person-acts">
          <Button icon="download" onPress={() => void save()}>
            {words.export}
          </Button>
          <Button look="danger" onPress={erase}>
            {words.erase}
          </Button>
        </div>
      </div>
      {requests.length > 0 && (
        <Table
          isSheet
          label={words.requests}
          columns={[words.columns.reference, words.columns.request, words.columns.received, words.columns.stays]}
        >
          {requests.map(({ reference, title, state, openedAt, files, service, keptFor }) => {
            const to = { view: 'ticket', reference } as const;
            return (
              <tr key={reference}>
                <td>
                  <a href={pathOf(to)} onClick={(event) => follow(event, to)}>
                    <code>{reference}</code>
                  </a>
                </td>
                <td>
                  {title}
                  <span className="card-foot">
                    {[t.tickets.is[state] ?? state, service?.name, files > 0 && words.files(files)].filter(Boolean).join(' · ')}
                  </span>
                </td>
                <td className="figure">{shortDay(openedAt)}</td>
                <td>{keptFor ? words.keptFor[keptFor] : words.goes}</td>
              </tr>
            );
          })}
        </Table>
      )}
      {conversations.length > 0 && (
        <section className="sheet" aria-label={words.conversations}>
          <h3>{words.conversations}</h3>
          <ul>
            {conversations.map(({ id, channel, at, isInHand }) => {
              const to = { view: 'desk', conversation: id } as const;
              return (
                <li key={id}>
                  <a href={pathOf(to)} onClick={(event) => follow(event, to)}>
                    {t.channels[channel] ?? channel}
                  </a>{' '}
                  {words.lastWrite(dayAndClock(at))} {isInHand && <span className="tag waiting">{words.inHand}</span>}
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </>
  );
}
