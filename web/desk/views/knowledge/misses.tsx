// What was not understood or answered badly, the most asked first: added to a topic, made one, or put aside.
import { useState } from 'react';
import type { MissCluster, TopicRow } from '../../../../src/desk/knowledge/wire';
import { Button, Empty, Failed } from '../../parts/controls';
import { Select } from '../../parts/select';
import { go } from '../../route';
import { explain, toast } from '../../state/toasts';
import { useMoments } from '../../time';
import { useWords } from '../../words';
import { useLoaded } from '../load';
import { begin, knowledge } from './ask';

const ask = async () => {
  const [{ items }, topics] = await Promise.all([knowledge.misses(), knowledge.topics()]);
  return { items, topics: topics.items.filter(({ mayChange }) => mayChange) };
};

export function Misses() {
  const t = useWords();
  const words = useWords().knowledge;
  const { value, fault, load } = useLoaded(ask);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const items = value?.items.filter(({ ids }) => !gone.has(ids[0] ?? '')) ?? [];

  async function dismiss({ ids }: MissCluster) {
    try {
      await knowledge.settle(ids);
      setGone(new Set([...gone, ids[0] ?? '']));
      toast('good', words.misses.dismissed);
    } catch (error) {
      toast('bad', explain(error));
    }
  }

  return (
    <>
      <p className="hint">{words.misses.intro}</p>
      <Failed fault={fault} retry={load} />
      {!value && !fault && <p role="status">{t.loading}</p>}
      {value && items.length === 0 && <Empty words={words.misses.empty} />}
      <ul className="misses">
        {items.map((cluster) => (
          <li key={cluster.ids[0]} className="sheet">
            <Cluster cluster={cluster} topics={value?.topics ?? []} dismiss={() => void dismiss(cluster)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Cluster({ cluster, topics, dismiss }: { cluster: MissCluster; topics: TopicRow[]; dismiss(): void }) {
  const words = useWords().knowledge;
  const { shortDay } = useMoments();
  const { count, people, lastAt, examples, reasons, topic, proposals, service } = cluster;
  const name = cluster.words || topic?.title || words.misses.wordless;

  function open(id: string) {
    const phrases = [cluster.words, ...examples].filter((phrase) => phrase && !phrase.includes('#'));
    begin({ language: cluster.language, phrases, answer: proposals[0]?.answer, ids: cluster.ids });
    go({ view: 'knowledge', topic: id });
  }

  return (
    <article aria-label={name}>
      <h2 className="miss-words" lang={cluster.language}>
        {name}
      </h2>
      <p className="card-foot">
        {[words.misses.asked(count, people), words.misses.last(shortDay(lastAt)), service?.name].filter(Boolean).join(' · ')}
      </p>
      <p className="tags">
        {Object.entries(reasons).map(([reason, times]) => (
          <span key={reason} className="tag">
            {words.misses.reasons[reason as keyof typeof reasons]} {times}
          </span>
        ))}
        {topic && <span className="tag open">{words.misses.about(topic.title)}</span>}
      </p>
      {examples.length > 0 && (
        <details>
          <summary>{words.misses.examples(examples.length)}</summary>
          <ul className="examples" lang={cluster.language}>
            {examples.map((example) => (
              <li key={example}>{example}</li>
            ))}
          </ul>
        </details>
      )}
      {proposals.map(({ id, answer, by }) => (
        <figure key={id} className="proposal">
          <figcaption>{words.misses.proposal(by.name)}</figcaption>
          <blockquote>{answer}</blockquote>
        </figure>
      ))}
      <div className="miss-actions">
        <Select
          label={words.misses.which}
          isLabelUnseen
          value=""
          placeholder={`${words.misses.add}…`}
          options={[...topics]
            .sort(
              (one, other) =>
                Number(other.id === topic?.id) - Number(one.id === topic?.id) || one.title.localeCompare(other.title),
            )
            .map(({ id, title }) => [id, title])}
          choose={open}
        />
        <Button onPress={() => open('')}>{words.misses.create}</Button>
        <Button look="quiet" onPress={dismiss}>
          {words.misses.dismiss}
        </Button>
      </div>
    </article>
  );
}
