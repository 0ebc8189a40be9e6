/** Axes, bands and patterns that charts share. */
import type { Scale } from '../lib/scale';
import type { LapKind } from '../model/autopsy';

/** Hatches: gain runs at 45°, unexplained crosswise, so that hue is never alone. */
export function Patterns() {
  return (
    <defs>
      <pattern id="hatch-gain" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="f-gain" /><line x1="0" y1="0" x2="0" y2="6" stroke="var(--pane)" strokeWidth="2" />
      </pattern>
      <pattern id="hatch-tot" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect width="6" height="6" fill="var(--pane)" /><line x1="0" y1="0" x2="0" y2="6" stroke="var(--tot)" strokeWidth="3" />
      </pattern>
      <pattern id="hatch-mut" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="7" stroke="var(--mut)" strokeWidth="1" />
      </pattern>
      <pattern id="hatch-used" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="5" stroke="#000" strokeOpacity=".45" strokeWidth="1.5" />
      </pattern>
    </defs>
  );
}

export function XAxis({ scale, ticks, y, top, label, format = String }: {
  scale: Scale; ticks: readonly number[]; y: number; top: number; label: string; format?: (value: number) => string;
}) {
  const [from, end] = scale.range;
  return (
    <g aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={scale(tick)} x2={scale(tick)} y1={top} y2={y} className={tick === 0 ? 'zero' : 'axis'} />
          <text x={scale(tick)} y={y + 15} className="m c">{format(tick)}</text>
        </g>
      ))}
      <text x={(from + end) / 2} y={y + 32} className="m c">{label}</text>
    </g>
  );
}

export function YAxis({ scale, ticks, x, right, label, format = String }: {
  scale: Scale; ticks: readonly number[]; x: number; right: number; label: string; format?: (value: number) => string;
}) {
  return (
    <g aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={x} x2={right} y1={scale(tick)} y2={scale(tick)} className={tick === 0 ? 'zero' : 'axis'} />
          <text x={x - 6} y={scale(tick) + 4} className="m e">{format(tick)}</text>
        </g>
      ))}
      <text x={2} y={12} className="m">{label}</text>
    </g>
  );
}

const WORDS: Readonly<Record<string, string>> = { safetyCar: 'SC', virtualSafetyCar: 'VSC', red: 'RED' };

/** Laps under a safety car, a virtual one or a red flag. A lap is as wide as from its start to its end. */
export function FlagBands({ bands, x, top, bottom }: {
  bands: readonly { kind: LapKind; first: number; last: number }[]; x: Scale; top: number; bottom: number;
}) {
  return (
    <g aria-hidden="true">
      {bands.map(({ kind, first, last }) => {
        const left = x(first - 1);
        const width = Math.max(3, x(last) - left);
        const tone = kind === 'red' ? 'red' : '';
        return (
          <g key={`${kind}${first}`}>
            <rect x={left} y={top} width={width} height={bottom - top} className={`band ${tone}`} />
            {kind === 'virtualSafetyCar' && <rect x={left} y={top} width={width} height={bottom - top} fill="url(#hatch-mut)" opacity=".5" />}
            <text x={left + width / 2} y={top - 3} className={`band-word c ${tone}`}>{WORDS[kind]}</text>
          </g>
        );
      })}
    </g>
  );
}

export const MISSING_FLAGS = 'Bands: SC is the safety car, VSC the virtual one, RED a red flag.';
