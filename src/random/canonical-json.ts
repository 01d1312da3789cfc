import { createHash } from 'node:crypto';

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one way to write a value as JSON: keys sorted by code unit, no whitespace.
 *
 * Equal values give equal bytes, so that hashes and journal lines can be compared. −0 is written as 0, because JSON
 * reads it back so; properties that are undefined are left out, as JSON.stringify does.
 *
 * @throws {RangeError} for NaN and infinities, which JSON would turn into null; the message has the path to it
 * @throws {TypeError} for what is not JSON (functions, bigints, typed arrays, dates, maps, instances of classes)
 */
export function canonicalJson(value: unknown): string {
  return write(value, '');
}

/** SHA-256 of the canonical JSON, as 64 hexadecimal digits. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Sorted keys over indented lines, for files that people read. Deterministic like canonicalJson, and as strict. */
export function prettyJson(value: unknown): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`;
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return JSON.stringify(value);
    throw new RangeError(`canonicalJson: numbers must be finite, got ${value} at ${path || 'the top'}`);
  }
  if (Array.isArray(value)) return `[${value.map((item, index) => write(item, `${path}[${index}]`)).join(',')}]`;
  if (isPlainObject(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    const members = keys.sort().map((key) => `${JSON.stringify(key)}:${write(value[key], join(path, key))}`);
    return `{${members.join(',')}}`;
  }
  const kind = typeof value === 'object' ? Object.prototype.toString.call(value) : typeof value;
  throw new TypeError(`canonicalJson: expected a JSON value, got ${kind} at ${path || 'the top'}`);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** By the length of the chain, not by identity: objects of another realm are plain too. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
