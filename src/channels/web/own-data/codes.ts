/**
 * What shows that a contact, or a copy, is somebody's: the six digits that are sent to a phone or an e-mail address, and the
 * end of the link that opens a copy. Both are made from the message that asked, the same on every replay, and by nobody else.
 */
import { createHash, createHmac } from 'node:crypto';

const DIGITS = 6;
/** 128 bits, 22 characters. */
const LINK_BYTES = 16;
export const LINK_SHAPE = /^[\w-]{22}$/;

export function createOwnDataCodes(secret: string) {
  // Keys of their own: what is signed here can never pass for anything else.
  const key = createHmac('sha256', secret).update('guichet own data').digest();
  const made = (what: string, id: string) => createHmac('sha256', key).update(`${what}\n${id}`).digest();

  return {
    /** @param id of the message that asked. */
    digits: (id: string) => String(made('digits', id).readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0'),
    link: (id: string) => made('link', id).subarray(0, LINK_BYTES).toString('base64url'),
  };
}

/** As which a link stands in the rows: who reads them opens nothing. */
export function keyOf(link: string): string {
  return createHash('sha256').update(link).digest('hex');
}
