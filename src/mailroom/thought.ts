/**
 * On a phone people write in fragments: 'bonjour', 'y a', 'un rat', 'au 12 allée des roses' within
 * seconds are one thought and get one answer. Messages that wait together are heard together.
 */
import { countWords } from '../domain/language/words';
import { type Activity, isCitizenLine } from '../domain/message/activity';
import type { InboxRow } from '../store/rows/mail';

/** More than this in one breath is no fragment any more. */
const MOST = 10;

/** The messages to hear together: the first alone, or with those that followed it while the channel paused. */
export function oneThought(rows: InboxRow[]): InboxRow[] {
  const [first, ...rest] = rows;
  if (!first) return [];
  if (!first.pauseMs || !isCitizenLine(first.activity)) return [first];
  // A whole sentence closes the thought that the fragments before it began.
  const thought = [first];
  for (const row of rest) {
    if (!isCitizenLine(row.activity) || thought.length === MOST || isAnswer(row)) break;
    thought.push(row);
    if (!row.pauseMs) break;
  }
  return thought;
}

/** 'STOP', 'oui', '2', a tapped button: said by itself, it is heard by itself. */
function isAnswer(row: InboxRow): boolean {
  if (row.pauseMs) return false;
  const { text = '', value, channelData } = row.activity;
  return value !== undefined || channelData?.optOut !== undefined || countWords(text) <= 1;
}

/** One activity that says what all of them say, in their order. */
export function joined(rows: InboxRow[]): Activity {
  const activities = rows.map((row) => row.activity);
  const last = activities.at(-1);
  if (!last || activities.length === 1) return last ?? { type: 'event' };
  const attachments = activities.flatMap((activity) => activity.attachments ?? []);
  const entities = activities.flatMap((activity) => activity.entities ?? []);
  return {
    ...last,
    text: activities
      .map((activity) => activity.text?.trim() ?? '')
      .filter((text) => text !== '')
      .join(' '),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(entities.length > 0 ? { entities } : {}),
    channelData: Object.assign({}, ...activities.map((activity) => activity.channelData ?? {})),
  };
}
