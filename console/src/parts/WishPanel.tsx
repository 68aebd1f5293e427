// What may be done about a wish to be exchanged, by whoever it is about or who administers their home.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { WishToldDocument, WithdrawWishDocument } from '../made/graphql/graphql';
import { mayEdit } from '../rights';
import { useEdited } from '../useEdited';
import { useViewer } from '../viewer';
import { DeedButton } from './DeedButton';
import { Dialog } from './Dialog';
import { WishForm } from './WishForm';

export function WishPanel({ id, onChange }: { id: string; onChange: () => void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { data, isEditing, setEditing, done } = useEdited(WishToldDocument, id, onChange);
  const wish = data?.exchangeWish;
  const isTheirs = viewer?.person?.id === wish?.person?.id || mayEdit(viewer, wish?.home?.id);
  if (wish?.status !== 'OPEN' || !isTheirs) return null;
  return (
    <section className="panel" aria-labelledby="wish-panel">
      <h2 id="wish-panel">{t('wish.panel')}</h2>
      <p>{t('wish.lead')}</p>
      <div className="actions">
        <Button onClick={() => setEditing(true)}>{t('wish.edit')}</Button>
        <DeedButton
          document={WithdrawWishDocument}
          label={t('wish.withdraw')}
          question={t('wish.withdrawAsk')}
          input={{ id, version: wish.version }}
          isDanger
          onDone={() => done(t('wish.withdrawn'))}
        />
      </div>
      {isEditing && (
        <Dialog title={t('wish.edit')} onClose={() => setEditing(false)}>
          <WishForm key={wish.version} wish={wish} onDone={() => done(t('wish.saved'))} />
        </Dialog>
      )}
    </section>
  );
}
