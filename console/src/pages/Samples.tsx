// Questions by task that run here, and that are copied as programs ask them.
import { App, Button, Space } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page, Pending } from '../parts/Page';
import { FORMS, type Form, type Sample, snippet } from '../snippets';

const SAMPLES = '/graphiql/source/samples.json';
const EXPLORER = '/api';

export default function Samples() {
  const { t } = useTranslation();
  const [samples, setSamples] = useState<readonly Sample[] | null>(null);
  useEffect(() => {
    void fetch(SAMPLES)
      .then((response) => response.json())
      .then(setSamples);
  }, []);
  return (
    <Page
      title={t('samples.title')}
      lead={t('samples.lead')}
      actions={
        <Button type="primary" href={EXPLORER}>
          {t('samples.explorer')}
        </Button>
      }
    >
      <p className="quiet">{t('samples.note')}</p>
      {!samples && <Pending rows={8} />}
      {samples?.map((sample, index) => (
        <SampleShown key={sample.title} sample={sample} index={index} />
      ))}
    </Page>
  );
}

interface Ran {
  text: string;
  ms: number;
  bytes: number;
}

async function ran(sample: Sample): Promise<Ran> {
  const started = performance.now();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({
      query: sample.query,
      variables: sample.variables ? JSON.parse(sample.variables) : undefined,
    }),
  });
  const text = await response.text();
  const ms = Math.round(performance.now() - started);
  return { text: JSON.stringify(JSON.parse(text), null, 2), ms, bytes: new Blob([text]).size };
}

function SampleShown({ sample, index }: { sample: Sample; index: number }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const [answer, setAnswer] = useState<Ran | null>(null);
  const [isRunning, setRunning] = useState(false);
  const title = i18n.language === 'en' ? sample.titleEn : sample.title;
  const run = async () => {
    setRunning(true);
    try {
      setAnswer(await ran(sample));
    } catch {
      void message.error(t('fault.network'));
    }
    setRunning(false);
  };
  const copy = async (form: Form) => {
    await navigator.clipboard.writeText(snippet(sample, form, `${location.origin}/graphql`));
    void message.success(t('entity.copied'));
  };
  return (
    <section className="sample" aria-labelledby={`sample-${index}`}>
      <h2 id={`sample-${index}`}>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <pre tabIndex={0}>
        <code>{sample.query}</code>
      </pre>
      {sample.variables && (
        <p>
          <span className="quiet">{t('samples.variables')}</span>{' '}
          <code>{sample.variables.replaceAll(/\s+/g, ' ')}</code>
        </p>
      )}
      <Space wrap>
        <Button type="primary" ghost loading={isRunning} onClick={run}>
          {t('samples.run')}
        </Button>
        <span className="quiet">{t('samples.copyAs')}</span>
        {FORMS.map((each) => (
          <Button key={each} onClick={() => copy(each)} aria-label={`${t('samples.copyAs')} ${each}`}>
            {each}
          </Button>
        ))}
        <a href={`${EXPLORER}#${index}`}>{t('samples.inExplorer')}</a>
      </Space>
      {answer && (
        <div aria-live="polite">
          <p className="quiet small">
            {t('samples.result')} · {t('samples.cost', { ms: answer.ms, bytes: answer.bytes })}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
          <pre tabIndex={0}>
            <code>{answer.text}</code>
          </pre>
        </div>
      )}
    </section>
  );
}
