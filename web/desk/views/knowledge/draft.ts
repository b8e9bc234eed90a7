// A topic being edited: what stands in the fields, and what of it is a change to the file.
import type { TopicDetail, TopicEdit } from '../../../../src/desk/knowledge/wire';
import type { Begun } from './ask';

interface DraftDetail {
  id: string;
  /** One a line. */
  phrases: Record<string, string>;
  answer: Record<string, string>;
}

export interface Draft {
  id: string;
  service: string;
  titles: Record<string, string>;
  /** One a line, by language. */
  phrases: Record<string, string>;
  answer: Record<string, string>;
  details: DraftDetail[];
  verified: { by: string; on: string; until: string; source: string };
}

export const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const joined = (by: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(by).map(([code, lines]) => [code, lines.join('\n')]));

/** As the file has it, with what somebody brought along. */
export function draftOf(topic: TopicDetail, begun?: Begun): Draft {
  const { by = '', on, until, source } = topic.verified ?? { on: '', until: '', source: '' };
  const phrases = joined(topic.phrases);
  if (begun) phrases[begun.language] = [phrases[begun.language], ...begun.phrases].filter(Boolean).join('\n');
  return {
    id: topic.id,
    service: topic.service?.id ?? '',
    titles: { ...topic.titles },
    phrases,
    answer: { ...topic.answer },
    details: topic.details.map(({ id, phrases: said, answer }) => ({ id, phrases: joined(said), answer: { ...answer } })),
    verified: { by, on, until, source },
  };
}

export function emptyDraft(service: string, today: string, begun?: Begun): Draft {
  const language = begun?.language ?? '';
  return {
    id: '',
    service,
    titles: {},
    phrases: begun ? { [language]: begun.phrases.join('\n') } : {},
    answer: begun?.answer ? { [language]: begun.answer } : {},
    details: [],
    verified: { by: service, on: today, until: '', source: '' },
  };
}

const filled = (by: Record<string, string>) => Object.fromEntries(Object.entries(by).filter(([, text]) => text.trim() !== ''));
const listed = (by: Record<string, string>) =>
  Object.fromEntries(Object.entries(by).map(([code, text]) => [code, linesOf(text)]));
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Only what differs from the file; everything of a topic that is new. */
export function editOf(draft: Draft, topic: TopicDetail | null): TopicEdit {
  const before = topic ? draftOf(topic) : null;
  const edit: TopicEdit = topic ? {} : { kind: 'question', service: draft.service };
  if (!isSame(draft.titles, before?.titles)) edit.title = filled(draft.titles);
  if (!isSame(draft.phrases, before?.phrases)) edit.phrases = listed(draft.phrases);
  if (!isSame(draft.answer, before?.answer)) edit.answer = filled(draft.answer);
  const details = draft.details.filter((detail, at) => !isSame(detail, before?.details[at]));
  if (details.length > 0)
    edit.details = details.map(({ id, phrases, answer }) => ({ id, phrases: listed(phrases), answer: filled(answer) }));
  const { by, ...verified } = draft.verified;
  if (!isSame(draft.verified, before?.verified) && verified.on && verified.until && verified.source)
    edit.verified = { ...verified, ...(by ? { by } : {}) };
  return edit;
}

export function isEmpty(edit: TopicEdit): boolean {
  return Object.keys(edit).length === 0;
}
