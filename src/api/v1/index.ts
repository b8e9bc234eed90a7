/** The REST API: its routes, and its contract at an address of its own, for anybody. */
import type { Route } from '../../domain/http/route';
import type { KeyRing } from '../keys';
import { routeOf } from './endpoint';
import { createEndpoints, type EndpointParts } from './endpoints';
import { createContract } from './openapi';

export interface RestParts extends EndpointParts {
  keys: KeyRing;
  publicUrl: () => string;
}

export function createRestRoutes(parts: RestParts): Route[] {
  const endpoints = createEndpoints(parts);
  let contract: string | undefined;
  const handle: Route['handle'] = async ({ response }) => {
    contract ??= JSON.stringify(createContract(endpoints, parts.publicUrl()));
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' });
    response.end(contract);
  };
  const contractAt = (path: string): Route => ({ caller: 'anyone', method: 'get', path, body: 'none', handle });
  return [
    ...endpoints.map((one) => routeOf(one, parts.keys, parts.towns)),
    contractAt('/api/v1/openapi.json'),
    contractAt('/api/openapi.json'),
  ];
}
