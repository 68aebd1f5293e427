// Posts for exchange, drawn from the model; administrators offer new ones here.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Dialog } from '../parts/Dialog';
import { isAdministrator } from '../parts/Menu';
import { PostForm } from '../parts/PostForm';
import { documentsOfType, recordPlace } from '../places';
import { useViewer } from '../viewer';
import List from './List';

export default function Posts() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const navigate = useNavigate();
  const [isMaking, setMaking] = useState(false);
  const documents = documentsOfType('Post');
  if (!documents) return null;
  return (
    <>
      <List
        documents={documents}
        actions={
          isAdministrator(viewer) && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('post.new')}
            </Button>
          )
        }
      />
      {isMaking && (
        <Dialog title={t('post.new')} onClose={() => setMaking(false)}>
          <PostForm onDone={(id) => void navigate(recordPlace(id, 'Post'))} />
        </Dialog>
      )}
    </>
  );
}
