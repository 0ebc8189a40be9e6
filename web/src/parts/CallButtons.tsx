/** The calls that are possible for the next lap. A call can be taken back until the lap is driven. */
import type { Call } from '../model/play';
import { letter, spoken } from '../model/plan';
import type { NextLap } from '../model/simulation';
import { decided } from '../model/simulation';
import { TyreIcon } from './Tyre';

const PACE_KEYS: Readonly<Record<string, string>> = { save: '1', normal: '2', push: '3' };

export function CallButtons({ next, call, choose }: { next: NextLap; call: Call | null; choose: (call: Call) => void }) {
  return (
    <section className="pane" aria-labelledby="calls">
      <h2 id="calls">Your call for lap {next.lap}</h2>
      <p className={next.compoundRuleMet ? 'quiet' : ''}>
        {next.compoundRuleMet ? 'The tyre rule is met.' : 'Second kind of tyre not used yet.'}
        {next.stopsOwed > 0 && ` ${next.stopsOwed} more ${next.stopsOwed === 1 ? 'stop is' : 'stops are'} prescribed.`}
        {next.freeChange && ' A change of tyres costs nothing now.'}
      </p>
      {next.decided
        ? <p><strong>{decided(next.decided)}</strong> is written down for this lap.</p>
        : (
          <>
            <div className="row" role="group" aria-label="Box for">
              {next.compounds.map((compound) => {
                const isCalled = call?.kind === 'pit' && call.compound === compound;
                return (
                  <button key={compound} type="button" aria-pressed={isCalled} onClick={() => choose({ kind: 'pit', compound })}>
                    <span className="tyre"><TyreIcon compound={compound} />Box: {spoken(compound)}</span><kbd>{letter(compound).toLowerCase()}</kbd>
                  </button>
                );
              })}
              {next.compounds.length === 0 && <span className="quiet">No stop is possible on this lap.</span>}
            </div>
            {next.paces.length > 1 || next.paces[0] === 'save'
              ? (
                <div className="row" role="group" aria-label="Pace">
                  {next.paces.map((pace) => (
                    <button key={pace} type="button" aria-pressed={call?.kind === 'pace' && call.pace === pace} onClick={() => choose({ kind: 'pace', pace })}>
                      Pace: {pace}<kbd>{PACE_KEYS[pace]}</kbd>
                    </button>
                  ))}
                </div>
              )
              : null}
          </>
        )}
    </section>
  );
}
