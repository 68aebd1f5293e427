// The pages of one class, from each to the others.
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { homesOf, mayDecide, mayEdit } from '../../rights';
import { useViewer } from '../../viewer';

export function ClassTabs({ id, organiser }: { id: string; organiser: string | undefined }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  if (!viewer?.isSignedOn) return null;
  const isOrganiser = mayEdit(viewer, organiser);
  const isSender = homesOf(viewer).length > 0;
  const isApprover = viewer.roles.some((each) => mayDecide(viewer, each.institution?.id));
  const place = `/training/${encodeURIComponent(id)}`;
  return (
    <nav className="tabs" aria-label={t('training.pages')}>
      <NavLink to={place} end>
        {t('training.overview')}
      </NavLink>
      {(isOrganiser || isApprover) && <NavLink to={`${place}/registrations`}>{t('training.registrations')}</NavLink>}
      {isSender && <NavLink to={`${place}/import`}>{t('training.import')}</NavLink>}
      {isOrganiser && <NavLink to={`${place}/roll`}>{t('training.roll')}</NavLink>}
    </nav>
  );
}
