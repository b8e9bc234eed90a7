/**
 * What the people whom a town names for alerts are sent: a short text message or e-mail with the place, and the same as
 * data for a program. None holds the citizen's words or number: who must read them looks the alert up by its reference.
 */

import type { Alert, AlertEvent } from '../../domain/alert';
import { sentenceOf } from '../../domain/language/sentences';
import type { Activity } from '../../domain/message/activity';
import type { Lane, MailData } from '../../domain/message/courier';
import type { Town, Towns } from '../../domain/town';

/** One message about one event of an alert. `way` tells a town's several addresses apart. */
export interface AlertLetter {
  way: string;
  channel: Lane;
  address: string;
  activity: Activity;
}

export type AlertLetters = (alert: Alert, event: AlertEvent) => AlertLetter[];

export function createAlertLetters(towns: Towns): AlertLetters {
  return (alert, event) => {
    const town = towns.get(alert.town);
    if (!town?.alerts) return [];
    // A step of the escalation writes to its own people.
    const step = event.kind === 'escalated' ? town.alerts.escalate?.[Number(event.by) - 1] : town.alerts;
    const { sms = [], email = [], webhook } = step ?? {};
    const text = wordsOf(towns, town, alert, event);
    const subject = subjectOf(towns, town, alert);
    const said: Activity = {
      type: 'message',
      text,
      textFormat: 'plain',
      locale: town.languages[0],
      channelData: { unprompted: true },
    };
    const mail: Activity = { ...said, channelData: { subject } satisfies MailData };
    return [
      ...sms.map((address, n): AlertLetter => ({ way: `sms-${n + 1}`, channel: 'sms', address, activity: said })),
      ...email.map((address, n): AlertLetter => ({ way: `email-${n + 1}`, channel: 'email', address, activity: mail })),
      ...(webhook
        ? [
            {
              way: 'webhook',
              channel: 'webhook' as const,
              address: webhook,
              activity: { type: 'event' as const, value: dataOf(alert, event) },
            },
          ]
        : []),
    ];
  };
}

function wordsOf(towns: Towns, town: Town, alert: Alert, event: AlertEvent): string {
  const language = town.languages[0];
  const say = (id: string, fields: Record<string, string> = {}) => sentenceOf(towns, town.id, language, id, fields);
  const { reference, place = event.place } = alert;
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: town.timeZone }).format(new Date(event.at));
  const where = place ? say('alert.where', { place: place.text }) : say('alert.nowhere');
  const fields = {
    reference,
    time,
    where,
    danger: say(`alert.kind.${alert.danger}`),
    command: `npm run ticket -- show ${reference}`,
  };
  const words = say(`alert.${event.kind}`, fields);
  const map =
    event.kind === 'false-alarm' || place?.latitude === undefined ? '' : `\n${mapOf(place.latitude, place.longitude ?? 0)}`;
  return `${words}${map}`;
}

function subjectOf(towns: Towns, { id, languages: [language] }: Town, { reference, danger }: Alert): string {
  const say = (sentence: string, fields = {}) => sentenceOf(towns, id, language, sentence, fields);
  return say('alert.subject', { reference, danger: say(`alert.kind.${danger}`) });
}

function mapOf(latitude: number, longitude: number): string {
  return `https://www.openstreetmap.org/?mlat=${latitude.toFixed(5)}&mlon=${longitude.toFixed(5)}&zoom=18`;
}

/** The body of a web hook, by the names of Standard Webhooks: a type, a moment, and what it is about. */
function dataOf(alert: Alert, event: AlertEvent): Record<string, unknown> {
  const { reference, town, state, danger, channel, openedAt } = alert;
  const place = event.place ?? alert.place;
  return {
    type: `alert.${event.kind}`,
    timestamp: event.at,
    data: {
      reference,
      town,
      state: event.kind === 'opened' ? 'open' : state,
      danger,
      channel,
      opened_at: openedAt,
      place: place ?? null,
    },
  };
}
