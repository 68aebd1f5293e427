// What went wrong, why, and what to do: of the network, of the hub, or of the page itself.
import { Alert, Button, Space } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { preferences } from '../preferences';
import { en } from '../words/en';
import { zh } from '../words/zh';
import { Told } from './Told';

const OUTDATED = 'TRUSTED_DOCUMENT_NOT_FOUND';

interface Saying {
  text: string;
  isOutdated: boolean;
  request: string | null;
}

/** The hub's own sentence in the reader's language, where it has said one. */
export function told(error: CombinedError, language: string): Saying {
  const first = error.graphQLErrors[0];
  const words = language === 'en' ? en.fault : zh.fault;
  const { code, messageZh } = (first?.extensions ?? {}) as { code?: string; messageZh?: string };
  const isOutdated = code === OUTDATED;
  const said = first && (language === 'en' ? first.message : (messageZh ?? first.message));
  const request = (error.response as Response | undefined)?.headers?.get('x-request-id') ?? null;
  return { text: isOutdated ? words.outdated : (said ?? words.network), isOutdated, request };
}

export function Fault({ error, retry }: { error: CombinedError; retry?: () => void }) {
  const { t, i18n } = useTranslation();
  const { text, isOutdated, request } = told(error, i18n.language);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('fault.title')}
      description={
        <>
          <p>{text}</p>
          {request && (
            <p className="quiet">
              {t('fault.request')} <code>{request}</code>
            </p>
          )}
          <Space>
            {isOutdated && <Button onClick={() => location.reload()}>{t('fault.reload')}</Button>}
            {retry && !isOutdated && <Button onClick={retry}>{t('fault.retry')}</Button>}
          </Space>
        </>
      }
    />
  );
}

/** A fact: an expected refusal of a command, in both languages. */
export interface Fact {
  message: string;
  messageEn: string;
  whatNext: string;
  whatNextEn: string;
}

export function FactShown({ fact }: { fact: Fact }) {
  const { t, i18n } = useTranslation();
  const isEnglish = i18n.language === 'en';
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={<Told text={isEnglish ? fact.messageEn : fact.message} />}
      description={
        <>
          {t('fault.next')}: <Told text={isEnglish ? fact.whatNextEn : fact.whatNext} />
        </>
      }
    />
  );
}

/** Why a deed was not done, whichever way it failed. */
export function Refused({
  deed: { fact, error },
  retry,
}: {
  deed: { fact: Fact | null; error: CombinedError | undefined };
  retry?: () => void;
}) {
  if (error) return <Fault error={error} retry={retry} />;
  return fact && <FactShown fact={fact} />;
}

interface State {
  error: Error | null;
}

/** Round each page: one that fails leaves the menu and the other pages standing. */
export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const words = preferences().language === 'en' ? en.fault : zh.fault;
    return (
      <main id="main" className="page">
        <Alert
          type="error"
          showIcon
          role="alert"
          title={words.title}
          description={
            <>
              <p>{words.crashed}</p>
              <p>
                <code>{error.message}</code>
              </p>
              <Button onClick={() => location.reload()}>{words.reload}</Button>
            </>
          }
        />
      </main>
    );
  }
}
