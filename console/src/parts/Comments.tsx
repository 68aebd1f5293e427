// What was said about a decision, questions told apart.
import { useTranslation } from 'react-i18next';
import { instant } from '../format';
import type { TaskToldQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { RecordLink } from './RecordLink';

type Comment = NonNullable<TaskToldQuery['task']>['comments']['nodes'][number];

export function CommentsShown({ comments }: { comments: readonly Comment[] }) {
  const { t } = useTranslation();
  const model = useModel();
  if (comments.length === 0) return null;
  return (
    <>
      <h3>{t('inbox.comments')}</h3>
      <ul className="plain comments">
        {comments.map((each) => (
          <li key={each.id}>
            <p className="quiet small">
              {each.author ? <RecordLink record={each.author} /> : t('inbox.unseen')} ·{' '}
              {instant(each.createdAt, model.language)}
              {each.isQuestion && <span className="state">{t('inbox.isQuestion')}</span>}
            </p>
            <p>{each.text}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
