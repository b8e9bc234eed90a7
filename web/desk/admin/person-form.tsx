// One person: name, address, role, services, languages, and how many conversations at once.
import { type FormEvent, useState } from 'react';
import type { Person, Role, ServiceName } from '../../../src/desk/wire';
import { Button, Choice } from '../parts/controls';
import { Ticks } from '../parts/ticks';
import { api, Refused } from '../server/api';
import { useMe } from '../state/store';
import { explain } from '../state/toasts';
import { useWords } from '../words';

interface Parts {
  /** None: somebody new. */
  person: Person | undefined;
  services: ServiceName[];
  done(made?: { person: Person; link: string }): void;
}

const RANK: Role[] = ['admin', 'supervisor', 'agent'];

export function PersonForm({ person, services, done }: Parts) {
  const t = useWords();
  const { town } = useMe();
  // The highest role is the one that is edited here; who has several by service keeps them until one is chosen.
  const first = [...(person?.roles ?? [])].sort((one, other) => RANK.indexOf(one.role) - RANK.indexOf(other.role))[0];
  const [role, setRole] = useState<Role>(first?.role ?? 'agent');
  const [isAll, setAll] = useState(first ? first.services === 'all' : true);
  const [some, setSome] = useState(first && first.services !== 'all' ? first.services.map(({ id }) => id) : []);
  const [areRolesTouched, touchRoles] = useState(false);
  const [languages, setLanguages] = useState(person?.languages ?? town.languages);
  const [fault, setFault] = useState('');
  const names = new Intl.DisplayNames(t.locale, { type: 'language' });

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const fields = { name: String(given.get('name')), languages, capacity: Number(given.get('capacity')) };
    const chosen: 'all' | string[] = isAll ? 'all' : some;
    if (chosen.length === 0) return setFault(t.people.noService);
    const roles = [{ role, services: chosen }];
    try {
      if (person) {
        await api.changePerson(person.id, { version: person.version, ...fields, ...(areRolesTouched && { roles }) });
        done();
      } else done(await api.invite({ ...fields, email: String(given.get('email')), roles }));
    } catch (error) {
      const code = error instanceof Refused ? error.code : '';
      setFault(t.people.faults[code] ?? explain(error));
    }
  }
  return (
    <form className="form" onSubmit={save}>
      <div className="two">
        <div className="field">
          <label htmlFor="person-name">{t.people.name}</label>
          <input id="person-name" name="name" defaultValue={person?.name} maxLength={100} autoComplete="off" required />
        </div>
        <div className="field">
          <label htmlFor="person-email">{t.signIn.email}</label>
          <input
            id="person-email"
            name="email"
            type="email"
            defaultValue={person?.email}
            readOnly={person !== undefined}
            autoComplete="off"
            required
          />
        </div>
      </div>
      <Choice
        label={t.people.role}
        hint={t.people.roleHints[role]}
        value={role}
        options={t.people.roles}
        choose={(chosen) => {
          setRole(chosen as Role);
          touchRoles(true);
        }}
      />
      <Choice
        label={t.people.services}
        value={isAll ? 'all' : 'some'}
        options={{ all: t.people.allServices, some: t.people.someServices }}
        choose={(chosen) => {
          setAll(chosen === 'all');
          touchRoles(true);
        }}
      />
      {!isAll && (
        <Ticks
          label={t.people.someServices}
          options={services.map(({ id, name }) => [id, name])}
          value={some}
          choose={(ids) => {
            setSome(ids);
            touchRoles(true);
          }}
        />
      )}
      <div className="two">
        <Ticks
          label={t.people.languages}
          options={town.languages.map((code) => [code, names.of(code) ?? code])}
          value={languages}
          choose={(codes) => codes.length > 0 && setLanguages(codes)}
        />
        <div className="field">
          <label htmlFor="person-capacity">{t.people.capacity}</label>
          <input
            id="person-capacity"
            name="capacity"
            type="number"
            min={1}
            max={20}
            defaultValue={person?.capacity ?? 3}
            required
          />
        </div>
      </div>
      {person && areRolesTouched && <p className="held">{t.people.signsOut}</p>}
      <p className="fault" role="alert">
        {fault}
      </p>
      <div className="window-foot">
        <Button onPress={() => done()}>{t.cancel}</Button>
        <Button type="submit" look="primary">
          {person ? t.tickets.save : t.people.makeLink}
        </Button>
      </div>
    </form>
  );
}
