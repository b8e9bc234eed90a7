// For whoever watches over the service: who looked at this request, and a hold on it while there is a dispute.
import { useCallback, useState } from 'react';
import { Button, Failed, Field } from '../../parts/controls';
import { Icon } from '../../parts/icon';
import { Table } from '../../parts/table';
import { rights } from '../../server/rights';
import { explain, toast } from '../../state/toasts';
import { useMoments } from '../../time';
import { actInWords, useWords } from '../../words';
import { useLoaded } from '../load';

export function ReadersSheet({ reference }: { reference: string }) {
  const words = useWords().rights.readers;
  const [isShown, show] = useState(false);
  return (
    <section className="sheet">
      <h2>{words.title}</h2>
      {isShown ? (
        <Shown reference={reference} />
      ) : (
        <div>
          <Button icon="eye" onPress={() => show(true)}>
            {words.show}
          </Button>
        </div>
      )}
    </section>
  );
}

function Shown({ reference }: { reference: string }) {
  const t = useWords();
  const words = t.rights.readers;
  const { dayAndClock } = useMoments();
  const ask = useCallback(() => rights.readers(reference), [reference]);
  const { value, fault, load } = useLoaded(ask);
  const [reason, setReason] = useState('');

  async function change(work: () => Promise<void>) {
    try {
      await work();
      setReason('');
      load();
    } catch (error) {
      toast('bad', explain(error));
    }
  }
  return (
    <>
      <Failed fault={fault} retry={load} />
      {value?.items.length === 0 && <p className="hint">{words.none}</p>}
      {value && value.items.length > 0 && (
        <>
          <Table label={words.title} columns={[words.columns.at, words.columns.by, words.columns.what]}>
            {value.items.map(({ at, by, what }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries never change places.
              <tr key={`${at}${index}`}>
                <td className="figure">{dayAndClock(at)}</td>
                <td>{by?.name ?? words.program}</td>
                <td>{actInWords(what, t)}</td>
              </tr>
            ))}
          </Table>
          <div>
            <a className="button plain" href={rights.readersFile(reference)} download>
              <Icon name="download" /> <span>{t.trail.export}</span>
            </a>
          </div>
        </>
      )}
      {value?.hold && (
        <div className="held">
          <p>
            {words.held(value.hold.by, dayAndClock(value.hold.at))} · {value.hold.reason}
          </p>
          <Button onPress={() => void change(() => rights.release(reference))}>{words.release}</Button>
        </div>
      )}
      {value && !value.hold && (
        <form
          className="change"
          onSubmit={(event) => {
            event.preventDefault();
            void change(() => rights.hold(reference, reason));
          }}
        >
          <Field label={words.reason} hint={words.holdIntro}>
            {(id, hintId) => (
              <input
                id={id}
                aria-describedby={hintId}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
                maxLength={300}
                required
              />
            )}
          </Field>
          <Button type="submit" isDisabled={!reason.trim()}>
            {words.hold}
          </Button>
        </form>
      )}
    </>
  );
}
