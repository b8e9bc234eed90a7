/**
 * The token we show when posting a reply: asked for with the app's password, kept until shortly
 * before it expires. Asked by one plain request rather than by the SDK's library, which accepts no
 * loopback address and so could not be tested here.
 */
import { z } from 'zod';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Renewed this long before its end, so that none expires on its way. */
const MARGIN = 5 * MINUTE;
const TIMEOUT = 10 * SECOND;

export interface TokenParts {
  appId: string;
  appPassword: string;
  /** `https://login.microsoftonline.com/<tenant>`. */
  authority: string;
  scope: string;
  clock: () => Date;
}

/** No token could be had, so nothing has left yet. */
export class NoToken extends Error {
  constructor(
    readonly reason: string,
    readonly afterMs: number,
  ) {
    super(reason);
  }
}

export interface AppToken {
  /** Throws NoToken. */
  get(): Promise<string>;
  /** It was refused: the next one is a new one. */
  forget(): void;
}

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

export function createAppToken({ appId, appPassword, authority, scope, clock }: TokenParts): AppToken {
  let held: { token: string; until: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    const form = { grant_type: 'client_credentials', client_id: appId, client_secret: appPassword, scope: `${scope}/.default` };
    const asked = clock().getTime();
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(`${authority}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      body = await response.json();
    } catch {
      throw new NoToken('login-unreachable', 10 * SECOND);
    }
    // A wrong or expired password is put right by the operator, and the reply must still be there then.
    if (response.status === 400 || response.status === 401) throw new NoToken('credentials-refused', 5 * MINUTE);
    const granted = Granted.safeParse(body);
    if (!response.ok || !granted.success) throw new NoToken(`login-http-${response.status}`, 30 * SECOND);
    const { access_token: token, expires_in } = granted.data;
    const lifeMs = expires_in * SECOND;
    held = { token, until: asked + Math.max(lifeMs - MARGIN, lifeMs / 2) };
    return token;
  }

  return {
    async get() {
      if (held && held.until > clock().getTime()) return held.token;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget() {
      held = undefined;
    },
  };
}
