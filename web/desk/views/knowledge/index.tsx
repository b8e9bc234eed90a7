// Knowledge: what waits for an answer, every topic, and what is to be looked at again. One topic is opened beside its address.
import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useWords } from '../../words';
import { Editor } from './editor';
import { Misses } from './misses';
import { Radar, Topics } from './topics';

const PARTS = ['misses', 'topics', 'radar'] as const;

export function Knowledge({ topic }: { topic?: string }) {
  const words = useWords().knowledge;
  const [part, setPart] = useState<(typeof PARTS)[number]>('misses');
  if (topic !== undefined) return <Editor key={topic} id={topic} />;
  return (
    <div className="view">
      <header className="view-head">
        <h1>{words.title}</h1>
        <ToggleButtonGroup
          aria-label={words.part}
          className="kinds"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[part]}
          onSelectionChange={([key]) => setPart(key as typeof part)}
        >
          {PARTS.map((name) => (
            <ToggleButton key={name} id={name} className="kind">
              {words.parts[name]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </header>
      {part === 'misses' && <Misses />}
      {part === 'topics' && <Topics />}
      {part === 'radar' && <Radar />}
    </div>
  );
}
