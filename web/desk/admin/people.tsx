// The people of the town hall who may come in: whom an admin invites, with which role for which services, and whom they show out.
import { useCallback, useState } from 'react';
import type { Person, ServiceName } from '../../../src/desk/wire';
import { Button, Empty, Failed, Window } from '../parts/controls';
import { Initials } from '../parts/people';
import { api } from '../server/api';
import { useMe } from '../state/store';
import { explain, toast } from '../state/toasts';
import { useLoaded } from '../views/load';
import { useWords } from '../words';
import { PersonForm } from './person-form';

type Editing = Person | 'new' | undefined;

export function People() {
  const t = useWords();
  const me = useMe();
  const ask = useCallback(async () => {
    const [people, services] = await Promise.all([api.people(), api.services()]);
    return { people: people.items, services: services.items };
  }, []);
  const { value, fault, isMissing, load } = useLoaded(ask);
  const names = new Intl.DisplayNames(t.locale, { type: 'language' });
  const [editing, edit] = useState<Editing>();
  const [link, setLink] = useState<{ person: Person; link: string }>();

  async function change(work: () => Promise<unknown>) {
    try {
      await work();
      load();
    } catch (error) {
      toast('bad', explain(error));
    }
  }
  if (isMissing) return <Empty words={t.people.forbidden} />;
  return (
    <>
      <div className="part-head">
        <h2>{t.people.title}</h2>
        <Button look="primary" icon="plus" onPress={() => edit('new')}>
          {t.people.invite}
        </Button>
      </div>
      <Failed fault={fault} retry={load} />
      {!value && !fault && <p role="status">{t.loading}</p>}
      <ul className="people">
        {value?.people.map((person) => (
          <li key={person.id} className="sheet person">
            <Initials name={person.name} />
            <div className="person-who">
              <p>
                <strong>{person.name}</strong>{' '}
                {person.isInvited && !person.isDisabled && <span className="tag waiting">{t.people.invited}</span>}
                {person.isDisabled && <span className="tag">{t.people.disabled}</span>}
              </p>
              <p className="hint">{person.email}</p>
              <p>{rolesInWords(person, t)}</p>
              <p className="hint">
                {t.people.capacityOf(person.capacity)} · {person.languages.map((code) => names.of(code) ?? code).join(', ')}
              </p>
            </div>
            <div className="person-acts">
              <Button onPress={() => edit(person)}>{t.people.edit}</Button>
              {!person.isDisabled && (
                <Button onPress={() => void change(async () => setLink(await api.linkFor(person.id)))}>{t.people.link}</Button>
              )}
              {person.id !== me.id && (
                <Button
                  look="quiet"
                  onPress={() =>
                    void change(() => api.changePerson(person.id, { version: person.version, isDisabled: !person.isDisabled }))
                  }
                >
                  {person.isDisabled ? t.people.enable : t.people.disable}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Window
        title={editing === 'new' ? t.people.invite : t.people.edit}
        isOpen={editing !== undefined}
        onClose={() => edit(undefined)}
        wide
      >
        {editing && value && (
          <PersonForm
            person={editing === 'new' ? undefined : editing}
            services={value.services}
            done={(made) => {
              edit(undefined);
              if (made) setLink(made);
              load();
            }}
          />
        )}
      </Window>
      <Window title={t.people.linkTitle} isOpen={link !== undefined} onClose={() => setLink(undefined)}>
        {link && <OneTimeLink name={link.person.name} link={link.link} />}
      </Window>
    </>
  );
}

function rolesInWords({ roles }: Person, t: ReturnType<typeof useWords>): string {
  return roles
    .map(({ role, services }) =>
      t.pair(t.people.roles[role] ?? role, services === 'all' ? t.people.allServices : namesOf(services)),
    )
    .join(' · ');
}

const namesOf = (services: ServiceName[]) => services.map(({ name }) => name).join(', ');

/** Shown once: whoever has it comes in. */
function OneTimeLink({ name, link }: { name: string; link: string }) {
  const t = useWords();
  const [isCopied, setCopied] = useState(false);
  return (
    <>
      <p>{t.people.linkIntro(name)}</p>
      <div className="field">
        <input readOnly value={link} aria-label={t.people.linkTitle} onFocus={({ target }) => target.select()} />
      </div>
      <div className="window-foot">
        <Button
          look="primary"
          icon={isCopied ? 'check' : 'link'}
          onPress={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}
        >
          {isCopied ? t.people.copied : t.people.copy}
        </Button>
      </div>
    </>
  );
}
