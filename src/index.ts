/** norm-growth as a library: the formulas, the coupled simulator, and its numbers. */
export { couplings } from './coupling/index.ts';
export { type CellResult, cellResult } from './engine/cell-result.ts';
export { type Executor, inProcess } from './engine/executor.ts';
export { type Cell, type CellRequest, type Plan, planCells } from './engine/plan.ts';
export { workerPool } from './engine/pool.ts';
export { type EngineEvent, runPlan } from './engine/run-plan.ts';
export { type ExactPairLaw, exactMeanNorms, exactPairLaw } from './process/exact-law.ts';
export { grow } from './process/grow.ts';
export { growthTable } from './process/growth-table.ts';
export { type OrderGuarantee, orderGuarantee } from './process/order-guarantee.ts';
export type { PairParameters } from './process/pair-parameters.ts';
export { presenceProbability } from './process/presence.ts';
export { findScenario, listScenarios } from './scenarios/find-scenario.ts';
export { loadScenario } from './scenarios/load-scenario.ts';
