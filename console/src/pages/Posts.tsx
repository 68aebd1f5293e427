// Posts for exchange; administrators offer new ones here.
import { useTranslation } from 'react-i18next';
import { MakingList } from '../parts/MakingList';
import { isAdministrator } from '../parts/Menu';
import { PostForm } from '../parts/PostForm';
import { useViewer } from '../viewer';

export default function Posts() {
  const { t } = useTranslation();
  return (
    <MakingList
      type="Post"
      title={t('post.new')}
      mayMake={isAdministrator(useViewer())}
      form={(onDone) => <PostForm onDone={onDone} />}
    />
  );
}
