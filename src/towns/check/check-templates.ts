/**
 * What WhatsApp lets through to a citizen who has been silent for a day: `locales/<code>/templates.yml`,
 * ready to be submitted. Meta's rules are checked here (protocols.md 1.9), because a template that is
 * refused is noticed only when the news does not arrive.
 */
import { z } from 'zod';
import type { Template } from '../../domain/language/sentences';
import { fillTemplate, LONGEST_TEMPLATE } from '../../domain/message/whatsapp';
import type { Complain, Fault } from '../fault';
import { rule, text } from '../read/fields';
import type { Source } from '../yaml/yaml-source';

const template: z.ZodType<Template> = z.strictObject({
  category: z.literal('utility'),
  body: text,
  samples: z.array(
    rule(
      text,
      (sample) => !/[\n\t]| {4}/.test(sample),
      'holds a line break, a tab or many spaces',
      'Write it on one line: Meta refuses the rest.',
    ),
  ),
  desk: z.strictObject({ title: text, fields: z.array(text) }).optional(),
});

/** A name is part of the name under which the template stands at Twilio. */
export const templateFile = z.record(
  z.string().regex(/^[a-z][a-z0-9_]{0,60}$/, 'Templates are named with small letters, digits and "_".'),
  template,
);

export function checkTemplates(templates: Record<string, Template>, source: Source): Fault[] {
  const faults: Fault[] = [];
  for (const [name, { body, samples, desk }] of Object.entries(templates)) {
    const complain: Complain = (path, code, message, fix) =>
      faults.push({ file: source.file, line: source.lineOf([name, ...path]), severity: 'fault', code, message, fix });
    const variables = variablesOf(body);
    if (variables.some((variable, index) => variable !== index + 1)) {
      const fix = 'Number them {{1}}, {{2}}, {{3}}… in the order they stand in, each once.';
      complain(['body'], 'template-variables', `The variables of "${name}" are not numbered in their order.`, fix);
    }
    if (samples.length !== variables.length) {
      const message = `"${name}" has ${variables.length} variable(s) and ${samples.length} sample(s).`;
      complain(['samples'], 'template-samples', message, 'Give one example for each variable, in their order.');
    }
    if (/^\s*\{\{|\}\}\s*$/.test(body)) {
      const fix = 'Put words before the first and after the last variable: Meta refuses it otherwise.';
      complain(['body'], 'template-edge', `"${name}" begins or ends with a variable.`, fix);
    }
    if (/\}\}\s*\{\{/.test(body)) {
      complain(['body'], 'template-edge', `"${name}" has two variables side by side.`, 'Put words between them.');
    }
    if (desk && desk.fields.length !== variables.length) {
      const message = `"${name}" has ${variables.length} variable(s) and names ${desk.fields.length} field(s) for agents.`;
      complain(['desk', 'fields'], 'template-fields', message, 'Say of each variable what it asks for, in their order.');
    }
    const { length } = fillTemplate(body, samples);
    if (length > LONGEST_TEMPLATE) {
      const fix = `Keep it below ${LONGEST_TEMPLATE}.`;
      complain(['body'], 'template-length', `"${name}" has ${length} characters with its samples.`, fix);
    }
  }
  return faults;
}

export interface LanguageTemplates {
  /** As a clerk knows it: "français". */
  language: string;
  templates: Record<string, Template>;
  source: Source | null;
}

/** Templates that one language has and another lacks, and variables that differ. */
export function compareTemplates(read: readonly LanguageTemplates[]): Fault[] {
  const faults: Fault[] = [];
  for (const name of new Set(read.flatMap(({ templates }) => Object.keys(templates)))) {
    const model = read.find(({ templates }) => name in templates)!;
    const variables = variablesOf(model.templates[name]!.body).length;
    for (const { language, templates, source } of read) {
      if (!source || language === model.language) continue;
      const complain = (code: string, message: string, fix: string) =>
        faults.push({ file: source.file, line: source.lineOf([name]), severity: 'fault', code, message, fix });
      const own = templates[name];
      if (!own) {
        const fix = `Translate: "${model.templates[name]!.body}".`;
        complain('missing-translation', `The template "${name}" is missing in ${language}.`, fix);
      } else if ((own.desk === undefined) !== (model.templates[name]!.desk === undefined)) {
        const message = `The template "${name}" is for agents in one of ${model.language} and ${language}, and not in the other.`;
        complain('template-fields', message, 'Give it "desk:" in every language, or in none.');
      } else if (variablesOf(own.body).length !== variables) {
        const fix = `Use {{1}} to {{${variables}}} in every language: they are filled in the same way.`;
        complain('template-variables', `The template "${name}" does not have the variables it has in ${model.language}.`, fix);
      }
    }
  }
  return faults;
}

/** The numbers of the variables, in the order they stand in. */
function variablesOf(body: string): number[] {
  return [...body.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, name = '']) => (/^\d+$/.test(name) ? Number(name) : 0));
}
