// One topic: what its file holds, in the fields a clerk knows; what is wrong, as it is typed; a question tried; publishing.
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { DraftCheck, KeptTopicDraft, TopicDetail } from '../../../../src/desk/knowledge/wire';
import { Button, Failed } from '../../parts/controls';
import { follow, go, pathOf } from '../../route';
import { Refused } from '../../server/api';
import { useMe } from '../../state/store';
import { explain, toast } from '../../state/toasts';
import { useWords } from '../../words';
import { faultInWords } from '../../words/faults';
import { useLoaded } from '../load';
import { knowledge, takeBegun } from './ask';
import { type Draft, draftOf, editOf, emptyDraft, isEmpty, rebased, withBegun } from './draft';
import { Fields } from './fields';
import { History } from './history';
import { useKept } from './kept';
import { Trial } from './trial';

/** What is typed is checked when the typing rests. */
const RESTS_MS = 1200;

/** An empty id: a topic that is new. */
export function Editor({ id }: { id: string }) {
  const t = useWords();
  const words = useWords().knowledge;
  const ask = useCallback(async () => {
    const [topic, { draft }] = await Promise.all([id ? knowledge.topic(id) : null, knowledge.kept(id)]);
    return { topic, kept: draft };
  }, [id]);
  const { value, fault, load } = useLoaded(ask);
  const to = { view: 'knowledge' } as const;
  return (
    <div className="view">
      <a className="back-link" href={pathOf(to)} onClick={(event) => follow(event, to)}>
        {words.editor.back}
      </a>
      <Failed fault={fault} retry={load} />
      {!value && !fault && <p role="status">{t.loading}</p>}
      {value && <Open key={`${value.topic?.base} ${value.kept?.at}`} {...value} reload={load} />}
    </div>
  );
}

interface OpenProps {
  topic: TopicDetail | null;
  /** What this clerk had begun before. */
  kept: KeptTopicDraft['draft'];
  reload(): void;
}

function Open({ topic, kept, reload }: OpenProps) {
  const words = useWords().knowledge;
  const me = useMe();
  const languages = topic?.languages ?? me.town.languages;
  const [begun] = useState(takeBegun);
  const [before] = useState(() => (topic ? draftOf(topic) : emptyDraft('', new Date().toISOString().slice(0, 10))));
  const [draft, setDraft] = useState<Draft>(() => {
    const stands = kept ? rebased(kept.fields, kept.before, before) : before;
    return begun ? withBegun(stands, begun, topic === null) : stands;
  });
  const [check, setCheck] = useState<DraftCheck | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [hasChanged, setChanged] = useState(false);
  const edit = useMemo(() => editOf(draft, before, topic === null), [draft, before, topic]);
  const base = topic?.base ?? '';
  const isBegun = JSON.stringify(draft) !== JSON.stringify(before);
  const { isKept } = useKept({ id: topic?.id ?? '', base, before, draft, isBegun }, kept);
  const mayChange = topic ? topic.mayChange : true;
  const isReady = mayChange && !isEmpty(edit) && draft.id !== '' && (topic !== null || draft.service !== '');

  const refused = useCallback((error: unknown) => {
    if (error instanceof Refused && error.code === 'changed') setChanged(true);
    else if (error instanceof Refused && error.code === 'faults')
      setCheck({ faults: (error.more.faults as DraftCheck['faults'] | undefined) ?? [], isPublishable: false });
    else toast('bad', explain(error));
  }, []);

  useEffect(() => {
    if (!isReady) return setCheck(null);
    let isStale = false;
    const timer = setTimeout(() => {
      knowledge.check(draft.id, base, edit).then(
        (found) => !isStale && setCheck(found),
        (error) => !isStale && refused(error),
      );
    }, RESTS_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [isReady, draft.id, base, edit, refused]);

  async function publish() {
    setBusy(true);
    try {
      const { isHeard } = await knowledge.publish(draft.id, base, edit);
      await knowledge.drop(topic?.id ?? '');
      if (begun && begun.ids.length > 0) await knowledge.settle(begun.ids);
      toast('good', isHeard ? words.editor.published : words.editor.publishedSoon);
      if (topic) reload();
      else go({ view: 'knowledge', topic: draft.id });
    } catch (error) {
      refused(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <header className="view-head">
        <h1>{topic?.title || words.editor.create}</h1>
        {mayChange && (
          <Button look="primary" isDisabled={!isReady || isBusy || check?.isPublishable !== true} onPress={() => void publish()}>
            {isBusy ? words.editor.publishing : words.editor.publish}
          </Button>
        )}
      </header>
      {mayChange && isBegun && (
        <p className="hint" role="status">
          {isKept ? words.editor.kept : words.editor.keeping}{' '}
          <Button look="quiet" onPress={() => setDraft(before)}>
            {words.editor.drop}
          </Button>
        </p>
      )}
      {kept && kept.base !== base && <p className="held">{words.editor.moved}</p>}
      {!mayChange && <p className="hint">{words.editor.readOnly}</p>}
      {hasChanged && (
        <div className="failed" role="alert">
          <p>{words.editor.changed}</p>
          <Button onPress={reload}>{words.editor.reload}</Button>
        </div>
      )}
      <div className="editor">
        <Fields draft={draft} change={setDraft} topic={topic} languages={languages} isReadOnly={!mayChange} />
        <div className="editor-side">
          {isReady && <Faults check={check} />}
          {isReady && (
            <Trial
              id={draft.id}
              base={base}
              edit={edit}
              languages={languages}
              language={begun?.language}
              question={begun?.phrases[0]}
            />
          )}
          {topic && <History topic={topic} reload={reload} />}
        </div>
      </div>
    </>
  );
}

function Faults({ check }: { check: DraftCheck | null }) {
  const t = useWords();
  const words = t.knowledge;
  return (
    <section className="sheet" aria-labelledby="faults">
      <h2 id="faults">{words.editor.faults}</h2>
      <div role="status">
        {!check && <p>{words.editor.checking}</p>}
        {check && check.faults.length === 0 && <p className="fine">{words.editor.fine}</p>}
        {check && check.faults.length > 0 && (
          <ul className="faults">
            {check.faults.map((fault) => {
              const { line, severity, message, file } = fault;
              const [what, cure] = faultInWords(fault, t.faults, t.locale);
              return (
                <li key={`${line} ${message}`}>
                  <span className={`tag ${severity === 'fault' ? 'danger' : 'waiting'}`}>{words.editor.kinds[severity]}</span>{' '}
                  <strong>{what}</strong> {cure} <span className="card-foot">{file ?? words.editor.line(line)}</span>
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </section>
  );
}
