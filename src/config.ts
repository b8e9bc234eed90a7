/**
 * Every setting of an installation: its variable, what it means, its default and its check.
 * The only file that reads the environment; all faults are told at once, and no secret is ever printed.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { oneOf, whole } from './config-values';
import type { DirectorySettings } from './domain/desk/directory';

const perSecond = whole(1, 10_000);
const port = whole(0, 65_535);
const secret = z.string().min(32, 'must be at least 32 characters long');
const url = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' });

function isOrigin(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { pathname, search, hash, username, password } = new URL(address);
  return pathname === '/' && !search && !hash && !username && !password;
}

/** A demo has no real secrets to keep and lets anybody play the carrier: it is never reachable from outside. */
const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|localhost)$/;

const Environment = z.object({
  /** Address to listen on. */
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3978),
  /** `demo` makes its own secrets and shows the demo town; `live` refuses to start without every secret. */
  MODE: oneOf('demo', 'live').default('demo'),
  /** The address citizens and providers reach this installation at: scheme and host, and a port if need be. */
  PUBLIC_URL: url
    .refine(isOrigin, 'must be an address without a path, such as https://guichet.ville.example: the chat cannot live below one')
    .optional(),
  DATA_DIR: z.string().default('./data'),
  TOWNS_DIR: z.string().default('./towns'),
  LOCALES_DIR: z.string().default('./locales'),
  STORE: oneOf('sqlite', 'mongo').default('sqlite'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .optional(),
  /** Signs the tokens of web visitors and the addresses of files. */
  TOKEN_SECRET: secret.optional(),
  /** For servers that open Direct Line conversations themselves. */
  DIRECTLINE_SECRET: secret.optional(),
  /** How many proxies in front of this process may be believed about a visitor's address. */
  TRUSTED_PROXIES: whole(0, 10).default(0),
  /** Messages one web visitor may send a minute; an address (IP) may send ten times as many. */
  MESSAGES_PER_MINUTE: whole(1, 100_000).default(30),
  /** Conversations one address (IP) may open an hour. */
  CONVERSATIONS_PER_HOUR: whole(1, 1_000_000).default(120),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info'),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'must be AC and 32 hexadecimal digits')
    .optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_API_URL: url.default('https://api.twilio.com'),
  /** Milliseconds that a fragment on a phone ('bonjour', 'y a') waits for the rest of the thought. */
  PHONE_PAUSE_MS: whole(0, 10_000).default(2000),
  /** Text messages a second that one sender may send; 10 outside the United States and Canada, 1, 3 or 100 there by its kind. */
  SMS_PER_SECOND: perSecond.default(10),
  /** The same of a WhatsApp sender. */
  WHATSAPP_PER_SECOND: perSecond.default(80),
  /** Answers that one number gets in an hour and in a day by SMS or WhatsApp; danger and opting out are answered beyond. */
  ANSWERS_PER_HOUR: z.coerce.number().int().min(1).max(100_000).default(30),
  ANSWERS_PER_DAY: z.coerce.number().int().min(1).max(100_000).default(100),
  /** After so many minutes an answer of a person that its citizen has not fetched also goes to the phone or e-mail noted there; 0 never. */
  UNREAD_AFTER_MINUTES: z.coerce.number().int().min(0).max(1440).default(10),
  /** Pieces of text messages, and WhatsApp messages, that one town sends in a day (UTC) at most. */
  PIECES_PER_DAY: z.coerce.number().int().min(1).max(100_000_000).default(5000),
  /** An Azure Bot's application: Teams and every other Bot Framework channel. Both or neither. */
  BOTFRAMEWORK_APP_ID: z.uuid('must be an id such as 11111111-2222-4333-8444-555555555555').optional(),
  BOTFRAMEWORK_APP_PASSWORD: z.string().optional(),
  /** For a single-tenant application. */
  BOTFRAMEWORK_TENANT_ID: z.string().optional(),
  /** The town it speaks for; the only one when absent. */
  BOTFRAMEWORK_TOWN: z.string().optional(),
  /** Origins replies may be posted to, separated by commas; the Bot Framework's own when absent. */
  BOTFRAMEWORK_SERVICE_URLS: z.string().optional(),
  /** Signs what is posted to the towns' web hooks (`alerts:` and `webhooks:` in town.yml), by Standard Webhooks: whsec_ and 24 to 64 bytes in base64. */
  WEBHOOK_SECRET: z
    .string()
    .regex(
      /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/,
      'must be whsec_ and 24 to 64 bytes in base64; make one with: echo whsec_$(openssl rand -base64 32)',
    )
    .optional(),
  /** Hosts in private networks that web hooks may go to, as they stand in the addresses, separated by commas; in a demo this machine. */
  WEBHOOK_PRIVATE_HOSTS: z.string().optional(),
  /** Keys of the servers that requests are handed to by Open311 (`partners:` in town.yml names them): name=key, separated by commas. */
  OPEN311_KEYS: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*=[^,\s]+(,[a-z][a-z0-9_-]*=[^,\s]+)*$/, 'must look like departement=key,metropole=key')
    .optional(),
  /** The town's directory, by which agents sign in (OpenID Connect): its address, and what it knows this desk as. All three or none. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be the https address of the directory' }).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** What the button says. */
  OIDC_NAME: z.string().max(40).default('ProConnect'),
  OIDC_SCOPES: z
    .string()
    .regex(/^openid( [\w.:/-]+)*$/, 'must begin with openid')
    .default('openid given_name usual_name email siret'),
  /** How it signs the facts of a user, where they come as a token (ProConnect: RS256 or ES256). */
  OIDC_USERINFO_ALG: oneOf('RS256', 'ES256', 'PS256').optional(),
  /** Whether its e-mail addresses count as proven where it does not say so. */
  OIDC_EMAIL_PROVEN: oneOf('yes', 'no').default('no'),
  /** Organisations whose people may come in, separated by commas; all when absent. */
  OIDC_SIRETS: z
    .string()
    .regex(/^\d{14}(,\d{14})*$/, 'must be numbers of 14 digits, separated by commas')
    .optional(),
  /** The mail server that e-mails leave by: smtp://user:password@host:587, or smtps://…:465. */
  SMTP_URL: z
    .string()
    .refine(
      (text) => /^smtps?:\/\/[^/]/.test(text) && URL.canParse(text),
      'must look like smtp://user:password@mail.ville.example:587',
    )
    .optional(),
  /** The address e-mails come from. */
  MAIL_FROM: z.email('must be an e-mail address').optional(),
  /** Shown by whoever hands e-mails over at /hooks/email/message. */
  MAIL_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  /** A server speaking POST /v1/embeddings; message text goes to it, and only to it. */
  EMBEDDINGS_URL: url.optional(),
  /** Its model's name; `-query` or `-passage` is added to it. */
  EMBEDDINGS_MODEL: z.string().min(1).default('multilingual-e5-small'),
  /** Pictures of the ground under the desk's map; without it the town's own lines are all that is drawn, and nobody is asked. */
  MAP_TILES_URL: url
    .regex(/^(?=.*\{z\})(?=.*\{x\}).*\{y\}/, 'must look like https://tiles.ville.example/{z}/{x}/{y}.png')
    .optional(),
  /** Whose they are, as their licence wants it said beside the map. */
  MAP_TILES_CREDIT: z.string().max(200).optional(),
});

