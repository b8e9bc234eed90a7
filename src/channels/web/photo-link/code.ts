/**
 * The end of the link by which a photo can follow a request: who may send one, to which request and until
 * when, in 24 characters, because a text message costs by the piece. No row is kept of it: what it says is
 * proved by its own signature.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readReference } from '../../../domain/ticket/ticket';

const HOUR = 3600_000;
/** A link lives this long, and on to the end of the hour. */
const LIFE_HOURS = 24;
/** 72 bits, 12 characters. */
const SEAL_BYTES = 9;
/** Hours since 1970 in base 36: four characters until the year 2161. */
const END_LENGTH = 4;
/** The seal comes first: telephones leave a final `-` or `_` out of what they make a link of. */
const SHAPE = /^([\w-]{12})([0-9a-z]{4})([0-9A-HJKMNP-TV-Z]{8})$/;

export interface PhotoCode {
  town: string;
  reference: string;
  hasEnded: boolean;
}

export function createPhotoCodes(secret: string) {
  // A key of its own: what is signed here can never pass for a token, nor a token for a link.
  const key = createHmac('sha256', secret).update('guichet photo link').digest();

  function sealOf(town: string, reference: string, end: string): string {
    const whole = createHmac('sha256', key).update(`${town}\n${reference}\n${end}`).digest();
    return whole.subarray(0, SEAL_BYTES).toString('base64url');
  }

  return {
    make(town: string, reference: string, now: Date): string {
      const end = Math.ceil(now.getTime() / HOUR + LIFE_HOURS)
        .toString(36)
        .padStart(END_LENGTH, '0');
      return `${sealOf(town, reference, end)}${end}${reference.replace('-', '')}`;
    },

    /** What a code says, if one of these towns made it. The town is not in it: only its own seal fits. */
    read(code: string, towns: string[], now: Date): PhotoCode | null {
      const [, seal = '', end = '', symbols = ''] = SHAPE.exec(code) ?? [];
      const reference = readReference(symbols);
      if (!reference) return null;
      const town = towns.find((each) => timingSafeEqual(Buffer.from(sealOf(each, reference, end)), Buffer.from(seal)));
      return town === undefined ? null : { town, reference, hasEnded: now.getTime() >= Number.parseInt(end, 36) * HOUR };
    },
  };
}
