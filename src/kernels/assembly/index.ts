export { drawOutcomes } from './alias';
export { openByEvents, openByTrials } from './appearances';
export { openBernoulli } from './bernoulli';
export { walkByCounting } from './counted';
export { openDraws } from './draws';
export { countFinals, meansOfFinals, momentsOfFinals } from './finals';
export { openGainsByStep, openLognormalGains } from './gains';
export { openGaps } from './gaps';
export {
  descendDouble, descendSingle, infoNceDouble, infoNceSingle, itemGradientsAt, openInfoNce, userGradientsAt,
} from './info-nce';
export { openOrder } from './order';
export { openThinning } from './thinning';
export { openTrace } from './trace';
export { closeTrajectories, openTrajectories } from './trajectories';
export { walk } from './walk';
