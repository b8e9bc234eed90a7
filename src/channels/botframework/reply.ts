/**
 * A reply as this channel's citizens see it: plain words, and choices as buttons where the channel is
 * known to show that many, else as numbered lines. Pure: it says what is posted, not how.
 */
import type { Activity } from '../../domain/message/activity';
import { type LinkTo, numberedLines, plainWordsOf } from '../plain-words';

/**
 * Buttons a channel shows under a message. Teams shows the first three and drops the rest
 * (Microsoft's "Suggested actions" page); the others follow the SDK's own list of channels.
 */
const MOST_BUTTONS: Record<string, number> = {
  msteams: 3,
  facebook: 10,
  line: 13,
  telegram: 100,
  slack: 100,
  webchat: 100,
  directline: 100,
  emulator: 100,
};

export type Reply = Pick<Activity, 'type' | 'text' | 'textFormat' | 'importance' | 'inputHint' | 'suggestedActions' | 'locale'>;

/** Null when there is nothing to say. */
export function replyFor(activity: Activity, channelId: string, linkTo: LinkTo): Reply | null {
  const words = plainWordsOf(activity, linkTo);
  const files = words.files.map((file) => (file.name ? `${file.name} : ${file.url}` : file.url));
  const text = [words.text, ...files].filter(Boolean).join('\n');
  const hasButtons = words.choices.length > 0 && words.choices.length <= (MOST_BUTTONS[channelId] ?? 0) && text !== '';
  const shown = hasButtons ? text : numberedLines(text, words.choices);
  if (!shown) return null;
  return {
    type: 'message',
    text: shown,
    textFormat: 'plain',
    inputHint: activity.inputHint ?? 'acceptingInput',
    ...(activity.importance ? { importance: activity.importance } : {}),
    ...(activity.locale ? { locale: activity.locale } : {}),
    ...(hasButtons ? { suggestedActions: { to: [], actions: words.choices } } : {}),
  };
}
