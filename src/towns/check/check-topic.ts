/**
 * What can be wrong with one topic of a town once it has been read: a missing translation,
 * a service nobody knows, an answer nobody vouches for, a form that cannot be followed.
 */

import type { Localised } from '../../domain/language/localised';
import { phraseKey } from '../../domain/language/words';
import { isStillVerified, type Topic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';
import type { Complain, Fault } from '../fault';
import { placeholdersOf, unevenPlaceholders } from '../read/read-locale';
import type { Path, Source } from '../yaml/yaml-source';
import { checkForm } from './check-form';

/** Fewer phrases than this in a language and the bot guesses rather than understands. */
export const LEAST_PHRASES = 12;
const SOON_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `today` is YYYY-MM-DD in the town's zone. */
export function checkTopic(topic: Topic, source: Source, town: Town, topicIds: ReadonlySet<string>, today: string): Fault[] {
  const faults: Fault[] = [];
  const complain: Complain = (path, code, message, fix, severity = 'fault', language) =>
    faults.push({ file: topic.file, line: source.lineOf(path), severity, code, message, fix, ...(language && { language }) });

  checkTexts(topic, town.languages, complain);
  checkPhrases(topic, town.languages, complain);
  checkServices(topic, town, complain);
  checkPlaceholders(topic, town, complain);
  if (topic.kind === 'question' || topic.kind === 'elsewhere') checkVouched(topic, town, today, complain);
  checkOffice(topic, complain);
  if (topic.kind === 'report') checkReport(topic, complain);
  checkForm(topic.form ?? [], complain);
  checkDetails(topic, town.languages, complain);
  for (const [index, other] of (topic.seeAlso ?? []).entries()) {
    if (topicIds.has(other) && other !== topic.id) continue;
    const message =
      other === topic.id ? 'A topic cannot point at itself.' : `"see_also" names a topic that does not exist: "${other}".`;
    complain(['see_also', index], 'unknown-topic', message, `Name another topic by its file name without .yml, or remove it.`);
  }
  return faults;
}

/** Every text of a topic, with the path it stands at. */
function* textsOf(topic: Topic): Generator<[Path, Localised]> {
  yield [['title'], topic.title];
  if (topic.office) yield [['office', 'name'], topic.office.name];
  if (topic.answer) yield [['answer'], topic.answer];
  for (const [index, detail] of (topic.details ?? []).entries()) yield [['details', index, 'answer'], detail.answer];
  for (const [index, field] of (topic.form ?? []).entries()) {
    yield [['form', index, 'ask'], field.ask];
    yield [['form', index, 'label'], field.label];
    if (field.askAgain) yield [['form', index, 'ask_again'], field.askAgain];
    for (const [place, choice] of (field.choices ?? []).entries())
      yield [['form', index, 'choices', place, 'label'], choice.label];
  }
  for (const [address, name] of Object.entries(topic.links ?? {})) yield [['links', address], name];
}

/** Those of a formal request, whose fields in braces are its own. */
function* formalTextsOf({ formal }: Topic): Generator<[Path, Localised]> {
  if (!formal) return;
  const { remedies, acknowledgement, subject, noEmail } = formal.texts;
  yield [['formal', 'remedies'], remedies];
  if (acknowledgement) yield [['formal', 'acknowledgement'], acknowledgement];
  if (subject) yield [['formal', 'subject'], subject];
  if (noEmail) yield [['formal', 'no_email'], noEmail];
}

function checkTexts(topic: Topic, languages: readonly string[], complain: Complain): void {
  for (const [path, written] of [...textsOf(topic), ...formalTextsOf(topic)]) checkLocalised(path, written, languages, complain);
}

/** A text must stand in every language of the town, in no other, and hold the same placeholders in each. */
export function checkLocalised(path: Path, written: Localised, languages: readonly string[], complain: Complain): void {
  const name = `"${path.filter((part) => typeof part === 'string').join('.')}"`;
  for (const language of languages) {
    if (written[language] === undefined)
      complain(
        path,
        'missing-translation',
        `${name} has no text in "${language}".`,
        `Add "${language}: …" here.`,
        'fault',
        language,
      );
  }
  const model = written[languages[0]!];
  for (const [language, translation] of Object.entries(written)) {
    if (!languages.includes(language)) {
      const fix = `Remove it, or add "${language}" to the languages of town.yml.`;
      complain(
        [...path, language],
        'unspoken-language',
        `${name} has a text in "${language}", which the town does not speak.`,
        fix,
        'warning',
        language,
      );
    } else if (model !== undefined && unevenPlaceholders(model, translation).length > 0) {
      const names = unevenPlaceholders(model, translation).map((one) => `{${one}}`);
      const fix = `Use the same placeholders in every language: ${names.join(', ')}.`;
      complain(
        [...path, language],
        'placeholder',
        `${name} does not have the same placeholders in "${languages[0]}" and "${language}".`,
        fix,
      );
    }
  }
}

function checkPhrases(topic: Topic, languages: readonly string[], complain: Complain): void {
  for (const language of languages) {
    const phrases = topic.phrases[language] ?? [];
    if (phrases.length < LEAST_PHRASES) {
      const message = `Only ${phrases.length} phrase(s) in "${language}"; the bot needs at least ${LEAST_PHRASES}.`;
      const path = topic.phrases[language] ? ['phrases', language] : ['phrases'];
      const fix = 'Add more ways in which citizens would say it, short and long, as they type them.';
      complain(path, 'few-phrases', message, fix, 'fault', phrases.length === 0 ? language : undefined);
    }
    checkDouble(phrases, ['phrases', language], complain);
  }
}

function checkDouble(phrases: readonly string[], path: Path, complain: Complain): void {
  const seen = new Set<string>();
  for (const [index, phrase] of phrases.entries()) {
    const key = phraseKey(phrase);
    if (key === '') complain([...path, index], 'bad-value', `"${phrase}" holds no word.`, 'Remove it.');
    else if (seen.has(key))
      complain([...path, index], 'phrase-twice', `The phrase "${phrase}" is written twice.`, 'Remove one of the two.');
    seen.add(key);
  }
}

function checkServices(topic: Topic, town: Town, complain: Complain): void {
  const known = new Set(town.services.map((service) => service.id));
  const fix = `Use a service of town.yml: ${[...known].join(', ')}.`;
  if (topic.service === undefined && (topic.kind === 'question' || topic.kind === 'report'))
    complain([], 'missing-field', 'Nothing says which service handles this.', `Add "service:". ${fix}`);
  if (topic.service !== undefined && !known.has(topic.service))
    complain(['service'], 'unknown-service', `The town has no service "${topic.service}".`, fix);
  const voucher = topic.verified?.by;
  if (topic.verified && voucher === undefined && topic.kind !== 'elsewhere')
    complain(['verified'], 'missing-field', 'Nothing says which service vouches for this answer.', `Add "by:". ${fix}`);
  if (voucher !== undefined && !known.has(voucher))
    complain(['verified', 'by'], 'unknown-service', `The town has no service "${voucher}".`, fix);
}

/** What a text may ask to be filled in, and whether the service of the topic can fill it. */
function checkPlaceholders(topic: Topic, town: Town, complain: Complain): void {
  const service = town.services.find((one) => one.id === (topic.service ?? town.frontDesk));
  if (!service) return;
  const fillers = {
    phone: service.phone,
    email: service.email,
    address: service.address,
    hours_today: 'kept',
    hours_week: 'kept',
  };
  for (const [path, written] of textsOf(topic)) {
    for (const [language, translation] of Object.entries(written)) {
      for (const name of placeholdersOf(translation)) {
        if (fillers[name as keyof typeof fillers] !== undefined) continue;
        const isKnown = name in fillers;
        const message = isKnown ? `The service "${service.id}" has no ${name} for {${name}}.` : `Nothing fills in {${name}}.`;
        const fix = isKnown
          ? `Add "${name}:" to the service in town.yml.`
          : `Use one of: ${Object.keys(fillers)
              .map((one) => `{${one}}`)
              .join(', ')}.`;
        complain([...path, language], 'placeholder', message, fix);
      }
    }
  }
}

function checkVouched(topic: Topic, town: Town, today: string, complain: Complain): void {
  if (!topic.answer) {
    const what = topic.kind === 'question' ? 'the answer' : 'what this office does';
    const fix = `Add "answer:" with ${what} in each language of the town (${town.languages.join(', ')}).`;
    complain([], 'missing-field', `A topic of kind "${topic.kind}" needs an answer.`, fix);
  }
  const { verified } = topic;
  if (!verified) {
    complain(
      [],
      'not-verified',
      'Nobody vouches for this answer, so it would never be given.',
      'Add "verified:" with by, on, until and source.',
    );
    return;
  }
  const days = Math.round((Date.parse(verified.until) - Date.parse(today)) / DAY_MS);
  const fix = 'Have the service check the answer, then write the new dates under "verified:".';
  if (verified.until < verified.on)
    complain(['verified', 'until'], 'bad-value', 'The answer would end before it was verified.', 'Correct "on" or "until".');
  else if (verified.on > today)
    complain(
      ['verified', 'on'],
      'bad-value',
      `The answer was verified on a day to come, ${verified.on}.`,
      'Write the day it was checked.',
    );
  else if (!isStillVerified(verified, today))
    complain(['verified', 'until'], 'expired', `The answer expired on ${verified.until} and is no longer given.`, fix);
  else if (days <= SOON_DAYS)
    complain(
      ['verified', 'until'],
      'expires-soon',
      `The answer expires in ${days} day(s), on ${verified.until}.`,
      fix,
      'warning',
    );
}

/** Whoever is sent elsewhere is told where. */
function checkOffice({ kind, office, form }: Topic, complain: Complain): void {
  if (kind !== 'elsewhere') {
    if (office)
      complain(['office'], 'unknown-field', `A topic of kind "${kind}" has no office.`, 'Write "kind: elsewhere", or remove it.');
    return;
  }
  if (!office) complain([], 'missing-field', 'Nothing says whose this is.', 'Add "office:" with name, and web or phone or both.');
  else if (!office.web && !office.phone)
    complain(['office'], 'missing-field', 'Nothing says how the office is reached.', 'Add "web:" or "phone:" or both.');
  if (form) complain(['form'], 'unknown-field', 'The town takes no request for another office.', 'Remove the form.');
}

function checkReport(topic: Topic, complain: Complain): void {
  if (!topic.answer)
    complain(
      [],
      'missing-field',
      'A report needs an "answer", said when it is recognised.',
      'Add "answer:" with one sentence in each language of the town.',
    );
  if (!topic.form?.length) {
    complain(
      [],
      'missing-field',
      'A report needs a form: the questions to ask.',
      'Add "form:" with at least the place and a contact.',
    );
  } else if (!topic.formal && !topic.form.some((field) => field.kind === 'place')) {
    // A request in the sense of the law is about a decision or a document as often as about a spot.
    complain(
      ['form'],
      'no-place',
      'This report never asks where it is.',
      'Add a question of kind "place", unless the place does not matter.',
      'warning',
    );
  }
}

function checkDetails(topic: Topic, languages: readonly string[], complain: Complain): void {
  const owners = new Map<string, string>();
  const details = topic.details ?? [];
  for (const [index, detail] of details.entries()) {
    if (details.findIndex((other) => other.id === detail.id) < index) {
      complain(['details', index, 'id'], 'twice', `Two details are called "${detail.id}".`, 'Give each detail its own id.');
    }
    for (const language of languages) {
      if (detail.phrases[language]?.length) continue;
      const message = `The detail "${detail.id}" has no phrases in "${language}".`;
      complain(
        ['details', index, 'phrases'],
        'missing-translation',
        message,
        `Add "${language}: […]" with a few ways of asking it.`,
        'fault',
        language,
      );
    }
    for (const [language, phrases] of Object.entries(detail.phrases)) {
      for (const [place, phrase] of phrases.entries()) {
        const key = `${language} ${phraseKey(phrase)}`;
        const owner = owners.get(key);
        const path = ['details', index, 'phrases', language, place];
        if (owner === detail.id)
          complain(path, 'phrase-twice', `The phrase "${phrase}" is written twice.`, 'Remove one of the two.');
        else if (owner)
          complain(
            path,
            'phrase-claimed',
            `The phrase "${phrase}" belongs to two details: "${owner}" and "${detail.id}".`,
            'Keep it in one of them.',
          );
        owners.set(key, detail.id);
      }
    }
  }
}
