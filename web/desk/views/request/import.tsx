// Requests taken over from a file of another program: checked first, line by line, then registered, each once.
import { useState } from 'react';
import type { ImportOutcome } from '../../../../src/desk/wire';
import { Button } from '../../parts/controls';
import { api } from '../../server/api';
import { explain, toast } from '../../state/toasts';
import { useWords } from '../../words';

const LONGEST = 250_000;

export function ImportTickets({ opened }: { opened: () => void }) {
  const words = useWords().files;
  const [csv, setCsv] = useState('');
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);

  async function choose(file: File | undefined) {
    setOutcome(null);
    const text = file ? await file.text() : '';
    if (text.length > LONGEST) toast('bad', words.tooLarge);
    setCsv(text.length > LONGEST ? '' : text);
  }

  async function send(isTrial: boolean) {
    try {
      const came = await api.importTickets(csv, isTrial);
      setOutcome(came);
      if (came.opened > 0) opened();
    } catch (error) {
      toast('bad', explain(error));
    }
  }

  const isReady = outcome !== null && outcome.faults.length === 0 && outcome.ready > 0;
  return (
    <details className="sheet">
      <summary>{words.import}</summary>
      <p className="hint">{words.hint}</p>
      <label className="field">
        <span>{words.file}</span>
        <input type="file" accept=".csv,text/csv" onChange={(event) => void choose(event.target.files?.[0])} />
      </label>
      <Button isDisabled={!csv} onPress={() => void send(true)}>
        {words.check}
      </Button>
      <div role="status">
        {outcome && (
          <p>{outcome.opened > 0 ? words.opened(outcome.opened, outcome.there) : words.ready(outcome.ready, outcome.there)}</p>
        )}
        <ul>
          {outcome?.faults.map(({ line, column, code, more = '' }) => (
            <li key={`${line} ${column} ${code}`}>{words.fault(line, column, words.why[code].replace('{more}', more))}</li>
          ))}
        </ul>
      </div>
      {isReady && (
        <Button look="primary" onPress={() => void send(false)}>
          {words.open}
        </Button>
      )}
    </details>
  );
}
