// What stands in place of the composer when WhatsApp's day is over: the messages it has approved, their fields, and what the
// citizen will read. The draft is kept beside it for the moment at which one may write freely again.
import { type FormEvent, useCallback, useState } from 'react';
import type { ConversationDetail } from '../../../../src/desk/wire';
import { fillTemplate } from '../../../../src/domain/message/whatsapp';
import { Button, Failed, Field } from '../../parts/controls';
import { Select } from '../../parts/select';
import { api } from '../../server/api';
import { sendTemplate } from '../../state/sending';
import { useDesk } from '../../state/store';
import { useLoaded } from '../../views/load';
import { useWords } from '../../words';

/** Characters of one field, as the server takes it. */
const LONGEST = 300;
/** A subject is a few words: longer ones are the citizen's own, and not for another text. */
const LONGEST_SUBJECT = 60;

export function Templates({ detail, draft }: { detail: ConversationDetail; draft: string }) {
  const t = useWords();
  const { id, subject } = detail.conversation;
  const isLost = useDesk(({ link }) => link === 'lost');
  const ask = useCallback(() => api.templates(id), [id]);
  const { value, fault, load } = useLoaded(ask);
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState<Record<number, string>>({});
  const [isGoing, setGoing] = useState(false);
  const items = value?.items ?? [];
  const template = items.find(({ name }) => name === chosen) ?? items.find(({ isApproved }) => isApproved);
  const isShort = [...subject].length <= LONGEST_SUBJECT;
  const values = template?.fields.map((_, index) => typed[index] ?? (index === 0 && isShort ? subject : '')) ?? [];
  const isFilled = values.every((one) => one.trim() !== '');

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!template || !isFilled || isLost || isGoing) return;
    setGoing(true);
    if (await sendTemplate(id, template.name, values)) setTyped({});
    setGoing(false);
  }

  const shown =
    template?.body &&
    fillTemplate(
      template.body,
      values.map((one, index) => one.trim() || `[${template.fields[index]}]`),
    );
  return (
    <form className="templates" onSubmit={submit}>
      <Failed fault={fault} retry={load} />
      {!value && !fault && <p role="status">{t.loading}</p>}
      {value && !template && <p>{t.write.templates.none}</p>}
      {template && (
        <>
          <Select
            label={t.write.templates.which}
            value={template.name}
            options={items.map(({ name, title, isApproved }) => [
              name,
              title,
              isApproved ? undefined : t.write.templates.unapproved,
            ])}
            disabled={items.flatMap(({ name, isApproved }) => (isApproved ? [] : [name]))}
            choose={setChosen}
          />
          {template.fields.map((label, index) => (
            <Field key={label} label={label}>
              {(field) => (
                <input
                  id={field}
                  dir="auto"
                  autoComplete="off"
                  maxLength={LONGEST}
                  value={values[index]}
                  onChange={({ target }) => setTyped((before) => ({ ...before, [index]: target.value }))}
                />
              )}
            </Field>
          ))}
          <figure className="template-shown">
            <figcaption>{t.write.templates.shown}</figcaption>
            <p dir="auto" lang={template.language}>
              {shown}
            </p>
          </figure>
        </>
      )}
      <div className="composer-foot">
        <p className="composer-said">
          {draft && <span>{t.write.templates.kept}</span>}
          {isLost && <span>{t.actions.offline}</span>}
        </p>
        {template && (
          <Button type="submit" look="primary" icon="send" isDisabled={!isFilled || isLost || isGoing}>
            {t.write.templates.send}
          </Button>
        )}
      </div>
    </form>
  );
}
