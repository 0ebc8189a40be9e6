/** C1: seconds lost to the reference, cause by cause, from nothing to the total. */
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { lostAndWon } from '../model/autopsy';
import type { Cost, Interval } from '../model/autopsy';
import { interval, listed, seconds, span } from '../lib/format';
import { linear, ticks } from '../lib/scale';
import type { Scale } from '../lib/scale';
import { Figure } from './Figure';
import { Patterns, XAxis } from './frame';

interface Step extends Cost {
  readonly from: number;
  readonly to: number;
}

function steps(costs: readonly Cost[]): Step[] {
  let at = 0;
  return costs.map((cost) => {
    const from = at;
    at += cost.milliseconds;
    return { ...cost, from, to: at };
  });
}

/** One sentence: the largest losses and gains, and what is left of them. */
export function waterfallFinding(costs: readonly Cost[], total: number, against: string): string {
  const { lost, won, unexplained } = lostAndWon(costs);
  const most = costs.filter(({ cause, milliseconds }) => cause !== 'unexplained' && milliseconds > 0).sort((a, b) => b.milliseconds - a.milliseconds);
  const top = most.slice(0, 2).map(({ title, milliseconds }) => `${title.toLowerCase()} (${span(milliseconds)})`);
  const sum = `Lost ${span(lost)}, won back ${span(won)}, unexplained ${seconds(unexplained)}, net ${seconds(total)} against ${against}`;
  return top.length === 0 ? `${sum}.` : `${sum}; most of the loss: ${listed(top)}.`;
}

/** How its bars are read. */
export const SIDES = 'Right and solid is time lost; left and hatched is time won back.';

interface WaterfallProps {
  readonly costs: readonly Cost[];
  readonly total: number;
  readonly totalInterval: Interval | null;
  readonly against: string;
  readonly file: string;
  readonly note: string;
  readonly chosen?: string | null;
  readonly choose?: (cause: string) => void;
}

export function Waterfall({ costs, total, totalInterval, against, file, note, chosen = null, choose }: WaterfallProps) {
  const columns = [
    { name: 'Cause', value: (row: Cost) => row.title, isText: true },
    { name: 'Seconds', value: (row: Cost) => row.milliseconds / 1000, show: (row: Cost) => seconds(row.milliseconds, 3) },
    { name: 'Low', value: (row: Cost) => (row.interval ? row.interval.low / 1000 : null), show: (row: Cost) => (row.interval ? seconds(row.interval.low, 3) : '–') },
    { name: 'High', value: (row: Cost) => (row.interval ? row.interval.high / 1000 : null), show: (row: Cost) => (row.interval ? seconds(row.interval.high, 3) : '–') },
  ];
  const [isBySize, setIsBySize] = useState(false);
  const named = costs.filter(({ cause }) => cause !== 'unexplained');
  const ordered = isBySize ? [...named.sort((a, b) => b.milliseconds - a.milliseconds), ...costs.filter(({ cause }) => cause === 'unexplained')] : costs;
  const totalRow: Cost = { cause: 'total', title: 'Total', milliseconds: total, interval: totalInterval, share: null };
  return (
    <Figure
      title="Where the time went" finding={waterfallFinding(costs, total, against)} columns={columns}
      rows={[...ordered, totalRow]} file={file} note={note}
      controls={<button type="button" aria-pressed={isBySize} onClick={() => setIsBySize(!isBySize)}>By size</button>}
    >
      {(width) => <Bars width={width} steps={steps(ordered)} total={totalRow} chosen={chosen} choose={choose} against={against} />}
    </Figure>
  );
}

const ROW = 40;
const TOP = 8;

