// The explorer: one record, its relations counted, then opened a step at a time; always also a table.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { GraphExplorer } from '../parts/GraphExplorer';
import { Page } from '../parts/Page';
import { RecordPicker } from '../parts/RecordPicker';

export default function Graph() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const written = parameters.getAll('seed').join(' ');
  // the same list as long as it says the same: all that is drawn follows from it
  const seeds = useMemo(() => (written ? written.split(' ') : []), [written]);
  return (
    <Page title={t('graph.title')} lead={t('graph.lead')}>
      {seeds.length === 0 ? (
        <section aria-labelledby="choose">
          <h2 id="choose">{t('graph.choose')}</h2>
          <RecordPicker label={t('graph.chooseLabel')} onChoose={(id) => setParameters({ seed: id })} />
        </section>
      ) : (
        <GraphExplorer key={written} seeds={seeds} />
      )}
    </Page>
  );
}
