import { Title } from '../parts/Page';

export default function Leaderboard() {
  return <Title title="Leaderboard">Leaderboard</Title>;
}
