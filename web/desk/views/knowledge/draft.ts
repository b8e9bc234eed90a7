// A topic being edited: what stands in the fields, and what of it is a change to the file.
import type { TopicDetail, TopicEdit, TopicFields } from '../../../../src/desk/knowledge/wire';
import type { Begun } from './ask';

export type Draft = TopicFields;

export const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const joined = (by: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(by).map(([code, lines]) => [code, lines.join('\n')]));

/** As the file has it. */
export function draftOf(topic: TopicDetail): Draft {
  const { by = '', on, until, source } = topic.verified ?? { on: '', until: '', source: '' };
  const phrases = joined(topic.phrases);
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

export function emptyDraft(service: string, today: string): Draft {
  return {
    id: '',
    service,
    titles: {},
    phrases: {},
    answer: {},
    details: [],
    verified: { by: service, on: today, until: '', source: '' },
  };
}

/** With what somebody brought along: phrases, and for a topic that is new the answer as well. */
export function withBegun(draft: Draft, { language, phrases, answer }: Begun, isNew: boolean): Draft {
  const said = linesOf(draft.phrases[language] ?? '');
  const more = phrases.filter((phrase) => !said.includes(phrase));
  return {
    ...draft,
    phrases: { ...draft.phrases, [language]: [...said, ...more].join('\n') },
    answer: isNew && answer && !draft.answer[language] ? { ...draft.answer, [language]: answer } : draft.answer,
  };
}

const filled = (by: Record<string, string>) => Object.fromEntries(Object.entries(by).filter(([, text]) => text.trim() !== ''));
const listed = (by: Record<string, string>) =>
  Object.fromEntries(Object.entries(by).map(([code, text]) => [code, linesOf(text)]));
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Only what differs from the file; everything of a topic that is new. */
export function editOf(draft: Draft, stands: Draft, isNew: boolean): TopicEdit {
  const before = isNew ? null : stands;
  const edit: TopicEdit = isNew ? { kind: 'question', service: draft.service } : {};
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

/** Text by text: what the clerk touched stays theirs, all else is as the file has it by now. */
export function rebased(fields: Draft, before: Draft, now: Draft): Draft {
  const pick = <T>(mine: T, was: T | undefined, is: T): T => (isSame(mine, was) ? is : mine);
  const texts = (mine: Record<string, string>, was: Record<string, string> = {}, is: Record<string, string> = {}) =>
    Object.fromEntries(
      [...new Set([...Object.keys(is), ...Object.keys(mine)])].map((code) => [
        code,
        pick(mine[code] ?? '', was[code] ?? '', is[code] ?? ''),
      ]),
    );
  const known = new Set(now.details.map(({ id }) => id));
  const added = fields.details.filter(({ id }) => !known.has(id) && !before.details.some((one) => one.id === id));
  return {
    id: fields.id,
    service: pick(fields.service, before.service, now.service),
    titles: texts(fields.titles, before.titles, now.titles),
    phrases: texts(fields.phrases, before.phrases, now.phrases),
    answer: texts(fields.answer, before.answer, now.answer),
    details: [
      ...now.details.map((is) => {
        const mine = fields.details.find(({ id }) => id === is.id);
        const was = before.details.find(({ id }) => id === is.id);
        if (!mine) return is;
        return {
          id: is.id,
          phrases: texts(mine.phrases, was?.phrases, is.phrases),
          answer: texts(mine.answer, was?.answer, is.answer),
        };
      }),
      ...added,
    ],
    verified: pick(fields.verified, before.verified, now.verified),
  };
}