export interface Config {
  host: string;
  port: number;
  mode: 'demo' | 'live';
  /** Undefined in demo mode until the server listens. */
  publicUrl?: string;
  dataDir: string;
  /** What takes long to work out is kept here between starts. */
  modelsDir: string;
  townsDir: string;
  localesDir: string;
  store: { kind: 'sqlite'; file: string } | { kind: 'mongo'; uri: string };
  tokenSecret?: string;
  directLineSecret?: string;
  trustedProxies: number;
  messagesPerMinute: number;
  conversationsPerHour: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  phonePauseMs: number;
  /** Messages a second for one sender. */
  phoneRates: { sms: number; whatsapp: number };
  unreadAfterMs: number;
  paidLimits: { answersPerHour: number; answersPerDay: number; piecesPerDay: number };
  twilio?: { accountSid: string; authToken: string; apiUrl: string };
  botFramework?: { appId: string; appPassword: string; tenantId?: string; town?: string; allowedServiceUrls?: string[] };
  webhookSecret?: string;
  webhookPrivateHosts: string[];
  /** By name. */
  open311Keys: Record<string, string>;
  email?: { url: string; from: string; secret?: string };
  directory?: DirectorySettings;
  embeddingsUrl?: string;
  embeddingsModel: string;
  mapTiles?: { url: string; credit: string };
}

