// Filters under a name of the agent's own: chosen from a menu, kept, renamed and taken away in a window. They stand in the
// agent's settings on the server, so that they are there on any screen.
import { type FormEvent, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { AgentSettings } from '../../../src/desk/wire';
import { Button, Field, IconButton, Window } from '../parts/controls';
import { Icon } from '../parts/icon';
import { changeMe } from '../state/session';
import { useMe } from '../state/store';
import { useWords } from '../words';

export type Saved = NonNullable<AgentSettings['filters']>[number];
export type Filter = Partial<Pick<Saved, 'service' | 'sector' | 'state'>>;

interface SavedFiltersProps {
  view: Saved['view'];
  /** What the list is narrowed to now. */
  current: Pick<Saved, 'list' | 'service' | 'sector' | 'state'>;
  apply(filter: Saved): void;
}

const MANAGE = 'manage';

export function SavedFilters({ view, current, apply }: SavedFiltersProps) {
  const { filters: words } = useWords();
  const { settings } = useMe();
  const [isOpen, setOpen] = useState(false);
  const all = settings.filters ?? [];
  const mine = all.filter((one) => one.view === view);
  const keep = (filters: Saved[]) => changeMe({ settings: { filters } });
  return (
    <>
      <MenuTrigger>
        <AriaButton className="button quiet">
          <Icon name="down" /> <span>{words.button}</span>
        </AriaButton>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu"
            aria-label={words.title}
            onAction={(key) => {
              const chosen = mine.find(({ id }) => id === key);
              if (chosen) apply(chosen);
              else setOpen(true);
            }}
          >
            {[
              ...mine.map(({ id, name }) => (
                <MenuItem key={id} id={id} textValue={name} className="menu-item">
                  {name}
                </MenuItem>
              )),
              <MenuItem key={MANAGE} id={MANAGE} textValue={words.manage} className="menu-item">
                <Icon name="settings" /> {words.manage}
              </MenuItem>,
            ]}
          </Menu>
        </Popover>
      </MenuTrigger>
      <Window title={words.title} isOpen={isOpen} onClose={() => setOpen(false)}>
        {mine.length === 0 && <p className="hint">{words.empty}</p>}
        <ul className="saved-filters">
          {mine.map((one) => (
            <li key={one.id}>
              <Named one={one} rename={(name) => keep(all.map((other) => (other.id === one.id ? { ...one, name } : other)))} />
              <IconButton
                icon="close"
                label={words.removeNamed(one.name)}
                onPress={() => void keep(all.filter(({ id }) => id !== one.id))}
              />
            </li>
          ))}
        </ul>
        <Keep keep={(name) => keep([...all, { id: crypto.randomUUID(), name, view, ...current }]).then(() => setOpen(false))} />
      </Window>
    </>
  );
}

function Named({ one: { name }, rename }: { one: Saved; rename(name: string): Promise<void> }) {
  const { filters: words } = useWords();
  const [typed, setTyped] = useState(name);
  function submit(event: FormEvent) {
    event.preventDefault();
    void rename(typed.trim());
  }
  return (
    <form onSubmit={submit}>
      <input aria-label={words.nameOf(name)} maxLength={60} value={typed} onChange={({ target }) => setTyped(target.value)} />
      <Button type="submit" isDisabled={!typed.trim() || typed.trim() === name}>
        {words.rename}
      </Button>
    </form>
  );
}

function Keep({ keep }: { keep(name: string): Promise<void> }) {
  const { filters: words } = useWords();
  const [name, setName] = useState('');
  return (
    <form
      className="change"
      onSubmit={(event) => {
        event.preventDefault();
        void keep(name.trim()).then(() => setName(''));
      }}
    >
      <Field label={words.name}>
        {(id) => <input id={id} maxLength={60} value={name} onChange={({ target }) => setName(target.value)} />}
      </Field>
      <Button type="submit" look="primary" isDisabled={!name.trim()}>
        {words.keep}
      </Button>
    </form>
  );
}
