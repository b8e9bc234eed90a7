// The training room's door: what can be played, what the town promises, and what was to be seen of what was played.
import { useCallback, useState } from 'react';
import type { PlayedExercise, TrainingView } from '../../../src/desk/wire';
import { Button, Empty, Failed } from '../parts/controls';
import { Icon } from '../parts/icon';
import { call } from '../server/api';
import { enterRoom } from '../server/room';
import { explain, toast } from '../state/toasts';
import { useMoments } from '../time';
import { useWords, type Words } from '../words';
import { KeyHelp } from './key-help';
import { useLoaded } from './load';

const ask = () => call<TrainingView>('GET', 'training');

async function begin(exercise: string): Promise<void> {
  try {
    enterRoom((await call<{ conversation: string }>('POST', 'training/exercises', { exercise })).conversation);
  } catch (error) {
    toast('bad', explain(error));
  }
}

async function remove(exercise: string, t: Words, load: () => void): Promise<void> {
  try {
    await call('DELETE', `training/recordings/${encodeURIComponent(exercise)}`);
    toast('good', t.training.removed);
  } catch (error) {
    toast('bad', explain(error));
  }
  load();
}

export function Training() {
  const t = useWords();
  const words = t.training;
  const { shortDay } = useMoments();
  const [isKeys, setKeys] = useState(false);
  const { value, fault, load } = useLoaded(ask);
  return (
    <div className="view narrow training">
      <header className="view-head">
        <h1>{t.views.training}</h1>
        <p className="hint">{words.hint}</p>
      </header>
      <Failed fault={fault} retry={load} />
      {!value && !fault && <p role="status">{t.loading}</p>}
      {value && (
        <div className="sheets">
          {value.played.length > 0 && <Played title={words.played} items={value.played} changed={load} />}
          <section className="sheet">
            <h2>{words.toPlay}</h2>
            {value.exercises.length === 0 && <Empty words={words.none} />}
            <ul className="exercises">
              {value.exercises.map(({ id, title, about, language, kept }) => (
                <li key={id}>
                  <div>
                    <h3>{title}</h3>
                    <p>
                      {about} <span className="hint">{words.in(languageNamed(language, t.locale))}</span>
                    </p>
                    {kept && <p className="hint">{words.kept(kept.by, shortDay(kept.at))}</p>}
                  </div>
                  {kept?.mayRemove && (
                    <Button look="quiet" aria-label={words.removeOf(title)} onPress={() => void remove(id, t, load)}>
                      {words.remove}
                    </Button>
                  )}
                  <Button aria-label={words.beginOf(title)} onPress={() => void begin(id)}>
                    {words.begin}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
          {value.charter && (
            <section className="sheet">
              <h2>{words.charter}</h2>
              <ul className="charter">
                {value.charter.points.map((point) => (
                  <li key={point}>{point}</li>
                ))}
              </ul>
              <Button icon="keyboard" onPress={() => setKeys(true)}>
                {words.showKeys}
              </Button>
            </section>
          )}
          {value.shared.length > 0 && <Played title={words.shared} items={value.shared} />}
        </div>
      )}
      <KeyHelp isOpen={isKeys} close={() => setKeys(false)} />
    </div>
  );
}

const languageNamed = (code: string, locale: string) => new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;

/** `changed`: they are one's own, and may be shown to the supervisors. */
function Played({ title, items, changed }: { title: string; items: PlayedExercise[]; changed?(): void }) {
  return (
    <section className="sheet">
      <h2>{title}</h2>
      {items.map((item) => (
        <PlayedOne key={item.id} played={item} changed={changed} />
      ))}
    </section>
  );
}

function PlayedOne({ played, changed }: { played: PlayedExercise; changed?(): void }) {
  const { training: words } = useWords();
  const { dayAndClock } = useMoments();
  const { id, title, by, startedAt, isOver, facts, isShared } = played;
  const share = useCallback(async () => {
    try {
      await call('PUT', `training/exercises/${encodeURIComponent(id)}/shared`, { isShared: !isShared });
      changed?.();
    } catch (error) {
      toast('bad', explain(error));
    }
  }, [id, isShared, changed]);
  return (
    <article className="played">
      <h3>{title}</h3>
      <p className="hint">
        {dayAndClock(startedAt)} {by && words.by(by)}
      </p>
      {!isOver && (
        <>
          <p>{words.running}</p>
          {changed && <Button onPress={() => enterRoom(id)}>{words.resume}</Button>}
        </>
      )}
      {isOver && (
        <ul className="played-facts">
          {facts.map(({ kind, isGood, minutes, what }) => (
            <li key={kind} className={isGood ? 'is-good' : 'is-bad'}>
              <Icon name={isGood ? 'check' : 'close'} /> <span className="unseen">{isGood ? words.good : words.bad} : </span>
              <span>
                {words.facts[kind]}
                {minutes !== undefined && ` (${words.minutes(minutes)})`}
                {!isGood && what && ` (${what.join(words.or)})`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {isOver && changed && (
        <>
          <p className="hint">{isShared ? words.isShared : words.onlyYou}</p>
          <Button onPress={() => void share()}>{isShared ? words.unshare : words.share}</Button>
        </>
      )}
    </article>
  );
}
