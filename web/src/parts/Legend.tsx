/** What the steps of a ramp mean, and how many cells have each. */
export function Legend({ steps, counts }: { steps: readonly (readonly [number, string])[]; counts: ReadonlyMap<number, number> }) {
  return (
    <ul className="row small" style={{ listStyle: 'none', padding: 0, marginTop: 8 }} aria-label="Legend">
      {steps.map(([step, text]) => (
        <li key={step} className="tyre">
          <svg viewBox="0 0 22 22" aria-hidden="true"><rect x="2" y="2" width="18" height="18" rx="3" className={`r${step} edge`} /></svg>
          {text} <span className="quiet">({counts.get(step) ?? 0})</span>
        </li>
      ))}
    </ul>
  );
}
