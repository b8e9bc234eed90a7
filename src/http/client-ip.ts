/**
 * The network address of a visitor, for rate limits. The socket's own, unless the operator says how
 * many proxies of theirs stand in front: then the one that the outermost of them saw.
 */
import type { IncomingMessage } from 'node:http';

export function clientIpBehind(trustedProxies: number): (request: IncomingMessage) => string {
  return (request) => {
    const socket = request.socket.remoteAddress ?? 'unknown';
    if (trustedProxies === 0) return socket;
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((address) => address.trim())
      .filter((address) => address !== '');
    return forwarded[forwarded.length - trustedProxies] ?? socket;
  };
}
