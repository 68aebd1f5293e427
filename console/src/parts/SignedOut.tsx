// A page that is somebody's own, before it is known whose.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { signOnAddress } from '../viewer';
import { Page } from './Page';

export function SignedOut({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation();
  return (
    <Page title={title}>
      <p>{text}</p>
      <Button type="primary" href={signOnAddress()}>
        {t('header.signOn')}
      </Button>
    </Page>
  );
}
