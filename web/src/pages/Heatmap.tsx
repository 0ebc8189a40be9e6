import { Title } from '../parts/Page';

export default function Heatmap() {
  return <Title title="Heatmap">Heatmap</Title>;
}
