// The frame of every page: one main, one heading, a title for the browser.
import { Skeleton } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const PATIENCE_MS = 200;

export function Page({
  title,
  lead,
  actions,
  children,
  heading,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  heading?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('hub')}`;
  }, [title, t]);
  return (
    <main id="main" className="page" tabIndex={-1}>
      <header className="page-head">
        <div>
          {heading ?? <h1>{title}</h1>}
          {lead && <p className="lead">{lead}</p>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}

/** A skeleton, once it takes long enough to be noticed. */
export function Pending({ rows = 4 }: { rows?: number }) {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" data-pending="">
      {isLate && <Skeleton active={false} title={false} paragraph={{ rows }} />}
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}
