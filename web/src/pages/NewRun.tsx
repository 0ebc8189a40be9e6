import { Title } from '../parts/Page';

export default function NewRun() {
  return <Title title="NewRun">NewRun</Title>;
}
