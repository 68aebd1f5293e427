// To which post: the open ones, each with whether an agreement lets its institution receive, and if not, why.
import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { dayText } from '../inbox';
import { MayExchangeWithDocument, OpenPostsDocument, type OpenPostsQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import type { StepProps } from '../pages/NewExchange';
import { Fault } from './Fault';
import { Empty, Pending } from './Page';
import { RecordLink } from './RecordLink';
import { TextField } from './Typed';

const PAGE = 10;
const PAUSE_MS = 300;

type Post = OpenPostsQuery['posts']['nodes'][number];

export function PostStep({ draft, onChange }: StepProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const [first, setFirst] = useState(PAGE);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const named = { or: [{ name: { contains: asked } }, { institution: { name: { contains: asked } } }] };
  const open = {
    status: { eq: 'OPEN' as const },
    or: [{ until: { isNull: true } }, { until: { gte: dayText(new Date()) } }],
  };
  const [{ data, error }, again] = useQuery({
    query: trusted(OpenPostsDocument),
    variables: { where: asked ? { and: [open, named] } : open, first },
  });
  const posts = data?.posts;
  return (
    <section aria-labelledby="step-post">
      <h2 id="step-post">{t('wizard.choosePost')}</h2>
      <TextField label={t('wizard.filterPosts')} value={typed} onChange={setTyped} />
      {error && <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!posts && !error && <Pending />}
      {posts?.totalCount === 0 && <Empty>{t('wizard.noPosts')}</Empty>}
      <ul className="plain posts">
        {posts?.nodes.map((each) => (
          <PostShown key={each.id} post={each} draft={draft} onTake={() => onChange({ post: each.id }, 'period')} />
        ))}
      </ul>
      {posts?.pageInfo.hasNextPage && <Button onClick={() => setFirst(first + PAGE)}>{t('wizard.more')}</Button>}
    </section>
  );
}

function PostShown({ post, draft, onTake }: { post: Post; draft: StepProps['draft']; onTake: () => void }) {
  const { t } = useTranslation();
  const isOwn = post.institution?.id === draft.home;
  const isTaken = post.id === draft.post;
  return (
    <li data-post={post.id}>
      <div>
        <p>
          <RecordLink record={post} hasKind /> {post.institution && <RecordLink record={post.institution} />}
        </p>
        <p className="quiet">
          {t('wizard.offered', { since: post.since ?? '…', until: post.until ?? '…' })} ·{' '}
          {t('wizard.vacancies', { count: post.vacancies })}
          {post.topics.map((each) => (
            <span key={each.id}>
              {' '}
              · <RecordLink record={each} />
            </span>
          ))}
        </p>
        {isOwn ? <p className="no">{t('wizard.own')}</p> : <Allowed institution={post.institution?.id ?? ''} />}
      </div>
      <Button type={isTaken ? 'primary' : 'default'} disabled={isOwn} onClick={onTake}>
        {isTaken ? t('wizard.taken') : t('wizard.take')} <span className="unseen">{post.name}</span>
      </Button>
    </li>
  );
}

/** The hub's explanation for whoever is signed on; the check before sending asks for the person and the days. */
function Allowed({ institution }: { institution: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const [{ data }] = useQuery({
    query: trusted(MayExchangeWithDocument),
    variables: { institution },
    pause: !institution,
  });
  const told = data?.explainAccess;
  if (!told) return <Pending rows={1} />;
  if (told.allowed) {
    return (
      <p className="yes">
        <CheckCircleOutlined aria-hidden="true" />{' '}
        {told.until ? t('wizard.mayUntil', { day: told.until }) : t('wizard.may')}
      </p>
    );
  }
  const isEnglish = model.language === 'en';
  const reason = (isEnglish ? told.missingEn : told.missing) ?? (isEnglish ? told.sentenceEn : told.sentence);
  return (
    <p className="no">
      <CloseCircleOutlined aria-hidden="true" /> {t('wizard.mayNot', { reason })}
    </p>
  );
}
