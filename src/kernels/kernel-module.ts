import { readFileSync } from 'node:fs';

/** The exports of the compiled kernels; see the sources in `assembly/` for what the arguments mean. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly events: (...words: (number | bigint)[]) => number;
  readonly gainsByStep: (table: number) => void;
  readonly lognormalGains: (...words: number[]) => void;
}

/** The first page is left to the module itself. */
const firstFree = 65_536;

/** One instance of the kernels with its memory: regions are handed out from the bottom and given back all at once. */
export class KernelModule {
  readonly exports: KernelExports;
  #top = firstFree;

  constructor(module: WebAssembly.Module) {
    const abort = () => {
      throw new Error('KernelModule: a kernel aborted');
    };
    this.exports = new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as KernelExports;
  }

  /** Forgets every region. */
  reset(): void {
    this.#top = firstFree;
  }

  /** Address of a region of this many bytes, its content undefined. Views made before may be detached: make them after. */
  allocate(bytes: number): number {
    const address = this.#top;
    // 64-byte lines, so that no vector straddles two.
    this.#top += Math.ceil(bytes / 64) * 64;
    const { memory } = this.exports;
    const missing = this.#top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
    return address;
  }

  floats(address: number, length: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, address, length);
  }

  words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.exports.memory.buffer, address, length);
  }

  halves(address: number, length: number): Uint16Array {
    return new Uint16Array(this.exports.memory.buffer, address, length);
  }

  longs(address: number, length: number): BigInt64Array {
    return new BigInt64Array(this.exports.memory.buffer, address, length);
  }
}

let loaded: KernelModule | null = null;

/** This thread's kernels: compiled at the first call, from the file that the build makes. */
export function kernels(): KernelModule {
  // Run from the sources or from the build, the compiled kernels are in the build.
  loaded ??= new KernelModule(
    new WebAssembly.Module(readFileSync(new URL('../../dist/kernels/kernels.wasm', import.meta.url))),
  );
  return loaded;
}
