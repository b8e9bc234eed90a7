// Who published a topic and when; going back; the file to take away; saying that a source has changed.
import { type FormEvent, useState } from 'react';
import type { TopicDetail } from '../../../../src/desk/knowledge/wire';
import { Button } from '../../parts/controls';
import { explain, toast } from '../../state/toasts';
import { useMoments } from '../../time';
import { useWords } from '../../words';
import { knowledge } from './ask';

export function History({ topic, reload }: { topic: TopicDetail; reload(): void }) {
  const words = useWords().knowledge;
  const { dayAndClock } = useMoments();
  const [note, setNote] = useState('');

  async function undo() {
    try {
      await knowledge.undo(topic.id, topic.base);
      toast('good', words.editor.undoneNow);
      reload();
    } catch (error) {
      toast('bad', explain(error));
    }
  }

  async function flag(event: FormEvent) {
    event.preventDefault();
    if (!note.trim()) return;
    try {
      await knowledge.flag(topic.id, note.trim());
      toast('good', words.editor.flagged);
      setNote('');
      reload();
    } catch (error) {
      toast('bad', explain(error));
    }
  }

  return (
    <section className="sheet" aria-labelledby="publications">
      <h2 id="publications">{words.editor.history}</h2>
      {topic.isOnlyHere && <p className="hint">{words.editor.onlyHere}</p>}
      {topic.history.length === 0 && <p className="hint">{words.editor.noHistory}</p>}
      <ol className="history">
        {topic.history.map(({ seq, at, by, kind, isInForce }) => (
          <li key={seq}>
            <time dateTime={at}>{dayAndClock(at)}</time>
            <span>
              {by.name}, {kind === 'undo' ? words.editor.undone : words.editor.edit}{' '}
              {isInForce && <span className="tag open">{words.editor.inForce}</span>}
            </span>
          </li>
        ))}
      </ol>
      {topic.mayChange && topic.history[0]?.isInForce && <Button onPress={() => void undo()}>{words.editor.undo}</Button>}
      <a href={knowledge.fileAddress(topic.id)} download>
        {words.editor.download}
      </a>
      <form onSubmit={(event) => void flag(event)}>
        <label className="field">
          <span>{words.editor.flag}</span>
          <input
            value={note}
            maxLength={300}
            placeholder={words.editor.flagNote}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        <Button type="submit" isDisabled={!note.trim()}>
          {words.editor.flagSend}
        </Button>
      </form>
    </section>
  );
}
