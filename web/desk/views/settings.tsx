// What an agent sets for themself; kept on the server, so it is the same on every machine.
import { type ReactNode, useState } from 'react';
import { Switch } from 'react-aria-components';
import type { AgentSettings } from '../../../src/desk/wire';
import { Button, Choice } from '../parts/controls';
import { sound } from '../signals';
import { changeMe } from '../state/desk';
import { useMe } from '../state/store';
import { languageOf, spoken, useWords } from '../words';
import { KeyHelp } from './key-help';

export function Settings() {
  const t = useWords();
  const { settings } = useMe();
  const [isHelp, setHelp] = useState(false);
  const set = (change: Partial<AgentSettings>) => void changeMe({ settings: change });
  return (
    <div className="view narrow">
      <header className="view-head">
        <h1>{t.settings.title}</h1>
      </header>
      <div className="sheet settings">
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
        <OnOff label={t.settings.keys} hint={t.settings.keysHint} isOn={settings.keys} turn={(keys) => set({ keys })}>
          <Button onPress={() => setHelp(true)}>{t.settings.seeKeys}</Button>
        </OnOff>
        <OnOff label={t.settings.sound} hint={t.settings.soundHint} isOn={settings.sound} turn={(on) => set({ sound: on })}>
          <Button onPress={() => sound('message')}>{t.settings.test}</Button>
        </OnOff>
      </div>
      <KeyHelp isOpen={isHelp} close={() => setHelp(false)} />
    </div>
  );
}

interface OnOffProps {
  label: string;
  hint: string;
  isOn: boolean;
  turn(on: boolean): void;
  children: ReactNode;
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
