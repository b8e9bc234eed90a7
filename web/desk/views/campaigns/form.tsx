// Writing a campaign: in each language of the town, for those who follow some themes; counted, looked at, and then sent.
import { useState } from 'react';
import type {
  CampaignCount,
  CampaignDraft,
  CampaignOrder,
  CampaignsView,
  CampaignView,
} from '../../../../src/desk/campaigns/wire';
import { Button, Choice, Field } from '../../parts/controls';
import { MomentField } from '../../parts/dates';
import { Tick, Ticks } from '../../parts/ticks';
import { call, Refused } from '../../server/api';
import { explain, toast } from '../../state/toasts';
import { useWords } from '../../words';
import { Confirm } from './confirm';

const LONGEST_TEXT = 600;
const WEEK = 7 * 24 * 60 * 60 * 1000;
type Kind = 'news' | 'choice' | 'words';

/** As a field of the browser takes it: the time where it stands. */
function localTime(ms: number): string {
  const at = new Date(ms);
  return new Date(ms - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const linesOf = (text = '') =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export function CampaignForm({ about, done }: { about: CampaignsView; done(): void }) {
  const t = useWords();
  const words = t.campaigns;
  const { languages, themes, sectors, quietHours } = about;
  const [key] = useState(() => crypto.randomUUID());
  const [kind, setKind] = useState<Kind>('news');
  const [title, setTitle] = useState('');
  const [texts, setTexts] = useState<Record<string, string>>({});
  const [choices, setChoices] = useState<Record<string, string>>({});
  const [closes, setCloses] = useState(() => localTime(Date.now() + WEEK));
  const [chosen, setChosen] = useState<string[]>([]);
  const [places, setPlaces] = useState<string[]>([]);
  const [isUrgent, setUrgent] = useState(false);
  const [count, setCount] = useState<CampaignCount>();

  const named = (language: string) => new Intl.DisplayNames([t.locale], { type: 'language' }).of(language) ?? language;
  const lists = languages.map((language) => linesOf(choices[language]));
  const areChoices = lists.every((list) => list.length === lists[0]?.length && list.length >= 2 && list.length <= 9);
  const isReady =
    title.trim() !== '' &&
    languages.every((language) => (texts[language] ?? '').trim() !== '') &&
    chosen.length > 0 &&
    (kind === 'news' || closes !== '') &&
    (kind !== 'choice' || areChoices);

  function draft(): CampaignDraft {
    const closesAt = new Date(closes).getTime();
    const each = (lists[0] ?? []).map((_, n) => Object.fromEntries(languages.map((language, at) => [language, lists[at]![n]!])));
    return {
      ...{ title, texts, themes: chosen, sectors: places, isUrgent },
      ...(kind === 'news' ? {} : { poll: { closesAt, ...(kind === 'choice' ? { choices: each } : {}) } }),
    };
  }

  async function check() {
    try {
      setCount(await call<CampaignCount>('POST', 'campaigns/count', draft()));
    } catch (error) {
      toast('bad', explain(error));
    }
  }

  async function send(people: number) {
    try {
      const order: CampaignOrder = { ...draft(), key, people };
      await call<CampaignView>('POST', 'campaigns', order);
      toast('good', words.sent);
      done();
    } catch (error) {
      toast('bad', error instanceof Refused && error.code === 'changed' ? words.changed : explain(error));
    }
    setCount(undefined);
  }

  return (
    <form
      className="sheet campaign-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void check();
      }}
    >
      <Choice label={words.kind} value={kind} options={words.kinds} choose={(value) => setKind(value as Kind)} />
      <Field label={words.name}>
        {(id) => <input id={id} maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      {languages.map((language) => (
        <Field key={language} label={words.text(named(language))} hint={words.textHint}>
          {(id, hint) => (
            <textarea
              {...{ id, rows: 3, maxLength: LONGEST_TEXT, lang: language, 'aria-describedby': hint }}
              value={texts[language] ?? ''}
              onChange={(event) => setTexts({ ...texts, [language]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {kind === 'choice' &&
        languages.map((language) => (
          <Field key={language} label={words.choices(named(language))} hint={words.choicesHint}>
            {(id, hint) => (
              <textarea
                {...{ id, rows: 3, lang: language, 'aria-describedby': hint }}
                value={choices[language] ?? ''}
                onChange={(event) => setChoices({ ...choices, [language]: event.target.value })}
              />
            )}
          </Field>
        ))}
      {kind !== 'news' && <MomentField label={words.closes} value={closes} choose={setCloses} />}
      <Ticks
        label={words.themes}
        options={themes.map(({ id, name, people }) => [id, name, words.people(people)])}
        value={chosen}
        choose={setChosen}
      />
      {sectors.length > 0 && (
        <Ticks label={words.sectors} options={sectors.map(({ id, name }) => [id, name])} value={places} choose={setPlaces} />
      )}
      <Tick isSelected={isUrgent} change={setUrgent}>
        {words.urgent} {quietHours && <span className="hint">{words.quiet(...quietHours)}</span>}
      </Tick>
      <div className="campaign-buttons">
        <Button type="submit" look="primary" isDisabled={!isReady}>
          {words.check}
        </Button>
        <Button look="quiet" onPress={done}>
          {t.cancel}
        </Button>
      </div>
      {count && <Confirm count={count} named={named} send={() => void send(count.people)} close={() => setCount(undefined)} />}
    </form>
  );
}
