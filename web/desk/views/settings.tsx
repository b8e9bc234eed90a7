// What an agent sets for themself; kept on the server, so it is the same on every machine.
import { type ReactNode, useState } from 'react';
import { Switch } from 'react-aria-components';
import type { AgentSettings } from '../../../src/desk/wire';
import { Abuse } from '../admin/abuse';
import { People } from '../admin/people';
import { Persons } from '../admin/persons';
import { Programs } from '../admin/programs';
import { Replies } from '../admin/replies';
import { Retention } from '../admin/retention';
import { Trail } from '../admin/trail';
import { WIDTHS } from '../parts/border';
import { Button, Choice } from '../parts/controls';
import { Select } from '../parts/select';
import { Ticks } from '../parts/ticks';
import { follow, go, pathOf, type SettingsPart } from '../route';
import { sound } from '../signals';
import { changeMe } from '../state/session';
import { useMe } from '../state/store';
import { languageOf, spoken, useWords } from '../words';
import { KeyHelp } from './key-help';

const UNDO_SECONDS = [0, 3, 5, 10] as const;
const SOUNDS = ['queue', 'mine', 'mention', 'danger'] as const;

/** What stands in the settings; people and who did what are for the admins of the whole town. */
export function Settings({ part }: { part: SettingsPart | undefined }) {
  const t = useWords();
  const { roles, isTraining } = useMe();
  const isAdmin = roles.some(({ role, services }) => role === 'admin' && services === 'all');
  const isSupervisor = roles.some(({ role }) => role !== 'agent');
  const watchesAll = roles.some(({ role, services }) => role !== 'agent' && services === 'all');
  const parts: Array<SettingsPart | undefined> = [
    undefined,
    ...(isTraining ? [] : (['replies'] as const)),
    ...(isSupervisor ? (['abuse'] as const) : []),
    ...(watchesAll ? (['persons', 'retention'] as const) : []),
    ...(isAdmin ? (['people', 'programs', 'trail'] as const) : []),
  ];
  return (
    <div className="view">
      <header className="view-head">
        <h1>{t.settings.title}</h1>
        <nav className="parts" aria-label={t.settings.title}>
          {parts.map((one) => {
            const to = { view: 'settings', part: one } as const;
            return (
              <a
                key={one ?? 'own'}
                href={pathOf(to)}
                aria-current={one === part ? 'page' : undefined}
                onClick={(event) => follow(event, to)}
              >
                {t.settings.parts[one ?? 'own']}
              </a>
            );
          })}
        </nav>
        {/* On a phone eight places are a list that opens, not three lines of words. */}
        <div className="parts-list">
          <Select
            label={t.settings.title}
            isLabelUnseen
            value={part ?? 'own'}
            options={parts.map((one) => [one ?? 'own', t.settings.parts[one ?? 'own']])}
            choose={(one) => go({ view: 'settings', part: one === 'own' ? undefined : (one as SettingsPart) })}
          />
        </div>
      </header>
      {part === undefined && <Own />}
      {part === 'replies' && <Replies />}
      {part === 'abuse' && <Abuse />}
      {part === 'persons' && <Persons />}
      {part === 'retention' && <Retention />}
      {part === 'programs' && <Programs />}
      {part === 'people' && <People />}
      {part === 'trail' && <Trail />}
    </div>
  );
}

/** None, where the agent has moved a border. */
function sizeOf(widths: { list?: number; citizen?: number } = {}): string {
  const { list, citizen } = { ...WIDTHS.usual, ...widths };
  return Object.entries(WIDTHS).find(([, size]) => size.list === list && size.citizen === citizen)?.[0] ?? '';
}

function Own() {
  const t = useWords();
  const { settings, languages, capacity, town } = useMe();
  const names = new Intl.DisplayNames(t.locale, { type: 'language' });
  const [isHelp, setHelp] = useState(false);
  const set = (change: Partial<AgentSettings>) => void changeMe({ settings: change });
  return (
    <>
      <div className="sheet settings">
        <Ticks
          label={t.settings.languages}
          options={town.languages.map((code) => [code, names.of(code) ?? code])}
          value={languages}
          choose={(codes) => codes.length > 0 && void changeMe({ languages: codes })}
        />
        <p className="hint">{t.settings.capacity(capacity)}</p>
        <Choice
          label={t.settings.language}
          value={languageOf(settings.language)}
          options={Object.fromEntries(spoken.map(({ code, name }) => [code, name]))}
          choose={(language) => set({ language })}
        />
        <Choice
          label={t.settings.theme}
          value={settings.theme}
          options={t.settings.themes}
          choose={(theme) => set({ theme: theme as AgentSettings['theme'] })}
        />
        <Choice
          label={t.settings.density}
          value={settings.density}
          options={t.settings.densities}
          choose={(density) => set({ density: density as AgentSettings['density'] })}
        />
        <Choice
          label={t.settings.panes}
          hint={t.settings.panesHint}
          value={sizeOf(settings.shown?.widths)}
          options={t.settings.paneSizes}
          choose={(size) => set({ shown: { ...settings.shown, widths: WIDTHS[size as keyof typeof WIDTHS] } })}
        />
        <Choice
          label={t.settings.undo}
          hint={t.settings.undoHint}
          value={String(settings.undoSeconds ?? 0)}
          options={Object.fromEntries(UNDO_SECONDS.map((seconds) => [String(seconds), t.settings.undoSeconds(seconds)]))}
          choose={(seconds) => set({ undoSeconds: Number(seconds) })}
        />
        <OnOff
          label={t.abuse.setting}
          hint={t.abuse.settingHint}
          isOn={settings.coversAbuse === true}
          turn={(coversAbuse) => set({ coversAbuse })}
        />
        <OnOff label={t.settings.keys} hint={t.settings.keysHint} isOn={settings.keys} turn={(keys) => set({ keys })}>
          <Button onPress={() => setHelp(true)}>{t.settings.seeKeys}</Button>
        </OnOff>
        <OnOff label={t.settings.sound} hint={t.settings.soundHint} isOn={settings.sound} turn={(on) => set({ sound: on })}>
          <Button onPress={() => sound('message')}>{t.settings.test}</Button>
        </OnOff>
        {settings.sound && (
          <Ticks
            label={t.settings.soundFor}
            options={SOUNDS.map((one) => [one, t.settings.sounds[one]])}
            value={settings.soundFor ?? [...SOUNDS]}
            choose={(soundFor) => set({ soundFor: soundFor as AgentSettings['soundFor'] })}
          />
        )}
        {settings.sound && (
          <OnOff
            label={t.settings.soundRepeats}
            hint={t.settings.soundRepeatsHint}
            isOn={settings.soundRepeats === true}
            turn={(soundRepeats) => set({ soundRepeats })}
          />
        )}
      </div>
      <KeyHelp isOpen={isHelp} close={() => setHelp(false)} />
    </>
  );
}

interface OnOffProps {
  label: string;
  hint: string;
  isOn: boolean;
  turn(on: boolean): void;
  children?: ReactNode;
}

function OnOff({ label, hint, isOn, turn, children }: OnOffProps) {
  return (
    <div className="on-off">
      <Switch className="switch" isSelected={isOn} onChange={turn}>
        <span className="switch-track" aria-hidden="true" />
        {label}
      </Switch>
      <p className="hint">{hint}</p>
      {children}
    </div>
  );
}
