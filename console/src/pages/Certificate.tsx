// `/certificates/NUMBER` leads to the public page that verifies it; by the hub's own id it is a record like others.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Page, Pending } from '../parts/Page';

export default function Certificate({ number }: { number: string }) {
  const { t } = useTranslation();
  useEffect(() => location.replace(`/verify/${encodeURIComponent(number)}`), [number]);
  return (
    <Page title={t('training.certificates')}>
      <Pending />
      <a href={`/verify/${encodeURIComponent(number)}`}>{t('training.verify')}</a>
    </Page>
  );
}
