/** Players, drivers and teams. */
import './shared';
import './charts';
export { default as Leaderboard } from '../pages/Leaderboard';
export { default as Player } from '../pages/Player';
export { default as Team } from '../pages/Team';
export { default as Teams } from '../pages/Teams';
