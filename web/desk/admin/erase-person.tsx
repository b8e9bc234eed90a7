// Erasing what is kept of a person: who asks and why, what stays, and the contact typed once more, for there is no way back.
import { type FormEvent, useState } from 'react';
import { Checkbox } from 'react-aria-components';
import type { Asker, Ground, PersonAsked, PersonErased, PersonHeld } from '../../../src/desk/wire';
import { Button, Choice, Field } from '../parts/controls';
import { Refused } from '../server/api';
import { rights } from '../server/rights';
import { explain } from '../state/toasts';
import { useWords } from '../words';

interface Parts {
  asked: PersonAsked;
  held: PersonHeld;
  /** Without what went: given up. */
  done(erased?: PersonErased): void;
}

export function ErasePerson({ asked, held, done }: Parts) {
  const t = useWords();
  const words = t.rights;
  const [asker, setAsker] = useState<Asker>('person');
  const [ground, setGround] = useState<Ground>('no-longer-needed');
  const [withOpen, setWithOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);
  const stays = held.requests.filter(({ keptFor }) => keptFor && !(withOpen && keptFor === 'open'));

  async function erase(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setBusy(true);
    try {
      done(await rights.erase({ ...asked, asker, ground, typed, withOpen }));
    } catch (error) {
      const code = error instanceof Refused ? error.code : '';
      setFault(words.faults[code] ?? explain(error));
      setBusy(false);
    }
  }
  return (
    <form className="form" onSubmit={erase}>
      <p>{words.eraseIntro}</p>
      {stays.length > 0 && (
        <div>
          <p>{words.stays}</p>
          <ul>
            {stays.map(({ reference, keptFor }) => (
              <li key={reference}>
                <code>{reference}</code> {keptFor && words.keptFor[keptFor]}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Choice label={words.asker} value={asker} options={words.askers} choose={(one) => setAsker(one as Asker)} />
      <Choice label={words.ground} value={ground} options={words.grounds} choose={(one) => setGround(one as Ground)} />
      {held.requests.some(({ keptFor }) => keptFor === 'open') && (
        <div className="choices">
          <Checkbox className="choice-option" isSelected={withOpen} onChange={setWithOpen}>
            <span className="tick" aria-hidden="true" /> {words.withOpen}
          </Checkbox>
        </div>
      )}
      <Field label={words.type(held.confirm)}>
        {(id) => (
          <input id={id} value={typed} onChange={({ target }) => setTyped(target.value)} maxLength={254} autoComplete="off" />
        )}
      </Field>
      <p className="fault" role="alert">
        {fault}
      </p>
      <div className="window-foot">
        <Button onPress={() => done()}>{t.cancel}</Button>
        <Button type="submit" look="danger" isDisabled={isBusy || typed.trim() !== held.confirm}>
          {words.eraseNow}
        </Button>
      </div>
    </form>
  );
}
