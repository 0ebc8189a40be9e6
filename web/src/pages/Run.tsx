/** The pit wall, lap by lap; afterwards the score sheet. */
import { useEffect } from 'react';
import { BASE, useAnswer } from '../lib/api';
import { raceKey, runClosed, runOpened } from '../lib/spoiler';
import { usePlay } from '../lib/usePlay';
import { races } from '../model/races';
import { Title } from '../parts/Page';
import type { PageProps } from '../parts/pages';
import { PitWall } from '../parts/PitWall';
import { ScoreSheet } from '../parts/ScoreSheet';
import { Empty, Loading, ProblemBox } from '../parts/States';
import { Link } from '../lib/router';
import type { ApiProblem } from '../lib/problem';

export default function RunPage({ parameters }: PageProps) {
  const id = parameters.id ?? '';
  const play = usePlay(id);
  const { run, problem, retry } = play;
  const { value: list } = useAnswer(`${BASE}/races`, races);
  const race = list?.races.find(({ season, round }) => season === run?.season && round === run.round) ?? null;
  useEffect(() => {
    if (!run || !race) return;
    if (run.status === 'running') runOpened(raceKey(race.season, race.gp), run.id);
    else runClosed(run.id);
  }, [run, race]);
  if (!run) return problem ? <Refused problem={problem} retry={retry} id={id} /> : <Loading what="the run" height={700} />;
  const name = race ? `${race.name} ${race.season}` : `${run.season}, round ${run.round}`;
  return (
    <>
      <Title title={`${run.driver}, ${name}`}>{run.status === 'running' ? 'Pit wall' : 'Score sheet'}: {run.driver}</Title>
      <p className="quiet">{name}, {run.ranked ? 'ranked' : 'practice'}{run.startLap > 1 ? `, taken over on lap ${run.startLap}` : ''}{run.forkOf && <>, <Link href={`/run/${run.forkOf}`}>a fork of another run</Link></>}{run.synthetic ? '. Synthetic sample, not a real race' : ''}</p>
      {run.status === 'running'
        ? <PitWall play={play} run={run} />
        : <ScoreSheet run={run} race={race} />}
    </>
  );
}

function Refused({ problem, retry, id }: { problem: ApiProblem; retry: () => void; id: string }) {
  if (problem.status !== 401 && problem.status !== 403) {
    return <><Title title="A run">A run</Title><ProblemBox problem={problem} retry={retry} /></>;
  }
  return (
    <>
      <Title title="Not your run">Not your run</Title>
      <Empty title="This run belongs to somebody else">
        <p>{problem.detail}</p>
        <p>A run that is over can be read by everybody, event by event.</p>
        <div className="row"><Link className="button" href={`/audit/run/${id}`}>Its events</Link><Link className="button primary" href="/simulator">Play one of your own</Link></div>
      </Empty>
    </>
  );
}
