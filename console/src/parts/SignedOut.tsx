// What is there for nobody who has not signed on: why, and the way there.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { signOnAddress } from '../viewer';
import { Empty, Page } from './Page';

/** In place of what would be seen. */
export function SignOnFirst({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <Empty>
      <p>{text}</p>
      <Button href={signOnAddress()}>{t('header.signOn')}</Button>
    </Empty>
  );
}

/** A page that is somebody's own, before it is known whose. */
export function SignedOut({ title, text }: { title: string; text: string }) {
  return (
    <Page title={title}>
      <SignOnFirst text={text} />
    </Page>
  );
}
