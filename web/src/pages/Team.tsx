import { Title } from '../parts/Page';

export default function Team() {
  return <Title title="Team">Team</Title>;
}
