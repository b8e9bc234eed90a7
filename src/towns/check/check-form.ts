/**
 * Whether a form can be followed from its first question to its last: every choice can be
 * told from the others, every condition looks at a question already asked.
 */
import type { Field } from '../../domain/topic/topic';
import type { Complain } from '../fault';
import type { Path } from '../yaml/yaml-source';

export function checkForm(form: readonly Field[], complain: Complain): void {
  for (const [index, field] of form.entries()) {
    const at = (...rest: PropertyKey[]) => ['form', index, ...rest];
    const earlier = form.slice(0, index);
    if (earlier.some((other) => other.id === field.id))
      complain(at('id'), 'twice', `Two questions are called "${field.id}".`, 'Give each question its own id.');
    checkChoices(field, at, complain);
    if (field.min !== undefined && field.max !== undefined && field.min > field.max) {
      complain(at('max'), 'bad-value', 'The smallest allowed number is above the largest.', 'Swap "min" and "max".');
    }
    if (field.agreement && field.kind !== 'yes-no')
      complain(at('agreement'), 'bad-value', 'Only yes or no is an agreement.', 'Write "kind: yes-no", or remove "agreement:".');
    if (field.when) checkCondition(field.when, earlier, at, complain);
  }
}

type At = (...rest: PropertyKey[]) => Path;

function checkChoices(field: Field, at: At, complain: Complain): void {
  if (field.kind !== 'choice') {
    if (field.choices)
      complain(
        at('choices'),
        'unknown-field',
        `A question of kind "${field.kind}" has no choices.`,
        'Write "kind: choice", or remove the choices.',
      );
    return;
  }
  if ((field.choices ?? []).length < 2)
    complain(
      at('choices'),
      'missing-field',
      'There is nothing to choose from.',
      'Add at least two choices, each with id and label.',
    );
  const ids = (field.choices ?? []).map((choice) => choice.id);
  for (const [place, id] of ids.entries()) {
    if (ids.indexOf(id) < place)
      complain(at('choices', place, 'id'), 'twice', `Two choices are called "${id}".`, 'Give each choice its own id.');
  }
}

function checkCondition(when: NonNullable<Field['when']>, earlier: readonly Field[], at: At, complain: Complain): void {
  const asked = earlier.find((field) => field.id === when.field);
  if (!asked) {
    const names = earlier.map((field) => field.id).join(', ') || 'none';
    complain(
      at('when', 'field'),
      'unknown-condition',
      `"when" names "${when.field}", which is not asked before this question.`,
      `Questions asked before: ${names}.`,
    );
    return;
  }
  const values = asked.kind === 'yes-no' ? ['yes', 'no'] : asked.choices?.map((choice) => choice.id);
  for (const [place, value] of when.is.entries()) {
    if (values?.includes(value)) continue;
    const fix = values ? `Use one of: ${values.join(', ')}.` : 'Only a choice or a yes-no question can be a condition.';
    complain(at('when', 'is', place), 'unknown-condition', `"${value}" is never an answer to "${when.field}".`, fix);
  }
}
