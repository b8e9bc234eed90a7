/** The words of an answer: what stands in a topic's file, with hours, addresses and numbers filled in. */
import type { Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import type { Office } from '../../domain/topic/topic';
import type { Service } from '../../domain/town';
import { type AskedDays, hoursOf, hoursOfWeek } from './hours';

/** Not the town's: whose it is, what they do, and how they are reached. */
export function whoseItIs(talk: Talk, { name, web, phone }: Office, answer: string): string {
  return [talk.t('elsewhere.whose', { office: talk.local(name) }), answer, ...waysTo(talk, { web, phone })].join('\n');
}

export function waysTo(talk: Talk, { web, phone }: Pick<Office, 'web' | 'phone'>): string[] {
  return [...(web ? [talk.t('elsewhere.web', { web })] : []), ...(phone ? [talk.t('elsewhere.phone', { phone })] : [])];
}

/**
 * `{hours_today}`, `{hours_week}`, `{phone}`, `{email}`, `{address}`, `{reach}` of a service. A week on a line of its own
 * that stands beside today's hours is handed back apart: it belongs to the end, and a text message leaves it out.
 */
export function fillFacts(
  talk: Talk,
  service: Service,
  written: string,
  asked: AskedDays,
): { text: string; week: string | null } {
  const hasDay = asked.days.length > 0 || asked.unread !== null;
  const isBeside = written.includes('{hours_today}') || hasDay;
  const isSms = talk.conversation.channel === 'sms';
  const lines = written.split('\n');
  const hasWeek = isBeside && lines.some((line) => line.trim() === '{hours_week}');
  // 'and tomorrow?' is answered with that day, also where the answer tells of the week alone.
  const led = hasDay && hasWeek && !written.includes('{hours_today}') ? ['{hours_today}', ...lines] : lines;
  const facts: Record<string, () => string> = {
    hours_today: () => hoursOf(talk, service, asked),
    hours_week: () => hoursOfWeek(talk, service),
    phone: () => service.phone ?? '',
    email: () => service.email ?? '',
    address: () => service.address ?? '',
    reach: () => {
      const reach = [service.address, service.phone, service.email].filter(Boolean).join(', ');
      return talk.t('service.reach', { service: capital(talk.named(service)), reach });
    },
  };
  const text = led
    .filter((line) => !(hasWeek && line.trim() === '{hours_week}'))
    .join('\n')
    .replace(/\{(\w+)\}/g, (whole, name: string) => facts[name]?.() ?? whole);
  return { text, week: hasWeek && !isSms ? hoursOfWeek(talk, service) : null };
}

/** Whether a detail says nothing that the answer of its topic does not say as well. */
export function isPartOfAnswer(talk: Talk, id: string, detail: string): boolean {
  const topic = talk.topic(id);
  const whole = new Set(talk.local(topic?.answer).split('\n'));
  const told = topic?.details?.find((each) => each.id === detail)?.answer;
  return talk
    .local(told)
    .split('\n')
    .every((line) => whole.has(line));
}
