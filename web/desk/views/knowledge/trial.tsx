// A question tried against the draft, beside what is answered today.
import { type FormEvent, useState } from 'react';
import type { DraftTrial, TopicEdit, TrialAnswer } from '../../../../src/desk/knowledge/wire';
import { Button } from '../../parts/controls';
import { Select } from '../../parts/select';
import { explain, toast } from '../../state/toasts';
import { useWords } from '../../words';
import { knowledge } from './ask';

interface TrialParts {
  id: string;
  base: string;
  edit: TopicEdit;
  languages: string[];
  language?: string;
  question?: string;
}

const AGAIN_MS = 1000;

export function Trial({ id, base, edit, languages, language: given, question: first = '' }: TrialParts) {
  const words = useWords().knowledge;
  const names = new Intl.DisplayNames(useWords().locale, { type: 'language' });
  const [question, setQuestion] = useState(first);
  const [language, setLanguage] = useState(given && languages.includes(given) ? given : (languages[0] ?? 'fr'));
  const [isLearning, setLearning] = useState(false);
  const [trial, setTrial] = useState<DraftTrial | null>(null);

  async function ask(event: FormEvent) {
    event.preventDefault();
    if (!question.trim() || isLearning) return;
    setLearning(true);
    try {
      for (;;) {
        const answer = await knowledge.trial(id, base, edit, question.trim(), language);
        if (!('isLearning' in answer)) {
          setTrial(answer);
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    } catch (error) {
      toast('bad', explain(error));
    } finally {
      setLearning(false);
    }
  }

  return (
    <section className="sheet" aria-labelledby="trial">
      <h2 id="trial">{words.editor.trial}</h2>
      <form onSubmit={(event) => void ask(event)} className="trial-form">
        <label className="field">
          <span>{words.editor.question}</span>
          <input lang={language} value={question} maxLength={400} onChange={(event) => setQuestion(event.target.value)} />
        </label>
        <Select
          label={words.editor.language}
          value={language}
          options={languages.map((code) => [code, names.of(code) ?? code])}
          choose={setLanguage}
        />
        <Button type="submit" isDisabled={isLearning || !question.trim()}>
          {words.editor.try}
        </Button>
      </form>
      <div role="status">
        {isLearning && <p className="hint">{words.editor.learning}</p>}
        {trial && !isLearning && (
          <div className="trials">
            <Answer name={words.editor.now} answer={trial.now} />
            <Answer name={words.editor.draft} answer={trial.draft} />
          </div>
        )}
      </div>
    </section>
  );
}

function Answer({ name, answer: { zone, topics, text } }: { name: string; answer: TrialAnswer }) {
  const words = useWords().knowledge;
  const { locale } = useWords();
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  return (
    <div className="trial">
      <h3>
        {name} : {words.editor.zones[zone]}
      </h3>
      <ul>
        {topics.map(({ id, title, confidence }) => (
          <li key={id}>
            {title}, {words.editor.sure(percent.format(confidence))}
          </li>
        ))}
      </ul>
      {text && <blockquote>{text}</blockquote>}
    </div>
  );
}
