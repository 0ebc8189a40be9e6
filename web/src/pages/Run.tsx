import { Title } from '../parts/Page';

export default function Run() {
  return <Title title="Run">Run</Title>;
}
