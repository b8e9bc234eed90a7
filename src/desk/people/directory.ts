/**
 * Signing in through the town's own directory (OpenID Connect, authorization code), to ProConnect's rules: nothing is asked
 * for that was not agreed, state and nonce are long, the user's facts may come signed. What a browser carries between going
 * and coming back is sealed; nothing is kept on the server for somebody who never comes back.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { DirectorySettings } from '../../domain/desk/directory';

/** Who came back, as the directory vouches for them. */
export interface Vouched {
  issuer: string;
  subject: string;
  /** In lower case; only where it is proven. */
  email?: string;
  /** Handed back when they leave. */
  idToken?: string;
}

export type DirectoryOutcome = { vouched: Vouched } | { refused: 'failed' | 'other-organisation' };

/** An ES module; loaded when somebody first asks for it. */
const load = () => import('openid-client');
type OpenId = Awaited<ReturnType<typeof load>>;
type Configuration = Awaited<ReturnType<OpenId['discovery']>>;

export type Directory = ReturnType<typeof createDirectory>;

/** A way back that takes longer is begun anew. */
const HOLDS_MS = 10 * 60_000;
const PATIENCE_S = 10;

const Carried = z.object({
  state: z.string().min(32),
  nonce: z.string().min(32),
  verifier: z.string().optional(),
  town: z.string().optional(),
  until: z.number(),
});

const Facts = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().max(254).optional(),
  email_verified: z.boolean().optional(),
  siret: z.string().optional(),
});

interface Parts {
  settings: DirectorySettings;
  /** The installation's secret; what seals is derived from it. */
  secret: string;
  /** Where people come back to. */
  callback: () => string;
  clock: () => Date;
}

export function createDirectory({ settings, secret, callback, clock }: Parts) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'desk directory', 32));
  let opened: Promise<{ client: OpenId; configuration: Configuration }> | undefined;

  /** What the directory says of itself, read once; after a failure again. */
  function open() {
    opened ??= (async () => {
      const client = await load();
      const { issuer, clientId, clientSecret, userinfoAlg } = settings;
      const metadata = { client_secret: clientSecret, ...(userinfoAlg ? { userinfo_signed_response_alg: userinfoAlg } : {}) };
      const isLoopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(issuer);
      const configuration = await client.discovery(new URL(issuer), clientId, metadata, undefined, {
        timeout: PATIENCE_S,
        ...(isLoopback ? { execute: [client.allowInsecureRequests] } : {}),
      });
      // A signature is looked at, and not taken for granted because the line was safe.
      client.enableNonRepudiationChecks(configuration);
      return { client, configuration };
    })();
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  }

  function seal(carried: z.infer<typeof Carried>): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(carried)), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  function unseal(text: string): z.infer<typeof Carried> | null {
    try {
      const bytes = Buffer.from(text, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(bytes.subarray(12, 28));
      const read = Carried.safeParse(JSON.parse(`${decipher.update(bytes.subarray(28))}${decipher.final()}`));
      return read.success && read.data.until > clock().getTime() ? read.data : null;
    } catch {
      return null;
    }
  }

  return {
    name: settings.name,

    /** Where to send somebody, and what their browser carries until they come back. Throws when the directory is away. */
    async begin(town?: string): Promise<{ address: string; carried: string }> {
      const { client, configuration } = await open();
      const state = client.randomState();
      const nonce = client.randomNonce();
      // Some directories refuse whatever they did not announce.
      const verifier = configuration.serverMetadata().supportsPKCE() ? client.randomPKCECodeVerifier() : undefined;
      const address = client.buildAuthorizationUrl(configuration, {
        redirect_uri: callback(),
        scope: settings.scopes,
        state,
        nonce,
        ...(verifier ? { code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' } : {}),
      });
      return { address: address.href, carried: seal({ state, nonce, verifier, town, until: clock().getTime() + HOLDS_MS }) };
    },

    /** Who came back. Throws only when the directory is away. */
    async finish(query: string, carried: string): Promise<(DirectoryOutcome & { town?: string }) | null> {
      const before = unseal(carried);
      if (!before) return null;
      const { client, configuration } = await open();
      try {
        const tokens = await client.authorizationCodeGrant(configuration, new URL(`${callback()}?${query}`), {
          expectedState: before.state,
          expectedNonce: before.nonce,
          idTokenExpected: true,
          ...(before.verifier ? { pkceCodeVerifier: before.verifier } : {}),
        });
        const claims = tokens.claims();
        if (!claims) return { refused: 'failed' };
        const told = Facts.safeParse(await client.fetchUserInfo(configuration, tokens.access_token, claims.sub));
        if (!told.success) return { refused: 'failed' };
        const { sub, email, email_verified: isVerified, siret } = told.data;
        if (settings.sirets && !(siret && settings.sirets.includes(siret))) return { refused: 'other-organisation' };
        const isProven = isVerified === true || (isVerified === undefined && settings.isEmailProven);
        const vouched = {
          issuer: claims.iss,
          subject: sub,
          ...(email && isProven ? { email: email.trim().toLowerCase() } : {}),
          ...(tokens.id_token ? { idToken: tokens.id_token } : {}),
        };
        return { vouched, town: before.town };
      } catch {
        // A code that was used, a wrong state, a signature that does not fit: all the same to whoever stands at the door.
        return { refused: 'failed' };
      }
    },

    /** Where a browser goes to leave the directory too; null where that has no such place. */
    async leave(idToken: string, back: string): Promise<string | null> {
      try {
        const { client, configuration } = await open();
        if (!configuration.serverMetadata().end_session_endpoint) return null;
        return client.buildEndSessionUrl(configuration, {
          id_token_hint: idToken,
          post_logout_redirect_uri: back,
          state: client.randomState(),
        }).href;
      } catch {
        return null;
      }
    },
  };
}