function Bars({ width, steps: all, total, chosen, choose, against }: {
  width: number; steps: readonly Step[]; total: Cost; chosen: string | null; choose: ((cause: string) => void) | undefined;
  against: string;
}) {
  const group = useRef<SVGGElement>(null);
  const isNarrow = width < 560;
  const left = isNarrow ? 4 : 150;
  const right = width - (isNarrow ? 70 : 90);
  const row = isNarrow ? ROW + 16 : ROW;
  const low = Math.min(0, ...all.flatMap(({ from, to, interval: range }) => [from, to, range ? from + range.low : 0]), total.interval?.low ?? 0);
  const high = Math.max(0, ...all.flatMap(({ from, to, interval: range }) => [from, to, range ? from + range.high : 0]), total.milliseconds, total.interval?.high ?? 0);
  const x = linear([low, high], [left, right]);
  const bottom = TOP + row * (all.length + 1);
  const move = (event: KeyboardEvent<SVGGElement>) => {
    const rows = [...(group.current?.querySelectorAll<SVGGElement>('[role=button]') ?? [])];
    const index = rows.indexOf(document.activeElement as unknown as SVGGElement);
    const step = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const cause = all[index]?.cause;
      if (cause) choose?.(cause);
      return;
    }
    const next = step === undefined ? undefined : rows[Math.max(0, Math.min(rows.length - 1, step))];
    if (!next) return;
    event.preventDefault();
    next.focus();
    const cause = all[rows.indexOf(next)]?.cause;
    if (cause) choose?.(cause);
  };
  const label = `Waterfall against ${against}. The numbers are in the table that the button Table opens.`;
  return (
    <svg viewBox={`0 0 ${width} ${bottom + 38}`} role={choose ? 'group' : 'img'} aria-label={label}>
      <Patterns />
      <XAxis
        scale={x} ticks={ticks(low, high, width < 400 ? 3 : 6)} y={bottom} top={TOP} label="seconds lost →"
        format={(value) => (value / 1000).toString().replace('-', '−')}
      />
      <g ref={group} className="rows" onKeyDown={choose ? move : undefined}>
        {all.map((step, index) => (
          <Row
            key={step.cause} step={step} y={TOP + index * row} height={row} width={width} x={x} isNarrow={isNarrow}
            isChosen={step.cause === chosen} isStop={chosen ? step.cause === chosen : index === 0} choose={choose}
            delay={index * 70} last={index === all.length - 1}
          />
        ))}
      </g>
      <Row
        step={{ ...total, from: 0, to: total.milliseconds }} y={TOP + all.length * row} height={row} width={width} x={x}
        isNarrow={isNarrow} isChosen={false} isStop={false} choose={undefined} delay={all.length * 70} last
      />
    </svg>
  );
}

function Row({ step, y, height, width, x, isNarrow, isChosen, isStop, choose, delay, last }: {
  step: Step; y: number; height: number; width: number; x: Scale; isNarrow: boolean; isChosen: boolean; isStop: boolean;
  choose: ((cause: string) => void) | undefined; delay: number; last: boolean;
}) {
  const [a, b] = [x(Math.min(step.from, step.to)), x(Math.max(step.from, step.to))];
  const barTop = isNarrow ? y + 22 : y + 9;
  const barHeight = 22;
  const fill = step.cause === 'total' ? 'var(--tot)'
    : step.cause === 'unexplained' ? 'url(#hatch-tot)' : step.milliseconds < 0 ? 'url(#hatch-gain)' : 'var(--loss)';
  const middle = barTop + barHeight / 2;
  const range = step.interval;
  const spoken = `${step.title}: ${seconds(step.milliseconds)}${range ? `, ${interval(range.low, range.high)}` : ''}`;
  const operated = choose
    ? {
      role: 'button', tabIndex: isStop ? 0 : -1, 'aria-pressed': isChosen, 'aria-label': spoken,
      onClick: () => choose(step.cause), className: `hit ${isChosen ? 'on' : ''}`,
    }
    : {};
  return (
    <g {...operated}>
      <rect x="1" y={y + 1} width={width - 2} height={height - 2} rx="6" className="frame" />
      <text x={isNarrow ? 6 : 142} y={isNarrow ? y + 16 : middle + 4} className={isNarrow ? 'b' : `e ${step.cause === 'total' ? 'b' : ''}`}>{step.title}</text>
      <rect x={a} y={barTop} width={Math.max(1.5, b - a)} height={barHeight} fill={fill} stroke={step.cause === 'unexplained' ? 'var(--tot)' : 'none'} className="grow" style={{ animationDelay: `${delay}ms` }} />
      {range && (
        <path className="whisker" d={`M${x(step.from + range.low)} ${middle - 5}v10M${x(step.from + range.low)} ${middle}H${x(step.from + range.high)}M${x(step.from + range.high)} ${middle - 5}v10`} />
      )}
      {!last && <line x1={x(step.to)} x2={x(step.to)} y1={barTop + barHeight} y2={barTop + height} className="axis" />}
      <text x={width - 4} y={middle + 5} className={`e ${step.cause === 'total' ? 'b' : ''}`}>{seconds(step.milliseconds)}</text>
    </g>
  );
}
