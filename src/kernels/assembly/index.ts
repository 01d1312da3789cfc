export { events } from './events';
export { gainsByStep, lognormalGains } from './gains';
