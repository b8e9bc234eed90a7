/** What may stand in `town.yml`, field by field, and what is said of a field that is otherwise. */
import { z } from 'zod';
import { HOOK_EVENTS } from '../../domain/programs/hook';
import {
  date,
  dialled,
  email,
  hours,
  identifier,
  links,
  localised,
  origin,
  phone,
  readDays,
  rule,
  text,
  verified,
  webAddress,
  wordLists,
} from './fields';

const week = rule(
  z.record(z.string(), hours),
  (days) => Object.keys(days).every((day) => readDays(day) !== null) && !hasDayTwice(Object.keys(days)),
  'names a day that is unknown or given twice',
  'Write mon, tue, wed, thu, fri, sat, sun or a range such as mon-fri, each day once; days left out are closed.',
);

const page = rule(
  text,
  (value) => value.startsWith('https://') && URL.canParse(value),
  'is not the address of a web page',
  'Write a full address that starts with https://.',
);

/** A town's own machine may listen without a certificate. */
const hook = rule(
  text,
  (value) => URL.canParse(value) && /^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(value),
  'is not an address that can be posted to safely',
  'Write a full address that starts with https://.',
);

const sender = rule(
  text,
  (value) => phone.safeParse(value).success || /^MG[0-9a-f]{32}$/.test(value),
  'is neither an international phone number nor a Messaging Service',
  'Write a number as +33612345678 (a plus sign, the country code, no leading zero, no spaces), or MG and the 32 small hexadecimal digits of the service.',
);

const service = z.strictObject({
  id: identifier,
  name: localised,
  called: localised.optional(),
  phone: text.optional(),
  email: email.optional(),
  address: text.optional(),
  hours: week.optional(),
  routing: z.enum(['claim', 'offer', 'both']).optional(),
  callbacks: z
    .union([
      z.literal(false),
      z.strictObject({
        every: z.int().min(5).max(240).optional(),
        places: z.int().min(1).max(50).optional(),
        days: z.int().min(1).max(60).optional(),
      }),
    ])
    .optional(),
  also_called: wordLists.optional(),
});

const exceptionalDay = z.strictObject({
  from: date,
  to: date.optional(),
  reason: localised,
  services: z.array(identifier).min(1).optional(),
  hours: hours.optional(),
});

/** Who is written to of a danger. */
const alerted = {
  sms: z.array(phone).min(1).max(5).optional(),
  email: z.array(email).min(1).max(5).optional(),
  webhook: hook.optional(),
};

const quietHours = rule(
  text,
  (value) => QUIET.test(value),
  'is no span of the day',
  'Write "20:00-08:00": nobody is written to unasked between these, but for what is urgent.',
);
const QUIET = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/;

const theme = z.strictObject({ id: identifier, name: localised, words: wordLists });

const code = z.string().trim().min(1).max(100);

/** An authority that requests are handed to. */
const partner = z.strictObject({
  id: identifier,
  name: localised,
  phone: dialled.optional(),
  web: webAddress.optional(),
  address: text.optional(),
  email: email.optional(),
  verified,
  topics: z.array(identifier).min(1).optional(),
  photos: z.literal(true).optional(),
  open311: z
    .strictObject({
      url: hook,
      jurisdiction_id: code.optional(),
      services: z.record(identifier, code),
      key: identifier.optional(),
      key_for_reading: z.literal(true).optional(),
      format: z.enum(['json', 'xml']).default('json'),
      knows_repeats: z.literal(true).optional(),
      on_closed: z.enum(['propose', 'tell']).default('propose'),
    })
    .optional(),
});

/** A day at least, and no century. */
const days = z.int().min(1).max(36_500);

