/** C8: where a stop now comes out, among the others on the line, for each price of a stop. */
import { span } from '../lib/format';
import { linear, ticks } from '../lib/scale';
import type { NextLap, Rejoins } from '../model/simulation';
import { Figure } from './Figure';
import { XAxis } from './frame';

type Rejoin = NonNullable<NextLap['boxNow']>;

interface Row { readonly driver: string; readonly milliseconds: number; readonly ahead: number | null }

const KINDS = [
  { key: 'greenMilliseconds', name: 'Green', status: ['green', 'yellow'] },
  { key: 'virtualSafetyCarMilliseconds', name: 'VSC', status: ['virtualSafetyCar'] },
  { key: 'safetyCarMilliseconds', name: 'SC', status: ['safetyCar'] },
] as const;

/** The estimate in a sentence: places, both neighbours. */
export function rejoinFinding({ place, bestPlace, worstPlace, ahead, behind }: Rejoin, now: number | null): string {
  const range = bestPlace === worstPlace ? `P${place}` : `P${bestPlace} to P${worstPlace}`;
  const lost = now === null ? 0 : place - now;
  const down = lost > 0 ? `, ${lost} ${lost === 1 ? 'place' : 'places'} down` : '';
  const front = ahead ? `${span(ahead.gapMilliseconds)} behind ${ahead.driver}` : 'with nobody in front';
  const back = behind ? `${span(behind.gapMilliseconds)} ahead of ${behind.driver}` : 'with nobody behind';
  return `You would come out in ${range}${down}: ${front}, ${back}.`;
}

/** Each label takes the lowest row in which it does not touch the one before. */
export function stacked(places: readonly number[], room: number): number[] {
  const ends: number[] = [];
  return places.map((place) => {
    const free = ends.findIndex((end) => end <= place);
    const row = free < 0 ? ends.length : free;
    ends[row] = place + room;
    return row;
  });
}

export function RejoinStrip({ rejoin, rejoins, place, status, file }: {
  rejoin: Rejoin; rejoins: Rejoins; place: number | null; status: string; file: string;
}) {
  const chances = new Map(rejoin.rivals.map((rival) => [rival.driver, rival.aheadPercent]));
  const rows: Row[] = [...rejoins.field].sort((a, b) => a.milliseconds - b.milliseconds)
    .map(({ driver, milliseconds }) => ({ driver, milliseconds, ahead: chances.get(driver) ?? null }));
  const open = rows.filter(({ ahead }) => ahead !== null && ahead > 5 && ahead < 95);
  return (
    <Figure
      title="Box now?" finding={rejoinFinding(rejoin, place)} rows={rows} file={`${file}-rejoin`}
      columns={[
        { name: 'Car', value: (row) => row.driver, isText: true },
        { name: 'Behind the leader, s', value: (row) => row.milliseconds / 1000, show: (row) => span(row.milliseconds) },
        { name: 'Chance to be ahead after the stops, %', value: (row) => (row.ahead === null ? null : Math.round(row.ahead)) },
      ]}
      note={(
        <>
          An estimate from past laps; bars hold nine in ten. Other cars do not react to you.
          {open.length > 0 && <> Ahead once all have stopped, 50 % is side by side: {open.map(({ driver, ahead }) => `${driver} ${Math.round(ahead ?? 0)} %`).join(', ')}.</>}
        </>
      )}
    >
      {(width) => <Drawing width={width} rejoins={rejoins} rows={rows} status={status} />}
    </Figure>
  );
}

function Drawing({ width, rejoins, rows, status }: { width: number; rejoins: Rejoins; rows: readonly Row[]; status: string }) {
  const reach = rejoins.reachMilliseconds;
  const own = KINDS.map(({ key }) => rejoins[key]);
  const near = rows.filter(({ milliseconds }) => milliseconds >= Math.min(...own) - 15_000 && milliseconds <= Math.max(...own) + 15_000);
  const shown = near.length > 1 ? near : rows;
  const low = Math.min(...own.map((at) => at - reach), ...shown.map(({ milliseconds }) => milliseconds)) - 500;
  const high = Math.max(...own.map((at) => at + reach), ...shown.map(({ milliseconds }) => milliseconds)) + 500;
  const [left, right] = [52, width - 20];
  const x = linear([low, high], [left, right]);
  const levels = stacked(shown.map(({ milliseconds }) => x(milliseconds)), 34);
  const line = 22 + 15 * Math.max(0, ...levels);
  const bottom = line + 18 + KINDS.length * 24;
  return (
    <svg viewBox={`0 0 ${width} ${bottom + 38}`} role="img" aria-label="Cars on the line after the stop; the button Table shows the numbers.">
      <XAxis scale={x} ticks={ticks(low, high, width < 400 ? 3 : 6)} y={bottom} top={line} label="s behind the leader, two laps from now" format={(value) => String(value / 1000)} />
      <line x1={left} x2={right} y1={line} y2={line} className="zero" />
      {shown.map(({ driver, milliseconds }, index) => {
        const y = line - 8 - 15 * (levels[index] ?? 0);
        return (
          <g key={driver}>
            <line x1={x(milliseconds)} x2={x(milliseconds)} y1={y + 2} y2={bottom} className="axis" />
            <circle cx={x(milliseconds)} cy={line} r="4" className="f-tot" />
            <text x={x(milliseconds)} y={y} className="c halo">{driver}</text>
          </g>
        );
      })}
      {KINDS.map(({ key, name, status: kinds }, index) => {
        const y = line + 14 + index * 24;
        const isNow = (kinds as readonly string[]).includes(status);
        const at = rejoins[key];
        return (
          <g key={key}>
            <text x={left - 8} y={y + 13} className={`e ${isNow ? 'b' : 'm'}`}>{name}</text>
            <rect x={x(at - reach)} y={y} width={x(at + reach) - x(at - reach)} height="18" rx="4" className={isNow ? 'own-range' : 'other-range'} />
            <line x1={x(at)} x2={x(at)} y1={y} y2={y + 18} className="whisker" />
          </g>
        );
      })}
    </svg>
  );
}
