import { cpus, loadavg } from 'node:os';
import type { Row } from './measure.ts';

/** What a time is worthless without: processor, date, Node, and whether the machine was busy. */
export function heading(): string {
  const [{ model }] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  const load = loadavg()[0].toFixed(2);
  return `${model.trim()}, ${cpus().length} processors, load ${load}; ${date}; Node ${process.versions.node}`;
}

const columns = ['kernel', 'point', 'contender', 'ratio', 'ours', 'theirs', 'unit'] as const;
const widths = [18, 12, 15, 9, 11, 11, 8];

export function headerLine(): string {
  return columns
    .map((name, index) => name.padEnd(widths[index]))
    .join('')
    .trimEnd();
}

export function rowLine(row: Row): string {
  return columns
    .map((name, index) => shown(row[name]).padEnd(widths[index]))
    .join('')
    .trimEnd();
}

function shown(value: string | number | null): string {
  if (value === null) return '–';
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : value;
}
