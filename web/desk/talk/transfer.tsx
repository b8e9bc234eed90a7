// To whom a conversation passes: a service or a colleague, found by a few letters, and a word for them. The services that it
// was passed to last stand first, on any machine.
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import type { Destinations } from '../../../src/desk/wire';
import { fold } from '../../../src/domain/language/words';
import { Button } from '../parts/controls';
import { api } from '../server/api';
import { changeMe } from '../state/session';
import { useMe } from '../state/store';
import { explain } from '../state/toasts';
import { useWords } from '../words';

/** Services that are remembered. */
const MOST_RECENT = 3;

interface TransferProps {
  /** Whether it went; `name`: of whom it goes to. */
  pass(to: { agent?: string; service?: string; note: string }, name: string): Promise<boolean>;
  cancel(): void;
}

export function Transfer({ pass, cancel }: TransferProps) {
  const t = useWords();
  const me = useMe();
  const [known, setKnown] = useState<Destinations>();
  const [fault, setFault] = useState('');
  const [to, setTo] = useState('');
  const [wanted, setWanted] = useState('');
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const noteField = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    api.destinations().then(setKnown, (error) => setFault(explain(error)));
  }, []);
  if (!known) return <p className={fault ? 'fault' : ''}>{fault || t.loading}</p>;

  const recent = me.settings.passedTo ?? [];
  const last = (id: string) => (recent.includes(id) ? recent.indexOf(id) : MOST_RECENT);
  const isWanted = ({ name }: { name: string }) => ` ${fold(name)}`.includes(` ${fold(wanted)}`);
  const services = known.services.filter(isWanted).sort((one, other) => last(one.id) - last(other.id));
  const present = known.agents.filter((agent) => agent.id !== me.id && agent.status === 'available');
  const agents = present.filter(isWanted);
  const found = [...services.map(({ id }) => `service=${id}`), ...agents.map(({ id }) => `agent=${id}`)];

  function narrow(typed: string) {
    setWanted(typed);
    // What is not in sight any more is not chosen without being seen.
    setTo('');
  }
  function takeFirst(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !found[0]) return;
    event.preventDefault();
    setTo(found[0]);
    noteField.current?.focus();
  }
  async function send() {
    if (!note.trim()) return setFault(t.actions.noteNeeded);
    setBusy(true);
    const [kind, ...rest] = to.split('=');
    const target = rest.join('=');
    const name = [...known!.services, ...known!.agents].find((one) => one.id === target)?.name ?? '';
    // Where it went, the window is gone.
    const isGone = await pass({ note: note.trim(), ...(kind === 'agent' ? { agent: target } : { service: target }) }, name);
    if (!isGone) setBusy(false);
    else if (kind === 'service')
      void changeMe({ settings: { passedTo: [target, ...recent.filter((one) => one !== target)].slice(0, MOST_RECENT) } });
  }
  return (
    <div className="transfer">
      <label className="field">
        <span className="field-label">{t.actions.findDestination}</span>
        <input
          type="search"
          // The window was opened to choose from many: a few letters do.
          // biome-ignore lint/a11y/noAutofocus: a dialog takes the focus in any case, and its first field is where to begin.
          autoFocus
          autoComplete="off"
          maxLength={80}
          value={wanted}
          onChange={({ target }) => narrow(target.value)}
          onKeyDown={takeFirst}
        />
      </label>
      <p className="unseen" role="status">
        {wanted && t.actions.found(found.length)}
      </p>
      <RadioGroup aria-label={t.actions.transferTitle} className="destinations" value={to} onChange={setTo}>
        {services.length > 0 && <h3>{t.actions.toService}</h3>}
        {services.map((service) => (
          <Destination key={service.id} value={`service=${service.id}`} name={service.name}>
            {service.isOpen ? t.actions.waiting(service.waiting) : t.actions.isClosed}
          </Destination>
        ))}
        {(agents.length > 0 || present.length === 0) && <h3>{t.actions.toAgent}</h3>}
        {present.length === 0 && <p className="hint">{t.actions.nobody}</p>}
        {agents.map((agent) => (
          <Destination key={agent.id} value={`agent=${agent.id}`} name={agent.name}>
            {t.status.load(agent.load, agent.capacity)}
          </Destination>
        ))}
        {found.length === 0 && <p className="hint">{t.actions.found(0)}</p>}
      </RadioGroup>
      <div className="field">
        <label htmlFor="transfer-note">{t.actions.note}</label>
        <textarea
          id="transfer-note"
          ref={noteField}
          rows={2}
          maxLength={2000}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </div>
      <p className="fault" role="alert">
        {fault}
      </p>
      <div className="window-foot">
        <Button onPress={cancel}>{t.cancel}</Button>
        <Button look="primary" isDisabled={!to || isBusy} onPress={() => void send()}>
          {t.actions.transfer}
        </Button>
      </div>
    </div>
  );
}

function Destination({ value, name, children }: { value: string; name: string; children: ReactNode }) {
  return (
    <Radio value={value} className="destination">
      <span className="radio" aria-hidden="true" />
      <span className="destination-name">{name}</span>
      <span className="hint">{children}</span>
    </Radio>
  );
}
