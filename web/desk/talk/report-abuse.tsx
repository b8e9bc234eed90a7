// What was said to an agent is kept for their employer; with a pause the citizen is warned in calm words, and whoever is in
// danger is heard all the same.
import { useState } from 'react';
import type { AbuseKind } from '../../../src/desk/wire';
import { Button, Choice, Field } from '../parts/controls';
import { act } from '../state/conversation';
import { toast } from '../state/toasts';
import { useWords } from '../words';

const PAUSES = [0, 5, 15, 30] as const;

export function ReportAbuse({ id, done }: { id: string; done(): void }) {
  const t = useWords();
  const [abuse, setAbuse] = useState<AbuseKind>('insult');
  const [note, setNote] = useState('');
  const [pause, setPause] = useState('15');
  const pauseMinutes = Number(pause);
  async function report() {
    const isDone = await act(id, {
      kind: 'reportAbuse',
      abuse,
      note: note.trim(),
      ...(pauseMinutes > 0 ? { pauseMinutes } : {}),
    });
    if (!isDone) return;
    toast('good', t.abuse.kept);
    done();
  }
  return (
    <div className="transfer">
      <p>{t.abuse.intro}</p>
      <Choice label={t.abuse.kind} value={abuse} options={t.abuse.kinds} choose={(kind) => setAbuse(kind as AbuseKind)} />
      <Choice
        label={t.abuse.pause}
        hint={t.abuse.pauseHint}
        value={pause}
        options={Object.fromEntries(PAUSES.map((minutes) => [String(minutes), t.abuse.minutes(minutes)]))}
        choose={setPause}
      />
      <Field label={t.abuse.note}>
        {(field) => (
          <textarea id={field} rows={2} maxLength={1000} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
      <div className="window-foot">
        <Button onPress={done}>{t.cancel}</Button>
        <Button look="primary" onPress={() => void report()}>
          {t.abuse.report}
        </Button>
      </div>
    </div>
  );
}
