/** Schemas of what the desk's page may ask: strict, so that a name nobody knows is a fault and never an operator. */
import { z } from 'zod';

/** Without control characters, trimmed, never empty. */
export const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replaceAll(/\p{Cc}+/gu, ' ').trim())
    .pipe(z.string().min(1));

export const EmailAddress = z
  .string()
  .max(254)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email());

const Password = z.string().min(1).max(200);
const Code = z.string().regex(/^[\w-]{43}$/);
export const Id = z.string().regex(/^[\w-]{1,64}(:[\w-]{1,64})*$/);
/** As channels make them. */
export const ConversationId = z.string().min(1).max(200);
export const Language = z.string().regex(/^[a-z]{2,3}$/);

export const SignIn = z.strictObject({ email: EmailAddress, password: Password, town: Id.optional() });

export const LinkLook = z.strictObject({ code: Code });
export const LinkAccept = z.strictObject({
  code: Code,
  name: line(100),
  email: EmailAddress.optional(),
  password: Password,
});

export const MeChange = z.strictObject({
  status: z.enum(['available', 'away']).optional(),
  languages: z.array(Language).min(1).max(20).optional(),
  settings: z
    .strictObject({
      language: Language,
      theme: z.enum(['system', 'light', 'dark']),
      density: z.enum(['comfortable', 'compact']),
      keys: z.boolean(),
      sound: z.boolean(),
    })
    .partial()
    .optional(),
  password: z.strictObject({ old: Password, new: Password }).optional(),
});
