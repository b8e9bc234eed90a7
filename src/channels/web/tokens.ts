/**
 * What a citizen's browser shows to prove that a conversation is theirs: a JWT bound to one
 * conversation, one user and one town (Direct Line 3.0 authentication; directlinejs reads
 * the claim `user`). A stream's address and a file's address carry tokens of their own, good
 * for that one thing, because addresses end up in logs and headers do not.
 */
import { createSecretKey, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { createRecent } from '../../recent';

export const TOKEN_SECONDS = 60 * 60;
const STREAM_SECONDS = 60;
const FILE_SECONDS = 60 * 60;

const passClaims = z.object({
  conv: z.string(),
  user: z.string(),
  town: z.string(),
  /** Origins of the pages the token was made for; any the town allows when absent. */
  origins: z.array(z.string()).optional(),
});
const streamClaims = passClaims.extend({
  /** The last line the client has. */
  after: z.number(),
  /** When the stream must end: with the token it was asked for. Seconds since 1970. */
  ends: z.number(),
});
const fileClaims = z.object({ file: z.string(), conv: z.string() });

export type Pass = z.infer<typeof passClaims>;
export type StreamPass = z.infer<typeof streamClaims>;
type FilePass = z.infer<typeof fileClaims>;
type Purpose = 'conversation' | 'stream' | 'file';

type Read<T> = T | 'expired' | 'invalid';

/** A page shows the same token with every call: so many signatures are remembered as checked. */
const REMEMBERED = 5000;

export function createTokens(secret: string, clock: () => Date) {
  if (Buffer.byteLength(secret) < 32) throw new Error('The secret that signs web tokens must have at least 32 bytes');
  // Made once: from text the library would try it as a public key first, at a fifth of the cost of a message.
  const key = createSecretKey(secret, 'utf8');
  const now = () => Math.floor(clock().getTime() / 1000);

  function sign(purpose: Purpose, claims: object, seconds: number): string {
    const at = now();
    return jwt.sign({ ...claims, aud: purpose, iat: at, exp: at + seconds }, key, { algorithm: 'HS256' });
  }

  const checked = createRecent<{ pass: Pass; ends: number }>(REMEMBERED);

  /** The signature and shape of a token are checked once, its end every time. */
  function readPass(token: string): Read<Pass> {
    const known = checked.get(token);
    if (known) return now() < known.ends ? known.pass : 'expired';
    const claims = read('conversation', passClaims.extend({ exp: z.number() }), token);
    if (typeof claims === 'string') return claims;
    const { exp, ...pass } = claims;
    checked.set(token, { pass, ends: exp });
    return pass;
  }

  function read<T>(purpose: Purpose, shape: z.ZodType<T>, token: string): Read<T> {
    try {
      const options = { algorithms: ['HS256' as const], audience: purpose, clockTimestamp: now() };
      const claims = jwt.verify(token, key, options);
      return shape.parse(claims);
    } catch (error) {
      return error instanceof jwt.TokenExpiredError ? 'expired' : 'invalid';
    }
  }

  return {
    issue: (pass: Pass) => sign('conversation', passClaims.parse(pass), TOKEN_SECONDS),
    read: readPass,
    issueStream: (pass: StreamPass) => sign('stream', pass, STREAM_SECONDS),
    readStream: (token: string) => read('stream', streamClaims, token),
    issueFile: (pass: FilePass) => sign('file', pass, FILE_SECONDS),
    readFile: (token: string) => read('file', fileClaims, token),
  };
}

export type Tokens = ReturnType<typeof createTokens>;

/** 128 random bits and the town: unguessable, and a server-side client that shows only its secret still names a town. */
export function newConversationId(town: string): string {
  return `${randomBytes(16).toString('hex')}-${town}`;
}

/** A visitor's id; Direct Line reserves `dl_` for ids that a token vouches for. */
export function newUserId(): string {
  return `dl_${randomBytes(16).toString('hex')}`;
}

export function townOf(conversation: string): string | null {
  return /^[0-9a-f]{32}-(.+)$/.exec(conversation)?.[1] ?? null;
}
