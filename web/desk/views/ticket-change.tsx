// Moving a request on: a new state, words, or both. What is public is told to the citizen in the way of all news of a request.
import { type FormEvent, useState } from 'react';
import { Radio, RadioGroup, Switch } from 'react-aria-components';
import type { TicketDetail } from '../../../src/desk/wire';
import { Button } from '../parts/controls';
import { api, Refused, type TicketStep } from '../server/api';
import { useDesk } from '../state/store';
import { explain, toast } from '../state/toasts';
import { useWords } from '../words';
import { changeOf, type Handing, HandOver, needsAgreement } from './request/hand-over';

/** Ends that the citizen is to hear the reason of. */
const ENDS = new Set(['resolved', 'refused', 'moved']);

export function TicketChange({ ticket, changed }: { ticket: TicketDetail; changed(ticket: TicketDetail): void }) {
  const t = useWords();
  async function save(change: TicketStep): Promise<boolean> {
    const { reference, revision } = ticket;
    try {
      changed(await api.changeTicket(reference, { ...change, revision }));
      toast('good', t.tickets.saved);
      return true;
    } catch (error) {
      const isChanged = error instanceof Refused && error.code === 'changed';
      toast('bad', isChanged ? t.tickets.changed : explain(error));
      // What was typed stays; what the request has become is shown beside it.
      if (isChanged) await api.ticket(reference).then(changed, () => undefined);
      return false;
    }
  }
  return (
    <section className="sheet">
      <h2>{t.tickets.change}</h2>
      <ChangeForm
        may={ticket.may}
        authorities={ticket.authorities}
        hasFiles={ticket.files.length > 0}
        hasAgreed={ticket.hasAgreed}
        save={save}
      />
    </section>
  );
}

interface FormProps {
  may: readonly string[];
  /** Whose it may be; nobody can be named where there are none. */
  authorities?: TicketDetail['authorities'];
  hasFiles?: boolean;
  hasAgreed?: boolean;
  /** Whether it went; what is typed stays until it has. */
  save(change: TicketStep): Promise<boolean>;
}

export function ChangeForm({ may, authorities = [], hasFiles = false, hasAgreed = false, save }: FormProps) {
  const t = useWords();
  const isLost = useDesk(({ link }) => link === 'lost');
  const [state, setState] = useState('');
  const [words, setWords] = useState('');
  const [isPublic, setPublic] = useState(true);
  const [handing, setHanding] = useState<Handing>({});
  const [isBusy, setBusy] = useState(false);
  const maySave =
    !isBusy &&
    !isLost &&
    !(state === 'moved' && needsAgreement(handing, hasAgreed)) &&
    (state !== '' || words.trim() !== '') &&
    (!ENDS.has(state) || (isPublic && words.trim() !== ''));

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const handed = state === 'moved' ? changeOf(handing) : {};
    const isSaved = await save({ ...(state && { state }), ...(words.trim() && { words: words.trim() }), isPublic, ...handed });
    setBusy(false);
    if (!isSaved) return;
    setState('');
    setWords('');
    setHanding({});
  }
  return (
    <form className="change" onSubmit={submit}>
      <RadioGroup aria-label={t.tickets.newState} className="choice" value={state} onChange={setState}>
        <div className="choices">
          {['', ...may].map((one) => (
            <Radio key={one} value={one} className="choice-option">
              <span className="radio" aria-hidden="true" /> {one ? t.tickets.is[one] : t.tickets.same}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      {state === 'moved' && authorities.length > 0 && (
        <HandOver authorities={authorities} hasFiles={hasFiles} hasAgreed={hasAgreed} handing={handing} change={setHanding} />
      )}
      <div className="field">
        <label htmlFor="ticket-words">{t.tickets.words}</label>
        <textarea id="ticket-words" rows={2} maxLength={1000} value={words} onChange={({ target }) => setWords(target.value)} />
      </div>
      <div className="on-off">
        <Switch className="switch" isSelected={isPublic} onChange={setPublic}>
          <span className="switch-track" aria-hidden="true" />
          {t.tickets.public}
        </Switch>
        <p className="hint">{t.tickets.publicHint}</p>
      </div>
      <Button type="submit" look="primary" isDisabled={!maySave}>
        {t.tickets.save}
      </Button>
    </form>
  );
}