/** Everything that is wrong with the environment, one sentence each. */
export class ConfigFault extends Error {
  readonly code = 'config-fault';
  constructor(readonly faults: string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
}

/** Where towns and languages are read: all that is needed of the environment to look at what a server would serve. */
export function readFolders({ TOWNS_DIR, LOCALES_DIR }: Record<string, string | undefined>) {
  const { townsDir, localesDir } = readConfig({ TOWNS_DIR, LOCALES_DIR });
  return { townsDir, localesDir };
}

function readKeys(written = ''): Record<string, string> {
  return Object.fromEntries([...written.matchAll(/([^,=]+)=([^,]+)/g)].map(([, name = '', key = '']) => [name, key]));
}

/** Reads and checks the whole environment. Throws ConfigFault with every fault at once; values of secrets are never in it. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name in Environment.shape && value !== ''),
  );
  const read = Environment.safeParse(given);
  const faults = read.success ? [] : read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (given.STORE?.trim().toLowerCase() === 'mongo' && !given.MONGODB_URI) faults.push('MONGODB_URI: needed when STORE=mongo');
  if (Boolean(given.TWILIO_ACCOUNT_SID) !== Boolean(given.TWILIO_AUTH_TOKEN)) {
    faults.push('TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: set both or neither');
  }
  if (Boolean(given.BOTFRAMEWORK_APP_ID) !== Boolean(given.BOTFRAMEWORK_APP_PASSWORD)) {
    faults.push('BOTFRAMEWORK_APP_ID and BOTFRAMEWORK_APP_PASSWORD: set both or neither');
  }
  const directory = [given.OIDC_ISSUER, given.OIDC_CLIENT_ID, given.OIDC_CLIENT_SECRET];
  if (directory.some(Boolean) && !directory.every(Boolean))
    faults.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: set all or none');
  if (given.OIDC_ISSUER && !/^https:|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(given.OIDC_ISSUER))
    faults.push('OIDC_ISSUER: must start with https://');
  if (Boolean(given.SMTP_URL) !== Boolean(given.MAIL_FROM)) faults.push('SMTP_URL and MAIL_FROM: set both or neither');
  if (given.MAIL_SECRET && !given.SMTP_URL)
    faults.push('MAIL_SECRET: set SMTP_URL and MAIL_FROM too, or nobody could be answered');
  // As it was meant, so that all faults are told at once.
  const isLive = given.MODE?.trim().toLowerCase() === 'live';
  if (!isLive && given.HOST && !LOOPBACK.test(given.HOST)) {
    faults.push(
      'HOST: a demo listens on this machine only (127.0.0.1, ::1 or localhost); use MODE=live to be reached from outside',
    );
  }
  if (isLive) {
    if (!given.PUBLIC_URL) faults.push('PUBLIC_URL: needed when MODE=live');
    else if (!/^https:/.test(given.PUBLIC_URL)) faults.push('PUBLIC_URL: must start with https:// when MODE=live');
    if (!given.TOKEN_SECRET) faults.push('TOKEN_SECRET: needed when MODE=live; make one with: openssl rand -hex 32');
  }
  if (!read.success || faults.length > 0) throw new ConfigFault(faults);
  const env = read.data;
  const dataDir = resolve(env.DATA_DIR);
  return {
    host: env.HOST,
    port: env.PORT,
    mode: env.MODE,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    dataDir,
    modelsDir: resolve(dataDir, 'models'),
    townsDir: resolve(env.TOWNS_DIR),
    localesDir: resolve(env.LOCALES_DIR),
    store:
      env.STORE === 'mongo'
        ? { kind: 'mongo', uri: env.MONGODB_URI ?? '' }
        : { kind: 'sqlite', file: resolve(dataDir, 'guichet.db') },
    tokenSecret: env.TOKEN_SECRET,
    directLineSecret: env.DIRECTLINE_SECRET,
    trustedProxies: env.TRUSTED_PROXIES,
    messagesPerMinute: env.MESSAGES_PER_MINUTE,
    conversationsPerHour: env.CONVERSATIONS_PER_HOUR,
    logLevel: env.LOG_LEVEL,
    phonePauseMs: env.PHONE_PAUSE_MS,
    phoneRates: { sms: env.SMS_PER_SECOND, whatsapp: env.WHATSAPP_PER_SECOND },
    unreadAfterMs: env.UNREAD_AFTER_MINUTES * 60_000,
    paidLimits: { answersPerHour: env.ANSWERS_PER_HOUR, answersPerDay: env.ANSWERS_PER_DAY, piecesPerDay: env.PIECES_PER_DAY },
    twilio:
      env.TWILIO_ACCOUNT_SID && env.TWILIO_AUTH_TOKEN
        ? { accountSid: env.TWILIO_ACCOUNT_SID, authToken: env.TWILIO_AUTH_TOKEN, apiUrl: env.TWILIO_API_URL }
        : undefined,
    botFramework:
      env.BOTFRAMEWORK_APP_ID && env.BOTFRAMEWORK_APP_PASSWORD
        ? {
            appId: env.BOTFRAMEWORK_APP_ID,
            appPassword: env.BOTFRAMEWORK_APP_PASSWORD,
            tenantId: env.BOTFRAMEWORK_TENANT_ID,
            town: env.BOTFRAMEWORK_TOWN,
            allowedServiceUrls: env.BOTFRAMEWORK_SERVICE_URLS?.split(',').map((one) => one.trim()),
          }
        : undefined,
    directory:
      env.OIDC_ISSUER && env.OIDC_CLIENT_ID && env.OIDC_CLIENT_SECRET
        ? {
            issuer: env.OIDC_ISSUER,
            clientId: env.OIDC_CLIENT_ID,
            clientSecret: env.OIDC_CLIENT_SECRET,
            name: env.OIDC_NAME,
            scopes: env.OIDC_SCOPES,
            userinfoAlg: env.OIDC_USERINFO_ALG,
            isEmailProven: env.OIDC_EMAIL_PROVEN === 'yes',
            sirets: env.OIDC_SIRETS?.split(','),
          }
        : undefined,
    webhookSecret: env.WEBHOOK_SECRET,
    webhookPrivateHosts: [
      ...(env.MODE === 'demo' ? ['127.0.0.1', '::1', 'localhost'] : []),
      ...(env.WEBHOOK_PRIVATE_HOSTS?.split(',').map((one) => one.trim().toLowerCase()) ?? []),
    ],
    open311Keys: readKeys(env.OPEN311_KEYS),
    email: env.SMTP_URL && env.MAIL_FROM ? { url: env.SMTP_URL, from: env.MAIL_FROM, secret: env.MAIL_SECRET } : undefined,
    embeddingsUrl: env.EMBEDDINGS_URL,
    embeddingsModel: env.EMBEDDINGS_MODEL,
    mapTiles: env.MAP_TILES_URL ? { url: env.MAP_TILES_URL, credit: env.MAP_TILES_CREDIT ?? '' } : undefined,
  };
}
