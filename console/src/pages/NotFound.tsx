import { Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../parts/Page';
import { signOnAddress, useViewer } from '../viewer';

/** The same for what does not exist and for what one may not know of. */
export function NotFound() {
  const { t } = useTranslation();
  const viewer = useViewer();
  return (
    <Page title={t('notFound.title')}>
      <p>{t('notFound.text')}</p>
      {viewer && !viewer.isSignedOn && <p>{t('notFound.signOn')}</p>}
      <Space>
        <Link to="/">{t('notFound.home')}</Link>
        {viewer && !viewer.isSignedOn && <Button href={signOnAddress()}>{t('header.signOn')}</Button>}
      </Space>
    </Page>
  );
}
