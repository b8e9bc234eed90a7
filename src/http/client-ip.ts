/**
 * Whose network a request comes from, for limits. The socket's own, unless the operator says how many proxies of
 * theirs stand in front: then the one that the outermost of them saw, as they wrote it in X-Forwarded-For.
 */
import type { IncomingMessage } from 'node:http';
import { subscriberOf } from '../domain/http/network-address';

/** `onUnasked` hears when a proxy speaks though none is trusted: all its visitors then count as one. */
export function clientIpBehind(trustedProxies: number, onUnasked: () => void): (request: IncomingMessage) => string {
  return ({ socket, headers }) => {
    const forwarded = headers['x-forwarded-for'];
    if (trustedProxies === 0 && (forwarded !== undefined || headers.forwarded !== undefined)) onUnasked();
    const seen =
      trustedProxies === 0
        ? undefined
        : String(forwarded ?? '')
            .split(',')
            .at(-trustedProxies);
    return subscriberOf(seen ?? '') ?? subscriberOf(socket.remoteAddress ?? '') ?? 'unknown';
  };
}
