/**
 * The end of the link that shows where a request stands: 20 characters, because a text message costs by the piece. No row is
 * kept of it: what it says is proved by its own signature, and a request that was erased has nothing to show.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readReference } from '../../../domain/ticket/ticket';

/** 72 bits, 12 characters. */
const SEAL_BYTES = 9;
/** The seal comes first: telephones leave a final `-` or `_` out of what they make a link of. */
const SHAPE = /^([\w-]{12})([0-9A-HJKMNP-TV-Z]{8})$/;

export function createStatusCodes(secret: string) {
  // A key of its own: what is signed here can never pass for anything else.
  const key = createHmac('sha256', secret).update('guichet status page').digest();
  const sealOf = (town: string, reference: string) =>
    createHmac('sha256', key).update(`${town}\n${reference}`).digest().subarray(0, SEAL_BYTES).toString('base64url');

  return {
    make: (town: string, reference: string) => `${sealOf(town, reference)}${reference.replace('-', '')}`,

    /** The request it shows, if one of these towns made it. The town is not in it: only its own seal fits. */
    read(code: string, towns: string[]): { town: string; reference: string } | null {
      const [, seal = '', symbols = ''] = SHAPE.exec(code) ?? [];
      const reference = readReference(symbols);
      if (!reference) return null;
      const town = towns.find((each) => timingSafeEqual(Buffer.from(sealOf(each, reference)), Buffer.from(seal)));
      return town === undefined ? null : { town, reference };
    },
  };
}
