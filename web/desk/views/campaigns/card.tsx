// One campaign: whom it is for, how far it has come, and what was answered where it asks something.
import { useState } from 'react';
import type { CampaignsView, CampaignView, PollView } from '../../../../src/desk/campaigns/wire';
import { Button } from '../../parts/controls';
import { call } from '../../server/api';
import { explain, toast } from '../../state/toasts';
import { useMoments } from '../../time';
import { useWords } from '../../words';

interface CardProps {
  campaign: CampaignView;
  themes: CampaignsView['themes'];
  sectors: CampaignsView['sectors'];
  changed(): void;
}

const LOOKS: Record<CampaignView['state'], string> = { sending: 'waiting', sent: 'open', stopped: 'done' };
const addressOf = (id: string) => `campaigns/${encodeURIComponent(id)}`;

export function CampaignCard({ campaign, themes, sectors, changed }: CardProps) {
  const t = useWords();
  const words = t.campaigns;
  const { shortDay, clock } = useMoments();
  const { id, title, texts, state, waits, people, handed, skipped, letters, poll, isResults } = campaign;
  const at = new Date(campaign.at).toISOString();
  const named = (ids: string[], of: Array<{ id: string; name: string }>) =>
    ids.map((id) => of.find((one) => one.id === id)?.name ?? id).join(', ');
  const text = texts[t.locale.slice(0, 2)] ?? Object.values(texts)[0];

  async function stop() {
    try {
      await call('POST', `${addressOf(id)}/stop`, {});
      toast('good', words.stopped);
    } catch (error) {
      toast('bad', explain(error));
    }
    changed();
  }

  return (
    <article className="sheet campaign" aria-labelledby={`campaign-${id}`}>
      <header>
        <h2 id={`campaign-${id}`}>
          {title} {isResults && <span className="hint">({words.results})</span>}
        </h2>
        <span className={`tag ${LOOKS[state]}`}>{words.states[state]}</span>
        {waits && <span className="tag waiting">{words.waits[waits]}</span>}
      </header>
      <p className="hint">
        {[words.by(campaign.by, `${shortDay(at)} ${clock(at)}`), named(campaign.themes, themes), named(campaign.sectors, sectors)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p className="campaign-text">{text}</p>
      <div className="campaign-progress">
        <span
          className="meter"
          role="progressbar"
          aria-label={title}
          aria-valuemin={0}
          aria-valuemax={people}
          aria-valuenow={handed}
        >
          <span style={{ width: `${people > 0 ? Math.min(100, (handed / people) * 100) : 0}%` }} />
        </span>
        <span className="figure">{words.progress(handed, people)}</span>
        <dl className="campaign-counts">
          <Count name={words.letters} n={letters.sent} />
          <Count name={words.waiting} n={letters.waiting} />
          <Count name={words.failed} n={letters.failed} />
          <Count name={words.skipped} n={skipped} />
        </dl>
      </div>
      {state === 'sending' && (
        <Button look="danger" onPress={() => void stop()}>
          {words.stop}
        </Button>
      )}
      {poll && <Answers id={id} poll={poll} />}
    </article>
  );
}

function Count({ name, n }: { name: string; n: number }) {
  if (n === 0) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figure">{n}</dd>
    </div>
  );
}

function Answers({ id, poll }: { id: string; poll: PollView }) {
  const { campaigns: words } = useWords();
  const { shortDay, clock } = useMoments();
  const [read, setRead] = useState<string[]>();
  const at = new Date(poll.closesAt).toISOString();
  const day = `${shortDay(at)} ${clock(at)}`;
  async function show() {
    try {
      setRead((await call<CampaignView>('GET', addressOf(id))).poll?.words ?? []);
    } catch (error) {
      toast('bad', explain(error));
    }
  }
  return (
    <section className="campaign-answers">
      <p>
        <strong>{words.answers(poll.answers)}</strong>{' '}
        <span className="hint">{poll.isClosed ? words.closed(day) : words.open(day)}</span>
      </p>
      {poll.choices && (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.choice}</th>
              <th scope="col">{words.count}</th>
            </tr>
          </thead>
          <tbody>
            {poll.choices.map(({ title, count }) => (
              <tr key={title}>
                <th scope="row">{title}</th>
                <td>
                  <span className="meter-of">
                    <span className="meter" aria-hidden="true">
                      <span style={{ width: `${poll.answers > 0 ? (count / poll.answers) * 100 : 0}%` }} />
                    </span>
                    <span className="figure">{count}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!poll.choices && poll.answers > 0 && !read && (
        <Button look="quiet" onPress={() => void show()}>
          {words.read}
        </Button>
      )}
      {read && (
        <ul className="examples">
          {read.map((said, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same words may be said by two, and the list never changes.
            <li key={n}>{said}</li>
          ))}
        </ul>
      )}
      {poll.answers > 0 && (
        <a href={`/desk/api/${addressOf(id)}/answers.csv`} download>
          {words.csv}
        </a>
      )}
    </section>
  );
}
