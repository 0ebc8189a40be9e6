/** C16: a small bar beside a value, all of a column on one scale; never alone. */
export function MiniBar({ value, most }: { value: number; most: number }) {
  const share = most > 0 ? Math.min(1, Math.abs(value) / most) : 0;
  return (
    <svg viewBox="0 0 44 10" width="44" height="10" aria-hidden="true" className="mini">
      <line x1="0.5" x2="0.5" y1="0" y2="10" className="zero" />
      <rect x="1" y="1" width={Math.max(1, share * 43)} height="8" className={value < 0 ? 'f-gain' : 'f-loss'} />
      {value < 0 && <path d={Array.from({ length: Math.floor((share * 43) / 5) }, (_, index) => `M${3 + index * 5} 9l4 -8`).join('')} stroke="var(--pane)" strokeWidth="1.5" />}
    </svg>
  );
}

/** A line over the races of a season, its last value marked. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const known = values.filter((value): value is number => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (index: number) => 4 + (values.length < 2 ? 0 : (index / (values.length - 1)) * 62);
  const y = (value: number) => (high === low ? 9 : 15 - ((value - low) / (high - low)) * 12);
  const points = values.flatMap((value, index) => (value === null ? [] : [`${x(index).toFixed(1)} ${y(value).toFixed(1)}`]));
  if (points.length === 0) return null;
  const [cx, cy] = (points[points.length - 1] ?? '0 0').split(' ');
  return (
    <svg viewBox="0 0 72 18" width="72" height="18" aria-hidden="true" className="mini">
      <path d={`M${points.join('L')}`} className="line" style={{ strokeWidth: 1.5 }} /><circle cx={cx} cy={cy} r="3" className="f-tot" />
    </svg>
  );
}
