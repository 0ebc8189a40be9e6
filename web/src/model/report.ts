/** The report: an autopsy with what stands at the head of a document, and the windows of its race. */
import type { Autopsy } from './autopsy';
import type { Windows } from './crowd';

/** What everybody may read of it. */
export type FirstPage = Pick<Autopsy,
  'position' | 'model' | 'synthetic' | 'season' | 'gp' | 'driver' | 'team' | 'verdict' | 'costs' | 'residualMilliseconds'
  | 'residualInterval' | 'unexplainedShare' | 'totalLossMilliseconds' | 'totalLossInterval' | 'gapToWinnerMilliseconds'>;

export interface Report extends FirstPage {
  readonly title: {
    readonly race: string;
    readonly driverName: string;
    readonly date: string | null;
    /** The root of the log's checkpoint. */
    readonly checkpoint: string | null;
  };
  /** The other pages; null in a preview. */
  readonly rest: Autopsy | null;
  readonly windows: Windows | null;
}
