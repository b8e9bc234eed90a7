/**
 * Twilio's own published contract, as a judge: a request outside it is refused as Twilio would
 * refuse it and remembered, so that a test can ask for the list. The contract is an
 * extract of twilio-oai (MIT, twilio-message.LICENSE; its `info` names Apache 2.0).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../built-file';

type Json = Record<string, unknown>;

/** The build compiles scripts only: it stands in the sources. */
function readContract(): Json {
  return JSON.parse(readFileSync(join(ROOT, 'src/demo/carrier/twilio-message.json'), 'utf8')) as Json;
}

interface Operation {
  method: string;
  path: RegExp;
  query: z.ZodType;
  /** Query parameters the contract declares; any other is outside it. */
  form: { schema: z.ZodType; types: Map<string, string> } | null;
  answer: z.ZodType | null;
}

export interface Contract {
  /** What is wrong with a request, or null; `form` as parsed, repeated names as lists. */
  faultIn(method: string, path: string, query: URLSearchParams, form: URLSearchParams): string | null;
  /** What is wrong with an answer, or null. */
  faultInAnswer(method: string, path: string, body: unknown): string | null;
}

export function openContract(): Contract {
  const contract = readContract();
  const components = (contract.components as Json).schemas as Json;
  const operations = Object.entries(contract.paths as Record<string, Json>).flatMap(([template, methods]) =>
    ['get', 'post', 'delete']
      .filter((method) => methods[method])
      .map((method) => readOperation(method, template, methods[method] as Json, components)),
  );
  const find = (method: string, path: string) =>
    operations.find((one) => one.method === method.toLowerCase() && one.path.test(path));
  return {
    faultIn(method, path, query, form) {
      const operation = find(method, path);
      if (!operation) return `${method} ${path} is not in the contract`;
      const queried = operation.query.safeParse(Object.fromEntries(query));
      if (!queried.success) return z.prettifyError(queried.error);
      if (!operation.form) return form.size ? 'A body where the contract has none' : null;
      const sent = operation.form.schema.safeParse(typed(form, operation.form.types));
      return sent.success ? null : z.prettifyError(sent.error);
    },
    faultInAnswer(method, path, body) {
      const operation = find(method, path);
      if (!operation?.answer) return `${method} ${path} has no answer in the contract`;
      const read = operation.answer.safeParse(body);
      return read.success ? null : z.prettifyError(read.error);
    },
  };
}

function readOperation(method: string, template: string, operation: Json, components: Json): Operation {
  const content = (operation.requestBody as Json | undefined)?.content as Json | undefined;
  const form = (content?.['application/x-www-form-urlencoded'] as Json | undefined)?.schema as Json | undefined;
  const [success] = Object.values(operation.responses as Json) as Json[];
  const answer = ((success?.content as Json | undefined)?.['application/json'] as Json | undefined)?.schema as Json | undefined;
  const parameters = ((operation.parameters ?? []) as Json[]).filter((parameter) => parameter.in === 'query');
  const queryNames = Object.fromEntries(parameters.map((parameter) => [parameter.name as string, z.string().optional()]));
  const properties = (form?.properties ?? {}) as Record<string, Json>;
  return {
    method,
    path: new RegExp(`^${template.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[A-Za-z0-9]+')}$`),
    query: z.strictObject(queryNames),
    form: form
      ? {
          schema: z.fromJSONSchema({ ...(plain(form, components) as Json), additionalProperties: false } as never),
          types: new Map(Object.entries(properties).map(([name, property]) => [name, String(property.type ?? 'string')])),
        }
      : null,
    answer: answer ? z.fromJSONSchema(plain(answer, components) as never) : null,
  };
}

/** OpenAPI 3.0 as JSON Schema: references followed, `nullable` spelled out, formats and notes left out. */
function plain(schema: unknown, components: Json): unknown {
  if (Array.isArray(schema)) return schema.map((one) => plain(one, components));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, nullable, ...rest } = schema as Json;
  if (typeof $ref === 'string') return plain(components[$ref.split('/').at(-1)!], components);
  const kept = Object.entries(rest).filter(
    ([key, value]) => !(key === 'format' && typeof value === 'string') && !key.startsWith('x-') && key !== 'description',
  );
  const made = Object.fromEntries(kept.map(([key, value]) => [key, plain(value, components)]));
  return nullable === true ? { anyOf: [made, { type: 'null' }] } : made;
}

/** A form knows only text: each field as the type the contract gives it, where it reads as one. */
function typed(form: URLSearchParams, types: Map<string, string>): Json {
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      const type = types.get(name);
      if (type === 'array') return [name, values];
      const [value] = values;
      if (values.length > 1) return [name, values];
      if (type === 'boolean' && /^(true|false)$/i.test(value!)) return [name, value!.toLowerCase() === 'true'];
      if ((type === 'integer' || type === 'number') && value!.trim() !== '' && Number.isFinite(Number(value)))
        return [name, Number(value)];
      return [name, value];
    }),
  );
}
