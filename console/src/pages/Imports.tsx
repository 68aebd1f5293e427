// All imports, the newest first: which file, from where, how it went, and whether the books balance.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { ImportsPageDocument } from '../made/graphql/graphql';
import { Fault } from '../parts/Fault';
import { ImportRuns } from '../parts/ImportRuns';
import { Empty, Page, Pending } from '../parts/Page';
import { SignOnFirst } from '../parts/SignedOut';
import { useViewer } from '../viewer';

const PAGE = 20;

export default function Imports() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const [first, setFirst] = useState(PAGE);
  const [{ data, error, fetching }, again] = useQuery({
    query: trusted(ImportsPageDocument),
    variables: { first },
    requestPolicy: 'cache-and-network',
  });
  const isOutside = viewer !== null && !viewer.isSignedOn;
  const runs = data?.imports;
  return (
    <Page title={t('imports.title')} lead={t('imports.lead')}>
      {isOutside && <SignOnFirst text={t('imports.forNetwork')} />}
      {error && <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!runs && !error && <Pending rows={8} />}
      {runs?.totalCount === 0 && !isOutside && <Empty>{t('imports.empty')}</Empty>}
      {runs && runs.totalCount > 0 && <ImportRuns runs={runs.nodes} label={t('imports.title')} />}
      {runs?.pageInfo.hasNextPage && (
        <Button loading={fetching} onClick={() => setFirst(first + PAGE)}>
          {t('imports.more')}
        </Button>
      )}
    </Page>
  );
}
