export { events, gainsByStep, lognormalGains } from './events';
