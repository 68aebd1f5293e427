// What I am told: the newest first, unread marked; a question about what is mine is answered on the spot.
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { client, trusted } from '../ask';
import { useDeed } from '../deed';
import { instant } from '../format';
import {
  MarkNoticesReadDocument,
  MyNoticesDocument,
  type MyNoticesQuery,
  UnreadNoticesDocument,
} from '../made/graphql/graphql';
import { useModel } from '../model';
import { Fault, Refused } from '../parts/Fault';
import { Empty, Page, Pending } from '../parts/Page';
import { type Named, RecordLink } from '../parts/RecordLink';
import { Say } from '../parts/Say';
import { SignedOut } from '../parts/SignedOut';
import { useNames } from '../parts/Told';
import { useKept } from '../useKept';
import { useViewer } from '../viewer';

type Notice = MyNoticesQuery['notices']['nodes'][number];

const PAGE = 25;
const QUESTION = 'task_question';

export default function Notices() {
  const { t } = useTranslation();
  const viewer = useViewer();
  if (viewer && !viewer.isSignedOn) return <SignedOut title={t('notice.title')} text={t('notice.signedOut')} />;
  const me = viewer?.person?.id;
  return (
    <Page title={t('notice.title')} lead={t('notice.lead')}>
      {!viewer && <Pending />}
      {viewer && !me && <Empty>{t('notice.none')}</Empty>}
      {me && <Mine me={me} />}
    </Page>
  );
}

function Mine({ me }: { me: string }) {
  const { t } = useTranslation();
  const [first, setFirst] = useState(PAGE);
  const [{ data, error, stale }, again] = useQuery({
    query: trusted(MyNoticesDocument),
    variables: { me, first },
    requestPolicy: 'cache-and-network',
  });
  const shown = useKept(data);
  const reload = () => {
    again({ requestPolicy: 'network-only' });
    void client.query(trusted(UnreadNoticesDocument), {}, { requestPolicy: 'network-only' }).toPromise();
  };
  const rows = shown?.notices.nodes ?? [];
  const records = useNames(rows.flatMap((each) => each.about ?? []));
  if (error) return <Fault error={error} retry={reload} />;
  if (!shown) return <Pending rows={8} />;
  if (rows.length === 0) return <Empty>{t('notice.none')}</Empty>;
  return (
    <>
      <ReadAll ids={rows.filter((each) => !each.readAt).map((each) => each.id)} onDone={reload} />
      <ul className="plain notices">
        {rows.map((each) => (
          <Shown key={each.id} notice={each} about={records.get(each.about ?? '')} onDone={reload} />
        ))}
      </ul>
      {shown.notices.pageInfo.hasNextPage && (
        <Button loading={stale} onClick={() => setFirst(first + PAGE)}>
          {t('list.more', { count: Math.min(PAGE, shown.notices.totalCount - rows.length) })}
        </Button>
      )}
    </>
  );
}

function ReadAll({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation();
  const deed = useDeed(MarkNoticesReadDocument);
  const read = async () => (await deed.run({ input: { ids: [...ids] } })) && onDone();
  return (
    <>
      <div className="actions above-table">
        <span role="status">{ids.length > 0 ? t('notice.unread', { count: ids.length }) : t('notice.allRead')}</span>
        {ids.length > 0 && (
          <Button loading={deed.isBusy} onClick={() => void read()}>
            {t('notice.readAll')}
          </Button>
        )}
      </div>
      <Refused deed={deed} retry={() => void read()} />
    </>
  );
}

function Shown({ notice, about, onDone }: { notice: Notice; about: Named | undefined; onDone: () => void }) {
  const { t } = useTranslation();
  const model = useModel();
  const { message } = App.useApp();
  const [isAnswering, setAnswering] = useState(false);
  const read = useDeed(MarkNoticesReadDocument);
  const marked = async () => (await read.run({ input: { ids: [notice.id] } })) && onDone();
  const answered = () => {
    setAnswering(false);
    void message.success(t('inbox.answered'));
    void marked();
  };
  const body = model.language === 'en' ? (notice.bodyEn ?? notice.body) : notice.body;
  return (
    <li className={notice.readAt ? undefined : 'unread'}>
      <h2>
        {model.name(notice)} {!notice.readAt && <span className="state">{t('notice.isUnread')}</span>}
      </h2>
      <p className="quiet small">{instant(notice.createdAt, model.language)}</p>
      <p>{body}</p>
      {about && (
        <p>
          <RecordLink record={about} hasKind />
        </p>
      )}
      <Refused deed={read} />
      {isAnswering && notice.about ? (
        <Say task={notice.about} label={t('inbox.answer')} onCancel={() => setAnswering(false)} onDone={answered} />
      ) : (
        <div className="actions">
          {notice.kind === QUESTION && (
            <Button type="primary" onClick={() => setAnswering(true)}>
              {t('inbox.answer')}
            </Button>
          )}
          {!notice.readAt && (
            <Button loading={read.isBusy} onClick={() => void marked()}>
              {t('notice.read')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
