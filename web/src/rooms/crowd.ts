/** What the crowd and the model know. */
import './shared';
import './charts';
export { default as Blame } from '../pages/Blame';
export { default as Heatmap } from '../pages/Heatmap';
export { default as Optimal } from '../pages/Optimal';
