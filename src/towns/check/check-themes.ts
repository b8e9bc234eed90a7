/** What citizens can ask to be told of: each theme once, with a name and words in every language of the town, and no word that means two. */
import { phraseKey } from '../../domain/language/words';
import type { Town } from '../../domain/town';
import type { Complain } from '../fault';
import { checkLocalised } from './check-topic';

export function checkThemes({ subscriptions, languages }: Town, complain: Complain): void {
  const themes = subscriptions?.themes ?? [];
  const owners = new Map<string, string>();
  for (const [index, { id, name, words }] of themes.entries()) {
    const at = ['subscriptions', 'themes', index];
    if (themes.findIndex((other) => other.id === id) < index)
      complain([...at, 'id'], 'twice', `Two themes are called "${id}".`, 'Give each theme its own id.');
    checkLocalised([...at, 'name'], name, languages, complain);
    for (const language of languages) {
      if ((words[language] ?? []).length > 0) continue;
      const message = `Nobody who writes in "${language}" can name the theme "${id}".`;
      complain([...at, 'words'], 'missing-translation', message, `Add "${language}: […]" here.`, 'fault', language);
    }
    for (const word of Object.values(words).flat()) {
      const key = phraseKey(word);
      const owner = owners.get(key) ?? id;
      owners.set(key, owner);
      if (owner !== id)
        complain([...at, 'words'], 'twice', `"${word}" means "${owner}" already.`, 'Leave it to one of the two themes.');
    }
  }
}
