/** C9: the four parts of the IQ. */
import type { RunResult } from '../model/simulation';
import { Figure } from './Figure';
import { Patterns } from './frame';

interface Part { readonly name: string; readonly points: number | null }

export function ScoreBars({ result, file }: { result: RunResult; file: string }) {
  const parts: Part[] = [
    { name: 'Pit timing', points: result.pitTiming }, { name: 'Tyre efficiency', points: result.tyreEfficiency },
    { name: 'Safety-car reaction', points: result.safetyCarReaction }, { name: 'Race outcome', points: result.raceOutcome },
  ];
  const known = parts.filter((part) => part.points !== null).sort((a, b) => (a.points ?? 0) - (b.points ?? 0));
  const [worst, best] = [known[0], known[known.length - 1]];
  const finding = `Strategy IQ ${result.iq.toFixed(1)}.${best && worst && best !== worst ? ` Strongest: ${best.name.toLowerCase()} (${best.points?.toFixed(0)} of 100); weakest: ${worst.name.toLowerCase()} (${worst.points?.toFixed(0)}).` : ''}`;
  return (
    <Figure
      title="Score" finding={finding} rows={parts} file={`${file}-score`}
      columns={[{ name: 'Part', value: (row) => row.name, isText: true }, { name: 'Points of 100', value: (row) => row.points }]}
      note="Hatched: there was nothing to react to in this race, and the other parts carry its weight."
    >
      {(width) => <Bars width={width} parts={parts} />}
    </Figure>
  );
}

function Bars({ width, parts }: { width: number; parts: readonly Part[] }) {
  const isNarrow = width < 560;
  const left = isNarrow ? 4 : 160;
  const row = isNarrow ? 46 : 34;
  const room = width - left - 60;
  return (
    <svg viewBox={`0 0 ${width} ${parts.length * row + 4}`} role="img" aria-label="Parts of the score; the button Table shows the numbers.">
      <Patterns />
      {parts.map(({ name, points }, index) => {
        const y = index * row + (isNarrow ? 20 : 4);
        return (
          <g key={name}>
            <text x={isNarrow ? 4 : left - 8} y={isNarrow ? y - 5 : y + 17} className={isNarrow ? '' : 'e'}>{name}</text>
            <rect x={left} y={y} width={room} height="22" className="edge" fill={points === null ? 'url(#hatch-mut)' : 'none'} opacity=".6" />
            {points !== null && <rect x={left} y={y} width={(room * points) / 100} height="22" className="f-gain" />}
            <text x={width - 4} y={y + 17} className="e b">{points === null ? 'n/a' : points.toFixed(0)}</text>
          </g>
        );
      })}
    </svg>
  );
}
