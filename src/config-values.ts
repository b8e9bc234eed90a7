/** Values of settings that say in an operator's words what is wrong with them. */
import { z } from 'zod';

/** A whole number, said in the operator's words when it is none. */
export const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .pipe(z.number(error).min(least, error).max(most, error));
};
/** One of these words, in small letters. */
export const oneOf = <const Word extends string>(...words: Word[]) =>
  z.enum(words, {
    error: ({ input }) => {
      const meant = words.find((word) => word === String(input).trim().toLowerCase());
      return meant ? `write it as ${meant}, in small letters` : `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
    },
  });
