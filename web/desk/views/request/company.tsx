// What concerns more than one request or one service: handed on with a reason, put together and taken apart, declared known.
import { type FormEvent, useState } from 'react';
import type { TicketDetail } from '../../../../src/desk/wire';
import { Button, Field } from '../../parts/controls';
import { Select } from '../../parts/select';
import { api, Refused } from '../../server/api';
import { useDesk } from '../../state/store';
import { explain, toast } from '../../state/toasts';
import { useWords } from '../../words';
import { useLoaded } from '../load';

const askServices = () => api.services();

interface Parts {
  ticket: TicketDetail;
  changed(ticket: TicketDetail): void;
}

/** Does one thing at a time, shows what the request has become, and says why it could not. Resolves to whether it was done. */
function useStep({ ticket, changed }: Parts) {
  const t = useWords();
  const words = useWords().progress;
  const isLost = useDesk(({ link }) => link === 'lost');
  const [isBusy, setBusy] = useState(false);
  const step = async (work: () => Promise<unknown>, done: string): Promise<boolean> => {
    let isDone = false;
    setBusy(true);
    try {
      await work();
      isDone = true;
      toast('good', done);
    } catch (error) {
      const code = error instanceof Refused ? error.code : '';
      toast('bad', code === 'changed' ? t.tickets.changed : (words.why[code] ?? explain(error)));
    }
    // Whoever handed it on may not see it any more; what was there stays in sight.
    await api.ticket(ticket.reference).then(changed, () => undefined);
    setBusy(false);
    return isDone;
  };
  return { step, isIdle: !isBusy && !isLost };
}

/** Who acts for its citizen, and the end of that. */
export function HelperLine(parts: Parts) {
  const { reference, helper } = parts.ticket;
  const words = useWords().progress;
  const { step, isIdle } = useStep(parts);
  if (!helper) return null;
  return (
    <div className="part">
      <p className="hint">{words.helper(helper.name, helper.isTold)}</p>
      <Button isDisabled={!isIdle} onPress={() => void step(() => api.endHelp(reference), words.helpEnded)}>
        {words.endHelp}
      </Button>
    </div>
  );
}

export function HandOn(parts: Parts) {
  const { ticket } = parts;
  const words = useWords().progress;
  const { step, isIdle } = useStep(parts);
  const { reference, revision } = ticket;
  return (
    <section className="sheet">
      <h2>{words.handOn}</h2>
      <HandOnForm
        except={ticket.service?.id}
        isIdle={isIdle}
        handOn={(service, reason) => step(() => api.handOn(reference, { service, reason, revision }), words.handedOn)}
      />
    </section>
  );
}

interface HandOnFormProps {
  /** The service that has it. */
  except?: string;
  isIdle: boolean;
  /** Resolves to whether it was done. */
  handOn(service: string, reason: string): Promise<boolean>;
}

export function HandOnForm({ except, isIdle, handOn }: HandOnFormProps) {
  const words = useWords().progress;
  const { value } = useLoaded(askServices);
  const [service, setService] = useState('');
  const [reason, setReason] = useState('');

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!(await handOn(service, reason.trim()))) return;
    setService('');
    setReason('');
  }
  return (
    <form className="change" onSubmit={submit}>
      <Select
        label={words.service}
        value={service}
        options={[['', '–'], ...(value?.items ?? []).flatMap(({ id, name }) => (id === except ? [] : [[id, name] as const]))]}
        choose={setService}
      />
      <Field label={words.reason}>
        {(id) => <textarea id={id} rows={2} maxLength={1000} value={reason} onChange={({ target }) => setReason(target.value)} />}
      </Field>
      <Button type="submit" isDisabled={!isIdle || !service || !reason.trim()}>
        {words.handOnNow}
      </Button>
    </form>
  );
}

export function Company(parts: Parts) {
  const { ticket } = parts;
  const words = useWords().progress;
  const { step, isIdle } = useStep(parts);
  const [into, setInto] = useState('');
  const [next, setNext] = useState('');
  const { reference, mergedInto, incident } = ticket;

  async function merge(event: FormEvent) {
    event.preventDefault();
    // What could not be done can be mended where it was typed.
    if (await step(() => api.merge(reference, into.trim()), words.mergedNow)) setInto('');
  }
  async function declare(event: FormEvent) {
    event.preventDefault();
    const declared = { isDeclared: true, ...(next.trim() && { next: next.trim() }) };
    if (await step(() => api.incident(reference, declared), words.declared)) setNext('');
  }
  return (
    <section className="sheet">
      <h2>{words.others}</h2>
      {mergedInto ? (
        <Button isDisabled={!isIdle} onPress={() => void step(() => api.split(reference), words.splitNow)}>
          {words.split}
        </Button>
      ) : (
        <>
          <form className="part" onSubmit={merge}>
            <ShortText label={words.into} hint={words.intoHint} most={20} value={into} change={setInto} />
            <Button type="submit" isDisabled={!isIdle || !into.trim()}>
              {words.merge}
            </Button>
          </form>
          {incident ? (
            <Button
              isDisabled={!isIdle}
              onPress={() => void step(() => api.incident(reference, { isDeclared: false }), words.overNow)}
            >
              {words.over}
            </Button>
          ) : (
            <form className="part" onSubmit={declare}>
              <ShortText label={words.next} hint={words.nextHint} most={80} value={next} change={setNext} />
              <Button type="submit" isDisabled={!isIdle}>
                {words.declare}
              </Button>
            </form>
          )}
        </>
      )}
    </section>
  );
}

interface ShortTextProps {
  label: string;
  hint: string;
  /** Characters. */
  most: number;
  value: string;
  change(value: string): void;
}

function ShortText({ label, hint, most, value, change }: ShortTextProps) {
  return (
    <Field label={label} hint={hint}>
      {(id, hintId) => (
        <input
          id={id}
          aria-describedby={hintId}
          autoComplete="off"
          maxLength={most}
          value={value}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </Field>
  );
}
