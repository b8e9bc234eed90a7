// What is not the town's: whose it is, whether it is handed to them, and whether its citizen is named to them.
import { Switch } from 'react-aria-components';
import type { TicketDetail } from '../../../../src/desk/wire';
import { Field } from '../../parts/controls';
import { Select } from '../../parts/select';
import { useMoments } from '../../time';
import { useWords } from '../../words';

export interface Handing {
  office?: string;
  isForwarded?: boolean;
  withPerson?: boolean;
  agreed?: string;
}

/** What the server is asked. */
export function changeOf({ office, isForwarded, withPerson = false, agreed = '' }: Handing) {
  if (!office) return {};
  if (!isForwarded) return { office };
  return { office, forward: { withPerson, ...(withPerson && agreed.trim() && { agreed: agreed.trim() }) } };
}

/** Whether it is still to be said how the citizen agreed. */
export function needsAgreement({ isForwarded, withPerson, agreed = '' }: Handing, hasAgreed: boolean): boolean {
  return Boolean(isForwarded && withPerson) && !hasAgreed && agreed.trim() === '';
}

interface Props {
  hasFiles: boolean;
  authorities: TicketDetail['authorities'];
  /** In the form. */
  hasAgreed: boolean;
  handing: Handing;
  change(handing: Handing): void;
}

export function HandOver({ authorities, hasFiles, hasAgreed, handing, change }: Props) {
  const words = useWords().handOver;
  const { shortDay } = useMoments();
  const chosen = authorities.find(({ id }) => id === handing.office);
  return (
    <>
      <Select
        label={words.whose}
        hint={chosen && [chosen.reach, words.verified(shortDay(chosen.verifiedOn))].join(' · ')}
        value={handing.office ?? ''}
        options={[['', '–'], ...authorities.map(({ id, name }) => [id, name] as const)]}
        choose={(office) => change({ office })}
      />
      {chosen?.way && (
        <div className="on-off">
          <Switch
            className="switch"
            isSelected={handing.isForwarded ?? false}
            onChange={(isForwarded) => change({ ...handing, isForwarded, withPerson: isForwarded && hasAgreed })}
          >
            <span className="switch-track" aria-hidden="true" />
            {words.forward[chosen.way]}
          </Switch>
          {handing.isForwarded && chosen.photos && hasFiles && <p className="hint">{words.photos}</p>}
        </div>
      )}
      {chosen?.way && handing.isForwarded && (
        <div className="on-off">
          <Switch
            className="switch"
            isSelected={handing.withPerson ?? false}
            onChange={(withPerson) => change({ ...handing, withPerson })}
          >
            <span className="switch-track" aria-hidden="true" />
            {words.withPerson}
          </Switch>
          <p className="hint">{hasAgreed ? words.agreedInForm : words.withoutPerson}</p>
        </div>
      )}
      {chosen?.way && handing.isForwarded && handing.withPerson && !hasAgreed && (
        <Field label={words.agreed} hint={words.agreedHint}>
          {(id, hintId) => (
            <input
              id={id}
              aria-describedby={hintId}
              autoComplete="off"
              maxLength={200}
              value={handing.agreed ?? ''}
              onChange={({ target }) => change({ ...handing, agreed: target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** Where a request stands that was handed to somebody else. */
export function HandedOver({ ticket: { forward, files } }: { ticket: TicketDetail }) {
  const words = useWords().handOver;
  const { dayAndClock } = useMoments();
  if (!forward) return null;
  const { to, way, state, at, reference, status, notes, withPerson, photos, agreed } = forward;
  const told = [
    words.is[state]?.(to, way),
    dayAndClock(at),
    reference && words.reference(reference),
    status && words.says[status],
    notes && words.notes(notes),
    withPerson ? words.named(agreed) : words.nameless,
    photos && files.length > 0 && words.photosGone,
  ].filter((line) => typeof line === 'string' && line !== '');
  return (
    <section className="sheet">
      <h2>{words.title}</h2>
      <ul>
        {told.map((line) => (
          <li key={line as string}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
