// The session was ended elsewhere, by the agency or by time: what is on the page stays until one signs on again beside it.
import { useTranslation } from 'react-i18next';
import { Dialog } from './Dialog';

/** `signOn`: where one signs on in another tab; coming back from it closes the dialog. */
export function SessionOver({ signOn }: { signOn: string }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('sessionOver.title')}>
      <p>{t('sessionOver.text')}</p>
      <div className="actions">
        <a className="button primary" href={signOn} target="_blank" rel="noreferrer noopener">
          {t('sessionOver.signOn')}
        </a>
        <a className="button" href="/">
          {t('sessionOver.leave')}
        </a>
      </div>
    </Dialog>
  );
}
