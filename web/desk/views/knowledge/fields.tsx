// The fields of a topic: one language at a time for what is said, once for what is true of all of them.
import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { TopicDetail } from '../../../../src/desk/knowledge/wire';
import type { ServiceName } from '../../../../src/desk/wire';
import { Field } from '../../parts/controls';
import { DayField } from '../../parts/dates';
import { Select } from '../../parts/select';
import { api } from '../../server/api';
import { useMe } from '../../state/store';
import { useWords } from '../../words';
import { useLoaded } from '../load';
import type { Draft } from './draft';

interface FieldsParts {
  draft: Draft;
  change(draft: Draft): void;
  topic: TopicDetail | null;
  languages: string[];
  isReadOnly: boolean;
}

export function Fields({ draft, change, topic, languages, isReadOnly }: FieldsParts) {
  const words = useWords().knowledge;
  const { locale } = useWords();
  const [language, setLanguage] = useState(languages[0] ?? 'fr');
  const offered = [['', '–'] as const, ...useServices(topic).map(({ id, name }) => [id, name] as const)];
  const set = (more: Partial<Draft>) => change({ ...draft, ...more });
  const verify = (more: Partial<Draft['verified']>) => set({ verified: { ...draft.verified, ...more } });
  const nameOf = (code: string) => new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;

  return (
    <fieldset className="editor-fields" disabled={isReadOnly}>
      <legend className="unseen">{topic?.title ?? words.editor.create}</legend>
      {!topic && (
        <section className="sheet">
          <Field label={words.editor.id} hint={words.editor.idHint}>
            {(id, hintId) => (
              <input
                id={id}
                aria-describedby={hintId}
                value={draft.id}
                pattern="[a-z][a-z0-9_]*"
                onChange={(event) => set({ id: event.target.value.trim() })}
              />
            )}
          </Field>
          <Select
            label={words.editor.service}
            value={draft.service}
            options={offered}
            choose={(service) => set({ service })}
            isDisabled={isReadOnly}
          />
        </section>
      )}
      <section className="sheet">
        <ToggleButtonGroup
          aria-label={words.editor.language}
          className="kinds"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[language]}
          onSelectionChange={([key]) => setLanguage(String(key))}
        >
          {languages.map((code) => (
            <ToggleButton key={code} id={code} className="kind">
              {nameOf(code)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <Field label={words.editor.title}>
          {(id) => (
            <input
              id={id}
              lang={language}
              value={draft.titles[language] ?? ''}
              onChange={(event) => set({ titles: { ...draft.titles, [language]: event.target.value } })}
            />
          )}
        </Field>
        <Words
          label={words.editor.phrases}
          rows={12}
          language={language}
          texts={draft.phrases}
          change={(phrases) => set({ phrases })}
        />
        <Words
          label={words.editor.answer}
          rows={6}
          language={language}
          texts={draft.answer}
          change={(answer) => set({ answer })}
        />
        {draft.details.length > 0 && <h2>{words.editor.details}</h2>}
        {draft.details.map((detail, at) => {
          const put = (more: Partial<typeof detail>) =>
            set({ details: draft.details.map((one, place) => (place === at ? { ...one, ...more } : one)) });
          return (
            <details key={detail.id}>
              <summary>{words.editor.detail(detail.phrases[language]?.split('\n')[0] || detail.id)}</summary>
              <Words
                label={words.editor.phrases}
                rows={4}
                language={language}
                texts={detail.phrases}
                change={(phrases) => put({ phrases })}
              />
              <Words
                label={words.editor.answer}
                rows={4}
                language={language}
                texts={detail.answer}
                change={(answer) => put({ answer })}
              />
            </details>
          );
        })}
      </section>
      <section className="sheet verified">
        <h2>{words.editor.verified}</h2>
        <Select
          label={words.editor.by}
          value={draft.verified.by}
          options={offered}
          choose={(by) => verify({ by })}
          isDisabled={isReadOnly}
        />
        <DayField label={words.editor.on} value={draft.verified.on} choose={(on) => verify({ on })} isDisabled={isReadOnly} />
        <DayField
          label={words.editor.until}
          value={draft.verified.until}
          choose={(until) => verify({ until })}
          isDisabled={isReadOnly}
        />
        <Field label={words.editor.source}>
          {(id) => <input id={id} value={draft.verified.source} onChange={(event) => verify({ source: event.target.value })} />}
        </Field>
      </section>
      {topic && topic.form.length > 0 && (
        <section className="sheet">
          <h2>{words.editor.form}</h2>
          <ol className="form-questions">
            {topic.form.map(({ id, ask, label, isRequired }) => (
              <li key={id}>
                <strong>{label}</strong> {ask} {isRequired && <span className="tag">{words.editor.required}</span>}
              </li>
            ))}
          </ol>
        </section>
      )}
    </fieldset>
  );
}

const askServices = () => api.services();

/** Those of the topic's own reading; for a new topic the ones this person watches over, which may be all of the town's. */
function useServices(topic: TopicDetail | null): ServiceName[] {
  const { roles } = useMe();
  const { value } = useLoaded(askServices);
  if (topic) return topic.services;
  const watched = roles.flatMap(({ role, services }) => (role === 'agent' ? [] : [services]));
  if (watched.includes('all')) return value?.items ?? [];
  return watched.flatMap((services) => (services === 'all' ? [] : services));
}

interface WordsProps {
  label: string;
  language: string;
  rows: number;
  /** By language. */
  texts: Record<string, string>;
  change(texts: Record<string, string>): void;
}

/** What is said in the language that is being edited. */
function Words({ label, language, rows, texts, change }: WordsProps) {
  return (
    <Field label={label}>
      {(id) => (
        <textarea
          id={id}
          lang={language}
          rows={rows}
          value={texts[language] ?? ''}
          onChange={(event) => change({ ...texts, [language]: event.target.value })}
        />
      )}
    </Field>
  );
}
