// The browser's own dialogs and disclosures: they hold the focus, close on Escape, and need no style that the policy refuses.
import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';

export function Dialog({ title, onClose, children }: { title: string; onClose?: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <header className="above-rows">
        <h2 id={id}>{title}</h2>
        {onClose && (
          <Button
            type="text"
            icon={<CloseOutlined aria-hidden="true" />}
            aria-label={t('keys.close')}
            onClick={onClose}
          />
        )}
      </header>
      {children}
    </dialog>
  );
}

/** A button whose deed is asked about first. */
export function Confirmed({ label, question, onConfirm }: { label: string; question: string; onConfirm: () => void }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        {label}
      </Button>
      {isAsking && (
        <Dialog title={label} onClose={() => setAsking(false)}>
          <p>{question}</p>
          <div className="actions">
            <Button
              type="primary"
              danger
              onClick={() => {
                setAsking(false);
                onConfirm();
              }}
            >
              {label}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('me.cancel')}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** What a small button opens below itself; another page, Escape or a click elsewhere folds it. */
export function Disclosure({ summary, label, children }: { summary: ReactNode; label: string; children: ReactNode }) {
  const details = useRef<HTMLDetailsElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page folds it
  useEffect(() => fold(details.current), [pathname]);
  useEffect(() => {
    const elsewhere = (event: Event) => {
      if (!details.current?.contains(event.target as Node)) fold(details.current);
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !details.current?.open) return;
      fold(details.current);
      details.current.querySelector('summary')?.focus();
    };
    document.addEventListener('click', elsewhere);
    document.addEventListener('keydown', pressed);
    return () => {
      document.removeEventListener('click', elsewhere);
      document.removeEventListener('keydown', pressed);
    };
  }, []);
  return (
    <details className="disclosure" ref={details}>
      <summary aria-label={label}>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}

function fold(details: HTMLDetailsElement | null): void {
  if (details) details.open = false;
}
