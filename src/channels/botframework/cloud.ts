/**
 * The Bot Framework's cloud through its own SDK: who is calling is checked by its authentication,
 * replies leave by its CloudAdapter and connector. Both are given our own way out, which posts to
 * allowed places only, follows no redirect and posts once: the SDK's would repeat a POST that may
 * already have been shown to the citizen.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type Activity as SdkActivity, TurnContext } from 'botbuilder';
import { z } from 'zod';
import { send } from '../../domain/http/departure';
import { readRetryAfter } from '../../domain/http/outcome';
import { NotAllowed, Refused } from './outcome';
import type { Reference } from './reference';
import type { Reply } from './reply';
import type { IsAllowed } from './service-urls';
import type { AppToken } from './token';

/** Where the cloud is; another one for national clouds and for tests. */
export interface Endpoints {
  /** The document that names the keys its tokens are signed with. */
  openIdMetadata: string;
  /** Who signs them. */
  issuer: string;
  /** Where our own token is asked for, without the tenant. */
  loginUrl: string;
  /** What that token is for. */
  scope: string;
}

export const PUBLIC_CLOUD: Endpoints = {
  openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.com',
  loginUrl: 'https://login.microsoftonline.com',
  scope: 'https://api.botframework.com',
};

export interface CloudParts {
  appId: string;
  endpoints: Endpoints;
  isAllowed: IsAllowed;
  token: AppToken;
  postTimeoutMs: number;
  verifyTimeoutMs: number;
  clock: () => Date;
}

/** `away`: the keys could not be had, so nobody can be told from anybody. */
export type Verdict = 'trusted' | 'untrusted' | 'away';

export interface Cloud {
  /** Whether the header's token was made by the Bot Framework, for us, for this channel and this serviceUrl. */
  verify(authorization: string, about: { channelId: string; serviceUrl: string }): Promise<Verdict>;
  /**
   * The id the channel gave the reply, if any. Throws Refused, NotAllowed, NoToken, or what `send` of
   * `departure.ts` threw: `isOurs` is asked right before it would leave.
   */
  post(reference: Reference, reply: Reply, isOurs: () => boolean): Promise<string | undefined>;
}

type Settings = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;
type Credentials = NonNullable<Settings[1]>;
type WayOut = NonNullable<NonNullable<Settings[4]>['httpClient']>;

/**
 * The SDK prints every key it knows, or a stack trace, for each token it refuses: anybody could fill the
 * operator's log. What became of a request is told by us, in one line.
 */
const unprinted = new AsyncLocalStorage<true>();
let guard: typeof console.error | undefined;

function guardConsole(): void {
  if (console.error === guard) return;
  const print = console.error;
  guard = (...said) => {
    if (!unprinted.getStore()) print(...said);
  };
  console.error = guard;
}

/** Whether the reply being posted may still leave: asked behind the token and all that the SDK does before. */
const posting = new AsyncLocalStorage<() => boolean>();

/** Of what the connector answers: an id. */
const MOST_BYTES = 64 * 1024;

const Posted = z.object({ id: z.string().min(1) });

export function createCloud({ appId, endpoints, isAllowed, token, postTimeoutMs, verifyTimeoutMs, clock }: CloudParts): Cloud {
  const credentials: Credentials = {
    isValidAppId: async (id) => id === appId,
    // The SDK lets everybody in when this is true, as it is there when the app id is empty.
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      async signRequest(request) {
        // A place may have left the list since the citizen wrote: it is shown no token, and then nothing at all.
        if (!isAllowed(request.url)) throw new NotAllowed();
        request.headers.set('Authorization', `Bearer ${await token.get()}`);
        return request;
      },
    }),
  };

  const wayOut: WayOut = {
    async sendRequest(request) {
      if (!isAllowed(request.url)) throw new NotAllowed();
      const sent = await send(
        new URL(request.url),
        {
          method: 'POST',
          headers: request.headers.toJson(),
          body: String(request.body),
          timeoutMs: postTimeoutMs,
          mostBytes: MOST_BYTES,
        },
        posting.getStore() ?? (() => true),
      );
      // A kind of error the SDK does not know, so that it neither repeats nor wraps it.
      if (sent.status < 200 || sent.status >= 300)
        throw new Refused(sent.status, readRetryAfter(sent.headers['retry-after'], clock()));
      const posted = Posted.safeParse(parsed(sent.body));
      const headers = request.headers.clone();
      headers.set('content-type', 'application/json');
      return { request, status: 200, headers, bodyAsText: JSON.stringify(posted.success ? { id: posted.data.id } : {}) };
    },
  };

  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      ToBotFromChannelOpenIdMetadataUrl: endpoints.openIdMetadata,
      ToBotFromChannelTokenIssuer: endpoints.issuer,
      // Tokens of the emulator and of other bots are not ours to hear; `verify` refuses them.
      ToBotFromEmulatorOpenIdMetadataUrl: endpoints.openIdMetadata,
      ToChannelFromBotLoginUrl: endpoints.loginUrl,
      ToChannelFromBotOAuthScope: endpoints.scope,
      OAuthUrl: endpoints.scope,
      ValidateAuthority: true,
    },
    credentials,
    undefined,
    undefined,
    { httpClient: wayOut },
  );
  const adapter = new CloudAdapter(authentication);
  guardConsole();

  return {
    // CloudAdapter's `process` makes this same call, but answers a forged signature with 500 and its reason.
    async verify(authorization, { channelId, serviceUrl }) {
      // The one channel whose tokens are signed elsewhere and name no serviceUrl.
      if (channelId === 'AseChannel') return 'untrusted';
      const activity = { type: 'message', channelId, serviceUrl } as SdkActivity;
      try {
        const asked = unprinted.run(true, () => authentication.authenticateRequest(activity, authorization));
        const { claimsIdentity } = await withLimit(asked, verifyTimeoutMs);
        // Other issuers' tokens take paths in the SDK that do not compare the serviceUrl.
        return claimsIdentity.getClaimValue('iss') === endpoints.issuer ? 'trusted' : 'untrusted';
      } catch (error) {
        return isAway(error) ? 'away' : 'untrusted';
      }
    },

    async post({ serviceUrl, channelId, conversation, bot, user }, reply, isOurs) {
      let id: string | undefined;
      const reference = {
        serviceUrl,
        channelId,
        conversation: { id: conversation, isGroup: false, conversationType: 'personal', name: '' },
        bot: { id: bot, name: '' },
        user: { id: user, name: '' },
      };
      await posting.run(isOurs, () =>
        adapter.continueConversationAsync(appId, reference, async (context) => {
          // `context.sendActivity` would make it an answer to an activity that exists nowhere.
          const activity = TurnContext.applyConversationReference({ ...reply } as Partial<SdkActivity>, reference);
          const [posted] = await adapter.sendActivities(context, [activity]);
          id = posted?.id || undefined;
        }),
      );
      return id;
    },
  };
}

/** It has been shown whatever the answer looks like. */
function parsed(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return null;
  }
}

class TooSlow extends Error {}

/** Faults of the keys' server or of the way to it; everything else is the caller's. */
function isAway(error: unknown): boolean {
  const { name, statusCode } = error as { name?: unknown; statusCode?: unknown };
  return error instanceof TooSlow || name === 'FetchError' || (typeof statusCode === 'number' && statusCode >= 500);
}

async function withLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooSlow()), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
