/** Which component draws which page of `routes.json`. All but the first are loaded when they are asked for, a room at a time. */
import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { Parameters } from '../lib/router';
import { Landing } from '../pages/Landing';
import '../rooms/shared';

export interface PageProps {
  readonly parameters: Parameters;
}

type Room<Name extends string> = Readonly<Record<Name, ComponentType<PageProps>>>;

const page = <Name extends string>(room: () => Promise<Room<Name>>, name: Name) =>
  lazy(() => room().then((found) => ({ default: found[name] })));

const race = () => import('../rooms/race');
const play = () => import('../rooms/play');
const crowd = () => import('../rooms/crowd');
const people = () => import('../rooms/people');
const audit = () => import('../rooms/audit');
const account = () => import('../rooms/account');

export const pages: Readonly<Record<string, ComponentType<PageProps>>> = {
  landing: Landing,
  autopsy: page(race, 'Autopsy'),
  choose: page(play, 'Choose'),
  simulator: page(play, 'NewRun'),
  run: page(play, 'Run'),
  optimal: page(crowd, 'Optimal'),
  blame: page(crowd, 'Blame'),
  heatmap: page(crowd, 'Heatmap'),
  leaderboard: page(people, 'Leaderboard'),
  player: page(people, 'Player'),
  teams: page(people, 'Teams'),
  team: page(people, 'Team'),
  auditLog: page(audit, 'AuditLog'),
  auditUser: page(audit, 'AuditUser'),
  auditRun: page(audit, 'AuditRun'),
  signIn: page(account, 'SignIn'),
  account: page(account, 'Account'),
  report: page(race, 'Report'),
  help: page(account, 'Help'),
};