export const townShape = z.strictObject({
  name: text,
  authority: localised,
  time_zone: text,
  country: text,
  languages: z.tuple([text], text),
  front_desk: identifier,
  common_topics: z.array(identifier).optional(),
  hours: week,
  services: z.array(service).min(1),
  exceptional_days: z.array(exceptionalDay).optional(),
  emergency: z.strictObject({
    general: text,
    fire: text,
    medical: text,
    police: text,
    by_sms: text,
    gas: text,
    suicide: text,
    child_abuse: text,
    domestic_violence: text,
    missing_child: text,
    electricity: text.optional(),
    shelter: text.optional(),
  }),
  alerts: z
    .strictObject({
      ...alerted,
      escalate: z
        .array(z.strictObject({ ...alerted, after: z.int().min(1).max(1440) }))
        .min(1)
        .max(5)
        .optional(),
    })
    .optional(),
  hub: z.strictObject({ name: identifier, url: hook, services: z.array(identifier).min(1) }).optional(),
  webhooks: z
    .array(z.strictObject({ id: identifier, url: hook, events: z.array(z.enum(HOOK_EVENTS)).min(1).optional() }))
    .max(20)
    .optional(),
  partners: z.array(partner).max(100).optional(),
  /** Their outlines stand in `sectors.geojson`. */
  sectors: z
    .array(z.strictObject({ id: identifier, name: localised }))
    .max(200)
    .optional(),
  /** Metres: how near a place counts as beside it, for the topics with priority_near. */
  beside_metres: z.int().min(1).max(1000).optional(),
  /** Whose requests are, where that is not their topic's own service; the first that fits. */
  routing: z
    .array(
      z.strictObject({
        topics: z.array(identifier).min(1).optional(),
        sectors: z.array(identifier).min(1).optional(),
        when: z.enum(['open', 'closed']).optional(),
        service: identifier.optional(),
        agent: email.optional(),
      }),
    )
    .max(500)
    .optional(),
  open_data: z
    .strictObject({
      requests: z.boolean().default(false),
      polls: z.boolean().optional(),
      figures: z.boolean().default(false),
      /** Smaller counts are not told; under three a count would still point at somebody. */
      smallest: z.int().min(3).max(1000).default(5),
    })
    .optional(),
  /** What citizens can ask to be told of. */
  subscriptions: z.strictObject({ quiet_hours: quietHours.optional(), themes: z.array(theme).min(1).max(100) }).optional(),
  closed_after: z.int().min(1).max(365).optional(),
  retention: z
    .strictObject({
      conversations: days,
      in_use: days,
      restricted: days,
      end: z.enum(['erase', 'transfer']),
      audit: days.default(365),
    })
    .optional(),
  privacy: z.strictObject({ contact: text, url: page }),
  allowed_origins: z.array(origin).optional(),
  phone_countries: z.array(text).min(1).optional(),
  senders: z.strictObject({ sms: sender.optional(), whatsapp: sender.optional(), email: email.optional() }).optional(),
  /** How e-mails begin and end. */
  mail: z.strictObject({ greeting: localised.optional(), signature: localised.optional() }).optional(),
  /** Code of the commune, to keep only its rows when `streets.csv` holds a whole département. */
  insee: text.optional(),
  links: links.optional(),
  /** Another town's folder, whose topics of other offices are this town's too. */
  offices: identifier.optional(),
  theme: z.strictObject({ colour: text.optional() }).optional(),
  /** What a contact costs at the desk and online, and a piece of a text message; in the town's currency. */
  costs: z
    .strictObject({
      desk: z.number().min(0).optional(),
      online: z.number().min(0).optional(),
      text: z.number().min(0).optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
    })
    .optional(),
  /** Whether everybody may see how well the town answers, at /quality/<town>. */
  quality_page: z.boolean().optional(),
});

export type WrittenTown = z.output<typeof townShape>;
export type WrittenService = z.output<typeof service>;
export type WrittenPartner = z.output<typeof partner>;

function hasDayTwice(ranges: readonly string[]): boolean {
  const days = ranges.flatMap((range) => readDays(range) ?? []);
  return new Set(days).size < days.length;
}
