// The questions of a topic's form, all at once: what is typed, and beneath it what was understood, or why it was not.
import { useId } from 'react';
import type { ContactReading } from '../../../src/desk/wire';
import { Choice } from '../parts/controls';
import { useWords } from '../words';
import { answer } from './contact';

type Field = ContactReading['fields'][number];

export function Fields({ fields, typed, isTried }: { fields: Field[]; typed: Record<string, string>; isTried: boolean }) {
  return fields.map((field) => <OneField key={field.id} field={field} typed={typed[field.id] ?? ''} isTried={isTried} />);
}

function OneField({ field, typed, isTried }: { field: Field; typed: string; isTried: boolean }) {
  const t = useWords();
  const id = useId();
  const { label, ask, kind, isRequired, isMissing, choices, read, refused } = field;
  const name = isRequired ? label : t.counter.optional(label);
  const fault = refused ?? (isTried && isMissing ? t.counter.missing : undefined);
  const options = kind === 'yes-no' ? { yes: t.yes, no: t.no } : choices && byId(choices);
  if (options) {
    // What was understood of the words is shown as chosen until the agent chooses otherwise.
    const chosen = typed || Object.entries(options).find(([, name]) => name === read)?.[0] || '';
    return (
      <div className="field" data-missing={fault === undefined ? undefined : ''}>
        <Choice label={name} hint={ask} value={chosen} options={options} choose={(choice) => answer(field.id, choice)} />
        {fault && <p className="fault">{fault}</p>}
      </div>
    );
  }
  return (
    <div className="field" data-missing={fault === undefined ? undefined : ''}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        value={typed}
        aria-describedby={`${id}-ask ${id}-read`}
        aria-invalid={fault ? true : undefined}
        autoComplete="off"
        maxLength={1000}
        onChange={({ target }) => answer(field.id, target.value)}
      />
      <p className="hint" id={`${id}-ask`}>
        {ask}
      </p>
      <p id={`${id}-read`} className={fault ? 'fault' : 'understood-as'}>
        {fault ?? (read && read !== typed ? t.counter.read(read) : '')}
      </p>
    </div>
  );
}

const byId = (choices: Array<{ id: string; label: string }>) => Object.fromEntries(choices.map(({ id, label }) => [id, label]));
