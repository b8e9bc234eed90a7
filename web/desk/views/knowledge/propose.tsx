// An agent's good answer, proposed as the town's own: with the question it answers, for those who write the answers.
import { type FormEvent, useState } from 'react';
import { Button } from '../../parts/controls';
import { useRoute } from '../../route';
import { useMe } from '../../state/store';
import { explain, toast } from '../../state/toasts';
import { useWords } from '../../words';
import { knowledge } from './ask';

/** @param line number of the line that the agent said. */
export function Propose({ line }: { line: number }) {
  const { propose: words } = useWords().knowledge;
  const route = useRoute();
  // What is said in an exercise is nobody's question.
  const { isTraining } = useMe();
  const [question, setQuestion] = useState('');
  const [isDone, setDone] = useState(false);
  const conversation = route.view === 'desk' ? route.conversation : undefined;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!conversation || !question.trim()) return;
    try {
      await knowledge.propose(conversation, line, question.trim());
      setDone(true);
      toast('good', words.done);
    } catch (error) {
      toast('bad', explain(error));
    }
  }

  if (isDone || !conversation || isTraining) return null;
  return (
    <details className="understood">
      <summary>{words.offer}</summary>
      <form className="propose" onSubmit={(event) => void submit(event)}>
        <label className="field">
          <span>{words.question}</span>
          <input value={question} maxLength={300} onChange={(event) => setQuestion(event.target.value)} />
        </label>
        <Button type="submit" isDisabled={!question.trim()}>
          {words.send}
        </Button>
      </form>
    </details>
  );
}
