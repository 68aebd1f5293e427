// What may be done about a post: send somebody to it, change it, close it.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ClosePostDocument, EditPostDocument, PostToldDocument } from '../made/graphql/graphql';
import { useEdited } from '../useEdited';
import { useViewer } from '../viewer';
import { DeedButton } from './DeedButton';
import { Dialog } from './Dialog';
import { isAdministrator } from './Menu';
import { PostForm } from './PostForm';

export function PostPanel({ id, onChange }: { id: string; onChange: () => void }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { data, isEditing, setEditing, done } = useEdited(PostToldDocument, id, onChange);
  const post = data?.post;
  if (!post) return null;
  return (
    <section className="panel" aria-labelledby="post-panel">
      <h2 id="post-panel">{t('post.panel')}</h2>
      <p>{t('post.room', { count: post.vacancies })}</p>
      <div className="actions">
        {post.status === 'OPEN' && (
          <Link className="button" to={`/exchanges/new?post=${encodeURIComponent(id)}`}>
            {t('post.apply')}
          </Link>
        )}
        {isAdministrator(viewer) && (
          <>
            <Button onClick={() => setEditing(true)}>{t('post.edit')}</Button>
            {post.status === 'OPEN' ? (
              <DeedButton
                document={ClosePostDocument}
                label={t('post.close')}
                question={t('post.closeAsk')}
                input={{ id, version: post.version }}
                isDanger
                onDone={() => done(t('post.closed'))}
              />
            ) : (
              <DeedButton
                document={EditPostDocument}
                label={t('post.reopen')}
                question={t('post.reopenAsk')}
                input={{ id, version: post.version, status: 'OPEN' }}
                onDone={() => done(t('post.saved'))}
              />
            )}
          </>
        )}
      </div>
      {isEditing && (
        <Dialog title={t('post.edit')} onClose={() => setEditing(false)}>
          <PostForm key={post.version} post={post} onDone={() => done(t('post.saved'))} />
        </Dialog>
      )}
    </section>
  );
}
