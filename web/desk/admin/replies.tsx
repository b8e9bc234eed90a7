// Replies that are kept ready: those of the town's own file, and those that supervisors write here.
import { type FormEvent, useCallback, useState } from 'react';
import type { Canned, ServiceName } from '../../../src/desk/wire';
import { Button, Choice, Empty, Failed, Window } from '../parts/controls';
import { Select } from '../parts/select';
import { api, Refused } from '../server/api';
import { useMe } from '../state/store';
import { explain, toast } from '../state/toasts';
import { useLoaded } from '../views/load';
import { useWords } from '../words';

export function Replies() {
  const t = useWords();
  const me = useMe();
  const ask = useCallback(async () => {
    const [canned, services] = await Promise.all([api.canned(), api.services()]);
    return { items: canned.items, services: services.items };
  }, []);
  const { value, fault, load } = useLoaded(ask);
  const [editing, edit] = useState<Canned | 'new'>();
  const names = new Intl.DisplayNames(t.locale, { type: 'language' });
  const mayWrite = me.roles.some(({ role }) => role !== 'agent');

  async function remove({ id }: Canned) {
    try {
      await api.dropCanned(id);
      load();
    } catch (error) {
      toast('bad', explain(error));
    }
  }
  return (
    <>
      <div className="part-head">
        <h2>{t.replies.title}</h2>
        {mayWrite && (
          <Button look="primary" icon="plus" onPress={() => edit('new')}>
            {t.replies.add}
          </Button>
        )}
      </div>
      <p className="hint">{t.replies.intro}</p>
      <Failed fault={fault} retry={load} />
      {value?.items.length === 0 && <Empty words={t.replies.empty} />}
      <ul className="people">
        {value?.items.map((reply) => (
          <li key={reply.id} className="sheet reply">
            <div className="person-who">
              <p>
                <strong>{reply.title}</strong> <span className="tag">{names.of(reply.language) ?? reply.language}</span>{' '}
                {reply.isFromFile && <span className="tag">{t.replies.fromFile}</span>}
              </p>
              <p lang={reply.language}>{reply.text}</p>
              <p className="hint">{reply.service?.name ?? t.people.allServices}</p>
            </div>
            {reply.mayChange && (
              <div className="person-acts">
                <Button onPress={() => edit(reply)}>{t.people.edit}</Button>
                <Button look="quiet" onPress={() => void remove(reply)}>
                  {t.replies.remove}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <Window
        title={editing === 'new' ? t.replies.add : t.replies.title}
        isOpen={editing !== undefined}
        onClose={() => edit(undefined)}
        wide
      >
        {editing && value && (
          <ReplyForm
            reply={editing === 'new' ? undefined : editing}
            services={value.services}
            done={() => {
              edit(undefined);
              load();
            }}
          />
        )}
      </Window>
    </>
  );
}

function ReplyForm({ reply, services, done }: { reply: Canned | undefined; services: ServiceName[]; done(): void }) {
  const t = useWords();
  const { town, roles } = useMe();
  const isOfAll = roles.some(({ role, services: of }) => role !== 'agent' && of === 'all');
  const [language, setLanguage] = useState(reply?.language ?? town.languages[0] ?? 'fr');
  const [service, setService] = useState(reply?.service?.id ?? (isOfAll ? '' : (services[0]?.id ?? '')));
  const [fault, setFault] = useState('');
  const [id] = useState(() => reply?.id ?? crypto.randomUUID());
  const names = new Intl.DisplayNames(t.locale, { type: 'language' });
  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    try {
      await api.keepCanned(id, {
        title: String(given.get('title')),
        text: String(given.get('text')),
        language,
        ...(service && { service }),
        ...(reply && { version: reply.version }),
      });
      done();
    } catch (error) {
      const code = error instanceof Refused ? error.code : '';
      setFault(code === 'bad-request' ? t.replies.badField : code === 'changed' ? t.replies.changed : explain(error));
    }
  }
  return (
    <form className="form" onSubmit={save}>
      <div className="field">
        <label htmlFor="reply-title">{t.replies.name}</label>
        <input id="reply-title" name="title" defaultValue={reply?.title} maxLength={100} required />
      </div>
      <div className="field">
        <label htmlFor="reply-text">{t.replies.text}</label>
        <textarea id="reply-text" name="text" rows={4} defaultValue={reply?.text} maxLength={2000} required />
        <p className="hint">{t.replies.fields}</p>
      </div>
      <Select
        label={t.lists.service}
        value={service}
        options={[
          ...(isOfAll ? [['', t.people.allServices] as const] : []),
          ...services.map(({ id, name }) => [id, name] as const),
        ]}
        choose={setService}
      />
      <Choice
        label={t.citizen.language}
        value={language}
        options={Object.fromEntries(town.languages.map((code) => [code, names.of(code) ?? code]))}
        choose={setLanguage}
      />
      <p className="fault" role="alert">
        {fault}
      </p>
      <div className="window-foot">
        <Button onPress={done}>{t.cancel}</Button>
        <Button type="submit" look="primary">
          {t.tickets.save}
        </Button>
      </div>
    </form>
  );
}
