/** The contract of the REST API as OpenAPI 3.1, made from the same schemas that requests are parsed by. */
import { z } from 'zod';
import { SCOPES } from '../../domain/programs/api-key';
import type { Endpoint } from './endpoint';
import { RefusalShape } from './shapes';

/** Of the interface: raised when something is taken away from it. */
const VERSION = '1.0.0';

const REFUSALS: Record<number, string> = {
  400: 'Not as it should be: the message says what',
  401: 'No key, or one that is not in use',
  403: 'The key has not this scope',
  404: 'There is nothing of this name in the town of the key',
  409: 'It may not be changed so: the code says why',
  415: 'Not application/json',
  429: 'Too many calls: wait as Retry-After says',
};

const json = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' });
  return { 'application/json': { schema: rest } };
};

/** `/api/v1/tickets/:reference` as OpenAPI writes it. */
export const templated = (path: string) => path.replace(/:(\w+)/g, '{$1}');

export function createContract(endpoints: Endpoint[], url: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const one of endpoints) {
    const path = templated(one.path);
    const at = paths[path] ?? {};
    paths[path] = at;
    at[one.method] = {
      summary: one.summary,
      operationId: `${one.method}_${one.path.replace(/^\/api\/v1\//, '').replace(/\W+/g, '_')}`,
      security: [{ key: [one.scope] }],
      parameters: parametersOf(one),
      ...(one.body ? { requestBody: { required: true, content: json(one.body, 'input') } } : {}),
      responses: {
        [one.status]: { description: 'Done', content: json(one.answer, 'output') },
        ...Object.fromEntries(
          Object.entries(REFUSALS).map(([status, description]) => [
            status,
            { description, content: json(RefusalShape, 'output') },
          ]),
        ),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Guichet',
      version: VERSION,
      description: `Keys are made with npm run api-key. Scopes: ${SCOPES.join(', ')}.`,
    },
    servers: [{ url }],
    paths,
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  };
}

function parametersOf({ path, query, method }: Endpoint): object[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const schema = query
    ? (z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, object> })
    : {};
  const inQuery = Object.entries(schema.properties ?? {}).map(([name, each]) => ({
    name,
    in: 'query',
    required: false,
    schema: each,
  }));
  const once = method === 'post' ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } }] : [];
  return [...inPath, ...inQuery, ...once];
}
