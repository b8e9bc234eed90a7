// What a contact is about: it follows what is typed until the agent says otherwise; every topic of the town can be found by a
// few letters of its name, and so can a message for each of its services.

import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { ContactReading, ServiceName, TopicName } from '../../../src/desk/wire';
import { fold } from '../../../src/domain/language/words';
import { Button, IconButton } from '../parts/controls';
import { useWords } from '../words';
import { choose, useCounter } from './contact';

/** Every word of what was typed begins a word of the name. */
const isFound = (name: string, typed: string) =>
  fold(typed)
    .split(/\s+/)
    .every((word) => fold(name).includes(word));

interface Choices {
  topics: TopicName[];
  services: ServiceName[];
}

export function About({ topics, services, reading }: Choices & { reading: ContactReading | undefined }) {
  const t = useWords();
  const { contact, isChosen, isIncomplete } = useCounter();
  const key = contact.service ? `service:${contact.service}` : (contact.topic ?? (isChosen ? undefined : reading?.topic));
  const items = [
    ...topics.map(({ id, title, service }) => ({ id, name: title, hint: service?.name })),
    ...services.map(({ id, name }) => ({ id: `service:${id}`, name: t.counter.messageFor(name), hint: undefined })),
  ];
  const others = (reading?.heard ?? []).filter(({ topic }) => topic !== key).slice(0, key ? 2 : 3);
  function pick(picked: string | null) {
    if (picked === key) return;
    if (picked?.startsWith('service:')) choose({ service: picked.slice('service:'.length) });
    else choose(picked ? { topic: picked } : {});
  }
  return (
    <div className="field about" data-missing={isIncomplete && !key ? '' : undefined}>
      <ComboBox
        selectedKey={key ?? null}
        onSelectionChange={(picked) => pick(picked as string | null)}
        defaultItems={items}
        defaultFilter={isFound}
        menuTrigger="input"
        isInvalid={isIncomplete && !key}
      >
        <Label>{t.counter.about}</Label>
        <div className="field-box">
          <Input autoComplete="off" placeholder={t.counter.aboutHint} />
          <IconButton icon="down" label={t.counter.allTopics} />
        </div>
        <Popover className="popover combo">
          <ListBox className="menu">
            {(item: (typeof items)[number]) => (
              <ListBoxItem id={item.id} textValue={item.name} className="menu-item">
                <span>{item.name}</span>
                {item.hint && <span className="hint">{item.hint}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      {isIncomplete && !key && <p className="fault">{t.counter.missing}</p>}
      {others.length > 0 && (
        <p className="rather">
          <span className="hint">{key ? t.counter.rather : t.counter.perhaps}</span>
          {others.map(({ topic, title }) => (
            <Button key={topic} look="quiet" onPress={() => choose({ topic })}>
              {title}
            </Button>
          ))}
        </p>
      )}
    </div>
  );
}
