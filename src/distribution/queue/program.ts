import { z } from 'zod';
import { hashOf } from '../../random/canonical-json.ts';
import { differences } from '../../results/difference.ts';
import { type ComputingProgram, computingProgram } from '../../results/manifest.ts';
import { ownProvenance } from '../../results/own-provenance.ts';
import { visibleText } from '../../scenarios/visible-text.ts';

/** A program that computes chunks. Only programs that are the same in all of this share a queue. */
export interface QueueProgram {
  /** All that may change a number: version, code with its kernels, Node, V8, processor, Math. */
  readonly parts: ComputingProgram;
  /** 16 hexadecimal digits of its hash. */
  readonly fingerprint: string;
}

/** What Redis holds of a program. */
export const storedProgram: z.ZodType<ComputingProgram> = z.strictObject({
  normGrowth: z.string().max(100),
  node: z.string().max(100),
  v8: z.string().max(100),
  arch: z.string().max(100),
  numericFingerprint: z.string().max(100),
  codeFingerprint: z.string().max(100),
});

/** This program. */
export async function ownProgram(): Promise<QueueProgram> {
  return programOf(computingProgram(await ownProvenance()));
}

export function programOf(parts: ComputingProgram): QueueProgram {
  return { parts, fingerprint: hashOf(parts).slice(0, 16) };
}

/** The queue of a program: a worker of another never sees what is in it, and so can neither lose nor fail it. */
export function queueName({ fingerprint }: QueueProgram): string {
  return `chunks-${fingerprint}`;
}

/** A program in a few words. */
export function programText({ parts }: QueueProgram): string {
  const { normGrowth, node, v8, arch, codeFingerprint } = parts;
  return visibleText(
    `norm-growth ${normGrowth} (code ${codeFingerprint.slice(0, 8)}) on Node ${node}, V8 ${v8}, ${arch}`,
    200,
  );
}

/** In what another program differs from ours. */
export function programDifference(other: QueueProgram, ours: QueueProgram): string {
  const found = differences({ ...other.parts }, { ...ours.parts });
  return visibleText(
    found.map(({ path, stored, present }) => `${path} ${stored} there, ${present} here`).join('; '),
    400,
  );
}
