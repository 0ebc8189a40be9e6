/** Playing a race. */
import './shared';
import './charts';
export { default as Choose } from '../pages/Choose';
export { default as NewRun } from '../pages/NewRun';
export { default as Run } from '../pages/Run';
