/**
 * Where answers may be posted. Every message names its own return address (`serviceUrl`), and with
 * it goes what a citizen is told and a token of ours; so it is looked up in a list the operator
 * keeps, when a message comes in and again before anything leaves.
 */

/**
 * The public cloud: Teams and Skype share the first, all other channels have a name under the second.
 * Names under trafficmanager.net can be had by anybody, so that one stands exactly.
 */
export const USUAL_SERVICE_URLS = ['https://smba.trafficmanager.net', 'https://*.botframework.com'];

export type IsAllowed = (url: string) => boolean;

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Takes origins, `https://name` or `https://*.name`; plain http only on this machine. Throws on an entry it cannot read. */
export function createServiceUrls(origins: string[]): IsAllowed {
  const entries = origins.map(readEntry);
  return (url) => {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname, port, username, password } = new URL(url);
    if (username || password) return false;
    return entries.some(
      (entry) =>
        entry.protocol === protocol &&
        entry.port === port &&
        (entry.isWild ? hostname.endsWith(`.${entry.hostname}`) : hostname === entry.hostname),
    );
  };
}

function readEntry(text: string) {
  const isWild = text.includes('://*.');
  const bare = text.replace('://*.', '://');
  const url = URL.canParse(bare) ? new URL(bare) : null;
  const isOrigin = url !== null && url.origin !== 'null' && (bare === url.origin || bare === `${url.origin}/`);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname) && !isWild);
  const isNarrow = !isWild || url?.hostname.includes('.');
  if (!isOrigin || !isSafe || !isNarrow) {
    throw new Error(`"${text}" is no service URL: write https://name, or https://*.name.example for every name under it`);
  }
  return { isWild, protocol: url.protocol, hostname: url.hostname, port: url.port };
}
