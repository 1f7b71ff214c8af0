import { lexicons } from '@atproto/api';
import { invalidRequest } from './refusal.ts';

/** Reads the parameters of a method as its lexicon types them. Throws InvalidRequest on those it does not allow. */
export function readParams(nsid: string, query: URLSearchParams): Record<string, unknown> {
  const definition = lexicons.getDefOrThrow(nsid);
  const properties = definition.type === 'query' ? (definition.parameters?.properties ?? {}) : {};
  const given = Object.entries(properties).flatMap(([name, { type }]) => {
    if (!query.has(name)) return [];
    const texts = query.getAll(name);
    return [[name, type === 'array' ? texts : toValue(type, texts[0] ?? '')]];
  });
  try {
    return (lexicons.assertValidXrpcParams(nsid, Object.fromEntries(given)) ?? {}) as Record<string, unknown>;
  } catch (error) {
    throw invalidRequest(`Error: ${(error as Error).message}`);
  }
}

function toValue(type: string, text: string): unknown {
  if (type === 'integer') return Number(text);
  if (type === 'boolean') return text === 'true';
  return text;
}
