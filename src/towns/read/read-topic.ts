/**
 * One topic file, `towns/<town>/topics/<topic>.yml`, as a clerk writes it: read, checked
 * field by field, and handed on as a Topic. The name of the file is the id of the topic.
 */
import { z } from 'zod';
import { FORMAL_FIELDS, type FormalRule } from '../../domain/ticket/formal';
import type { Field, Topic } from '../../domain/topic/topic';
import type { Fault } from '../fault';
import { fitTo, readYaml, type Source } from '../yaml/yaml-source';
import { dialled, email, filledWith, identifier, links, localised, rule, text, verified, webAddress, wordLists } from './fields';

const choice = z.strictObject({ id: identifier, label: localised, words: wordLists.optional() });

const field = z.strictObject({
  id: identifier,
  kind: z.enum(['text', 'choice', 'yes-no', 'number', 'date', 'place', 'file', 'contact']),
  ask: localised,
  ask_again: localised.optional(),
  label: localised,
  required: z.boolean(),
  choices: z.array(choice).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  looks: z.enum(['ahead', 'back']).optional(),
  said_by: wordLists.optional(),
  enough: z.number().int().min(1).optional(),
  free: z.literal(true).optional(),
  when: z.strictObject({ field: identifier, is: z.array(text).min(1) }).optional(),
  agreement: z.literal(true).optional(),
});

const ages = rule(
  z.tuple([z.number().int().min(0), z.number().int().max(130)]),
  ([youngest, oldest]) => youngest <= oldest,
  'runs backwards',
  'Write the youngest age first: [0, 14].',
);

const detail = z.strictObject({ id: identifier, phrases: wordLists, answer: localised, ages: ages.optional() });

const office = z
  .strictObject({
    name: localised,
    also_called: wordLists.optional(),
    web: webAddress.optional(),
    phone: dialled.optional(),
    address: text.optional(),
    email: email.optional(),
  })
  .transform(({ also_called: alsoCalled, ...same }) => ({ ...same, ...(alsoCalled && { alsoCalled }) }));

/** The legal clock of its requests, with the texts that the town's lawyer words. */
const formal = z.strictObject({
  silence: z.enum(['accepted', 'refused']),
  months: z.number().int().min(1).max(24),
  remedies: filledWith(FORMAL_FIELDS.remedies),
  acknowledgement: filledWith(FORMAL_FIELDS.acknowledgement).optional(),
  subject: filledWith(FORMAL_FIELDS.subject).optional(),
  no_email: filledWith(FORMAL_FIELDS.noEmail).optional(),
});

const topic = z.strictObject({
  kind: z.enum(['report', 'question', 'elsewhere', 'control']),
  service: identifier.optional(),
  office: office.optional(),
  title: localised,
  phrases: wordLists,
  answer: localised.optional(),
  details: z.array(detail).optional(),
  verified: verified.optional(),
  form: z.array(field).optional(),
  delay_days: z.number().int().min(1).optional(),
  due: z
    .union([
      z.strictObject({ working_days: z.number().int().min(1).max(200) }),
      z.strictObject({ working_hours: z.number().min(0.5).max(1000) }),
    ])
    .optional(),
  one_incident: z.strictObject({ metres: z.number().int().min(1).max(500), days: z.number().int().min(1).max(90) }).optional(),
  formal: formal.optional(),
  priority: z.literal('high').optional(),
  priority_near: z.array(text).optional(),
  priority_words: wordLists.optional(),
  retention: z
    .strictObject({
      in_use: z.int().min(1).max(36_500).optional(),
      restricted: z.int().min(1).max(36_500).optional(),
      end: z.enum(['erase', 'transfer']).optional(),
    })
    .optional(),
  open_data: z.strictObject({ group: text, code: text }).optional(),
  see_also: z.array(identifier).optional(),
  links: links.optional(),
});

export interface ReadTopic {
  id: string;
  topic: Topic | null;
  /** Null when the file is not YAML at all. */
  source: Source | null;
  faults: Fault[];
}

/** Reads the text of a topic file; `file` is its path as clerks know it and its name gives the id. */
export function readTopic(file: string, written: string): ReadTopic {
  const { source: yaml, faults } = readYaml(file, written);
  const id = file
    .split('/')
    .at(-1)!
    .replace(/\.yml$/, '');
  if (!yaml) return { id, topic: null, source: null, faults };
  const { value, faults: misfits } = fitTo(topic, yaml);
  if (!value) return { id, topic: null, source: yaml, faults: misfits };
  return { id, topic: { id, file, ...toTopic(value) }, source: yaml, faults: [] };
}

function toTopic({
  delay_days,
  due,
  one_incident,
  priority_near,
  priority_words,
  open_data,
  retention,
  see_also,
  form,
  formal,
  ...same
}: z.output<typeof topic>): Omit<Topic, 'id' | 'file'> {
  return withoutGaps({
    ...same,
    form: form?.map(toField),
    formal: formal && toFormalRule(formal),
    delayDays: delay_days,
    due: due && ('working_days' in due ? { workingDays: due.working_days } : { workingHours: due.working_hours }),
    oneIncident: one_incident,
    priorityNear: priority_near,
    priorityWords: priority_words,
    openData: open_data,
    retention: retention && withoutGaps({ inUse: retention.in_use, restricted: retention.restricted, end: retention.end }),
    seeAlso: see_also,
  });
}

function toField({ ask_again, said_by, ...same }: z.output<typeof field>): Field {
  return withoutGaps({ ...same, askAgain: ask_again, saidBy: said_by });
}

function withoutGaps<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}

function toFormalRule({ silence, months, no_email, ...texts }: z.output<typeof formal>): FormalRule {
  return { silence, months, texts: { ...texts, noEmail: no_email } };
}
