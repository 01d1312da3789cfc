export { events } from './events';
