/** What stands behind one cause: its parts, in words, with the laps to look at. */
import type { ReactNode } from 'react';
import { interval, seconds, span } from '../lib/format';
import { Link, to } from '../lib/router';
import type { Autopsy, Cost } from '../model/autopsy';
import { inWords, spoken } from '../model/plan';

type Part = readonly [string, number];

export function Evidence({ cost, autopsy, laps = [] }: { cost: Cost; autopsy: Autopsy; laps?: readonly number[] }) {
  const { meaning, parts } = explanation(cost.cause, autopsy);
  return (
    <section className="pane" aria-labelledby={`evidence-${cost.cause}`}>
      <h2 id={`evidence-${cost.cause}`} tabIndex={-1}>{cost.title}</h2>
      <p className="verdict">
        <strong className={cost.milliseconds < 0 ? 'gain' : 'loss'}>{seconds(cost.milliseconds)}</strong>
        {cost.interval && <span className="quiet small"> {interval(cost.interval.low, cost.interval.high)}</span>}
      </p>
      <p>{meaning}</p>
      {parts.length > 0 && (
        <dl>{parts.map(([name, value]) => <Row key={name} name={name}>{seconds(value)}</Row>)}</dl>
      )}
      {laps.length > 0 && <p className="quiet small">{laps.length === 1 ? 'Lap' : 'Laps'} {ranges(laps)}</p>}
      <Details cause={cost.cause} autopsy={autopsy} />
      <p className="noprint"><Link href="/help">How this is computed</Link></p>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return <><dt>{name}</dt><dd>{children}</dd></>;
}

function explanation(cause: string, { parts }: Autopsy): { meaning: string; parts: readonly Part[] } {
  switch (cause) {
    case 'qualifying_cost':
      return {
        meaning: 'The price of the grid slot on lap 1, and traffic until the first stop.',
        parts: [['Grid slot', parts.grid], ['Traffic before the first stop', parts.trafficBeforeStop]],
      };
    case 'tyre_degradation_cost':
      return { meaning: 'Wear beyond the field’s on the same plan; negative is a gain.', parts: [] };
    case 'pit_execution_cost':
      return { meaning: 'Every stop against the best tenth of the race’s lane times.', parts: [] };
    case 'strategy_error':
      return {
        meaning: parts.isHindsight
          ? 'The plan driven against the best plan, with hindsight: the race was wet or the car retired.'
          : 'What the calls cost in expectation, given what could be known, and traffic after the first stop.',
        parts: [['Decision', parts.decision], ['Traffic that the plan met', parts.trafficAfterStop]],
      };
    case 'car_pace_deficit':
      return {
        meaning: 'The driver’s best race at his own pace against the ideal one: what the team’s cars share, and what the driver adds.',
        parts: [['The car', parts.team], ['The driver', parts.driver]],
      };
    case 'incident_impact':
      return {
        meaning: 'Laps out of the ordinary, neutralised laps, luck, penalties, repairs. Negative when a safety car helped.',
        parts: ([
          ['Laps under flags', parts.flagged], ['Bunching', parts.bunching], ['Luck of the moment', parts.luck],
          ['Held up', parts.held], ['Knock-on', parts.knockOn], ['Penalties', parts.penalty], ['Red-flag reset', parts.redReset],
        ] as const).filter(([, value]) => value !== 0),
      };
    case 'unexplained':
      return { meaning: 'What the model does not explain. It is shown, and not shared out among the causes.', parts: [] };
    default:
      return { meaning: 'A cause this page does not know yet.', parts: [] };
  }
}

function Details({ cause, autopsy }: { cause: string; autopsy: Autopsy }) {
  if (cause === 'pit_execution_cost' && autopsy.stops.length > 0) {
    return (
      <ul>
        {autopsy.stops.map((stop) => (
          <li key={stop.lap}>
            Lap {stop.lap}, {spoken(stop.compound)}: {stop.laneMilliseconds === null ? 'lane time unknown' : `${span(stop.laneMilliseconds)} in the lane`}
            {stop.assumed && <span className="quiet"> (assumed)</span>}
          </li>
        ))}
        {autopsy.bestLaneMilliseconds !== null && <li className="quiet">Reference of the race: {span(autopsy.bestLaneMilliseconds)}</li>}
      </ul>
    );
  }
  if (cause !== 'strategy_error') return null;
  const worst = [...autopsy.calls].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 4);
  const start = Math.max(1, (worst[0]?.lap ?? 2) - 1);
  return (
    <>
      <dl>
        <Row name="Driven">{inWords(autopsy.realPlan)}</Row>
        <Row name="Best">{inWords(autopsy.bestPlan)}</Row>
      </dl>
      {worst.length > 0 && <h3>The calls that cost most</h3>}
      <ul>
        {worst.map((call) => (
          <li key={call.lap}>
            Lap {call.lap}: {call.compound ? spoken(call.compound) : 'stayed out'} instead of {call.bestCompound ? spoken(call.bestCompound) : 'staying out'}, {seconds(call.milliseconds)}
          </li>
        ))}
      </ul>
      <p><Link className="button noprint" href={`${to('simulator', autopsy.season, autopsy.gp, autopsy.driver)}?from=${start}`}>Take the pit wall for {autopsy.driver}</Link></p>
    </>
  );
}

/** `3, 7–9`: laps in order, runs of them shortened. */
export function ranges(laps: readonly number[]): string {
  const found: [number, number][] = [];
  for (const lap of [...laps].sort((a, b) => a - b)) {
    const open = found[found.length - 1];
    if (open && lap <= open[1] + 1) open[1] = lap;
    else found.push([lap, lap]);
  }
  return found.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}
