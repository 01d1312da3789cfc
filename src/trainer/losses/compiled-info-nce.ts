import { InfoNceKernel } from '../../kernels/info-nce-kernel.ts';
import { zeros } from '../../maths/matrix.ts';
import type { Loss } from './loss.ts';

/** InfoNCE by its kernel, for outputs of any towers: they are copied in, and their gradients out. */
export function compiledInfoNce(name: 'info-nce-cosine' | 'info-nce-dot', temperature: number): Loss {
  const isCosine = name === 'info-nce-cosine';
  let opened = { pairs: 0, dimension: 0, kernel: null as InfoNceKernel | null };
  const kernelFor = (pairs: number, dimension: number) => {
    if (opened.kernel !== null && pairs <= opened.pairs && dimension === opened.dimension) return opened.kernel;
    const kernel = new InfoNceKernel({ precision: 'double', users: pairs, items: pairs, dimension, batch: pairs });
    opened = { pairs, dimension, kernel };
    return kernel;
  };
  return {
    name,
    isCosine,
    gradient(users, items) {
      const { rows, columns } = users;
      const kernel = kernelFor(rows, columns);
      kernel.users.set(users.values);
      kernel.items.set(items.values);
      const own = Array.from({ length: rows }, (_, row) => row);
      const value = kernel.loss(own, own, temperature, isCosine);
      const gradients = { users: zeros(rows, columns), items: zeros(rows, columns) };
      kernel.copyGradients(gradients.users.values, gradients.items.values);
      return { value, ...gradients };
    },
  };
}
