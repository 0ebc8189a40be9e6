/** What a race cost a driver. */
import './shared';
import './charts';
export { default as Autopsy } from '../pages/Autopsy';
export { default as Report } from '../pages/Report';
export { SampleWaterfall } from '../parts/SampleWaterfall';
