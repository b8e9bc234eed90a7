/**
 * Whether WhatsApp has approved each of the product's templates in each language its towns speak,
 * with the words that stand in `locales/`; and their submission, so that nobody types them into a console.
 */
import type { Twilio } from 'twilio';
import { z } from 'zod';
import { templateName } from '../../src/channels/twilio';
import type { Sentences, Template } from '../../src/domain/language/sentences';
import type { Town } from '../../src/domain/town';
import { bad, type Finding, good } from './finding';

const LISTED = 2000;
const SUBMIT = 'npm run check-twilio -- --submit-templates';

export interface TemplateParts {
  twilio: Twilio;
  towns: Town[];
  locale(language: string): Pick<Sentences, 'templates'> | undefined;
}

interface Wanted {
  name: string;
  language: string;
  template: Template;
}

/** One content at Twilio under a template's name. */
interface Stored {
  sid: string;
  body: string;
  status: string;
  reason: string;
}

const Approval = z.object({ status: z.string().catch('unsubmitted'), rejection_reason: z.string().catch('') });
const Text = z.object({ body: z.string().catch('') });

/** The last word first: several contents may bear one name, a refused one and its successor. */
const BEST_FIRST = ['approved', 'pending', 'received', 'paused', 'unsubmitted', 'rejected', 'disabled'];

export async function checkTemplates(parts: TemplateParts): Promise<Finding[]> {
  const wanted = wantedBy(parts);
  if (wanted.length === 0) return [good('No town has a WhatsApp sender: no templates are needed.')];
  const stored = await read(parts.twilio);
  const findings = wanted.map((one) => judge(one, stored.get(one.name)?.[0]));
  if (!findings.every(({ state }) => state === 'good')) return findings;
  const languages = new Set(wanted.map(({ language }) => language)).size;
  return [good(`All ${wanted.length} WhatsApp templates (${languages} languages) are approved.`)];
}

/** Stores what is missing and asks for its approval; a sentence for each that was submitted. */
export async function submitTemplates(parts: TemplateParts): Promise<Finding[]> {
  const stored = await read(parts.twilio);
  const submitted: Finding[] = [];
  for (const { name, language, template } of wantedBy(parts)) {
    const known = stored.get(name)?.find(({ status, body }) => status !== 'unsubmitted' || body === template.body);
    if (known && known.status !== 'unsubmitted') continue;
    const sid = known?.sid ?? (await store(parts.twilio, name, language, template));
    const category = template.category.toUpperCase();
    await parts.twilio.content.v1.contents(sid).approvalCreate.create({ name, category });
    submitted.push(good(`${name}: submitted to WhatsApp.`));
  }
  return submitted;
}

async function store(twilio: Twilio, name: string, language: string, { body, samples }: Template): Promise<string> {
  const variables = Object.fromEntries(samples.map((sample, index) => [String(index + 1), sample]));
  const request = { friendly_name: name, language, variables, types: { 'twilio/text': { body } } };
  // The SDK's types name the fields otherwise than the API does.
  return (await twilio.content.v1.contents.create(request as never)).sid;
}

function wantedBy({ towns, locale }: TemplateParts): Wanted[] {
  const languages = new Set(towns.filter(({ senders }) => senders.whatsapp).flatMap((town) => town.languages));
  return [...languages].flatMap((language) =>
    Object.entries(locale(language)?.templates ?? {}).map(([name, template]) => ({
      name: templateName(name, language),
      language,
      template,
    })),
  );
}

async function read(twilio: Twilio): Promise<Map<string, Stored[]>> {
  const found = new Map<string, Stored[]>();
  for (const { sid, friendlyName, types, approvalRequests } of await twilio.content.v1.contentAndApprovals.list({
    limit: LISTED,
  })) {
    const { status, rejection_reason: reason } = Approval.parse(approvalRequests ?? {});
    const { body } = Text.parse(types?.['twilio/text'] ?? {});
    found.set(friendlyName, [...(found.get(friendlyName) ?? []), { sid, body, status, reason }]);
  }
  for (const all of found.values()) all.sort((one, other) => BEST_FIRST.indexOf(one.status) - BEST_FIRST.indexOf(other.status));
  return found;
}

function judge({ name, language, template }: Wanted, stored: Stored | undefined): Finding {
  const again = `delete ${name} in the console under Messaging, Content Template Builder, and run ${SUBMIT}.`;
  if (!stored) return bad(`${name}: this template is not at Twilio yet.`, `run ${SUBMIT}.`);
  if (stored.status !== 'rejected' && stored.body !== template.body) {
    return bad(`${name}: at Twilio it has other words than locales/${language}/templates.yml.`, again);
  }
  switch (stored.status) {
    case 'approved':
      return good(`${name}: approved.`);
    case 'unsubmitted':
      return bad(`${name}: stored, but not submitted to WhatsApp.`, `run ${SUBMIT}.`);
    case 'received':
    case 'pending':
      return bad(`${name}: WhatsApp has not decided yet.`, 'wait; it takes from minutes to two days. Then run this again.');
    case 'rejected': {
      const why = stored.reason ? ` (${stored.reason})` : '';
      return bad(`${name}: WhatsApp refused it${why}.`, `reword it in locales/${language}/templates.yml, ${again}`);
    }
    default:
      return bad(
        `${name}: WhatsApp has it ${stored.status}, and lets it through no more.`,
        `the console says why. Then ${again}`,
      );
  }
}
