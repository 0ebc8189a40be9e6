/** Before the start: whose car, which lap, which tyre. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import { BASE, newKey, post, useAnswer } from '../lib/api';
import { ApiProblem, malformed } from '../lib/problem';
import { Link, navigate, to, useQueryValue, wholeNumber } from '../lib/router';
import { asPlayer, isGuest, useKnown } from '../lib/session';
import { openRun, raceKey, runOpened } from '../lib/spoiler';
import { spoken } from '../model/plan';
import { raceDetail } from '../model/races';
import type { RaceDetail } from '../model/races';
import { outcome } from '../model/simulation';
import { AutopsyControls } from '../parts/AutopsyControls';
import { useIsOffline } from '../parts/Offline';
import { Synthetic, Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { Empty, Loaded, ProblemBox } from '../parts/States';

export default function NewRun({ parameters }: PageProps) {
  const { year = '', gp = '', driver = '' } = parameters;
  const answer = useAnswer(`${BASE}/races/${encodeURIComponent(year)}/${encodeURIComponent(gp)}`, raceDetail);
  return (
    <>
      <AutopsyControls year={year} gp={gp} driver={driver} page="simulator" />
      <Loaded answer={answer} what="the race">{(value) => <Form key={`${year}${gp}${driver}`} detail={value} driver={driver} />}</Loaded>
    </>
  );
}

function Form({ detail, driver }: { detail: RaceDetail; driver: string }) {
  const { race, modelled, notModelled, decisionPoints } = detail;
  const entrant = race.drivers.find(({ code }) => code === driver);
  const point = decisionPoints.find((each) => each.driver === driver);
  const [from] = useQueryValue('from', wholeNumber(1, race.laps), 1);
  const title = `Pit wall: ${entrant?.name ?? driver}`;
  const head = (
    <>
      <Title title={`${title}, ${race.name} ${race.season}`}>{title}</Title>
      <p className="lead">{race.name} {race.season}, {race.laps} laps. <Synthetic is={race.synthetic} /></p>
    </>
  );
  const reason = !modelled ? (notModelled ?? 'The race has no model.')
    : !entrant ? `${driver} did not drive in this race.`
      : !modelled.playable.includes(driver) ? `${entrant.name} cannot be played: there are too few laps to model.` : null;
  if (reason || !modelled) {
    return <>{head}<Empty title="This car cannot be played"><p>{reason}</p><Link className="button" href="/simulator">Choose another</Link></Empty></>;
  }
  return <>{head}<Options detail={detail} compounds={modelled.compounds} driver={driver} from={from} point={point?.startLap ?? null} grid={entrant?.grid ?? null} /></>;
}

function Options({ detail, compounds, driver, from, point, grid }: {
  detail: RaceDetail; compounds: readonly string[]; driver: string; from: number; point: number | null; grid: number | null;
}) {
  const { race } = detail;
  const key = raceKey(race.season, race.gp);
  const [startLap, setStartLap] = useState(from);
  const [tyre, setTyre] = useState(compounds.includes('MEDIUM') ? 'MEDIUM' : (compounds[0] ?? ''));
  const [offersPace, setOffersPace] = useState(false);
  const mayRank = !isGuest(useKnown());
  const [wantsRank, setWantsRank] = useState(true);
  const isRanked = mayRank && wantsRank;
  const isOffline = useIsOffline();
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [command] = useState(newKey);
  const unfinished = openRun(key);
  const start = async () => {
    setIsSending(true);
    setProblem(null);
    const body = {
      race: key, driver, startLap, mode: 'live', ranked: isRanked, pace: offersPace, ...(startLap === 1 ? { start: tyre } : {}),
    };
    try {
      const run = await asPlayer(() => post(`${BASE}/simulate`, body, outcome, `${command}-${startLap}-${tyre}-${offersPace}-${isRanked}`));
      runOpened(key, run.id);
      navigate(`/run/${run.id}`);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error : malformed(error));
      setIsSending(false);
    }
  };
  const submit = (event: FormEvent) => { event.preventDefault(); void start(); };
  return (
    <div className="two">
      <form className="pane" onSubmit={submit}>
        <h2>Your race</h2>
        {unfinished && <p>You have a run of this race that is not over. <Link href={`/run/${unfinished}`}>Go on with it</Link>, or start another.</p>}
        <div className="row end">
          <label className="field">Take over on lap
            <input type="number" min={1} max={race.laps - 1} value={startLap} onChange={(event) => setStartLap(Math.max(1, Math.min(race.laps - 1, Number(event.target.value) || 1)))} />
          </label>
          {point !== null && point !== startLap && <button type="button" onClick={() => setStartLap(point)}>At the decision, lap {point}</button>}
        </div>
        {startLap === 1
          ? (
            <fieldset className="row" style={{ border: 0, padding: 0 }}>
              <legend className="quiet small">Start on</legend>
              {compounds.map((name) => (
                <label key={name} className="button"><input type="radio" name="tyre" checked={tyre === name} onChange={() => setTyre(name)} />{spoken(name)}</label>
              ))}
            </fieldset>
          )
          : <p className="quiet">The car is taken over as it was then: place, tyres and their age.</p>}
        {mayRank && (
          <fieldset className="row" style={{ border: 0, padding: 0 }}>
            <legend className="quiet small">Does it count?</legend>
            <label className="button"><input type="radio" name="rank" checked={wantsRank} onChange={() => setWantsRank(true)} />Ranked</label>
            <label className="button"><input type="radio" name="rank" checked={!wantsRank} onChange={() => setWantsRank(false)} />Practice</label>
          </fieldset>
        )}
        <p><label><input type="checkbox" checked={offersPace} onChange={(event) => setOffersPace(event.target.checked)} />Also choose the pace: save, normal, push</label></p>
        <button type="submit" className="primary" disabled={isSending || isOffline}>{isSending ? 'Starting…' : 'Start the race'}</button>
        {isOffline && <p className="quiet">Starting needs a connection.</p>}
        {problem && <ProblemBox problem={problem} retry={() => void start()} />}
      </form>
      <section className="pane">
        <h2>What you play</h2>
        <ul>
          <li>Other cars drive their real laps and do not react to you.</li>
          {mayRank
            ? <li>Ranked, your first run of a race counts most. If you have looked at this race's laps, windows or autopsy before, it is practice all the same.</li>
            : <li>You play as a guest, for practice: the run is scored, but it does not count for the leaderboard or the windows. <Link href={`/sign-up?next=${encodeURIComponent(window.location.pathname)}`}>Sign up</Link> to be ranked; runs so far stay yours.</li>}
          <li>You see nothing beyond your lap. Every decision is written down and cannot be taken back.</li>
          <li>{race.rules.minimumDryCompounds > 1 ? `${race.rules.minimumDryCompounds} different dry tyres have to be used.` : 'No change of tyres is prescribed.'}{race.rules.minimumStops > 0 ? ` At least ${race.rules.minimumStops} stops.` : ''}</li>
          {grid !== null && <li>{driver} starts from P{grid}.</li>}
        </ul>
        <p><Link href={to('autopsy', race.season, race.gp, driver)}>Autopsy instead</Link> <span className="quiet">(shows the result)</span></p>
      </section>
    </div>
  );
}
