/**
 * Which pages may carry a town's chat. A browser says which page speaks (`Origin`); only the
 * town's own list is believed, for calls and for streams alike. Programs outside a browser
 * say nothing, and are known by their token alone.
 */
import type { ServerResponse } from 'node:http';
import type { Town } from '../../domain/town';
import type { WebParts } from './parts';

const HEADERS = 'Authorization, Content-Type, Accept, X-Requested-With, x-ms-bot-agent';

export type Origins = ReturnType<typeof createOrigins>;

export function createOrigins({ mode, publicUrl, towns }: Pick<WebParts, 'mode' | 'publicUrl' | 'towns'>) {
  function mayEmbed(town: Town, origin: string): boolean {
    if (origin === new URL(publicUrl()).origin) return true;
    if (town.allowedOrigins.includes(origin)) return true;
    return mode === 'demo' && (isLoopback(origin) || town.allowedOrigins.includes('*'));
  }

  return {
    mayEmbed,
    /** Before its call a page asks whether it may; Direct Line's addresses do not say which town, so any town's pages may ask. */
    mayAsk: (origin: string, town?: string) => {
      const asked = town === undefined ? towns.list() : [towns.get(town)];
      return asked.some((one) => one !== undefined && mayEmbed(one, origin));
    },
  };
}

/** Lets the page behind an allowed origin read the answer. */
export function allow(response: ServerResponse, origin: string): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
}

export function allowCall(response: ServerResponse, origin: string): void {
  allow(response, origin);
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
  response.setHeader('Access-Control-Allow-Headers', HEADERS);
  response.setHeader('Access-Control-Max-Age', '600');
}

function isLoopback(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]';
}
