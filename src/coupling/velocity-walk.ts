import type { GainModel, GainPath } from '../process/gains/gain-model.ts';
import { gainModel } from '../process/gains/index.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import { learningRateAt } from '../process/schedules/learning-rate.ts';
import type { StreamSource } from '../random/streams.ts';
import type { PairWalk, WalkOptions } from './pair-walk.ts';
import type { PathRecord } from './path-record.ts';
import { drawInitialSquaredNorm, drawStandardNormal } from './start.ts';

/**
 * SGD with heavy-ball momentum on vectors: v ← βv + g + λq, q ← q − η_t v, where an appearance's gradient g has length
 * √c/(η_t‖q‖) and a direction drawn uniformly from the tangent space at q. An absent item still moves by its velocity.
 *
 * With β = 0 and λ = 0 this is the scalar process: g is tangent, so s ← s + c/s by Pythagoras.
 */
export class VelocityWalk implements PairWalk {
  readonly record: PathRecord;
  readonly #pair: PairParameters;
  readonly #isIndependent: boolean;
  readonly #isShared: boolean;
  readonly #learningRate: (step: number) => number;
  readonly #lower: Particle;
  readonly #upper: Particle;

  constructor(pair: PairParameters, record: PathRecord, { isIndependent }: WalkOptions) {
    this.record = record;
    this.#pair = pair;
    this.#isIndependent = isIndependent;
    this.#isShared = pair.gain.sharing === 'shared' && !isIndependent;
    this.#learningRate = learningRateAt(pair);
    this.#lower = new Particle(pair, gainModel(pair, 'lower'));
    this.#upper = new Particle(pair, gainModel(pair, 'upper'));
  }

  begin(open: StreamSource): void {
    const { initialSquaredNorm } = this.#pair;
    const lower = drawInitialSquaredNorm(initialSquaredNorm, () => open('start'));
    const upper = this.#isIndependent ? drawInitialSquaredNorm(initialSquaredNorm, () => open('start-upper')) : lower;
    this.record.begin(lower, upper);
    this.#lower.begin(lower, open('gain'), open('direction'));
    // The upper run opens the same streams and meets the same draw at the same step; own gains are drawn apart.
    this.#upper.begin(
      upper,
      open(this.#isShared ? 'gain' : 'gain-upper'),
      open(this.#isIndependent ? 'direction-upper' : 'direction'),
    );
  }

  appear(step: number, lowerCopies: number, upperCopies: number): void {
    this.#passTo(step - 1);
    this.#move(step, lowerCopies, upperCopies);
  }

  finish(): void {
    this.#passTo(this.#pair.steps);
  }

  settle(): void {
    throw new RangeError('VelocityWalk.settle: momentum has no state that is known without walking there');
  }

  #passTo(step: number): void {
    while (this.record.step < step) this.#move(this.record.step + 1, 0, 0);
  }

  #move(step: number, lowerCopies: number, upperCopies: number): void {
    const learningRate = this.#learningRate(step);
    // Both runs draw at every appearance of either, so that shared streams stay in step.
    const isDrawn = lowerCopies > 0 || upperCopies > 0;
    const lowerGain = this.#lower.move(step, lowerCopies, learningRate, isDrawn);
    const upperGain = this.#upper.move(step, upperCopies, learningRate, isDrawn);
    // No sharp criterion is known for momentum.
    this.record.move(this.#lower.squaredNorm, this.#upper.squaredNorm, null, lowerGain, upperGain);
  }
}

/** One run's embedding and velocity, arrays of shape [d]. */
class Particle {
  readonly #pair: PairParameters;
  readonly #gains: GainModel;
  readonly #position: Float64Array;
  readonly #velocity: Float64Array;
  readonly #direction: Float64Array;
  #path: GainPath;
  #gainUniform: () => number = () => 0;
  #directionUniform: () => number = () => 0;
  squaredNorm = 0;

  constructor(pair: PairParameters, gains: GainModel) {
    this.#pair = pair;
    this.#gains = gains;
    this.#path = gains.open();
    const { dimension } = pair.momentum;
    this.#position = new Float64Array(dimension);
    this.#velocity = new Float64Array(dimension);
    this.#direction = new Float64Array(dimension);
  }

  begin(squaredNorm: number, gainUniform: () => number, directionUniform: () => number): void {
    this.squaredNorm = squaredNorm;
    // The law does not depend on the direction of the start: directions are drawn uniformly.
    this.#position.fill(0);
    this.#position[0] = Math.sqrt(squaredNorm);
    this.#velocity.fill(0);
    this.#path = this.#gains.open();
    this.#gainUniform = gainUniform;
    this.#directionUniform = directionUniform;
  }

  /** Moves on by one step and returns the gain, 0 where the item is absent. */
  move(step: number, copies: number, learningRate: number, isDrawn: boolean): number {
    const { momentum, weightDecay } = this.#pair;
    if (isDrawn) this.#drawDirection();
    const gain = isDrawn ? this.#path.gain(step, Math.max(1, copies), this.#gainUniform) : 0;
    const isPresent = copies > 0;
    const length = isPresent ? this.#pull(gain, learningRate) : 0;
    const decay = weightDecay.applies === 'dense' || isPresent ? weightDecay.rate : 0;
    let squaredNorm = 0;
    for (let axis = 0; axis < this.#position.length; axis++) {
      const pull = length * this.#direction[axis] + decay * this.#position[axis];
      this.#velocity[axis] = momentum.beta * this.#velocity[axis] + pull;
      this.#position[axis] -= learningRate * this.#velocity[axis];
      squaredNorm += this.#position[axis] ** 2;
    }
    this.squaredNorm = squaredNorm;
    return isPresent ? gain : 0;
  }

  /** The gradient's length. A schedule moves η_t and not the signal, which is felt later even where η_t or c is 0. */
  #pull(gain: number, learningRate: number): number {
    if (this.#pair.gain.model === 'schedule') return this.#pair.tangentSignal / Math.sqrt(this.squaredNorm);
    return learningRate > 0 ? Math.sqrt(gain / this.squaredNorm) / learningRate : 0;
  }

  /** A unit vector, uniform on the sphere of the tangent space at q: a normal vector without its part along q. */
  #drawDirection(): void {
    const direction = this.#direction;
    let along = 0;
    for (let axis = 0; axis < direction.length; axis++) {
      direction[axis] = drawStandardNormal(this.#directionUniform);
      along += direction[axis] * this.#position[axis];
    }
    let squares = 0;
    for (let axis = 0; axis < direction.length; axis++) {
      direction[axis] -= (along / this.squaredNorm) * this.#position[axis];
      squares += direction[axis] ** 2;
    }
    const scale = 1 / Math.sqrt(squares);
    for (let axis = 0; axis < direction.length; axis++) direction[axis] *= scale;
  }
}
