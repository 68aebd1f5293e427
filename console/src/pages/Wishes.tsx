// Wishes to be exchanged, as far as they are one's own or one's institution's; anybody registers theirs here.
import { useTranslation } from 'react-i18next';
import { MakingList } from '../parts/MakingList';
import { SignedOut } from '../parts/SignedOut';
import { WishForm } from '../parts/WishForm';
import { useViewer } from '../viewer';

export default function Wishes() {
  const { t } = useTranslation();
  const viewer = useViewer();
  if (viewer && !viewer.isSignedOn) return <SignedOut title={t('wish.list')} text={t('wish.signedOut')} />;
  return (
    <MakingList
      type="ExchangeWish"
      title={t('wish.new')}
      mayMake={!!viewer}
      form={(onDone) => <WishForm onDone={onDone} />}
    />
  );
}
