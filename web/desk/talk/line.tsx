// One line of a conversation. Whatever a citizen wrote is text and stays text; a file opens in a tab of its own.
import type { Line } from '../../../src/desk/wire';
import { Button } from '../parts/controls';
import { Icon } from '../parts/icon';
import { DRAFT_OF } from '../state/drafts';
import { draftsOf } from '../state/own-drafts';
import { dropPending } from '../state/pending';
import { transmit } from '../state/sending';
import type { Pending } from '../state/state';
import { useMe } from '../state/store';
import { useMoments } from '../time';
import { Propose } from '../views/knowledge/propose';
import { useWords } from '../words';
import { failureWords } from '../words/failure';
import { insert } from './compose/composer-door';
import { Covered } from './covered';
import { File } from './file';

/** Characters of an answer; less is a greeting. */
const WORTH_PROPOSING = 60;

export function SaidLine({ line, goesOn }: { line: Line; goesOn: boolean }) {
  const t = useWords();
  const me = useMe();
  const { clock } = useMoments();
  if (line.by === 'system') {
    return (
      <p className="system">
        {line.text} <time dateTime={line.at}>{clock(line.at)}</time>
      </p>
    );
  }
  const isOwn = line.agent?.id === me.id;
  const name = isOwn ? t.talk.you : line.agent?.name;
  const authors = { note: t.talk.noteBy, whisper: t.talk.whisperBy } as Partial<Record<Line['by'], (name: string) => string>>;
  const author = authors[line.by]?.(isOwn ? t.talk.byYou : (name ?? '')) ?? name ?? t.talk.by[line.by];
  return (
    <div className={`line ${line.by} ${goesOn ? 'goes-on' : ''}`}>
      <p className={goesOn ? 'unseen' : 'author'}>
        {line.by === 'note' && <Icon name="note" />}
        {line.by === 'whisper' && <Icon name="eye" />}
        {author}
      </p>
      <div className="bubble">
        {line.covered ? <Covered text={line.text} stretches={line.covered} /> : line.text && <p dir="auto">{line.text}</p>}
        {line.files?.map((file) => (
          // Addresses are signed anew whenever a line is: what is open stays open.
          <File key={file.url.split('?')[0]} {...file} />
        ))}
        {line.place && <Place {...line.place} />}
        {line.buttons && line.buttons.length > 0 && (
          <ul className="offered">
            {line.buttons.map((title) => (
              <li key={title}>{title}</li>
            ))}
          </ul>
        )}
      </div>
      <p className="meta">
        <time dateTime={line.at}>{clock(line.at)}</time>
        {line.delivery && (
          <span className={line.delivery === 'failed' ? 'failed-word' : ''}>
            {t.talk.delivery[line.delivery]}
            {line.deliveryReason && ` (${failureWords(t, line.deliveryReason)})`}
          </span>
        )}
      </p>
      {line.by === 'agent' && line.text.length >= WORTH_PROPOSING && <Propose line={line.line} />}
      {line.mail && <WholeMail {...line.mail} text={line.text} />}
      {line.understood && <Understood {...line.understood} />}
    </div>
  );
}

/** What came beside the words that were heard: asked for, since a signature or a quote may hold what others want covered. */
function WholeMail({ subject, whole, text }: NonNullable<Line['mail']> & { text: string }) {
  const t = useWords();
  const isSaid = subject === '' || text.startsWith(subject);
  if (isSaid && !whole) return null;
  return (
    <details className="understood">
      <summary>{t.talk.wholeMail}</summary>
      {subject && <p dir="auto">{t.talk.mailSubject(subject)}</p>}
      {whole && (
        <p className="as-written" dir="auto">
          {whole}
        </p>
      )}
    </details>
  );
}

function Understood({ rule, topics }: NonNullable<Line['understood']>) {
  const t = useWords();
  const percent = new Intl.NumberFormat(t.locale, { style: 'percent' });
  return (
    <details className="understood">
      <summary>{t.talk.why}</summary>
      {topics.length === 0 && <p>{t.talk.nothingUnderstood}</p>}
      <ul>
        {topics.map(({ topic, title, confidence }) => (
          <li key={topic}>
            {title} <span className="figure">{percent.format(confidence)}</span>
          </li>
        ))}
      </ul>
      <p className="rule">{rule}</p>
    </details>
  );
}

/** Where it is. No map is fetched: whoever wants one follows a link, to one on the web or to the one of their device. */
export function Place({ latitude, longitude, address }: NonNullable<Line['place']>) {
  const t = useWords();
  const at = latitude !== undefined && longitude !== undefined ? `${latitude.toFixed(5)},${longitude.toFixed(5)}` : '';
  const [north, east] = at.split(',');
  return (
    <p className="place">
      <Icon name="pin" /> {address ?? t.talk.place}{' '}
      {at && (
        <>
          <span className="figure">{at.replace(',', ', ')}</span>{' '}
          <a
            href={`https://www.openstreetmap.org/?mlat=${north}&mlon=${east}#map=18/${north}/${east}`}
            target="_blank"
            rel="noreferrer"
          >
            {t.talk.openMap}
          </a>{' '}
          <a href={`geo:${at}`}>{t.talk.openDeviceMap}</a>
        </>
      )}
    </p>
  );
}

/** What is under way, and what did not arrive: why, and what can be done. */
export function PendingLine({ pending }: { pending: Pending }) {
  const t = useWords();
  const { kind, text, state, reason, actionId, conversation, seenLine, uploads = [] } = pending;
  return (
    <div className={`line ${kind === 'say' ? 'agent' : kind} pending`}>
      <p className="author">{t.talk.you}</p>
      <div className="bubble">
        {text && <p dir="auto">{text}</p>}
        {uploads.length > 0 && <p>{t.talk.filesGoing(uploads.length)}</p>}
      </div>
      {state === 'sending' ? (
        <p className="meta">{t.talk.delivery.sending}</p>
      ) : (
        <div className="meta">
          <span className="failed-word">{reason ?? t.errors.offline}</span>
          <Button look="quiet" onPress={() => void transmit(pending)}>
            {t.talk.retry}
          </Button>
          <Button
            look="quiet"
            onPress={() => {
              dropPending(actionId);
              draftsOf().write(conversation, DRAFT_OF[kind], text, seenLine);
              insert.restored?.();
            }}
          >
            {t.talk.toDraft}
          </Button>
        </div>
      )}
    </div>
  );
}
