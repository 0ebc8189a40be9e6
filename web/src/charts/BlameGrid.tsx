/** C13: what one cause cost every driver in every race of a season, as colours. */
import { useId, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { seconds } from '../lib/format';
import { Link, navigate, to } from '../lib/router';
import type { Blame, BlameCell } from '../model/season';
import { Synthetic } from '../parts/Page';
import { Figure } from './Figure';
import { Patterns } from './frame';

export const UNITS = ['seconds', 'places', 'points'] as const;
export type Unit = typeof UNITS[number];

/** What a cell cost in a unit; null where it is not computed. */
function costIn(unit: Unit, cell: BlameCell | undefined): number | null {
  if (!cell) return null;
  return { seconds: cell.milliseconds, places: cell.placesLost, points: cell.pointsLost }[unit];
}

function costWords(unit: Unit, cell: BlameCell | undefined): string {
  const cost = costIn(unit, cell);
  if (cost === null) return cell?.reason ?? 'not computed';
  return `${unit === 'seconds' ? seconds(cost) : `${cost} ${unit}`}${cell?.uncertain ? ', may be nothing' : ''}`;
}

/** 0 for nothing or a gain, up to 6 for the most. */
const step = (cost: number, most: number) => (cost <= 0 ? 0 : Math.max(1, Math.ceil((cost / most) * 6)));

export function BlameGrid({ value, nameOf, unit, finding }: { value: Blame; nameOf: (gp: string) => string; unit: Unit; finding: string }) {
  const id = useId();
  const [[row, column], setChosen] = useState([0, 0]);
  const { drivers, races } = value;
  const cellAt = (driver: number, race: number) => drivers[driver]?.races.find(({ round }) => round === races[race]?.round);
  const most = Math.max(1, ...drivers.flatMap((driver) => driver.races.map((cell) => (cell.uncertain ? 0 : costIn(unit, cell) ?? 0))));
  const driver = drivers[row];
  const race = races[column];
  const link = to('autopsy', value.season, race?.gp ?? '', driver?.driver ?? '');
  const words = `${driver?.driver ?? ''}, ${nameOf(race?.gp ?? '')}: ${costWords(unit, cellAt(row, column))}`;
  const choose = (nextRow: number, nextColumn: number) =>
    setChosen([Math.max(0, Math.min(drivers.length - 1, nextRow)), Math.max(0, Math.min(races.length - 1, nextColumn))]);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') return navigate(link);
    const by = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], PageDown: [5, 0], PageUp: [-5, 0], Home: [0, -99], End: [0, 99] }[event.key];
    if (!by) return;
    event.preventDefault();
    choose(row + (by[0] ?? 0), column + (by[1] ?? 0));
  };
  return (
    <Figure
      title={`Cost of ${value.title}`} finding={finding} file={`blame-${value.season}-${value.cause}`} rows={drivers}
      columns={[
        { name: 'Driver', value: ({ driver: code }) => code, isText: true }, { name: 'Team', value: ({ team }) => team, isText: true },
        ...races.map((each) => ({
          name: nameOf(each.gp),
          value: (of: Blame['drivers'][number]) => { const cost = costIn(unit, of.races.find(({ round }) => round === each.round)); return cost !== null && unit === 'seconds' ? cost / 1000 : cost; },
          show: (of: Blame['drivers'][number]) => { const cell = of.races.find(({ round }) => round === each.round); const cost = costIn(unit, cell); return cost === null ? '–' : `${cell?.uncertain ? '~' : ''}${unit === 'seconds' ? seconds(cost).replace('\u00a0s', '') : cost}`; },
        })),
      ]}
      note={<>The further a colour is from the ground, the more was lost, in {unit}. Plain grey: the interval covers nothing. Hatched: not computed. <Synthetic is={value.synthetic} /></>}
    >
      {(width) => {
        const [left, top, high] = [44, 78, 24];
        const wide = Math.min(90, (width - left - 2) / Math.max(1, races.length));
        const height = top + high * drivers.length + 4;
        const point = (event: PointerEvent<SVGSVGElement>) => {
          if (event.type === 'pointermove' && event.buttons === 0) return;
          const box = event.currentTarget.getBoundingClientRect();
          const scale = width / box.width;
          choose(Math.floor(((event.clientY - box.top) * scale - top) / high), Math.floor(((event.clientX - box.left) * scale - left) / wide));
        };
        return (
          <>
            <p className="reading">{words} <Link href={link}>Autopsy</Link></p>
            <svg
              viewBox={`0 0 ${width} ${height}`} role="grid" tabIndex={0} className="slider" aria-label="Costs by driver and race"
              aria-activedescendant={`${id}-cell`} onKeyDown={press} onPointerDown={point} onPointerMove={point}
            >
              <Patterns />
              <g aria-hidden="true">
                {races.map((each, index) => (
                  <text key={each.round} className="m" transform={`translate(${left + wide * (index + 0.5)} ${top - 6}) rotate(-60)`}>{nameOf(each.gp).slice(0, 10)}</text>
                ))}
                {drivers.map((each, index) => (
                  <g key={`${each.driver}${each.team}`}>
                    <text x={left - 6} y={top + high * index + 16} className="e">{each.driver}</text>
                    {races.map((of, place) => {
                      const cell = cellAt(index, place);
                      const cost = costIn(unit, cell);
                      const look = cost === null ? { fill: 'url(#hatch-mut)' } : { className: cell?.uncertain ? 'r9' : `r${step(cost, most)}` };
                      return <rect key={of.round} x={left + wide * place} y={top + high * index} width={Math.max(1, wide - 1)} height={high - 1} {...look} />;
                    })}
                  </g>
                ))}
              </g>
              <g role="row">
                <rect role="gridcell" id={`${id}-cell`} aria-label={words} x={left + wide * column - 1} y={top + high * row - 1} width={wide + 1} height={high + 1} className="chosen" />
              </g>
            </svg>
          </>
        );
      }}
    </Figure>
  );
}
