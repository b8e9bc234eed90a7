// A conversation that is over, kept for training: read without its citizen, written anew where too much or too little is
// hidden, and offered to those who learn.
import { type FormEvent, useCallback, useState } from 'react';
import type { ConversationDetail, RecordingDraft } from '../../../src/desk/wire';
import { Button, Failed, Field } from '../parts/controls';
import { Tick, Ticks } from '../parts/ticks';
import { call } from '../server/api';
import { explain, toast } from '../state/toasts';
import { useLoaded } from '../views/load';
import { useWords } from '../words';

interface KeepRecordingProps {
  conversation: string;
  outcomes: ConversationDetail['outcomes'];
  done(): void;
}

export function KeepRecording({ conversation, outcomes, done }: KeepRecordingProps) {
  const t = useWords();
  const ask = useCallback(
    () => call<RecordingDraft>('GET', `conversations/${encodeURIComponent(conversation)}/recording`),
    [conversation],
  );
  const { value, fault, load } = useLoaded(ask);
  if (!value) return fault ? <Failed fault={fault} retry={load} /> : <p role="status">{t.loading}</p>;
  return <Reading draft={value} {...{ conversation, outcomes, done }} />;
}

/** Parts stand with an empty line between them. */
const joined = (parts: string[]) => parts.join('\n\n');
const partsIn = (text: string) =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean);

function Reading({ draft, conversation, outcomes, done }: KeepRecordingProps & { draft: RecordingDraft }) {
  const t = useWords();
  const words = t.training.keep;
  const [actionId] = useState(() => crypto.randomUUID());
  const [title, setTitle] = useState('');
  const [about, setAbout] = useState('');
  const [opening, setOpening] = useState(() => joined(draft.opening));
  const [turns, setTurns] = useState(() => joined(draft.turns));
  const [ends, setEnds] = useState<string[]>(draft.outcomes);
  const [isRead, setRead] = useState(false);
  const [fault, setFault] = useState('');
  const [isBusy, setBusy] = useState(false);

  async function keep(event: FormEvent) {
    event.preventDefault();
    if (!title.trim() || !about.trim() || partsIn(opening).length === 0 || ends.length === 0) return setFault(words.incomplete);
    if (!isRead) return setFault(words.unread);
    setBusy(true);
    try {
      await call('POST', 'training/recordings', {
        ...{ actionId, conversation, title, about, outcomes: ends },
        ...{ opening: partsIn(opening), turns: partsIn(turns) },
      });
      toast('good', words.kept);
      done();
    } catch (error) {
      setFault(explain(error));
      setBusy(false);
    }
  }

  const text = (label: string, hint: string, value: string, change: (value: string) => void, rows: number) => (
    <Field label={label} hint={hint}>
      {(id, hintId) => (
        <textarea
          {...{ id, rows, value, lang: draft.language, 'aria-describedby': hintId }}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </Field>
  );
  return (
    <form className="form" onSubmit={(event) => void keep(event)}>
      <p className="hint">{words.intro}</p>
      <Field label={words.title}>
        {(id) => (
          <input id={id} maxLength={100} autoComplete="off" value={title} onChange={({ target }) => setTitle(target.value)} />
        )}
      </Field>
      <Field label={words.about} hint={words.aboutHint}>
        {(id, hintId) => (
          <input
            {...{ id, maxLength: 300, autoComplete: 'off', value: about, 'aria-describedby': hintId }}
            onChange={({ target }) => setAbout(target.value)}
          />
        )}
      </Field>
      {text(words.opening, words.partsHint, opening, setOpening, 5)}
      {text(words.turns, words.turnsHint, turns, setTurns, 6)}
      <Ticks label={words.outcomes} options={outcomes.map(({ id, name }) => [id, name])} value={ends} choose={setEnds} />
      <Tick isSelected={isRead} change={setRead}>
        {words.read}
      </Tick>
      <p className="fault" role="alert">
        {fault}
      </p>
      <div className="window-foot">
        <Button onPress={done}>{t.cancel}</Button>
        <Button type="submit" look="primary" isDisabled={isBusy}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}
