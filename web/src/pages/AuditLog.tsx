import { Title } from '../parts/Page';

export default function AuditLog() {
  return <Title title="AuditLog">AuditLog</Title>;
}
